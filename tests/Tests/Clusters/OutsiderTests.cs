using Marketing.Testing;
using Npgsql;
using Xunit;

namespace Marketing.Clusters;

/// <summary>Somebody else uses the database, and not well.</summary>
public sealed class OutsiderTests : ClusterTest
{
    private const int LeftOver = 4;

    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_transaction_somebody_holds_open_keeps_only_the_row_it_locked_waiting()
    {
        await StartAsync(silos: 2, apis: 1);
        await Work.BeginAsync(Cluster, customers: 2_000);
        await using var reader = await OpenAsync("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM customers");
        var held = Work.Events.Accepted.Keys.DefaultIfEmpty().Max() + 40;
        await using var locker = await OpenAsync($"BEGIN; SELECT * FROM customers WHERE source_id = 'c-{held}' FOR UPDATE");
        var locked = DateTimeOffset.UtcNow;
        Cluster.Note($"c-{held} is locked");
        using var over = new CancellationTokenSource();
        var asked = NotReadyAsync(over.Token);

        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(50);
        await Work.SendAsync(arrived: 1);
        await Cluster.Shop.UntilAsync($"/v1/distributions/{Work.Manual}", view => view.GetProperty("status").GetString() == "sent", TimeSpan.FromSeconds(40));
        await Wait.UntilAsync(() => Work.Events.Accepted.Count > held + 100, TimeSpan.FromSeconds(40), () => $"{Work.Events.Accepted.Count} events were accepted");
        Assert.DoesNotContain(held, Work.Events.Accepted.Keys);

        GoesOnSince(locked);

        // Nobody else is kept waiting, so nobody is told to stay away.
        await over.CancelAsync();
        Assert.Empty(await asked);

        Cluster.Note("the transactions end");
        await locker.DisposeAsync();
        await reader.DisposeAsync();
        await Work.FinishAsync();
        Assert.Contains(held, Work.Events.Accepted.Keys);
        Assert.Empty(await Work.ViolationsAsync());
        NeverAFault();
    }

    [Fact]
    public async Task Taking_almost_all_connections_does_not_stop_the_sending()
    {
        await StartAsync(silos: 2, apis: 1, ownServer: true);
        await Work.BeginAsync(Cluster, customers: 3_000);
        var taken = await TakeAllAsync();
        Cluster.Note($"{taken.Count} connections are taken");
        var events = Work.Events.Accepted.Count;
        var since = DateTimeOffset.UtcNow;

        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(50);
        await Work.SendAsync(arrived: 1);
        await Cluster.Shop.UntilAsync($"/v1/distributions/{Work.Manual}", view => view.GetProperty("status").GetString() == "sent", TimeSpan.FromSeconds(60));
        await Wait.UntilAsync(() => Work.Events.Accepted.Count > events + 100, TimeSpan.FromSeconds(40), () => "Events are not accepted any more");
        GoesOnSince(since);

        Cluster.Note("they are given back");
        await Task.WhenAll(taken.Select(connection => connection.DisposeAsync().AsTask()));
        await Work.FinishAsync();
        Assert.Empty(await Work.ViolationsAsync());
        NeverAFault();
        Say($"{taken.Count} taken, {Work.Events.Refused.Count} calls refused");
    }

    private void GoesOnSince(DateTimeOffset instant)
    {
        NeverSilent(Work.Events.Accepted.Values);
        NeverSilent(Work.Ledger.Arrivals().SelectMany(arrivals => arrivals));

        void NeverSilent(IEnumerable<DateTimeOffset> happened)
        {
            List<DateTimeOffset> ordered = [instant, .. happened.Where(at => at > instant).Order(), DateTimeOffset.UtcNow];
            Assert.DoesNotContain(ordered.Zip(ordered.Skip(1)), gap => gap.Second - gap.First > LongestSilence);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(string sql)
    {
        var connection = await Cluster.Database.OpenConnectionAsync(Cancelled);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancelled);
        return connection;
    }

    private async Task<List<NpgsqlConnection>> TakeAllAsync()
    {
        List<NpgsqlConnection> taken = [];
        try
        {
            while (true)
            {
                taken.Add(await Cluster.Database.OpenConnectionAsync(Cancelled));
            }
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            foreach (var connection in taken.Take(LeftOver))
            {
                await connection.DisposeAsync();
            }

            return taken[LeftOver..];
        }
    }
}
