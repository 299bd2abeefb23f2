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
        await StartAsync(silos: 2, apis: 1);
        await Work.BeginAsync(Cluster, Customers);
        await AddsUpAsync();

        // Slow enough that both silos have waiting mail when one of them goes.
        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(100);
        await Cluster.Shop.ActivateAsync(Work.Manual);
        await Work.Mails.WaitForAsync(300, TimeSpan.FromSeconds(20));
        var victim = Cluster.Silos[0];
        Cluster.Note("SIGKILL for silo-1");
        await victim.KillAsync();
        var killed = DateTimeOffset.UtcNow;
        var owners = await LaneOwnersAsync();
        await AddsUpAsync();

        await Work.FinishAsync();
        await AddsUpAsync();

        Assert.Empty(await Work.ViolationsAsync());
        var taken = (await LaneOwnersAsync()).Where(lane => owners.TryGetValue(lane.Key, out var epoch) && epoch < lane.Value).Select(lane => lane.Key).ToHashSet();
        Assert.NotEmpty(taken);
        await TakenOverInTimeAsync(taken, killed);

        var comparison = await Work.Ledger.CompareAsync();
        Assert.InRange(comparison.Uncertain.Count(), 1, taken.Count * BatchSize * BatchesInFlight);
        Assert.Subset(taken, comparison.Uncertain.Select(row => (row.Distribution, row.Lane)).ToHashSet());
        await ApiShowsUncertainAsync(comparison);
        SignaturesAreRight();
        Assert.DoesNotContain(Work.Events.Refused, call => call.Status is not (0 or 503));
        Say($"{taken.Count} lanes taken over, {comparison.Uncertain.Count()} uncertain, {comparison.Twice.Count} twice, {Work.Events.Accepted.Count} events, {Work.Events.Refused.Count} refused");
    }

    [Fact]
    public async Task A_lone_silo_that_was_killed_goes_on_elsewhere_within_fifteen_seconds()
    {
        await StartAsync(silos: 1, apis: 1);
        await Work.BeginAsync(Cluster, Customers);
        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(50);
        await Cluster.Shop.ActivateAsync(Work.Manual);
        await Work.Mails.WaitForAsync(300, TimeSpan.FromSeconds(20));
        var silo = Cluster.Silos[0];
        Cluster.Note("SIGKILL for silo-1");
        await silo.KillAsync();
        var arrived = Work.Mails.Count;
        await AddsUpAsync();

        silo.Move();
        silo.Launch();
        Cluster.Note("silo-1 starts on other ports");
        await Work.Mails.WaitForAsync(arrived + 1, TimeSpan.FromSeconds(15));
        await Work.FinishAsync();

        Assert.Empty(await Work.ViolationsAsync());
        Assert.DoesNotContain(Work.Events.Refused, call => call.Status is not (0 or 503));
    }

    private async Task TakenOverInTimeAsync(HashSet<(int Distribution, int Lane)> taken, DateTimeOffset killed)
    {
        var arrivals = Work.Ledger.Arrivals();
        var late = (await Work.Ledger.RowsAsync())
            .Where(row => taken.Contains((row.Distribution, row.Lane)))
            .GroupBy(row => (row.Distribution, row.Lane))
            .Select(lane => (Lane: lane.Key, First: lane.SelectMany(row => arrivals[row.Id]).Where(at => at > killed).Order().Cast<DateTimeOffset?>().FirstOrDefault()))
            .Select(lane => (lane.Lane, After: lane.First - killed))
            .ToList();
        Say($"first hand-offs after the kill: {string.Join(", ", late)}");
        Assert.DoesNotContain(late, lane => lane.After is null || lane.After > TimeSpan.FromSeconds(5));
    }

    private async Task<Dictionary<(int Distribution, int Lane), long>> LaneOwnersAsync()
    {
        await using var command = Cluster.Database.CreateCommand("SELECT distribution, lane, epoch FROM lanes");
        await using var reader = await command.ExecuteReaderAsync(Cancelled);
        Dictionary<(int, int), long> owners = [];
        while (await reader.ReadAsync(Cancelled))
        {
            owners[(reader.GetInt32(0), reader.GetInt32(1))] = reader.GetInt64(2);
        }

        return owners;
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
        var secret = keys.RootElement.GetProperty("webhook_secret").GetString()!;
        var key = Convert.FromBase64String(secret[(secret.IndexOf('_', StringComparison.Ordinal) + 1)..]);
        Assert.All(Work.Hooks.Requests, hook =>
        {
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{hook.WebhookId}.{hook.Headers["webhook-timestamp"]}."), .. hook.Body.Span];
            Assert.Contains($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}", hook.Headers["webhook-signature"].Split(' '));
        });
    }
}
