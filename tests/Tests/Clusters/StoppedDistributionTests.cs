using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>Stop and pause in the middle of sending to slow receivers: what has not begun does not begin any more.</summary>
public sealed class StoppedDistributionTests : SlowReceiversTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Of_a_stopped_distribution_no_more_mail_arrives_than_was_in_the_air()
    {
        await SendMailAsync(silos: 1, customers: 400);
        await Work.Mails.Attempts.AcceptedAsync(20, Soon);
        await StopsAsync(MailConnections);
    }

    [Fact]
    public async Task Of_a_stopped_distribution_no_more_webhooks_arrive_than_were_in_the_air()
    {
        await SendHooksAsync(silos: 1, customers: 400);
        await Work.Hooks.Attempts.AcceptedAsync(20, Soon);
        await StopsAsync(HookConnections);
    }

    [Fact]
    public async Task Of_a_paused_distribution_no_more_mail_arrives_than_was_in_the_air_and_everybody_gets_one_when_it_is_resumed()
    {
        await SendMailAsync(silos: 1, customers: 200, new SlowReceivers(seed: 2) { Mail = (TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1.5)) });
        await Work.Mails.Attempts.AcceptedAsync(20, Soon);
        await PausesAsync(MailConnections);
    }

    [Fact]
    public async Task Of_a_paused_distribution_no_more_webhooks_arrive_than_were_in_the_air_and_everybody_gets_one_when_it_is_resumed()
    {
        await SendHooksAsync(silos: 1, customers: 300);
        await Work.Hooks.Attempts.AcceptedAsync(20, Soon);
        await PausesAsync(HookConnections);
    }

    private async Task StopsAsync(int connections)
    {
        var (answer, answered) = await AnswerAsync("stop", connections, left: "canceled");
        var comparison = await FinishedAsync();
        var end = await CountsAsync();
        await NothingFollowsAsync(answered, connections);

        Assert.Empty(comparison.Violations);
        Assert.Equal((0, 0), (comparison.Repeated, comparison.Uncertain.Count()));
        Assert.Equal(Count(answer, "canceled"), Count(end, "canceled"));
        Assert.Equal(Count(answer, "sent") + Count(answer, "sending"), Count(end, "sent"));
    }

    private async Task PausesAsync(int connections)
    {
        var (answer, answered) = await AnswerAsync("pause", connections, left: "queued");
        await UntilAsync(counts => Count(counts, "sending") == 0);
        var paused = await CountsAsync();
        await NothingFollowsAsync(answered, connections);
        Assert.Equal(Count(answer, "queued"), Count(paused, "queued"));
        Assert.Equal(Count(answer, "sent") + Count(answer, "sending"), Count(paused, "sent"));

        await CommandAsync("resume");
        await EverybodyGotExactlyOneAsync();
    }

    // The answer says it of all that has not begun, and a moment later it still holds.
    private async Task<(JsonElement Counts, DateTimeOffset At)> AnswerAsync(string command, int connections, string left)
    {
        var answer = await CommandAsync(command);
        var at = DateTimeOffset.UtcNow;
        await Task.Delay(Moment, Cancelled);
        var moment = await CountsAsync();
        SumsUp(answer);
        SumsUp(moment);
        Assert.InRange(Count(answer, "sending"), 0, connections);
        Assert.InRange(Count(moment, "sending"), 0, connections);
        Assert.Equal(Work.Customers, Count(answer, left) + Count(answer, "sending") + Count(answer, "sent"));
        Assert.NotEqual(0, Count(answer, left));
        return (answer, at);
    }

    // Counted at the receiver, once nothing is in the air any more.
    private async Task NothingFollowsAsync(DateTimeOffset answered, int connections)
    {
        var attempts = Work.Ledger.AttemptsOf(await Work.Ledger.NumberOfAsync(Distribution));
        var begun = attempts.Count(attempt => attempt.BegunAt > answered);
        var accepted = attempts.Count(attempt => attempt.AcceptedAt > answered);
        Say($"after the answer {begun} began and {accepted} were accepted");
        Assert.InRange(accepted, 0, connections);
        Assert.InRange(begun, 0, connections);
    }
}
