using System.Diagnostics;
using Marketing.Activity;
using Marketing.Distributions;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task Messages_are_listed_by_time_and_then_by_number_whoever_numbered_them()
    {
        // Two silos by turns, each with numbers of its own block; of the second the clock goes slower. Some were made at one moment.
        var distribution = Any.Number();
        var blocks = new[] { await Plane.Numbers.NextRangeAsync(NumberSequence.Messages, 3_000), await Plane.Numbers.NextRangeAsync(NumberSequence.Messages, 3_000) };
        var messages = Enumerable.Range(0, 60).Select(index => Plane.Message(distribution, 5_000 + index, index + 1, index % 3 == 0 ? "webhook" : "email") with
        {
            Number = blocks[index % 2] + (index / 2 * 40),
            CreatedAt = Any.Noon.AddMilliseconds(index % 2 == 0 ? index / 4 : index / 8),
        }).ToArray();
        foreach (var together in messages.Chunk(7))
        {
            await Plane.CommitAsync(commit => commit.Messages.AddRange(together));
        }

        await Plane.MoveAsync(messages.Where((_, index) => index % 5 == 0).SelectMany(message => (MessageMove[])[
            message.Move(MessageStatus.Queued, MessageStatus.Sending), message.Move(MessageStatus.Sending, MessageStatus.Failed)]));

        foreach (var (query, expected) in new (MessageListQuery, IEnumerable<MessageInsert>)[]
        {
            (new(), messages),
            (new() { Channel = "webhook" }, messages.Where(message => message.Channel == "webhook")),
            (new() { Status = "queued" }, messages.Where((_, index) => index % 5 != 0)),
            (new() { Status = "failed" }, messages.Where((_, index) => index % 5 == 0)),
            (new() { Status = "failed", Channel = "email" }, messages.Where((message, index) => index % 5 == 0 && message.Channel == "email")),
        })
        {
            Assert.Equal(
                expected.OrderByDescending(message => message.CreatedAt).ThenByDescending(message => message.Number).Select(message => MessageIds.Format(distribution, message.Number)),
                await MessagesAsync(distribution, query with { Limit = 4 }));
        }
    }

    [Fact]
    public async Task Messages_that_were_given_again_and_again_are_listed_once()
    {
        // As when answers get lost and each time a little more is given: what the commits left behind overlaps.
        var distribution = Any.Number();
        var messages = Enumerable.Range(0, 14).Select(index => Plane.Message(distribution, index + 1)).ToArray();
        for (var count = 1; count <= messages.Length; count++)
        {
            await Plane.CommitAsync(commit => commit.Messages.AddRange(messages[..count]));
        }

        var newestFirst = messages.OrderByDescending(message => message.Number).Select(message => MessageIds.Format(distribution, message.Number)).ToList();
        for (var limit = 1; limit <= messages.Length; limit++)
        {
            Assert.Equal(newestFirst, await MessagesAsync(distribution, new MessageListQuery { Limit = limit }));
        }
    }

    [Fact]
    public async Task Messages_of_one_snapshot_are_listed_page_by_page()
    {
        var (distribution, segment) = (Any.Number(), Any.Number());
        await Plane.Segments.AddMembersAsync(segment, [.. Enumerable.Range(1, 700).Select(index => (long)index)]);
        var chunk = new AudienceChunk
        {
            Project = Plane.Project,
            Distribution = distribution,
            Segment = segment,
            AfterCustomer = 0,
            Limit = 500,
            Channels = ["email", "discard"],
            Occurrence = 0,
            SkipAlreadyOwed = false,
            Lanes = 4,
            DueAt = Any.Noon,
            Now = Any.Noon,
        };
        for (long? last = 0; last is { } after;)
        {
            last = await Plane.Queue.SnapshotAsync(chunk with { AfterCustomer = after });
        }

        var ids = await MessagesAsync(distribution, new MessageListQuery { Limit = 100 });

        Assert.Equal(1_400, ids.Count);
        Assert.Equal(ids.OrderByDescending(id => id, StringComparer.Ordinal).Distinct(), ids);
    }

    [Fact]
    public async Task Who_follows_a_distribution_meets_what_is_recorded_late_once()
    {
        var number = Any.Number();
        var messages = Enumerable.Range(0, 9).Select(index => Plane.Message(number, index + 1)).ToArray();
        await Plane.CommitAsync(commit => commit.Messages.AddRange(messages));
        await Plane.MoveAsync(messages.Select(message => message.Move(MessageStatus.Queued, MessageStatus.Sending)));
        var seen = new List<string>();
        string? after = null;

        // Each is finished at an earlier time than the one before: outcomes wait for the database, and clocks differ.
        for (var index = 0; index < 6; index++)
        {
            var to = index % 2 == 0 ? MessageStatus.Sent : MessageStatus.Failed;
            await Plane.MoveAsync(messages[index].Move(MessageStatus.Sending, to, at: Any.Noon.AddHours(-index)));
            await Plane.LogAsync(number, $"distribution.paused_{index}", Any.Noon.AddHours(-index));
            after = await FollowAsync(number, after, seen, (index + 1) * 2);
        }

        // By one statement: those left over by a lane, and those that still wait.
        await Plane.Queue.ClaimLaneAsync(number, 0);
        var fence = new LaneFence(number, 0, await Plane.Queue.ClaimLaneAsync(number, 0));
        await Plane.CommitAsync(commit => commit.Messages.Add(Plane.Message(number, 77)));
        Assert.Equal(3, await Plane.Queue.RecoverLaneAsync(fence, hold: true, Any.Noon.AddDays(-1)));
        Assert.Equal(1, await Plane.Queue.CancelAsync(number, 10, Any.Noon.AddDays(-2)));
        after = await FollowAsync(number, after, seen, 16);

        // Queued again, it is finished again.
        Assert.Equal(1, await Plane.Queue.RequeueFailedAsync(number, [messages[1].Number], 10, Any.Noon.AddDays(-3)));
        await Plane.MoveAsync(
            messages[1].Move(MessageStatus.Queued, MessageStatus.Sending),
            messages[1].Move(MessageStatus.Sending, MessageStatus.Sent, at: Any.Noon.AddDays(-3)) with { Recovered = true });
        await FollowAsync(number, after, seen, 17);
        Assert.Equal(17, seen.Distinct().Count());

        // The ids are those of the list by time, which is in that order; and backwards is the same way.
        var byTime = await EventsAsync(number, new ActivityQuery { Limit = 3 });
        Assert.Equal(byTime.OrderByDescending(entry => entry.CreatedAt), byTime);
        Assert.Equal(byTime.Select(entry => entry.Id).Order(), seen.Where(id => byTime.Any(entry => entry.Id == id)).Order());
        Assert.Equal(16, byTime.Count);
        var backwards = await EventsAsync(number, new ActivityQuery { Limit = 3, Recorded = true });
        Assert.Equal(seen.Where(id => byTime.Any(entry => entry.Id == id)).Reverse(), backwards.Select(entry => entry.Id));
        Assert.Equal(3, (await EventsAsync(number, new ActivityQuery { Limit = 2, Recorded = true, Ascending = true, Type = "message.sent" })).Count);
    }

    // Transactions of other tests on the same server hold back what is recorded for as long as they are open.
    private async Task<string?> FollowAsync(int distribution, string? after, List<string> seen, int count)
    {
        for (var start = Stopwatch.GetTimestamp(); seen.Count < count && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30);)
        {
            var events = await EventsAsync(distribution, new ActivityQuery { Limit = 2, Ascending = true, Recorded = true, StartingAfterId = after });
            seen.AddRange(events.Select(entry => entry.Id));
            after = seen.Count > 0 ? seen[^1] : null;
        }

        Assert.Equal(count, seen.Count);
        return after;
    }

    private async Task<List<DistributionEvent>> EventsAsync(int distribution, ActivityQuery query)
    {
        var events = new List<DistributionEvent>();
        while (true)
        {
            var page = await Plane.Distributions.ActivityAsync(distribution, query, Token);
            events.AddRange(page.Items);
            if (!page.HasMore)
            {
                return events;
            }

            query = query with { StartingAfterId = page.Items[^1].Id };
        }
    }

    private async Task<List<string>> MessagesAsync(int distribution, MessageListQuery query)
    {
        var ids = new List<string>();
        while (true)
        {
            var page = await Plane.Distributions.MessagesAsync(distribution, query, Token);
            ids.AddRange(page.Items.Select(message => message.Id));
            if (!page.HasMore)
            {
                return ids;
            }

            query = query with { StartingAfterId = page.Items[^1].Id };
        }
    }
}
