using System.Net;
using System.Net.Http.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

public sealed class StoppedSiloTests : ClusterTest
{
    [Fact]
    public async Task A_silo_told_to_end_while_it_sends_ends_and_leaves_nothing_uncertain()
    {
        await StartAsync(silos: 2, apis: 1);
        await Work.BeginAsync(Cluster, customers: 6_000);
        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(10);
        await Work.SendAsync(arrived: 500);
        Cluster.Note("SIGTERM for silo-1");
        var ending = await Cluster.Silos[0].StopAsync();
        Cluster.Note($"silo-1 ended: {ending}");
        await AddsUpAsync();
        await Work.FinishAsync();

        Assert.Empty(await Work.ViolationsAsync());
        Say($"{ending}");
        Assert.Equal(0, ending.Code);

        // Long before anybody would kill it; how long it takes depends on the machine.
        Assert.InRange(ending.Took, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await NothingUncertainAsync();
        NeverAFault();
    }

    [Fact]
    public async Task A_silo_whose_recipients_take_their_time_is_not_ready_any_more_and_ends_when_they_have_answered()
    {
        await StartAsync(silos: 2, apis: 1);
        await Work.BeginAsync(Cluster, customers: 1_000);
        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(50);
        await Work.SendAsync(arrived: 100);
        Work.Mails.Script.VerdictDelay = TimeSpan.FromSeconds(6);
        var heard = Work.Mails.Count;

        // More than one silo has connections, so some of each wait for their verdict.
        await Wait.UntilAsync(() => Work.Mails.Count > heard + MailConnections, TimeSpan.FromSeconds(30), () => "No mail of one of the silos waits for its verdict");
        Cluster.Note("SIGTERM for silo-1");
        var stopping = Cluster.Silos[0].StopAsync();
        await Wait.UntilAsync(async () => !await IsReadyAsync(Cluster.Silos[0]), TimeSpan.FromSeconds(1), () => "silo-1 still says that it is ready");
        Assert.False(stopping.IsCompleted);
        while (!stopping.IsCompleted)
        {
            Assert.Equal((false, true), (await IsReadyAsync(Cluster.Silos[0]), await IsReadyAsync(Cluster.Apis[0])));
        }

        var ending = await stopping;
        Cluster.Note($"silo-1 ended: {ending}");
        Work.Mails.Script.VerdictDelay = TimeSpan.Zero;
        await AddsUpAsync();
        await Work.FinishAsync();

        Assert.Empty(await Work.ViolationsAsync());
        Say($"{ending}");
        Assert.Equal(0, ending.Code);
        Assert.InRange(ending.Took, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        await NothingUncertainAsync();
        NeverAFault();

        // With the last silo goes what the API works with.
        await Cluster.Silos[1].KillAsync();
        await Wait.UntilAsync(async () => !await IsReadyAsync(Cluster.Apis[0]), TimeSpan.FromSeconds(3), () => "The API says that it is ready, and there is no silo");
        Assert.Equal(200, await Cluster.Apis[0].AskAsync(Live));
    }

    [Fact]
    public async Task Silos_restarted_one_after_the_other_fail_no_call_and_send_everything_once()
    {
        await StartAsync(silos: 2, apis: 1);
        await Work.BeginAsync(Cluster, customers: 6_000);
        using var stop = new CancellationTokenSource();
        var others = OtherCallsAsync(stop.Token);
        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(30);
        await Work.SendAsync(arrived: 200);
        List<Ending> endings = [];
        foreach (var silo in Cluster.Silos)
        {
            Cluster.Note($"SIGTERM for {silo.Name}");
            endings.Add(await silo.StopAsync());
            Cluster.Note($"{silo.Name} ended: {endings[^1]}");
            await AddsUpAsync();
            await silo.StartAsync();
            Cluster.Note($"{silo.Name} is ready");
            await AddsUpAsync();
        }

        await Work.FinishAsync();
        await stop.CancelAsync();
        var failed = await others;

        Assert.Empty(await Work.ViolationsAsync());
        Say($"{string.Join(", ", endings)}; {Work.Events.Accepted.Count} events accepted");
        Assert.Empty(Work.Events.Refused);
        Assert.Empty(failed);
        Assert.Equal(Work.Events.Accepted.Count, Work.Hooks.Count);
        await NothingUncertainAsync();
    }

    private static async Task<bool> IsReadyAsync(EngineHost host) => await host.AskAsync(Ready) == 200;

    private async Task NothingUncertainAsync()
    {
        var comparison = await Work.Ledger.CompareAsync();
        Assert.Empty(comparison.Uncertain);
        Assert.Empty(comparison.Twice);
    }

    // Reads and writes of other kinds, none of them repeated by the caller.
    private async Task<List<string>> OtherCallsAsync(CancellationToken stop)
    {
        List<string> failed = [];
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        for (var call = 0; !stop.IsCancellationRequested; call++)
        {
            using var request = (call % 4) switch
            {
                0 => new HttpRequestMessage(HttpMethod.Get, $"/v1/distributions/{Work.Manual}"),
                1 => new HttpRequestMessage(HttpMethod.Get, $"/v1/customers/c-{call}"),
                2 => new HttpRequestMessage(HttpMethod.Get, $"/v1/distributions/{Work.Automatic}/messages?limit=10"),
                _ => new HttpRequestMessage(HttpMethod.Put, $"/v1/customers/c-{call}") { Content = JsonContent.Create(new { metadata = new { seen = call } }) },
            };
            try
            {
                using var response = await Cluster.Apis[0].Http.SendAsync(request, CancellationToken.None);
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    failed.Add($"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(CancellationToken.None)}");
                }
            }
            catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
            {
                failed.Add($"{request.Method} {request.RequestUri}: {lost.Message}");
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        return failed;
    }
}
