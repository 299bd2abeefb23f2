using Xunit;

namespace Marketing.Clusters;

/// <summary>Silos that come and go as an operator wants it, while receivers take their time: everybody gets one message, and nothing is uncertain.</summary>
public sealed class PlannedChangeTests : SlowReceiversTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_silo_that_joins_while_a_slow_mail_server_is_sent_to_repeats_nothing()
    {
        await SendMailAsync(silos: 1, customers: 300);
        await Work.Mails.Attempts.AcceptedAsync(30, Soon);
        await JoinAsync();
        await EverybodyGotExactlyOneAsync();
    }

    [Fact]
    public async Task A_silo_that_joins_while_slow_webhooks_are_sent_repeats_nothing()
    {
        await SendHooksAsync(silos: 1, customers: 300);
        await Work.Hooks.Attempts.AcceptedAsync(30, Soon);
        await JoinAsync();
        await EverybodyGotExactlyOneAsync();
    }

    [Fact]
    public async Task A_silo_restarted_while_a_slow_mail_server_is_sent_to_repeats_nothing()
    {
        await SendMailAsync(silos: 2, customers: 300);
        await Work.Mails.Attempts.AcceptedAsync(30, Soon);
        await RestartAsync();
        await EverybodyGotExactlyOneAsync();
    }

    [Fact]
    public async Task A_silo_restarted_while_slow_webhooks_are_sent_repeats_nothing()
    {
        await SendHooksAsync(silos: 2, customers: 300);
        await Work.Hooks.Attempts.AcceptedAsync(30, Soon);
        await RestartAsync();
        await EverybodyGotExactlyOneAsync();
    }

    [Fact]
    public async Task A_silo_restarted_while_a_distribution_is_paused_and_resumed_repeats_nothing()
    {
        await SendMailAsync(silos: 2, customers: 200);
        await Work.Mails.Attempts.AcceptedAsync(20, Soon);
        await CommandAsync("pause");
        await RestartAsync();
        await CommandAsync("resume");
        await EverybodyGotExactlyOneAsync();
    }

    private async Task JoinAsync()
    {
        Cluster.Note("another silo joins");
        await Cluster.AddSilo().StartAsync();
        Cluster.Note("it is ready");
        Assert.NotEqual(Work.Customers, Count(await CountsAsync(), "sent"));
    }

    private async Task RestartAsync()
    {
        Cluster.Note("SIGTERM for silo-1");
        var ending = await Cluster.Silos[0].StopAsync();
        Cluster.Note($"silo-1 ended: {ending}");
        Say($"{ending}");
        Assert.Equal(0, ending.Code);
        Assert.NotEqual(Work.Customers, Count(await CountsAsync(), "sent"));
        await Cluster.Silos[0].StartAsync();
        Cluster.Note("silo-1 is ready");
    }
}
