using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

public sealed class KilledSiloTests : ClusterTest
{
    private const int Customers = 3_000;
    private const int BatchSize = 50;
    private const int BatchesInFlight = 2;

    [Fact]
    public async Task A_survivor_takes_over_within_five_seconds_loses_nothing_and_repeats_only_what_was_in_the_air()
    {
        // Slow enough that both silos have waiting mail when one of them goes, and so many at a time that mail of one lane does not queue long
        // behind that of others.
        // So many lanes that either silo has some of the mail's.
        await StartAsync(silos: 2, apis: 1, settings: [("Distributions:Email:MaxConnections", "64"), ("Distributions:Lanes", "16")]);
        await Work.BeginAsync(Cluster, Customers);
        await AddsUpAsync();
        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(100);
        await Work.SendAsync(arrived: 300);
        Cluster.Note("SIGKILL for silo-1");
        await Cluster.Silos[0].KillAsync();
        var killed = DateTimeOffset.UtcNow;
        var before = await Work.Ledger.EpochsAsync();
        await AddsUpAsync();

        await Work.FinishAsync();
        await AddsUpAsync();

        Assert.Empty(await Work.ViolationsAsync());
        var comparison = await Work.Ledger.CompareAsync();
        var taken = TakenOver(comparison, before);
        Assert.NotEmpty(taken);
        TakenOverInTime(comparison, taken, killed);

        Assert.InRange(comparison.Uncertain.Count(), 1, taken.Count * BatchSize * BatchesInFlight);
        Assert.Subset(taken.Keys.ToHashSet(), comparison.Uncertain.Select(row => (row.Distribution, row.Lane)).ToHashSet());
        await ApiShowsUncertainAsync(comparison);
        SignaturesAreRight();
        NeverAFault();
        Say($"{taken.Count} lanes taken over, {comparison.Uncertain.Count()} uncertain, {comparison.Twice.Count} twice, {Work.Events.Accepted.Count} events");
    }

    [Fact]
    public async Task A_lone_silo_that_was_killed_goes_on_elsewhere_within_fifteen_seconds()
    {
        await StartAsync(silos: 1, apis: 1);
        await Work.BeginAsync(Cluster, Customers);
        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(50);
        await Work.SendAsync(arrived: 300);
        var silo = Cluster.Silos[0];
        Cluster.Note("SIGKILL for silo-1");
        await silo.KillAsync();
        await AddsUpAsync();

        silo.Move();
        silo.Launch();
        Cluster.Note("silo-1 starts on other ports");
        var arrived = Work.Mails.Count;
        var idle = await Wait.UntilAsync(() => Work.Mails.Count > arrived, TimeSpan.FromSeconds(120), () => "No mail arrived any more");
        Cluster.Note("mail arrives again");
        await Work.FinishAsync();

        Assert.Empty(await Work.ViolationsAsync());
        NeverAFault();
        Say($"mail again after {idle}");
        Assert.InRange(idle, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    // Of each lane that has another owner than before: that owner's first epoch is beyond the value.
    private static Dictionary<(int Distribution, int Lane), long> TakenOver(Comparison comparison, Dictionary<(int Distribution, int Lane), long> before) =>
        comparison.Rows
            .Select(row => (row.Distribution, row.Lane, row.Epoch))
            .Where(row => before.TryGetValue((row.Distribution, row.Lane), out var epoch) && row.Epoch > epoch)
            .Select(row => (row.Distribution, row.Lane))
            .Distinct()
            .ToDictionary(lane => lane, lane => before[lane]);

    private void TakenOverInTime(Comparison comparison, Dictionary<(int Distribution, int Lane), long> taken, DateTimeOffset killed)
    {
        var arrivals = Work.Ledger.Arrivals();
        var first = comparison.Rows
            .Where(row => taken.TryGetValue((row.Distribution, row.Lane), out var epoch) && row.Epoch > epoch)
            .GroupBy(row => (row.Distribution, row.Lane))
            .Select(lane => (Lane: lane.Key, After: lane.SelectMany(row => arrivals[row.Id]).Where(at => at > killed).Min() - killed))
            .ToList();
        Say($"first hand-offs after the kill: {string.Join(", ", first)}");
        Assert.DoesNotContain(first, lane => lane.After > TimeSpan.FromSeconds(5));
    }

    private async Task ApiShowsUncertainAsync(Comparison comparison)
    {
        List<JsonElement> shown = [.. await Cluster.Shop.MessagesAsync(Work.Manual), .. await Cluster.Shop.MessagesAsync(Work.Automatic)];
        var uncertain = shown.Where(message => message.GetProperty("uncertain").GetBoolean()).Select(message => message.GetProperty("id").GetString()!);
        Assert.Equal(comparison.Uncertain.Select(row => row.Id).Order(), uncertain.Order());
    }

    private void SignaturesAreRight()
    {
        using var keys = JsonDocument.Parse(File.ReadAllText(Path.Combine(Cluster.Apis[0].Directory, "keys.json")));
        var key = Encoding.UTF8.GetBytes(keys.RootElement.GetProperty("webhook_secret").GetString()!);
        Assert.DoesNotContain(Work.Hooks.Requests, hook =>
        {
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{hook.WebhookId}.{hook.Headers["webhook-timestamp"]}."), .. hook.Body.Span];
            return hook.Headers["webhook-signature"] != $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
        });
    }
}
