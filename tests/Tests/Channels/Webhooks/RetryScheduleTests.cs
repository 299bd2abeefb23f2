using Xunit;

namespace Marketing.Channels.Webhooks;

public sealed class RetryScheduleTests
{
    [Fact]
    public void The_documented_schedule_doubles_from_a_minute_and_ends_after_a_day()
    {
        using var webhooks = new WebhookHarness();
        var since = TimeSpan.Zero;
        List<string> due = [];
        for (var failed = 1; webhooks.Channel.RetryDelay(failed) is { } delay; failed++)
        {
            since += delay;
            due.Add(since.ToString(null, null));
        }

        string[] documented =
        [
            "00:01:00", "00:02:00", "00:04:00", "00:08:00", "00:16:00", "00:32:00",
            "01:04:00", "02:08:00", "04:16:00", "08:32:00", "17:04:00", "1.00:00:00",
        ];
        Assert.Equal(documented, due);
    }

    [Fact]
    public void A_configured_schedule_replaces_the_documented_one()
    {
        using var webhooks = new WebhookHarness(options => options.Retries = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)]);
        Assert.Equal(TimeSpan.FromSeconds(1), webhooks.Channel.RetryDelay(1));
        Assert.Equal(TimeSpan.FromSeconds(4), webhooks.Channel.RetryDelay(2));
        Assert.Null(webhooks.Channel.RetryDelay(3));
    }
}
