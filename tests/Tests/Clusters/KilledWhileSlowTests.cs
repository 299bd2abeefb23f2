using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>Silos killed while receivers take their time: only what was in the air is uncertain.</summary>
public sealed class KilledWhileSlowTests : SlowReceiversTest
{
    private const int Failed = 4;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static SlowReceivers Quicker => new(seed: 3) { Mail = (TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(2)) };

    [Fact]
    public async Task A_killed_silo_repeats_no_more_mail_than_it_had_connections_and_marks_little_more()
    {
        await SendMailAsync(silos: 2, customers: 300, Quicker);
        await Work.Mails.Attempts.AcceptedAsync(40, Soon);
        await KillAsync();
        await RestartAsync();
        var comparison = await EverybodyGotOneAsync();

        Assert.InRange(comparison.Repeated, 0, MailConnections);
        Assert.InRange(comparison.Uncertain.Count(), 0, (2 * comparison.Repeated) + MailConnections);
    }

    [Fact]
    public async Task A_killed_silo_repeats_no_more_webhooks_than_it_had_connections_and_marks_little_more()
    {
        await SendHooksAsync(silos: 2, customers: 400);
        await Work.Hooks.Attempts.AcceptedAsync(40, Soon);
        await KillAsync();
        await RestartAsync();
        var comparison = await EverybodyGotOneAsync();

        Assert.InRange(comparison.Repeated, 0, HookConnections);
        Assert.InRange(comparison.Uncertain.Count(), 0, (2 * comparison.Repeated) + HookConnections);
    }

    [Fact]
    public async Task Where_uncertain_messages_are_held_none_fails_that_waited_for_a_connection()
    {
        await SendMailAsync(silos: 2, customers: 300, Quicker, uncertain: "hold");
        await Work.Mails.Attempts.AcceptedAsync(40, Soon);
        await KillAsync();
        await RestartAsync();
        var comparison = await FinishedAsync();

        Assert.Empty(comparison.Violations);
        Assert.Equal(0, comparison.Repeated);
        var reached = Work.Ledger.Attempts.Select(attempt => attempt.Id).ToHashSet(StringComparer.Ordinal);
        var failed = comparison.Rows.Where(row => row.Status == Failed).Select(row => row.Id).ToList();
        Assert.InRange(failed.Count, 0, MailConnections);

        // Those that had a connection, and whose text the server had not read to its end.
        Assert.InRange(failed.Count(id => !reached.Contains(id)), 0, MailConnections / 4);
    }

    [Fact]
    public async Task Of_a_distribution_stopped_before_its_silo_was_killed_nothing_stays_in_the_air()
    {
        await SendMailAsync(silos: 1, customers: 200);
        await Work.Mails.Attempts.AcceptedAsync(20, Soon);
        await CommandAsync("stop");
        await KillAsync();
        await RestartAsync();
        await NothingStaysAsync();
    }

    [Fact]
    public async Task Of_a_distribution_stopped_after_its_silo_was_killed_nothing_stays_in_the_air()
    {
        await SendMailAsync(silos: 1, customers: 200);
        await Work.Mails.Attempts.AcceptedAsync(20, Soon);
        await KillAsync();
        Cluster.Silos[0].Launch();
        await CommandAsync("stop");
        await NothingStaysAsync();
    }

    [Fact]
    public async Task Of_a_distribution_stopped_before_one_of_two_silos_was_killed_nothing_stays_in_the_air()
    {
        await SendMailAsync(silos: 2, customers: 200);
        await Work.Mails.Attempts.AcceptedAsync(20, Soon);
        await CommandAsync("stop");
        await KillAsync();
        await NothingStaysAsync();
    }

    private async Task KillAsync()
    {
        Cluster.Note("SIGKILL for silo-1");
        await Cluster.Silos[0].KillAsync();
    }

    private async Task RestartAsync()
    {
        await Cluster.Silos[0].StartAsync();
        Cluster.Note("silo-1 is ready again");
    }

    // Whatever was in the air when the silo was killed has an end, and what was not was canceled.
    private async Task NothingStaysAsync()
    {
        var comparison = await FinishedAsync();
        Assert.Empty(comparison.Violations);
        Assert.Equal(Work.Customers, Count(await CountsAsync(), "audience"));
        Assert.Equal(Work.Customers, comparison.Rows.Count);
        Assert.NotEqual(0, Count(await CountsAsync(), "canceled"));
    }
}
