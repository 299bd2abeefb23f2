using System.Diagnostics;
using System.Globalization;
using System.Text;
using Marketing.Bench.Deployments;
using Marketing.Bench.Yardsticks;

namespace Marketing.Bench.Scenarios;

/// <summary>Text messages and codes over connections, into a stub of a provider that takes everything.</summary>
internal sealed class ProvidersScenario : IScenario
{
    private const int Messages = 50_000;
    private const int Connections = 32;

    public string Name => "pg-providers";

    public string What => "text messages one a call, and codes 75 a call into profiles of a tool, into a stub; beside a bare loop over one HttpClient into the same";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var shop = await Shop.OpenAsync(Deployment.Cluster, new Dictionary<string, string> { ["Distributions:Webhooks:AllowPrivateNetworks"] = "true" });
        await shop.Engine.Shop.ImportCustomersAsync(WithPhones());
        var segment = await shop.EverybodyAsync();
        await shop.Engine.Shop.PostAsync("/v1/channels", new
        {
            name = "Texts",
            type = "sms",
            provider = "http",
            settings = new { url = $"{receiver.Url}send", fields = new { to = "{to}", text = "{text}", id = "{id}" } },
        });
        await shop.Engine.Shop.PostAsync("/v1/channels", new
        {
            name = "Profiles",
            type = "braze",
            provider = "braze",
            settings = new { base_url = receiver.Url, fields = new { code = "voucher_code" } },
            credentials = new { api_key = "key" },
        });
        await shop.Engine.Shop.PostAsync("/v1/campaigns", new { name = "codes", voucher = new { discount = new { type = "PERCENT", percent_off = 10 }, code_config = new { length = 12 } }, vouchers_count = 3 * Messages });
        await shop.UntilAsync("/v1/campaigns/codes", static campaign => campaign.GetProperty("vouchers_generation_status").GetString() != "IN_PROGRESS");

        var bare = new BareWebhooks(receiver.Url, Connections, Messages);
        await bare.MeasureAsync();
        await TextsAsync(shop, segment, "warm up");
        await CodesAsync(shop, segment, "warm up");
        var (texts, codes) = (0.0, 0.0);
        var beside = await bare.AroundAsync(async () => (texts, codes) = (await TextsAsync(shop, segment, "texts"), await CodesAsync(shop, segment, "codes")));
        return
        [
            new Figure("text messages, durable", texts, "/s", null, bare.Name, beside),
            new Figure("codes into profiles, 75 a call, durable", codes, "/s", 5_000, bare.Name, beside),
            shop.PeakMemory("sending"),
        ];
    }

    private static Task<double> TextsAsync(Shop shop, string segment, string name) => RateAsync(shop, segment, name, new { type = "plain_message" }, new { type = "sms", template = new { text = "Hi {{ customer.name }}" } });

    private static Task<double> CodesAsync(Shop shop, string segment, string name) => RateAsync(shop, segment, $"{name} as codes", new { type = "publish_codes", campaign_id = "codes" }, new { type = "braze" });

    private static async Task<double> RateAsync(Shop shop, string segment, string name, object action, object channel)
    {
        var watch = Stopwatch.StartNew();
        var id = await shop.DistributionAsync(new { name, type = "manual", audience = new { segment_id = segment }, action, channels = new[] { channel } });
        await shop.SentAsync(id);
        var rate = Messages / watch.Elapsed.TotalSeconds;
        var sent = (await shop.Engine.Shop.GetAsync($"/v1/distributions/{id}")).GetProperty("messages").GetProperty("sent").GetInt32();
        return sent == Messages ? rate : throw new ViolationException($"{sent} of {Messages} messages were sent.");
    }

    private static byte[] WithPhones()
    {
        var text = new StringBuilder("Source_id,Name,Email,Phone\n");
        for (var i = 0; i < Messages; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"c-{i},Customer {i},c{i}@example.com,+48501{i:D6}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
