using Marketing.Catalogue;
using Marketing.Observability;
using Marketing.Orders;
using Marketing.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Marketing.Storage.DataPlane;

/// <summary>What the contract cannot see of the group-committer on PostgreSQL: its rows, its failures, and a second silo.</summary>
public sealed partial class PostgresCommitterTests : IAsyncLifetime
{
    private readonly CatalogueVersions _catalogues = new();

    private long _number;
    private PostgresDatabase? _database;
    private PostgresCommitter? _one;
    private PostgresCommitter? _other;

    private PostgresDatabase Database => _database!;

    private PostgresCommitter One => _one!;

    private PostgresCommitter Other => _other!;

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabase.CreateAsync();
        await _database.UpgradeAsync();
        _one = new PostgresCommitter(Database.DataSource, _catalogues, new TableSet([OrderTable.Orders]), Unheard.Metrics, NullLogger<PostgresCommitter>.Instance);
        _other = new PostgresCommitter(Database.DataSource, _catalogues, new TableSet([OrderTable.Orders]), Unheard.Metrics, NullLogger<PostgresCommitter>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await One.DisposeAsync();
            await Other.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    [Fact]
    public async Task One_stale_among_two_hundred_fails_alone()
    {
        var customers = await StoredAsync(200);

        var outcomes = await Task.WhenAll(customers.Select((customer, index) => CommitAsync(One, commit =>
        {
            commit.Customer = customer with { ExpectedVersion = index == 77 ? 5 : 1, Name = "Grace" };
            commit.Operation = new OperationWrite($"key-{index}", "f", null, Any.Noon);
            commit.Activity.Add(Entry(customer.Number));
            commit.Messages.Add(Message(9, customer.Number));
            commit.Memberships.Add(new MembershipWrite(3, customer.Number, true));
        })));

        Assert.Equal([77], outcomes.Index().Where(each => each.Item != CommitOutcome.Durable).Select(each => each.Index));
        Assert.IsType<Guard.Version>(outcomes[77].RefusedBy);
        var stale = customers[77].Number;
        Assert.Equal([1L, "Ada"], (await Database.RowsAsync($"SELECT version, name FROM customers WHERE no = {stale}"))[0]);
        Assert.Equal(199, await Database.NumberAsync("SELECT count(*) FROM customers WHERE version = 2 AND name = 'Grace'"));
        Assert.Equal(199, await Database.NumberAsync($"SELECT count(*) FROM activity WHERE customer <> {stale}"));
        foreach (var table in (string[])["operations", "activity", "messages", "memberships"])
        {
            Assert.Equal(199, await Database.NumberAsync($"SELECT count(*) FROM {table}"));
        }

        await AssertCountersMatchAsync();
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 7, false)]
    [InlineData(7, 1, false)]
    public async Task An_order_and_its_customer_are_written_together_or_not_at_all(long customerVersion, long orderVersion, bool durable)
    {
        var customer = (await StoredAsync(1))[0];
        var order = new OrderRow(++_number, Any.Id("ord"), 0, Any.Id("src"), customer.Number, customer.Id, "CREATED", 5, Any.Noon, null, [1], null);
        Assert.Equal(CommitOutcome.Durable, await CommitAsync(One, commit => commit.Rows.Add(OrderTable.Orders.Save(order))));

        var outcome = await CommitAsync(Other, commit =>
        {
            commit.Customer = customer with { ExpectedVersion = customerVersion };
            commit.Rows.Add(OrderTable.Orders.Save(order with { Version = orderVersion, Status = "PAID", CustomerId = null }));
        });

        Guard? refusedBy = durable ? null : orderVersion == 7 ? new Guard.Version("orders", order.Number) : new Guard.Version("customers", customer.Number);
        Assert.Equal(refusedBy, outcome.RefusedBy);
        var version = durable ? 2L : 1L;
        Assert.Equal(version, await Database.NumberAsync("SELECT version FROM customers"));
        Assert.Equal(
            [version, durable ? "PAID" : "CREATED"], (await Database.RowsAsync("SELECT version, status FROM orders"))[0]);
    }

    [Fact]
    public async Task A_lane_that_moved_refuses_its_old_owner_and_one_that_is_moving_makes_it_wait()
    {
        await Database.RowsAsync("INSERT INTO lanes (distribution, lane, epoch) VALUES (9, 0, 4)");
        var message = Message(9, 1);

        Task<CommitOutcome> UnderAsync(long epoch) => CommitAsync(One, commit =>
        {
            commit.Fence = new LaneFence(9, 0, epoch);
            commit.Messages.Add(message);
        });

        Assert.IsType<Guard.Lane>((await UnderAsync(3)).RefusedBy);
        await using var connection = await Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var claim = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var update = new NpgsqlCommand("UPDATE lanes SET epoch = 5", connection, claim))
        {
            await update.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var late = UnderAsync(4);
        await claim.CommitAsync(TestContext.Current.CancellationToken);
        Assert.IsType<Guard.Lane>((await late).RefusedBy);
        Assert.Equal(0, await Database.NumberAsync("SELECT count(*) FROM messages"));
        Assert.Equal(CommitOutcome.Durable, await UnderAsync(5));
    }

    [Fact]
    public async Task A_catalogue_that_moved_on_refuses()
    {
        using var connections = new Postgres.PostgresDatabase(Database.DataSource);
        var versions = new PostgresCatalogueVersions(connections);
        Task<CommitOutcome> AtAsync(long version) =>
            One.CommitAsync(new Commit { Project = Plane.Project, CatalogueVersion = version, Customer = Customer() });
        var before = await versions.ReadAsync(Plane.Project);
        Assert.Equal(CommitOutcome.Durable, await AtAsync(before));

        // A transaction of some silo that has checked the version and is not written yet.
        await using var other = await Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var underway = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var check = new NpgsqlCommand(PostgresCatalogueVersions.LockShared, other)
        {
            Parameters = { new NpgsqlParameter<int[]> { TypedValue = [Plane.Project] } },
        };
        await check.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var advance = versions.AdvanceAsync(Plane.Project);
        await Database.UntilAsync("SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
        Assert.False(advance.IsCompleted);
        await underway.CommitAsync(TestContext.Current.CancellationToken);
        await advance;

        Assert.IsType<Guard.Catalogue>((await AtAsync(before)).RefusedBy);
        Assert.Equal(before + 1, _catalogues.CurrentVersion(Plane.Project));
        Assert.Equal(CommitOutcome.Durable, await AtAsync(before + 1));
        Assert.Equal(2, await Database.NumberAsync("SELECT count(*) FROM customers"));
    }

    [Fact]
    public async Task A_change_of_a_segment_or_a_distribution_is_a_new_catalogue_even_if_nobody_says_so()
    {
        using var connections = new Postgres.PostgresDatabase(Database.DataSource);
        var versions = new PostgresCatalogueVersions(connections);
        var version = await versions.ReadAsync(Plane.Project);
        async Task AssertMovedAsync(string sql, bool moved)
        {
            await Database.RowsAsync(sql);
            var now = await versions.ReadAsync(Plane.Project);
            Assert.Equal(moved, now > version);
            version = now;
        }

        await AssertMovedAsync(
            $"INSERT INTO segments VALUES (1, {Plane.Project}, 'seg', 'Seg', 'active', 1, NULL, 1, 0, 0, NULL)", moved: true);
        await AssertMovedAsync("UPDATE segments SET progress = 50, updated_at = 2", moved: false);
        await AssertMovedAsync("UPDATE segments SET synced = 1", moved: true);
        await AssertMovedAsync("UPDATE segments SET deleted = 1", moved: true);
        await AssertMovedAsync("DELETE FROM segments", moved: true);
        await AssertMovedAsync(
            $"INSERT INTO distributions VALUES (1, {Plane.Project}, 'dis', 'Dis', 'manual', 'draft', NULL, '', NULL, 1, NULL, '')", moved: false);
        await AssertMovedAsync("UPDATE distributions SET document = 'other'", moved: false);
        await AssertMovedAsync("UPDATE distributions SET status = 'live'", moved: true);
        await AssertMovedAsync("UPDATE distributions SET document = 'another'", moved: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xd800)]
    public async Task Text_the_server_cannot_hold_hurts_only_its_own_commit(int character)
    {
        var name = $"A{(char)character}a";
        var commits = Enumerable.Range(0, 50)
            .Select(index => CommitAsync(One, commit => commit.Customer = Customer() with { Name = index == 20 ? name : "Ada" })).ToArray();

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => commits[20]);
        Assert.IsNotType<StorageUnavailableException>(failure);
        Assert.All(await Task.WhenAll(commits.Where((_, index) => index != 20)), outcome => Assert.Equal(CommitOutcome.Durable, outcome));
        Assert.Equal(49, await Database.NumberAsync("SELECT count(*) FROM customers"));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_an_outage_and_the_next_commit_passes()
    {
        await StoredAsync(1);
        await Database.RowsAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        // Which of the two writers takes a commit is open: each finds its connection broken once.
        List<CommitOutcome> outcomes = [];
        var outages = 0;
        while (outcomes.Count < 20)
        {
            try
            {
                outcomes.Add(await CommitAsync(One, commit => commit.Customer = Customer()));
            }
            catch (StorageUnavailableException)
            {
                outages++;
            }
        }

        Assert.InRange(outages, 1, 2);
        Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Durable, outcome));
    }

    [Fact]
    public async Task A_closed_committer_writes_what_it_accepted_and_takes_nothing_more()
    {
        var accepted = Enumerable.Range(0, 300).Select(_ => CommitAsync(One, commit => commit.Customer = Customer())).ToArray();
        await One.DisposeAsync();

        // Answered when the committer has ended; the callers' own continuations may still be on their way.
        var outcomes = await Task.WhenAll(accepted).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Durable, outcome));
        await Assert.ThrowsAsync<StorageClosedException>(() => CommitAsync(One, commit => commit.Customer = Customer()));
        await Assert.ThrowsAsync<StorageClosedException>(One.FlushAsync);
        Assert.Equal(300, await Database.NumberAsync("SELECT count(*) FROM customers"));
    }

    [Fact]
    public async Task Commits_on_the_same_customer_are_written_in_the_order_they_were_given()
    {
        var customer = (await StoredAsync(1))[0];
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 100).Select(version =>
            CommitAsync(One, commit => commit.Customer = customer with { ExpectedVersion = version, Name = $"Ada {version}" })));
        Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Durable, outcome));
        Assert.Equal([101L, "Ada 100"], (await Database.RowsAsync("SELECT version, name FROM customers"))[0]);
    }

    private static async Task<CommitOutcome> CommitAsync(PostgresCommitter committer, Action<Commit> fill)
    {
        var commit = Any.Commit();
        fill(commit);
        return await committer.CommitAsync(commit);
    }

    private async Task<CustomerWrite[]> StoredAsync(int count)
    {
        var customers = Enumerable.Range(0, count).Select(_ => Customer()).ToArray();
        await Task.WhenAll(customers.Select(customer => CommitAsync(One, commit => commit.Customer = customer)));
        return customers;
    }

    private CustomerWrite Customer(string? sourceId = null) => new(
        Interlocked.Increment(ref _number), Any.Id("cust"), sourceId, 0, "Ada", null, "Paris", Any.Noon, null, Any.Noon, null, "{}"u8.ToArray());

    private ActivityWrite Entry(long customer) =>
        new(Interlocked.Increment(ref _number), customer, "customer.updated", Any.Noon, null, "API", "{}"u8.ToArray());

    private MessageInsert Message(int distribution, long customer, long occurrence = 0) =>
        new(distribution, Interlocked.Increment(ref _number), 0, customer, occurrence, "email", Any.Noon, Any.Noon);
}
