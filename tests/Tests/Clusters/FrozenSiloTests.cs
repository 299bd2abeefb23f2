using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

public sealed class FrozenSiloTests : ClusterTest
{
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(8);

    // While the other one still hears the connection's last message it does not vote.
    private static readonly TimeSpan UntilTakenOver = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_silo_that_was_frozen_writes_nothing_about_lanes_that_others_took()
    {
        await StartAsync(silos: 2, apis: 1);
        await Work.BeginAsync(Cluster, customers: 3_000);
        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(100);
        await Work.SendAsync(arrived: 300);
        var silo = Cluster.Silos[0];
        var before = await Work.Ledger.EpochsAsync();
        Cluster.Note("SIGSTOP for silo-1");
        silo.Freeze();
        await AddsUpAsync();
        var waited = Wait.UntilAsync(TakenOverAsync, UntilTakenOver, () => $"Nobody took over from the frozen silo:\n{Cluster.Log}");
        await Task.WhenAll(waited, Task.Delay(Frozen, Cancelled));
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
        Say($"taken over after {await waited}; {comparison.Uncertain.Count()} uncertain, {comparison.Twice.Count} twice");

        async Task<bool> TakenOverAsync() =>
            (await Work.Ledger.EpochsAsync()).Any(lane => before.TryGetValue(lane.Key, out var epoch) && lane.Value > epoch);
    }

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
