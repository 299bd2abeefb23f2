using System.Runtime.InteropServices;
using Marketing.Storage.Postgres;
using Marketing.Testing;
using Npgsql;
using Xunit;

namespace Marketing.Storage.DataPlane;

public sealed partial class PostgresCommitterTests
{
    [Fact]
    public async Task Writers_of_a_cluster_count_in_shards_of_their_own()
    {
        List<NpgsqlConnection> writers = [];
        try
        {
            HashSet<object?> shards = [];
            for (var i = 0; i < 16; i++)
            {
                writers.Add(await Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken));
                shards.Add(await ClaimAsync(writers[i]));
            }

            Assert.Equal(16, shards.Count);
            Assert.DoesNotContain("", shards);

            // One more shares somebody's, and who leaves makes room.
            writers.Add(await Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken));
            Assert.Equal("", await ClaimAsync(writers[16]));
            await using var leave = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", writers[7]);
            await leave.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            Assert.Contains(await ClaimAsync(writers[16]), shards);
        }
        finally
        {
            foreach (var writer in writers)
            {
                await writer.DisposeAsync();
            }
        }

        static async Task<object?> ClaimAsync(NpgsqlConnection writer)
        {
            await using var claim = new NpgsqlCommand($"SELECT {CounterRows.ClaimShard}", writer);
            return await claim.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Two_silos_never_lose_an_update_of_the_same_customers()
    {
        var customers = await StoredAsync(20);

        async Task<int> RunAsync(PostgresCommitter committer, int seed)
        {
            var random = new Random(seed);
            var durable = 0;
            for (var i = 0; i < 100; i++)
            {
                var customer = customers[random.Next(customers.Length)];
                var version = await Database.NumberAsync($"SELECT version FROM customers WHERE no = {customer.Number}");
                var outcome = await CommitAsync(committer, commit =>
                {
                    commit.Customer = customer with { ExpectedVersion = version };
                    commit.Activity.Add(Entry(customer.Number));
                });
                durable += outcome.IsDurable ? 1 : 0;
                Assert.True(outcome.RefusedBy is null or Guard.Version);
            }

            return durable;
        }

        var durable = await Task.WhenAll(Enumerable.Range(0, 8).Select(run => Task.Run(() => RunAsync(run % 2 == 0 ? One : Other, run))));

        Assert.Equal(durable.Sum(), await Database.NumberAsync("SELECT sum(version - 1) FROM customers"));
        Assert.Equal(durable.Sum(), await Database.NumberAsync("SELECT count(*) FROM activity"));
    }

    [Fact]
    public async Task Keys_that_two_silos_want_at_once_are_taken_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(async index =>
        {
            var (key, source) = ($"key-{index}", $"src-{index}");

            Task<CommitOutcome> ByKey(PostgresCommitter silo) => CommitAsync(silo, commit =>
            {
                commit.Operation = new OperationWrite(key, "f", null, Any.Noon);
                commit.Activity.Add(Entry(Interlocked.Increment(ref _number)));
            });
            Task<CommitOutcome> BySource(PostgresCommitter silo) => CommitAsync(silo, commit => commit.Customer = Customer(source));
            return await Task.WhenAll(ByKey(One), ByKey(Other), BySource(Other), BySource(One));
        }));

        Assert.All(outcomes, four =>
        {
            Assert.Equal(["duplicate_operation", "durable"], four.Take(2).Select(outcome => outcome.Name).Order(StringComparer.Ordinal));
            Assert.Equal(["durable", "taken"], four.Skip(2).Select(outcome => outcome.Name).Order(StringComparer.Ordinal));
        });
        foreach (var table in (string[])["operations", "activity", "customers"])
        {
            Assert.Equal(200, await Database.NumberAsync($"SELECT count(*) FROM {table}"));
        }
    }

    [Fact]
    public async Task Under_a_random_mix_from_two_silos_nobody_starves_and_counters_equal_their_rows()
    {
        var customers = await StoredAsync(40);
        var messages = Enumerable.Range(0, 400).Select(index => Message(1 + (index % 3), customers[index % 40].Number, index % 7)).ToArray();

        async Task RunAsync(PostgresCommitter committer, int seed)
        {
            var random = new Random(seed);

            // Messages are moved by the silo that has their lane, and a hand-off is of one epoch.
            var own = messages.Where((_, index) => index % 2 == seed % 2).ToArray();

            for (var i = 0; i < 60; i++)
            {
                var commit = Any.Commit();
                if (random.Next(3) == 0)
                {
                    var customer = customers[random.Next(40)];
                    commit.Customer = customer with { ExpectedVersion = random.Next(1, 4), SourceId = random.Next(4) == 0 ? $"s{random.Next(8)}" : null };
                }

                if (random.Next(4) == 0)
                {
                    commit.Operation = new OperationWrite($"op-{random.Next(300)}", "f", null, Any.Noon);
                }

                for (var row = random.Next(12); row > 0; row--)
                {
                    commit.Memberships.Add(new MembershipWrite(random.Next(1, 4), customers[random.Next(40)].Number, random.Next(2) == 0));
                    commit.Messages.Add(messages[random.Next(400)]);
                    var (from, to) = ((MessageStatus)random.Next(3), (MessageStatus)random.Next(7));
                    var at = Any.Noon.AddMinutes(random.Next(200));
                    var epoch = random.Next(1, 3);
                    commit.Moves.Add(own[random.Next(200)].Move(from, to, epoch, at) with { HandOff = (10 * epoch) + (seed % 2), Recovered = random.Next(3) == 0 });
                }

                var places = (await Database.RowsAsync("SELECT distribution, unnest(messages), no FROM queue"))
                    .ToDictionary(row => ((int)row[0]!, (long)row[1]!), row => (long)row[2]!);
                foreach (ref var move in CollectionsMarshal.AsSpan(commit.Moves))
                {
                    move = move with { Batch = places.GetValueOrDefault((move.Distribution, move.Number)) };
                }

                await committer.CommitAsync(commit);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 16).Select(run => Task.Run(() => RunAsync(run % 2 == 0 ? One : Other, run))))
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.True(await Database.NumberAsync("SELECT count(*) FROM messages WHERE status = 3") > 0);
        Assert.True(await Database.NumberAsync("SELECT count(*) FROM memberships") > 0);
        await AssertCountersMatchAsync();
        Assert.Equal([], await new Balance(Database.DataSource).ImbalancesAsync());
    }

    [Fact]
    public async Task A_row_that_an_outsider_holds_keeps_only_its_own_commit_waiting()
    {
        var customers = await StoredAsync(200);
        await using var outsider = await Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var held = await outsider.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand($"SELECT 1 FROM customers WHERE no = {customers[77].Number} FOR UPDATE", outsider);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var commits = customers.Select(customer => CommitAsync(One, commit => commit.Customer = customer.Next())).ToArray();
        Assert.All(await Task.WhenAll(commits.Where((_, index) => index != 77)), outcome => Assert.Equal(CommitOutcome.Durable, outcome));
        Assert.False(commits[77].IsCompleted);

        await held.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal(CommitOutcome.Durable, await commits[77]);
    }

    [Fact]
    public async Task A_row_that_is_held_for_long_is_an_outage_of_its_own_commit()
    {
        var customer = (await StoredAsync(1))[0];
        await using var outsider = await Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var held = await outsider.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand($"SELECT 1 FROM customers WHERE no = {customer.Number} FOR UPDATE", outsider);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => CommitAsync(One, commit => commit.Customer = customer.Next()));
        Assert.Equal(1, await Database.NumberAsync("SELECT version FROM customers"));
    }

    [Fact]
    public async Task Blocks_of_numbers_never_overlap_between_silos()
    {
        using var connections = new Postgres.PostgresDatabase(Database.DataSource);
        var (one, other) = (new PostgresNumbers(connections), new PostgresNumbers(connections));
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(run => Task.Run(async () =>
        {
            var numbers = run % 2 == 0 ? one : other;
            List<long> own = [];
            while (own.Count < 6_000)
            {
                own.Add(await numbers.NextAsync(NumberSequence.Activity));
            }

            return own;
        })));
        Assert.Equal(24_000, taken.SelectMany(numbers => numbers).Distinct().Count());
        Assert.True(taken.SelectMany(numbers => numbers).Min() >= 1);
    }

    private async Task AssertCountersMatchAsync()
    {
        var byChannel =
            $"""
            SELECT distribution, channel, count(*)::bigint, count(*) FILTER (WHERE status = 0), count(*) FILTER (WHERE status = 1),
                count(*) FILTER (WHERE status = 2), count(*) FILTER (WHERE status = 3), count(*) FILTER (WHERE status = 4),
                count(*) FILTER (WHERE status = 5), count(*) FILTER (WHERE status = 6)
            FROM (SELECT m.distribution, m.channel, {PostgresDialect.Instance.MessageStatus} AS status FROM messages m) s GROUP BY 1, 2 ORDER BY 1, 2
            """;
        Assert.Equal(await Database.RowsAsync(byChannel), await Database.RowsAsync(
            """
            SELECT distribution, channel, sum(audience)::bigint, sum(queued)::bigint, sum(retrying)::bigint, sum(sending)::bigint, sum(sent)::bigint,
                sum(failed)::bigint, sum(skipped)::bigint, sum(canceled)::bigint
            FROM message_counts GROUP BY 1, 2 HAVING sum(audience) > 0 ORDER BY 1, 2
            """));

        const string byHour =
            """
            SELECT distribution, channel, finished_at - finished_at % 3600000, count(*) FILTER (WHERE status = 3),
                count(*) FILTER (WHERE status = 4), count(*) FILTER (WHERE status = 5)
            FROM messages WHERE status IN (3, 4, 5) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """;
        Assert.Equal(await Database.RowsAsync(byHour), await Database.RowsAsync(
            """
            SELECT distribution, channel, hour, sum(sent)::bigint, sum(failed)::bigint, sum(skipped)::bigint
            FROM message_series GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """));

        Assert.Equal(
            await Database.RowsAsync("SELECT segment, count(*) FROM memberships GROUP BY 1 ORDER BY 1"),
            await Database.RowsAsync("SELECT segment, members FROM segment_counts WHERE members <> 0 ORDER BY 1"));
    }

    [Fact]
    public async Task Two_silos_that_want_one_account_get_what_there_is_once()
    {
        var committers = new[] { One, Other };
        var entry = 0L;
        BalanceChange Change(string account, long delta) => new(account, delta, Interlocked.Increment(ref entry), "test", Any.Noon, [1]) { Most = 50 };
        Assert.True((await CommitAsync(One, commit => commit.Balances.Add(Change("budget", 50)))).IsDurable);

        // Each takes one from the budget and gives it to one of three others, in both orders, so that silos that locked as they were told would wait in a circle.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 400).Select(index => Task.Run(() => CommitAsync(committers[index % 2], commit =>
        {
            var (taken, given) = (Change("budget", index % 8 < 6 ? -1 : 1), Change($"share-{index % 3}", index % 8 < 6 ? 1 : -1));
            commit.Balances.AddRange(index % 3 == 0 ? [taken, given] : [given, taken]);
        }))));

        Assert.All(outcomes, outcome => Assert.True(outcome.RefusedBy is null or Guard.Balance, $"{outcome}"));
        Assert.Contains(outcomes, outcome => outcome.RefusedBy is Guard.Balance);
        var durable = outcomes.Count(outcome => outcome.IsDurable);
        Assert.Equal(1 + (2 * durable), await Database.NumberAsync("SELECT count(*) FROM ledger"));
        Assert.Equal(50, await Database.NumberAsync("SELECT sum(value) FROM balances"));
        Assert.Equal(0, await Database.NumberAsync("SELECT count(*) FROM ledger WHERE value < 0 OR value > 50"));
        Assert.Equal(0, await Database.NumberAsync(
            """
            SELECT count(*) FROM balances b WHERE b.value <> (SELECT sum(l.delta) FROM ledger l WHERE l.account = b.account)
                OR b.entries <> (SELECT max(l.position) FROM ledger l WHERE l.account = b.account)
            """));
    }
}
