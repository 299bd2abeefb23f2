using Xunit;

namespace Marketing.Clusters;

/// <summary>A connection's limit as its receiver sees it, whoever sends.</summary>
public sealed class RateLimitTests : ClusterTest
{
    private const int Customers = 1_200;
    private const int Limit = 40;

    // Slots are so far apart that none is too early (decision 46).
    private const double Apart = 1.05 / Limit;

    // The goal is 0.98. A machine that does other work too wakes whoever waits for a slot too late for it.
    private const double Used = 0.85;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Three_silos_of_which_one_is_killed_keep_to_a_limit_and_leave_hardly_anything_of_it()
    {
        await StartAsync(silos: 3, apis: 1, settings: [("Distributions:Lanes", "16"), ("Distributions:BatchSize", "200")]);
        await Work.OpenAsync(Cluster, Customers);
        await Cluster.Shop.PostAsync("/v1/channels", new { name = "Receiver", type = "webhook", provider = "http", settings = new { base_url = Work.Hooks.Url }, rate_limit = Limit });
        var distribution = await Cluster.Shop.DistributionAsync(new
        {
            name = "Slowly",
            type = "automatic",
            trigger = new { type = "customer.segment.entered", segment_id = Work.Everybody, include_current_members = true },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "webhook", template = new { event_name = "joined", target_url = "/joined", payload = new { }, raw_payload = true } } },
        });

        await Work.Hooks.WaitForAsync(Customers / 3, Patience);
        Cluster.Note("SIGKILL for silo-2");
        await Cluster.Silos[1].KillAsync();
        await Cluster.Shop.UntilAsync($"/v1/distributions/{distribution}", view => view.GetProperty("messages").GetProperty("sent").GetInt32() == Customers, Patience);

        var at = Work.Hooks.Requests.Select(request => request.ReceivedAt).Order().ToArray();
        var most = at.Max(from => at.Count(other => other >= from && other < from.AddSeconds(1)));

        // Without the end, when there is less to send than may be sent.
        var during = at[..^Limit];
        var used = (during.Length - 1) * Apart / (during[^1] - during[0]).TotalSeconds;
        Say($"{at.Length} arrived, at most {most} in a second of {Limit}; {used:P1} of the slots were used");
        Assert.InRange(most, 1, Limit + 1);
        Assert.True(used >= Used, $"{used:P1} of the slots were used");
        Assert.Empty((await Work.Ledger.CompareAsync()).Violations);
        Assert.Equal(Customers, Work.Hooks.Ledger.Count);
    }
}
