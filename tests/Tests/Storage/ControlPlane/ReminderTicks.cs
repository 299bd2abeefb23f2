using System.Threading.Channels;

namespace Marketing.Storage;

/// <summary>Hands the ticks grains receive to the test that waits for them.</summary>
internal sealed class ReminderTicks
{
    private readonly Channel<string> _ticks = Channel.CreateUnbounded<string>();

    public void Report(string grain, string reminder) => _ticks.Writer.TryWrite($"{grain}/{reminder}");

    public ValueTask<string> NextAsync(CancellationToken cancellationToken) => _ticks.Reader.ReadAsync(cancellationToken);
}
