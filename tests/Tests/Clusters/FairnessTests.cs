using System.Diagnostics;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>What one distribution's volume does to another. Figures are printed; on a machine that does other work too they are loose.</summary>
public sealed class FairnessTests : ClusterTest
{
    private const int Customers = 20_000;
    private const int Syncs = 3;

    // The goal is 1.1. What else the machine does changes between the two measurements by more than that, so only a queue behind a lock or a scan
    // is ruled out.
    private const double SlowedBySync = 2.5;

    // What waits for all the mails takes as long as they do; how long it does take is measured elsewhere.
    private const double DelayedByMails = 0.25;

    [Fact]
    public async Task Many_mails_delay_no_other_message_and_a_segment_that_synchronises_hardly_slows_them()
    {
        await StartAsync(silos: 2, apis: 1, settings: ("Distributions:BatchSize", "200"));
        await Work.BeginAsync(Cluster, Customers, writers: 1);

        // The first mails of a process are compiled more than sent.
        await SendToAllAsync("warm up");
        var idle = await LatencyAsync(Work.Hooks.WaitForAsync(Work.Hooks.Count + 200, TimeSpan.FromSeconds(60)));
        var alone = TimeSpan.Zero;
        var busy = await LatencyAsync(TimedAsync(SendToAllAsync("alone"), took => alone = took));
        var beside = TimeSpan.Zero;
        await TimedAsync(Task.WhenAll(SendToAllAsync("beside syncs"), SynchroniseAsync()), took => beside = took);
        await Work.Events.StopAsync();

        Say($"event to webhook, p99: idle {idle}, during {Customers} mails {busy}");
        Say($"{Customers} mails: {alone} alone, {beside} beside {Syncs} segments: x {beside / alone:N2}");
        Assert.Equal(0, await SuspectedAsync());
        Assert.InRange(busy / alone, 0, DelayedByMails);
        Assert.InRange(beside / alone, 0, SlowedBySync);
        NeverAFault();
    }

    // Silos that another one took for dead, or was about to: they were only busy.
    private async Task<long> SuspectedAsync()
    {
        await using var command = Cluster.Database.CreateCommand("SELECT count(*) FROM orleansmembershiptable WHERE suspecttimes <> '' OR status = 6");
        return (long)(await command.ExecuteScalarAsync(Cancelled))!;
    }

    private static async Task TimedAsync(Task work, Action<TimeSpan> took)
    {
        var watch = Stopwatch.StartNew();
        await work;
        took(watch.Elapsed);
    }

    private async Task SendToAllAsync(string name)
    {
        var id = await Cluster.Shop.DistributionAsync(new
        {
            name,
            type = "manual",
            audience = new { segment_id = Work.Everybody },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "email", template = new { subject = name, text = "Hello {{ customer.name }}" } } },
        });
        await Cluster.Shop.UntilAsync($"/v1/distributions/{id}", view => view.GetProperty("status").GetString() == "sent", TimeSpan.FromMinutes(3));
    }

    private Task SynchroniseAsync() => Task.WhenAll(Enumerable.Range(0, Syncs).Select(async number =>
        await Cluster.Shop.SyncedAsync(await Cluster.Shop.SegmentAsync($"by score {number}", "metadata.score", "$more_than", $"{number}"))));

    // Of the events accepted meanwhile, from the answer to the arrival of their webhook.
    private async Task<TimeSpan> LatencyAsync(Task meanwhile)
    {
        var from = DateTimeOffset.UtcNow;
        await meanwhile;
        var to = DateTimeOffset.UtcNow;
        var accepted = Work.Events.Accepted.Where(accepted => accepted.Value > from && accepted.Value < to).ToDictionary();
        Assert.NotEmpty(accepted);
        await Wait.UntilAsync(() => accepted.Keys.All(Arrived().ContainsKey), TimeSpan.FromSeconds(30), () => "Not every webhook arrived");
        var arrived = Arrived();
        var latencies = accepted.Select(accepted => arrived[accepted.Key] - accepted.Value).Order().ToList();
        return latencies[(int)(latencies.Count * 0.99)];
    }

    private Dictionary<int, DateTimeOffset> Arrived() =>
        Work.Hooks.Requests.GroupBy(Workload.NumberOf).ToDictionary(hooks => hooks.Key, hooks => hooks.Min(hook => hook.ReceivedAt));
}
