using Marketing.Activity;
using Marketing.Distributions;
using Xunit;

namespace Marketing.Storage.DataPlane;

public sealed partial class PostgresPlanTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("discard")]
    public async Task A_page_of_what_was_sent_reads_no_more_outcomes_than_it_shows_without_statistics(string? channel)
    {
        await Database.ScalarAsync(
            """
            ALTER TABLE outcomes SET (autovacuum_enabled = off);
            INSERT INTO messages (distribution, no, project, lane, customer, occurrence, channel, status, due_at, created_at, finished_at)
            SELECT 2, i, 7, i % 4, i, -1, 'discard', 3, 0, 0, i / 100 FROM generate_series(1, 20000) AS i;
            INSERT INTO outcomes (distribution, finished_at, kind, messages)
            SELECT distribution, finished_at, 3, array_agg(no) FROM messages GROUP BY 1, 2;
            INSERT INTO message_counts (distribution, channel, shard, audience, sent) VALUES (2, 'discard', 0, 20000, 20000);
            """);

        var read = await ReadByAsync("'messages'", async plane =>
        {
            for (var time = 0; time < 10; time++)
            {
                var page = await plane.Distributions.MessagesAsync(
                    2, new MessageListQuery { Limit = 20, Status = "sent", Channel = channel }, TestContext.Current.CancellationToken);
                Assert.Equal((20, true), (page.Items.Count, page.HasMore));
                var activity = await plane.Distributions.ActivityAsync(
                    2, new ActivityQuery { Limit = 20, Type = "message.sent" }, TestContext.Current.CancellationToken);
                Assert.Equal(20, activity.Items.Count);
            }
        });

        // A few outcomes of a hundred messages each, twice a time.
        Assert.InRange(read, 400, 10 * 2 * 400);
    }
}
