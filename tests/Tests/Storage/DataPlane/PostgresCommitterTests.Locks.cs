using System.Diagnostics;
using Marketing.Storage.Postgres;
using Npgsql;
using Xunit;

namespace Marketing.Storage.DataPlane;

public sealed partial class PostgresCommitterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thirty_rows_that_an_outsider_holds_are_waited_for_together()
    {
        var customers = await StoredAsync(31);
        await using var outsider = await HoldAsync($"SELECT 1 FROM customers WHERE no = ANY(ARRAY[{string.Join(',', customers.Take(30).Select(customer => customer.Number))}]) FOR UPDATE");
        await using var own = await HoldAsync($"SELECT 1 FROM customers WHERE no = {customers[30].Number} FOR UPDATE");

        var start = Stopwatch.GetTimestamp();
        var held = customers.Take(30).Select(customer => CommitAsync(One, commit => commit.Customer = customer.Next())).ToArray();
        var released = CommitAsync(One, commit => commit.Customer = customers[30].Next());
        await own.RollbackAsync(Token);

        Assert.Equal(CommitOutcome.Durable, await released);
        foreach (var commit in held)
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => commit);
        }

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_row_that_is_deleted_while_it_is_held_is_a_conflict()
    {
        var customer = (await StoredAsync(1))[0];
        await using var outsider = await HoldAsync($"DELETE FROM customers WHERE no = {customer.Number}");

        var commit = CommitAsync(One, commit => commit.Customer = customer.Next());
        await outsider.CommitAsync(Token);

        Assert.IsType<Guard.Version>((await commit).RefusedBy);
    }

    [Fact]
    public async Task A_catalogue_that_an_outsider_holds_is_waited_for_by_all_of_its_commits_together_and_by_no_others()
    {
        var customers = await StoredAsync(31);
        await using var outsider = await HoldAsync($"SELECT pg_advisory_xact_lock(1, {Plane.Project})");

        var start = Stopwatch.GetTimestamp();
        var held = customers.Take(30).Select(MatchedAsync).ToArray();
        var free = One.CommitAsync(new Commit { Project = Plane.Project + 1, CatalogueVersion = 1, Operation = new OperationWrite("key", "f", null, Any.Noon) });

        Assert.Equal(CommitOutcome.Durable, await free);
        foreach (var commit in held)
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => commit);
        }

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(CommitOutcome.Durable, await CommitAsync(One, commit => commit.Customer = customers[30].Next()));
    }

    [Fact]
    public async Task A_silo_that_is_frozen_while_it_changes_rows_blocks_nobody_for_long()
    {
        await using var frozenSource = Database.CreateSource();
        using var frozen = new Postgres.PostgresDatabase(frozenSource);
        await using var source = Database.CreateSource();
        using var connections = new Postgres.PostgresDatabase(source);
        var versions = new PostgresCatalogueVersions(connections);
        var (holds, thaw) = (new TaskCompletionSource(), new TaskCompletionSource());

        var change = frozen.ChangeAsync(async connection =>
        {
            await using var take = new NpgsqlCommand($"SELECT pg_advisory_xact_lock(1, {Plane.Project})", connection);
            await take.ExecuteNonQueryAsync(Token);
            holds.TrySetResult();
            await thaw.Task;
            return 0;
        });
        await holds.Task;
        var start = Stopwatch.GetTimestamp();
        await versions.AdvanceAsync(Plane.Project).WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(12));
        thaw.SetResult();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => change);
    }

    [Fact]
    public async Task A_change_of_the_catalogue_that_has_to_wait_lets_others_pass_and_gives_up_in_time()
    {
        await using var source = Database.CreateSource();
        using var connections = new Postgres.PostgresDatabase(source);
        var customers = await StoredAsync(5);
        await using var outsider = await HoldAsync($"SELECT pg_advisory_xact_lock_shared(1, {Plane.Project})");

        var advance = new PostgresCatalogueVersions(connections).AdvanceAsync(Plane.Project);
        await Database.UntilAsync("SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
        foreach (var customer in customers)
        {
            Assert.Equal(CommitOutcome.Durable, await MatchedAsync(customer));
        }

        await Assert.ThrowsAsync<StorageUnavailableException>(() => advance.WaitAsync(TimeSpan.FromSeconds(25), Token));
    }

    [Fact]
    public async Task A_cancel_that_meets_a_lane_taking_messages_cancels_those_it_takes_out()
    {
        using var connections = new Postgres.PostgresDatabase(Database.DataSource);
        var messages = Enumerable.Range(1, 10).Select(index => Message(9, index)).ToArray();
        await CommitAsync(One, commit => commit.Messages.AddRange(messages));

        // As a lane does that hands the first four over: it has the batch, and shortens it when the cancel waits already.
        await using var lane = await HoldAsync("SELECT 1 FROM queue WHERE distribution = 9 FOR UPDATE");
        var cancel = new PostgresMessageQueue(connections, new PostgresNumbers(connections)).CancelAsync(9, 3, Any.Noon);
        await Database.UntilAsync("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')");
        await using (var take = new NpgsqlCommand(
            """
            INSERT INTO hand_offs (distribution, no, lane, project, epoch, messages) SELECT 9, 1, 0, project, 1, messages[:4] FROM queue WHERE distribution = 9;
            UPDATE queue SET messages = messages[5:] WHERE distribution = 9
            """, lane.Connection))
        {
            await take.ExecuteNonQueryAsync(Token);
        }

        await lane.CommitAsync(Token);

        Assert.Equal(3, await cancel);
        Assert.Equal(
            messages.Skip(4).Take(3).Select(message => message.Number),
            (await Database.RowsAsync("SELECT no FROM messages WHERE status = 6 ORDER BY no")).Select(row => (long)row[0]!));
        Assert.Equal(
            messages.Skip(7).Select(message => message.Number), (long[])(await Database.ScalarAsync("SELECT messages FROM queue WHERE distribution = 9"))!);
        Assert.Equal(0, await Database.NumberAsync("SELECT count(*) FROM messages m JOIN hand_offs h ON m.no = ANY(h.messages) WHERE m.status <> 0"));
    }

    private Task<CommitOutcome> MatchedAsync(CustomerWrite customer) =>
        One.CommitAsync(new Commit { Project = Plane.Project, CatalogueVersion = 1, Customer = customer.Next() });

    // In a transaction of its own, which ends with what is returned.
    private async Task<NpgsqlTransaction> HoldAsync(string sql)
    {
        var connection = await Database.DataSource.OpenConnectionAsync(Token);
        var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync(Token);
        return transaction;
    }
}
