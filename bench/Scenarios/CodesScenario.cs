using System.Diagnostics;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

/// <summary>Unique codes: made in the background, and published to everybody of a segment through a channel that discards.</summary>
internal sealed class CodesScenario : IScenario
{
    private const int Recipients = 100_000;

    public string Name => "pg-codes";

    public string What => "1,000,000 unique codes made; 100,000 of them published by a manual distribution, beside the same without codes";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(Deployment.Cluster);
        var database = shop.Cluster.Database;
        await shop.FillAsync(Recipients);
        var segment = await shop.EverybodyAsync();
        await CampaignAsync(shop, "warm up", Recipients);
        var making = await Effort.StartAsync(shop.Engine);
        var made = await CampaignAsync(shop, "codes", options.Customers);
        var effortOfMaking = await making.StopAsync(options.Customers, "a code");

        await PublishAsync(shop, segment, "warm up", "publish_codes");
        var plain = await PublishAsync(shop, segment, "plain", "plain_message");
        var publishing = await Effort.StartAsync(shop.Engine);
        var published = await PublishAsync(shop, segment, "codes", "publish_codes");
        var effort = await publishing.StopAsync(Recipients, "a code that is published");
        var (holders, customers) = (
            await database.ValueAsync("SELECT count(*) FROM holders h JOIN vouchers v ON v.no = h.no JOIN campaigns c ON c.no = v.campaign WHERE c.name = 'codes'"),
            await database.ValueAsync("SELECT count(DISTINCT h.customer) FROM holders h JOIN vouchers v ON v.no = h.no JOIN campaigns c ON c.no = v.campaign WHERE c.name = 'codes'"));
        if (holders != Recipients || customers != Recipients)
        {
            throw new ViolationException($"{holders} codes were given to {customers} customers, not {Recipients} to as many.");
        }

        return
        [
            new Figure($"seconds until {options.Customers} codes were made", made.TotalSeconds, "s", 30),
            new Figure("codes made", options.Customers / made.TotalSeconds, "/s"),
            .. effortOfMaking,
            new Figure("codes published, from activation to recorded outcome", Recipients / published.TotalSeconds, "/s", 40_000, "messages without codes", Recipients / plain.TotalSeconds),
            .. effort,
            shop.PeakMemory("making and publishing"),
        ];
    }

    private static async Task<TimeSpan> CampaignAsync(Shop shop, string name, long count)
    {
        var watch = Stopwatch.StartNew();
        await shop.Engine.Shop.PostAsync("/v1/campaigns", new { name, voucher = new { discount = new { type = "PERCENT", percent_off = 10 }, code_config = new { length = 12 } }, vouchers_count = count });
        await shop.UntilAsync($"/v1/campaigns/{Uri.EscapeDataString(name)}", campaign => campaign.GetProperty("vouchers_generation_status").GetString() != "IN_PROGRESS");
        return watch.Elapsed;
    }

    private static async Task<TimeSpan> PublishAsync(Shop shop, string segment, string campaign, string action)
    {
        var watch = Stopwatch.StartNew();
        var id = await shop.DistributionAsync(new
        {
            name = $"{campaign} {action}",
            type = "manual",
            audience = new { segment_id = segment },
            action = action == "publish_codes" ? (object)new { type = action, campaign_id = campaign } : new { type = action },
            channels = new[] { ManualScenario.Discard },
        });
        await shop.SentAsync(id);
        return watch.Elapsed;
    }
}
