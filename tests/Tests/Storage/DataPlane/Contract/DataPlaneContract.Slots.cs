using System.Collections.Concurrent;
using Marketing.Channels;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task A_slot_of_a_connection_is_given_out_once()
    {
        const long apart = 2_000_000;
        var connection = $"chan_{Any.Number()}";
        var first = await Plane.Slots.TakeAsync(Plane.Project, connection, 3, apart, 0);
        Assert.InRange(first.First - first.Now, 0, apart);
        Assert.True(first.NotBefore <= first.NotAfter);

        // At once, from everywhere.
        var leases = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Plane.Slots.TakeAsync(Plane.Project, connection, 2, apart, 0)));
        var starts = leases.Select(lease => lease.First).Order().ToArray();
        Assert.Equal(first.First + (3 * apart), starts[0]);
        Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.Equal(2 * apart, pair.Second - pair.First));

        // Another connection, and the same of another project, have slots of their own.
        Assert.True((await Plane.Slots.TakeAsync(Plane.Project, connection + "x", 1, apart, 0)).First < starts[0]);
        Assert.True((await Plane.Slots.TakeAsync(Plane.Project + 1, connection, 1, apart, 0)).First < starts[0]);
    }

    [Fact]
    public async Task Two_processes_keep_one_limit_between_them()
    {
        const int limit = 60;
        var connection = FakeConnections.Make($"chan_{Any.Number()}", "sms", "http", new { }, perSecond: limit);
        var begun = new ConcurrentBag<TimeSpan>();
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        async Task SendAsync(SendGate gate)
        {
            for (var sent = 0; sent < 25; sent++)
            {
                await gate.WaitAsync();
                begun.Add(clock.GetElapsedTime(start));
            }
        }

        var gates = new[] { new SendGate(connection, Plane.Slots, clock), new SendGate(connection, Plane.Slots, clock) };
        await Task.WhenAll(gates.Concat(gates).Select(SendAsync));

        // And one that was started anew.
        await SendAsync(new SendGate(connection, Plane.Slots, clock));
        var at = begun.ToArray();
        Assert.Equal(125, at.Length);
        Assert.All(at, from => Assert.InRange(at.Count(other => other >= from && other < from + TimeSpan.FromSeconds(1)), 1, limit + 1));
    }
}
