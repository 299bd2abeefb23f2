using Marketing.Activity;
using Marketing.Distributions;
using Marketing.OAuth;
using Marketing.Storage.Relational;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    private const int Part = 3;

    [Fact]
    public async Task Keys_from_before_are_forgotten_in_parts()
    {
        for (var day = 0; day < 10; day++)
        {
            await Plane.CommitAsync(commit => commit.Operation = new OperationWrite($"day-{day}", "f", null, Any.Noon.AddDays(day)));
        }

        Assert.Equal([3, 3, 1, 0], await PartsAsync(() => Plane.Retention.DeleteOperationsAsync(Any.Noon.AddDays(7), Part)));
        Assert.Null(await Plane.Operations.FindAsync(Plane.Project, "day-6"));
        Assert.NotNull(await Plane.Operations.FindAsync(Plane.Project, "day-7"));
        Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit => commit.Operation = new OperationWrite("day-0", "other", null, Any.Noon)));
    }

    [Fact]
    public async Task Rows_that_have_expired_are_found_with_what_removes_them()
    {
        var rows = new List<OAuthTokenRow>();
        for (var hour = 0; hour < 5; hour++)
        {
            var row = new OAuthTokenRow(Plane.Next(OAuthTokenTable.Tokens.Numbers), Any.Id("token"), 0, [1], "app", "api", Any.Noon, Any.Noon.AddHours(hour));
            Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit => commit.Rows.Add(OAuthTokenTable.Tokens.Save(row))));
            rows.Add(row);
        }

        Assert.Empty(await Plane.Retention.ExpiredRowsAsync(Any.Noon.AddTicks(-1), 10));
        Assert.Equal(2, (await Plane.Retention.ExpiredRowsAsync(Any.Noon.AddHours(3), 2)).Count);
        var expired = await Plane.Retention.ExpiredRowsAsync(Any.Noon.AddHours(3), 10);
        Assert.Equal(rows.Take(4).Select(row => (Plane.Project, row.Id)), expired.Select(row => (row.Project, row.Removal.Row.Id)));
        Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit => commit.Rows.AddRange(expired.Select(row => row.Removal))));
        Assert.Empty(await Plane.Retention.ExpiredRowsAsync(Any.Noon.AddHours(3), 10));
        Assert.NotNull(await Plane.Tokens.FindAsync(Plane.Project, rows[4].Id));
    }

    [Fact]
    public async Task Messages_finished_before_are_forgotten_in_parts_and_stay_counted()
    {
        var distribution = Any.Number();
        await Plane.Distributions.SaveAsync(Any.Distribution(distribution), null);
        var customer = await Plane.StoredCustomerAsync();
        var messages = Enumerable.Range(0, 20).Select(index => Plane.Message(distribution, customer.Number, index + 1)).ToArray();
        await Plane.CommitAsync(commit => commit.Messages.AddRange(messages));
        foreach (var (message, index) in messages.Take(16).Select((message, index) => (message, index)))
        {
            // Two an hour, each fourth of them fails; the last four wait.
            var at = Any.Noon.AddHours(index / 2);
            await Plane.MoveAsync(
                message.Move(MessageStatus.Queued, MessageStatus.Sending, at: at),
                message.Move(MessageStatus.Sending, index % 4 == 3 ? MessageStatus.Failed : MessageStatus.Sent, at: at));
        }

        Assert.Equal(1, await Plane.Queue.RequeueFailedAsync(distribution, [messages[3].Number], 10, Any.Noon.AddHours(9)));
        var (counts, series) = (await Plane.Distributions.CountsAsync(distribution), await SeriesAsync());
        Assert.Equal((20, 5, 12, 3), (counts["email"].Audience, counts["email"].Queued, counts["email"].Sent, counts["email"].Failed));

        Assert.DoesNotContain(distribution, await Plane.Retention.DistributionsWithMessagesAsync(Any.Noon));
        Assert.Contains(distribution, await Plane.Retention.DistributionsWithMessagesAsync(Any.Noon.AddHours(6)));
        Assert.Equal(0, await Plane.Retention.DeleteMessagesAsync(distribution, Any.Noon, Part));
        var parts = await PartsAsync(() => Plane.Retention.DeleteMessagesAsync(distribution, Any.Noon.AddHours(6), Part));
        Assert.InRange(parts.Count, 4, 12);
        Assert.DoesNotContain(distribution, await Plane.Retention.DistributionsWithMessagesAsync(Any.Noon.AddHours(6)));

        Assert.Equal(counts, await Plane.Distributions.CountsAsync(distribution));
        Assert.Equal(series, await SeriesAsync());
        long[] left = [messages[3].Number, .. messages[12..].Select(message => message.Number)];
        Assert.Equal(left.Order(), (await ListedAsync(null)).Order());
        Assert.Equal([messages[15].Number], await ListedAsync("failed"));
        Assert.Equal([messages[14].Number, messages[13].Number, messages[12].Number], await ListedAsync("sent"));
        Assert.Equal(4, (await Plane.Distributions.ActivityAsync(distribution, new ActivityQuery { Limit = 100 }, Token)).Items.Count);
        await FollowAsync(distribution, null, [], 4);
        Assert.InRange(await RowsAsync("outcomes", distribution), 4, 5);

        // What waits goes on, and may be forgotten in its turn.
        await Plane.MoveAsync(
            messages[3].Move(MessageStatus.Queued, MessageStatus.Sending, at: Any.Noon.AddHours(10)),
            messages[3].Move(MessageStatus.Sending, MessageStatus.Sent, at: Any.Noon.AddHours(10)));
        await PartsAsync(() => Plane.Retention.DeleteMessagesAsync(distribution, Any.Noon.AddHours(11), Part));
        Assert.Equal(messages[16..].Select(message => message.Number).Order(), (await ListedAsync(null)).Order());
        Assert.InRange(await RowsAsync("outcomes", distribution), 0, 1);
        Assert.Equal(4, (await Plane.Queue.TakeAsync(distribution, 0, Any.Noon.AddHours(11), 10)).Count);

        async Task<IReadOnlyList<AnalyticsPoint>> SeriesAsync() => await Plane.Distributions.SeriesAsync(distribution, new AnalyticsQuery("hour", null, null), Token);

        async Task<List<long>> ListedAsync(string? status)
        {
            var numbers = new List<long>();
            for (string? after = null; ;)
            {
                var page = await Plane.Distributions.MessagesAsync(distribution, new() { Limit = 2, Status = status, StartingAfterId = after }, Token);
                numbers.AddRange(page.Items.Select(message => MessageIds.TryParse(message.Id, out _, out var number) ? number : 0));
                if (!page.HasMore)
                {
                    return numbers;
                }

                after = page.Items[^1].Id;
            }
        }
    }

    [Fact]
    public async Task Activity_from_before_is_forgotten_but_for_what_brought_messages_that_may_still_be_sent()
    {
        var distribution = Any.Number();
        var customer = await Plane.StoredCustomerAsync();
        var entries = Enumerable.Range(0, 12).Select(index => Plane.Entry(customer.Number, at: Any.Noon.AddDays(index))).ToArray();
        var (waits, failed, sent) = (
            Plane.Message(distribution, customer.Number, entries[1].Number), Plane.Message(distribution, customer.Number, entries[2].Number),
            Plane.Message(distribution, customer.Number, entries[3].Number));
        await Plane.CommitAsync(commit =>
        {
            commit.Activity.AddRange(entries);
            commit.Messages.AddRange([waits, failed, sent]);
        });
        await Plane.MoveAsync(
            failed.Move(MessageStatus.Queued, MessageStatus.Sending), failed.Move(MessageStatus.Sending, MessageStatus.Failed),
            sent.Move(MessageStatus.Queued, MessageStatus.Sending), sent.Move(MessageStatus.Sending, MessageStatus.Sent));

        long after = 0;
        var old = 0L;
        while (await Plane.Retention.DeleteActivityAsync(after, Any.Noon.AddDays(9), 5) is { Last: { } last } part)
        {
            (after, old) = (last, old + part.Old);
        }

        Assert.Equal(9, old);
        long[] kept = [entries[1].Number, entries[2].Number, .. entries[9..].Select(entry => entry.Number)];
        Assert.Equal(kept, await NumbersAsync(after: null));
        Assert.NotNull(Assert.Single(await Plane.Queue.TakeAsync(distribution, 0, Any.Noon.AddDays(20), 10)).Trigger);

        // Whoever was reading when it happened goes on with what is left.
        Assert.Equal(kept, await NumbersAsync(after: ActivityIds.Format(entries[0].Number)));
        Assert.Equal(kept[1..], await NumbersAsync(after: ActivityIds.Format(entries[1].Number)));
        var other = Plane.Entry((await Plane.StoredCustomerAsync()).Number);
        await Plane.CommitAsync(commit => commit.Activity.Add(other));
        Assert.Empty(await NumbersAsync(after: ActivityIds.Format(other.Number)));

        async Task<IEnumerable<long>> NumbersAsync(string? after) =>
            (await Plane.Customers.ActivityAsync(customer.Number, new ActivityQuery { Limit = 100, Ascending = true, StartingAfterId = after, Category = "ACTION" }, Token))
                .Items.Select(entry => ActivityIds.TryParse(entry.Id, out _, out var number) ? number : 0);
    }

    protected static async Task<List<int>> PartsAsync(Func<Task<int>> delete)
    {
        List<int> parts = [];
        do
        {
            parts.Add(await delete());
        }
        while (parts[^1] > 0);

        return parts;
    }

    private Task<int> RowsAsync(string table, int distribution) =>
        Plane.RunAsync(new SqlQuery($"UPDATE {table} SET distribution = distribution WHERE distribution = ?1").Bind(distribution));
}
