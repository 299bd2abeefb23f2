using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

public sealed class FrozenSiloTests : ClusterTest
{
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AtAll = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Others_go_on_for_a_frozen_silo_within_five_seconds_and_it_writes_nothing_about_what_they_took()
    {
        // So many lanes that either silo has some of the mail's.
        await StartAsync(silos: 2, apis: 1, settings: ("Distributions:Lanes", "16"));
        await Work.BeginAsync(Cluster, customers: 3_000);
        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(100);
        await Work.SendAsync(arrived: 300);
        var silo = Cluster.Silos[0];
        var before = await Work.Ledger.EpochsAsync();
        var stalls = Stalls();
        Cluster.Note("SIGSTOP for silo-1");
        silo.Freeze();
        await AddsUpAsync();
        var waited = Wait.UntilAsync(TakenOverAsync, AtAll, () => $"Nobody took over from the frozen silo:\n{Cluster.Log}");
        await Task.WhenAll(waited, Task.Delay(Frozen, Cancelled));
        stalls = Stalls() - stalls;
        Cluster.Note("SIGCONT for silo-1");
        silo.Thaw();
        await AddsUpAsync();

        await ComesBackAsync(silo);
        await Work.FinishAsync();
        await AddsUpAsync();

        Assert.Empty(await Work.ViolationsAsync());
        var comparison = await Work.Ledger.CompareAsync();
        Assert.NotEmpty(comparison.Uncertain);

        // Only an owner after the freeze may have finished what the frozen one left.
        Assert.DoesNotContain(comparison.Uncertain, row => row.Epoch <= before.GetValueOrDefault((row.Distribution, row.Lane)));
        NeverAFault();

        // One that hardly gets the processor itself blames nobody for not answering.
        Say($"taken over after {await waited}, {stalls} probes by a stalled survivor; {comparison.Uncertain.Count()} uncertain, {comparison.Twice.Count} twice");
        Assert.InRange(await waited, TimeSpan.Zero, stalls == 0 ? InTime : AtAll);

        async Task<bool> TakenOverAsync() =>
            (await Work.Ledger.EpochsAsync()).Any(lane => before.TryGetValue(lane.Key, out var epoch) && lane.Value > epoch);
    }

    private int Stalls() => Cluster.Silos[1].Output.Split('\n').Count(line => line.Contains("local execution stalled", StringComparison.Ordinal));

    private async Task ComesBackAsync(SiloProcess silo)
    {
        if (await silo.ExitAsync(TimeSpan.FromSeconds(10)) is { } code)
        {
            Cluster.Note($"silo-1 ended with {code} and is started again");
            await silo.StartAsync();
        }
        else
        {
            Cluster.Note("silo-1 did not end");
            await silo.ReadyAsync();
        }
    }
}
