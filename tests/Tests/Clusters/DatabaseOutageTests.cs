using System.Net;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

public sealed class DatabaseOutageTests : ClusterTest
{
    private const int EnoughRefused = 60;

    private static readonly TimeSpan Back = TimeSpan.FromSeconds(3);

    /// <summary>LONG_TESTS in the environment makes it a minute.</summary>
    private static TimeSpan Away => TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("LONG_TESTS") is null ? 5 : 60);

    [Fact]
    public async Task A_database_that_breaks_down_and_returns_costs_nothing_that_was_accepted()
    {
        await BeginAsync();
        Cluster.Note("PostgreSQL is killed");
        await Cluster.Server.StopAsync(immediate: true);
        var gone = DateTimeOffset.UtcNow;
        await Task.Delay(Away, Cancelled);

        // Asked about themselves all of them say that they cannot work, and that starting them again would not help.
        foreach (var host in Cluster.Hosts)
        {
            Assert.Equal((host.Name, 503, 200), (host.Name, await host.AskAsync(Ready), await host.AskAsync(Live)));
        }

        Assert.Contains(Work.Events.Refused, call => call.End > gone);
        await ReturnsAsync();
    }

    [Fact]
    public async Task A_restart_of_the_database_costs_nothing_that_was_accepted()
    {
        await BeginAsync();
        Cluster.Note("PostgreSQL is stopped");
        await Cluster.Server.StopAsync(immediate: false);
        await ReturnsAsync();
    }

    [Fact]
    public async Task A_server_that_takes_no_more_connections_delays_calls_and_messages_and_costs_none()
    {
        await BeginAsync(ownServer: false);
        Cluster.Note("PostgreSQL takes no connections");
        await Cluster.Server.RefuseConnectionsAsync(Cluster.ConnectionString);
        var full = DateTimeOffset.UtcNow;
        var refused = Work.Events.Refused.Count;
        await Wait.UntilAsync(() => Work.Events.Refused.Count >= refused + EnoughRefused, TimeSpan.FromSeconds(20), () => "Calls are not refused");
        foreach (var path in (string[])["/v1/customers/c-1", "/v1/customers", $"/v1/distributions/{Work.Manual}", "/v1/segments"])
        {
            using var response = await Cluster.Apis[0].Http.GetAsync(path, Cancelled);
            Assert.Equal((path, HttpStatusCode.ServiceUnavailable, true), (path, response.StatusCode, response.Headers.RetryAfter is not null));
        }

        foreach (var host in Cluster.Hosts)
        {
            Assert.Equal((host.Name, 503, 200), (host.Name, await host.AskAsync(Ready), await host.AskAsync(Live)));
        }

        Cluster.Note("PostgreSQL takes them again");
        await Cluster.Server.TakeConnectionsAsync(Cluster.ConnectionString);
        var free = DateTimeOffset.UtcNow;
        await Work.FinishAsync();
        await AddsUpAsync();

        Assert.Empty(await Work.ViolationsAsync());
        NeverAFault();
        Assert.DoesNotContain(Work.Events.Refused, call => call.Status == 503 && !call.SaysWhen);
        var accepted = Work.Events.Accepted.Values.Where(at => at > free).Min() - free;
        Say($"full for {free - full}, event accepted after {accepted}; {Work.Events.Refused.Count} refused");
        Assert.InRange(accepted, TimeSpan.Zero, Back);
    }

    private async Task BeginAsync(bool ownServer = true)
    {
        await StartAsync(silos: 2, apis: 1, ownServer);
        await Work.BeginAsync(Cluster, customers: 6_000);
        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(50);
        await Work.SendAsync(arrived: 300);
    }

    private async Task ReturnsAsync()
    {
        Cluster.Note("PostgreSQL starts");
        await Cluster.Server.StartAgainAsync();
        Cluster.Note("PostgreSQL answers");
        var back = DateTimeOffset.UtcNow;
        var visits = Work.Hooks.Count;
        await AddsUpAsync();
        var mails = await MailsHandedOverSinceAsync();
        var toMail = await Wait.UntilAsync(async () => await MailsHandedOverSinceAsync() > mails, TimeSpan.FromSeconds(90), () => "No mail was handed over any more");
        var toHook = await Wait.UntilAsync(() => Work.Hooks.Count > visits, TimeSpan.FromSeconds(90), () => "No webhook was handed over any more");
        Cluster.Note("both are handed over again");
        await AddsUpAsync();
        await Task.WhenAll(Cluster.Hosts.Select(host => host.ReadyAsync()));
        var ready = DateTimeOffset.UtcNow - back;
        await Work.FinishAsync();
        await AddsUpAsync();

        Assert.Empty(await Work.ViolationsAsync());
        var accepted = Work.Events.Accepted.Values.Where(at => at > back).Min() - back;
        var slowest = Work.Events.Refused.Select(call => call.End - call.Start).DefaultIfEmpty().Max();
        var comparison = await Work.Ledger.CompareAsync();
        Say($"after its return: mail {toMail}, webhook {toMail + toHook}, event accepted {accepted}, all ready {ready}; {Work.Events.Refused.Count} refused, the slowest after {slowest}; {comparison.Uncertain.Count()} uncertain");
        NeverAFault();
        Assert.DoesNotContain(Work.Events.Refused, call => call.Status == 503 && !call.SaysWhen);
        Assert.InRange(toMail, TimeSpan.Zero, Back);
        Assert.InRange(toMail + toHook, TimeSpan.Zero, Back);
        Assert.InRange(accepted, TimeSpan.Zero, Back);
    }

    // What the database has seen change, so that mail already in the air does not pass for new.
    private async Task<long> MailsHandedOverSinceAsync()
    {
        await using var command = Cluster.Database.CreateCommand("SELECT count(*) FROM messages WHERE channel = 'email' AND (status >= 3 OR uncertain = 1)");
        return (long)(await command.ExecuteScalarAsync(Cancelled))!;
    }
}
