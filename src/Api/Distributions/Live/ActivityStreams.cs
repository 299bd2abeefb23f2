using Microsoft.Extensions.Options;

namespace Marketing.Distributions;

/// <summary>Counts the streams that are open in this process: each polls, so there cannot be any number of them.</summary>
internal sealed class ActivityStreams(IOptions<ActivityStreamOptions> options)
{
    private int _open;

    public bool TryOpen()
    {
        if (Interlocked.Increment(ref _open) <= options.Value.MaxStreams)
        {
            return true;
        }

        Close();
        return false;
    }

    public void Close() => Interlocked.Decrement(ref _open);
}
