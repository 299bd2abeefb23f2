using Marketing.Activity;
using Marketing.Distributions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Marketing.Storage.DataPlane;

/// <summary>Two silos on one database, and somebody who follows what they record.</summary>
public sealed class PostgresCommitOrderTests : IAsyncLifetime
{
    private const int Distribution = 5;

    private PostgresDatabase? _database;
    private Plane? _one;
    private Plane? _other;

    private PostgresDatabase Database => _database!;

    private Plane One => _one!;

    private Plane Other => _other!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabase.CreateAsync();
        _one = await StartAsync();
        _other = await StartAsync();
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
    public async Task What_a_slow_transaction_records_comes_after_what_was_read_whatever_its_time()
    {
        var messages = await SendingAsync(One, 3);
        await One.MoveAsync(Sent(messages[0], Any.Noon));
        var seen = new List<string>();
        await UntilSeenAsync(seen, 1);

        // Of a silo whose clock is an hour behind, and which takes its time: its row is there before the other's and is committed after it.
        await using var slow = await Database.DataSource.OpenConnectionAsync(Token);
        await using var open = await slow.BeginTransactionAsync(Token);
        var early = Any.Noon.AddHours(-1).ToUnixTimeMilliseconds();
        await using (var write = new NpgsqlCommand(
            $"""
            INSERT INTO outcomes (distribution, finished_at, kind, messages) VALUES ({Distribution}, {early}, 3, ARRAY[{messages[1].Number}]);
            UPDATE messages SET status = 3, finished_at = {early} WHERE no = {messages[1].Number}
            """, slow))
        {
            await write.ExecuteNonQueryAsync(Token);
        }

        await Other.MoveAsync(Sent(messages[2], Any.Noon.AddMinutes(1)));
        await Other.LogAsync(Distribution, "distribution.paused", Any.Noon.AddMinutes(2));
        await FollowAsync(seen);
        await open.CommitAsync(Token);
        await UntilSeenAsync(seen, 4);

        Assert.Equal(4, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_reader_of_two_silos_with_different_clocks_meets_each_entry_once()
    {
        const int Each = 150;
        var owed = new[] { await SendingAsync(One, Each), await SendingAsync(Other, Each) };
        var seen = new List<string>();

        async Task RunAsync(Plane plane, MessageInsert[] messages, TimeSpan skew, int seed)
        {
            var random = new Random(seed);
            await Task.WhenAll(messages.Chunk(5).Select(async (together, index) =>
            {
                await Task.Yield();
                await plane.CommitAsync(commit => commit.Moves.AddRange(together.Select(message => Sent(message, Any.Noon.AddMilliseconds(index * 3) + skew))));
                if (random.Next(5) == 0)
                {
                    await plane.LogAsync(Distribution, "distribution.paused", Any.Noon - skew);
                }
            }));
        }

        var running = Task.WhenAll(RunAsync(One, owed[0], TimeSpan.FromHours(1), 1), RunAsync(Other, owed[1], TimeSpan.FromHours(-1), 2));
        while (!running.IsCompleted)
        {
            await FollowAsync(seen);
        }

        await running;
        var logged = (int)await Database.NumberAsync("SELECT count(*) FROM distribution_log");
        await UntilSeenAsync(seen, (2 * Each) + logged);

        Assert.Equal(seen.Distinct(), seen);
        var walked = await PagesAsync(new ActivityQuery { Limit = 7 });
        Assert.Equal(seen.Order(StringComparer.Ordinal), walked.Select(entry => entry.Id).Order(StringComparer.Ordinal));
        Assert.Equal(walked.OrderByDescending(entry => entry.CreatedAt), walked);
    }

    [Fact]
    public async Task A_reader_goes_on_after_the_database_was_restored_on_a_server_that_has_counted_less()
    {
        var messages = await SendingAsync(One, 3);
        await One.MoveAsync(messages.Take(2).Select((message, index) => Sent(message, Any.Noon.AddHours(index))));
        await Database.ScalarAsync("UPDATE outcomes SET recorded = recorded + 1000000000");
        var there = await PagesAsync(new ActivityQuery { Limit = 10 });
        Assert.Equal(2, there.Count);

        var seen = new List<string> { there[1].Id };
        await UntilSeenAsync(seen, 2);
        await One.MoveAsync(Sent(messages[2], Any.Noon.AddDays(-1)));
        await UntilSeenAsync(seen, 3);

        Assert.Equal(3, seen.Distinct().Count());
    }

    private static MessageMove Sent(MessageInsert message, DateTimeOffset at) =>
        message.Move(MessageStatus.Sending, MessageStatus.Sent, at: at) with { HandOff = message.Number };

    private static async Task<MessageInsert[]> SendingAsync(Plane plane, int count)
    {
        var messages = Enumerable.Range(0, count).Select(_ => plane.Message(Distribution, Any.Number())).ToArray();
        await plane.CommitAsync(commit => commit.Messages.AddRange(messages));
        await plane.CommitAsync(commit => commit.Moves.AddRange(messages.Select(
            message => message.Move(MessageStatus.Queued, MessageStatus.Sending) with { HandOff = message.Number })));
        return messages;
    }

    private Task<Plane> StartAsync() =>
        Plane.StartAsync(services => services.AddSingleton(_ => Database.CreateSource()).AddPostgresDataPlane());

    // Other transactions of the server, of other tests too, hold back what is recorded for as long as they are open.
    private async Task UntilSeenAsync(List<string> seen, int count)
    {
        var patience = TimeSpan.FromSeconds(30);
        for (var start = TimeProvider.System.GetTimestamp(); seen.Count < count && TimeProvider.System.GetElapsedTime(start) < patience;)
        {
            await FollowAsync(seen);
        }

        Assert.Equal(count, seen.Count);
    }

    private async Task FollowAsync(List<string> seen) => seen.AddRange(
        (await PagesAsync(new ActivityQuery { Limit = 7, Ascending = true, Recorded = true, StartingAfterId = seen.Count > 0 ? seen[^1] : null }))
        .Select(entry => entry.Id));

    private async Task<List<DistributionEvent>> PagesAsync(ActivityQuery query)
    {
        var events = new List<DistributionEvent>();
        while (true)
        {
            var page = await One.Distributions.ActivityAsync(Distribution, query, Token);
            events.AddRange(page.Items);
            if (!page.HasMore)
            {
                return events;
            }

            query = query with { StartingAfterId = page.Items[^1].Id };
        }
    }
}
