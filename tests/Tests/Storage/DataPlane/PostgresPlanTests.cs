using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Storage.Postgres;
using Marketing.Storage.Relational;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Storage.DataPlane;

/// <summary>How much statements read where the server's statistics tell it the wrong thing.</summary>
public sealed partial class PostgresPlanTests : IAsyncLifetime
{
    private PostgresDatabase? _database;

    private PostgresDatabase Database => _database!;

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabase.CreateAsync();
        await _database.UpgradeAsync();
    }

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_lane_of_a_distribution_younger_than_the_statistics_reads_what_it_takes()
    {
        const int Takes = 20;
        const int Limit = 200;

        // The server knows of one distribution, all sent. Of the second, which it has never heard of, what waits is at the end of twenty thousand.
        await Database.ScalarAsync(
            """
            INSERT INTO messages (distribution, no, project, lane, customer, occurrence, channel, status, due_at, created_at, finished_at)
            SELECT 1, i, 7, i % 4, i, -1, 'discard', 3, 0, 0, 0 FROM generate_series(1, 20000) AS i;
            INSERT INTO queue (distribution, no, lane, project, status, due_at, messages)
            SELECT 1, i, i % 4, 7, 0, 0, ARRAY[i] FROM generate_series(1, 400) AS i;
            ANALYZE;
            DELETE FROM queue;
            INSERT INTO messages (distribution, no, project, lane, customer, occurrence, channel, status, due_at, created_at)
            SELECT 2, 20000 + i, 7, i % 4, i, -1, 'discard', 0, 0, 0 FROM generate_series(1, 20000) AS i;
            INSERT INTO queue (distribution, no, lane, project, status, due_at, messages)
            SELECT 2, 39200, 0, 7, 0, 0, array_agg(no ORDER BY no) FROM messages WHERE distribution = 2 AND lane = 0 AND no >= 39200;
            """);

        var read = await ReadByAsync("'messages'", async plane =>
        {
            for (var take = 0; take < Takes; take++)
            {
                Assert.Equal(Limit, (await plane.Queue.TakeAsync(2, 0, Any.Noon, Limit)).Count);
            }
        });

        Assert.InRange(read, Takes * Limit, 2 * Takes * Limit);
    }

    [Fact]
    public async Task A_lane_reads_no_messages_that_a_snapshot_made()
    {
        await Database.ScalarAsync("INSERT INTO memberships (segment, customer) SELECT 3, i FROM generate_series(1, 4000) AS i");

        var read = await ReadByAsync("'messages'", async plane =>
        {
            await plane.Queue.SnapshotAsync(new AudienceChunk
            {
                Project = Plane.Project,
                Distribution = 3,
                Segment = 3,
                AfterCustomer = 0,
                Limit = 10_000,
                Channels = ["discard"],
                Occurrence = -1,
                SkipAlreadyOwed = true,
                Lanes = 4,
                DueAt = Any.Noon,
                Now = Any.Noon,
            });
            var due = await plane.Queue.TakeAsync(3, 1, Any.Noon, 10_000);
            Assert.Equal(1_000, due.Count);
            Assert.All(due, message => Assert.Equal(("discard", -1L, Any.Noon), (message.Channel, message.Occurrence, message.DueAt)));
        });

        Assert.Equal(0, read);
    }

    [Theory]
    [InlineData("-created_at")]
    [InlineData("created_at")]
    [InlineData("-updated_at")]
    [InlineData("updated_at")]
    [InlineData("-source_id")]
    public async Task A_page_of_customers_reads_a_page_of_them(string order)
    {
        await Database.ScalarAsync(
            $"""
            INSERT INTO customers (no, project, id, source_id, version, created_at, updated_at, evaluated_at, document)
            SELECT i, {Plane.Project}, 'cust_' || i, 's' || i, 1, i, i, 0, '' FROM generate_series(1, 5000) AS i;
            INSERT INTO customer_counts (project, customers) VALUES ({Plane.Project}, 5000);
            ANALYZE;
            """);

        var read = await ReadByAsync("'customers'", async plane =>
        {
            for (var time = 0; time < 10; time++)
            {
                var page = await plane.Customers.ListAsync(Plane.Project, new CustomerListQuery { Limit = 20, Order = order }, null, TestContext.Current.CancellationToken);
                Assert.Equal((20, 5_000L), (page.Items.Count, page.Total));
            }
        });

        // Numbers and rows, and one number more to know whether there is another page.
        Assert.InRange(read, 200, 450);
    }

    [Theory]
    [InlineData(null, "-created_at", false, 20)]
    [InlineData(null, "created_at", true, 20)]
    [InlineData("name", "-created_at", false, 10_021)]
    [InlineData("name", "created_at", true, 10_041)]
    [InlineData("city", "-created_at", true, 10_041)]
    [InlineData("created", "-created_at", false, 10_021)]
    [InlineData("updated", "-updated_at", true, 10_041)]
    [InlineData("few", "-updated_at", false, 200)]
    [InlineData("few", "source_id", true, 300)]
    [InlineData("segment", "-created_at", false, 40)]
    [InlineData("segment", "created_at", true, 40)]
    [InlineData("segment", "updated_at", false, 100)]
    [InlineData("segment", "-updated_at", true, 48_300)]
    [InlineData("segment of the unchanged", "-updated_at", true, 40_100)]
    [InlineData("segment", "source_id", false, 60)]
    [InlineData("segment", "-source_id", true, 60)]
    [InlineData("city", "-updated_at", false, 10_101)]
    [InlineData("created", "source_id", true, 41_000)]
    [InlineData("segment and city", "-created_at", false, 35_000)]
    [InlineData("segment and city", "source_id", true, 35_000)]
    public async Task A_page_of_customers_reads_what_is_on_it_and_counts_no_further_than_pages_go_statistics_or_none(string? filter, string order, bool analyzed, long most)
    {
        // The order is looked at as far as 20,000 before something else is tried. Nobody younger than the first 12,000 is a member, everybody is called Ada, and the server knows nothing of them or was told of another project.
        var updated = filter == "segment of the unchanged" ? "NULL" : "i";
        await Database.ScalarAsync(
            $"""
            ALTER TABLE customers SET (autovacuum_enabled = off);
            ALTER TABLE memberships SET (autovacuum_enabled = off);
            INSERT INTO customers (no, project, id, source_id, version, name, city, created_at, updated_at, evaluated_at, document)
            SELECT i, {Plane.Project}, 'cust_' || i, 's' || i, 1, CASE WHEN i % 500 = 0 THEN 'Rare' ELSE 'Ada' END, 'Oslo', i, {updated}, 0, '' FROM generate_series(1, 40000) AS i;
            INSERT INTO memberships (segment, customer, created_at, source_id) SELECT 3, i, i, 's' || i FROM generate_series(1, 12000) AS i;
            INSERT INTO segment_counts (segment, members) VALUES (3, 12000);
            """);
        if (analyzed)
        {
            await Database.ScalarAsync("ANALYZE customers; ANALYZE memberships");
        }

        var query = new CustomerListQuery { Limit = 20, Order = order };
        query = filter switch
        {
            "name" => query with { Name = "Ada" },
            "few" => query with { Name = "Rare" },
            "city" or "segment and city" => query with { City = "Oslo" },
            "created" => query with { CreatedAt = new TimeRange(DateTimeOffset.FromUnixTimeMilliseconds(39_000), null) },
            "updated" => query with { UpdatedAt = new TimeRange(null, DateTimeOffset.FromUnixTimeMilliseconds(1_000)) },
            _ => query,
        };
        var read = await ReadByAsync("'customers', 'memberships'", async plane =>
        {
            int? segment = filter?.StartsWith("segment", StringComparison.Ordinal) == true ? 3 : null;
            for (var time = 0; time < 10; time++)
            {
                var page = await plane.Customers.ListAsync(Plane.Project, query, segment, TestContext.Current.CancellationToken);
                Assert.Equal((20, true), (page.Items.Count, page.HasMore));
            }
        });

        // And the rows that are on the page, by their numbers.
        Assert.InRange(read, 200, 10 * (most + 40));
    }

    [Fact]
    public async Task Being_told_to_go_over_indexes_holds_for_one_statement_and_compiles_nothing()
    {
        const string Settings = "SELECT concat_ws(' ', current_setting('enable_sort'), current_setting('enable_bitmapscan'), current_setting('plan_cache_mode'), current_setting('jit'))";
        await using var connection = await Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var session = new PostgresSession(connection);
        var before = await session.TextAsync(new SqlQuery(Settings));
        Assert.Equal("off off force_generic_plan off", await session.TextAsync(new SqlQuery(Settings).OverIndexes()));
        Assert.Equal(before, await session.TextAsync(new SqlQuery(Settings)));
        Assert.StartsWith("on on auto", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_estimate_reads_those_whom_mail_does_not_reach()
    {
        await Database.ScalarAsync(
            $"""
            INSERT INTO customers (no, project, id, version, email, created_at, evaluated_at, document)
            SELECT i, {Plane.Project}, 'cust_' || i, 1, CASE WHEN i % 100 = 0 THEN NULL WHEN i % 100 = 1 THEN 'no mailbox' ELSE 'c' || i || '@example.com' END, i, 0, ''
            FROM generate_series(1, 20000) AS i;
            INSERT INTO memberships (segment, customer, created_at) SELECT 3, i, i FROM generate_series(1, 20000) AS i;
            INSERT INTO segment_counts (segment, members) VALUES (3, 20000);
            INSERT INTO suppressions (project, channel, address, reason, created_at)
            SELECT {Plane.Project}, 'email', 'c' || i * 50 + 7 || '@example.com', 'bounced', 0 FROM generate_series(1, 300) AS i;
            """);

        var read = await ReadByAsync("'customers', 'memberships'", async plane =>
        {
            for (var time = 0; time < 10; time++)
            {
                var counts = await plane.Members.CountMailReachAsync(Plane.Project, 3, "email");
                Assert.Equal((20_000, 200, 200, 300), (counts.Members, counts.WithoutAddress, counts.Odd, counts.Suppressed["bounced"]));
            }
        });

        // Without an address twice: how many there are, and who of them is a member.
        Assert.InRange(read, 10, 10 * ((3 * 200) + (2 * 200) + (2 * 300) + 100));
    }

    [Fact]
    public async Task Customers_looked_up_by_address_are_read_and_no_others()
    {
        await Database.ScalarAsync(
            $"""
            INSERT INTO customers (no, project, id, version, email, created_at, evaluated_at, document)
            SELECT i, {Plane.Project}, 'cust_' || i, 1, CASE WHEN i % 2 = 0 THEN 'c' || i || '@example.com' ELSE 'shared@example.com' END, i, 0, '' FROM generate_series(1, 20000) AS i;
            """);

        var read = await ReadByAsync("'customers'", async plane =>
        {
            for (var time = 0; time < 10; time++)
            {
                string[] emails = ["shared@example.com", .. Enumerable.Range(1, 100).Select(number => $"c{number * 2}@example.com")];
                Assert.Equal(102, (await plane.Customers.LoadByEmailAsync(Plane.Project, emails, most: 2)).Count);
            }
        });

        Assert.InRange(read, 1_000, 1_100);
    }

    [Fact]
    public async Task A_page_of_messages_of_a_distribution_younger_than_the_statistics_reads_a_page_of_them()
    {
        // The server knows of one distribution. Of the second all were made at two moments, by runs as snapshots make them.
        await Database.ScalarAsync(
            """
            INSERT INTO messages (distribution, no, project, lane, customer, occurrence, channel, status, due_at, created_at)
            SELECT 1, i, 7, i % 4, i, -1, 'discard', 0, 0, i FROM generate_series(1, 5000) AS i;
            INSERT INTO arrivals (distribution, created_at, first, last) SELECT 1, i, i, i FROM generate_series(1, 5000) AS i;
            ANALYZE;
            INSERT INTO messages (distribution, no, project, lane, customer, occurrence, channel, status, due_at, created_at)
            SELECT 2, 20000 + i, 7, i % 4, i, -1, 'discard', 0, 0, i / 10000 FROM generate_series(1, 19999) AS i;
            INSERT INTO arrivals (distribution, created_at, first, last)
            SELECT distribution, created_at, min(no), max(no) FROM messages WHERE distribution = 2 GROUP BY 1, 2, no / 100
            """);

        var read = await ReadByAsync("'messages'", async plane =>
        {
            string? after = null;
            for (var page = 0; page < 10; page++)
            {
                var messages = await plane.Distributions.MessagesAsync(
                    2, new MessageListQuery { Limit = 20, StartingAfterId = after }, TestContext.Current.CancellationToken);
                Assert.Equal(20, messages.Items.Count);
                after = messages.Items[^1].Id;
            }
        });

        Assert.InRange(read, 200, 10 * 20 * 20);
    }

    private async Task<long> ReadByAsync(string tables, Func<Plane, Task> work)
    {
        var readSoFar = $"SELECT CAST(sum(idx_tup_read) AS bigint) FROM pg_stat_user_indexes WHERE relname IN ({tables})";

        // What making the rows has read is told late, too.
        await Database.ScalarAsync("SELECT pg_stat_force_next_flush()");
        var before = await Database.NumberAsync(readSoFar);
        var source = Database.CreateSource();
        await using (var plane = await Plane.StartAsync(services => services.AddSingleton(_ => source).AddPostgresDataPlane()))
        {
            await work(plane);
        }

        // A backend tells what it has read at the latest when it ends.
        await source.DisposeAsync();
        await Database.UntilAsync("SELECT NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'distributions')");
        return await Database.NumberAsync(readSoFar) - before;
    }
}
