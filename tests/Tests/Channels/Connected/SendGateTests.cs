using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.Channels;

public sealed class SendGateTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(40, 1)]
    [InlineData(40, 3)]
    [InlineData(400, 2)]
    public async Task No_second_has_more_than_the_limit_and_one_and_few_have_much_less(int limit, int silos)
    {
        var clock = new FakeTimeProvider();
        var slots = new FakeSlots(clock);
        var connection = FakeConnections.Make("chan_1", "sms", "http", new { }, perSecond: limit);
        var begun = new List<DateTimeOffset>();
        using var stop = new CancellationTokenSource();
        for (var silo = 0; silo < silos; silo++)
        {
            var gate = new SendGate(connection, slots, clock);
            for (var worker = 0; worker < 4; worker++)
            {
                _ = SendAsync(gate, clock, begun, stop.Token);
            }
        }

        var seconds = 5;
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(seconds); passed += Step)
        {
            await SettleAsync();
            clock.Advance(Step);
        }

        await stop.CancelAsync();
        DateTimeOffset[] at;
        lock (begun)
        {
            at = [.. begun];
        }

        Assert.All(at, from => Assert.InRange(at.Count(other => other >= from && other < from.AddSeconds(1)), 1, limit + 1));
        Assert.InRange(at.Length, Math.Max(1, (int)(limit * seconds * 0.8)), (limit * seconds) + 1);
        Assert.InRange(slots.Asked, 1, 40 * seconds);
    }

    [Fact]
    public async Task What_another_process_took_before_is_remembered()
    {
        var clock = new FakeTimeProvider();
        var slots = new FakeSlots(clock);
        var connection = FakeConnections.Make("chan_1", "sms", "http", new { }, perSecond: 1);
        var first = new SendGate(connection, slots, clock).WaitAsync();
        clock.Advance(TimeSpan.FromMilliseconds(10));
        await first;
        var second = new SendGate(connection, slots, clock).WaitAsync();
        Assert.False(second.IsCompleted);
        var waited = TimeSpan.Zero;
        for (; waited < TimeSpan.FromSeconds(2) && !second.IsCompleted; waited += Step)
        {
            clock.Advance(Step);
            await SettleAsync();
        }

        Assert.True(second.IsCompletedSuccessfully);
        Assert.InRange(waited.TotalSeconds, 1, 1.1);
    }

    private static async Task SendAsync(SendGate gate, TimeProvider clock, List<DateTimeOffset> begun, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await gate.WaitAsync();
            lock (begun)
            {
                begun.Add(clock.GetUtcNow());
            }
        }
    }

    // What the last step set free goes on before the next one.
    private static async Task SettleAsync()
    {
        for (var turn = 0; turn < 20; turn++)
        {
            await Task.Yield();
        }
    }
}
