using System.Text.Json.Nodes;

namespace Marketing.Demo;

/// <summary>The distributions of the demo, found by name or made, and how far they are.</summary>
internal sealed class DemoDistributions(DemoClient client, CancellationToken cancellation)
{
    public const string Automatic = "Demo: still looking?";
    public const string Manual = "Demo: gold week";
    public const string Codes = "Demo: a code for you";

    public static readonly IReadOnlyList<string> All = [Codes, Manual, Automatic];

    private static readonly string[] Ends = ["sent", "skipped", "failed", "retrying", "canceled"];
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    public async Task<JsonNode?> FindAsync(string name)
    {
        var page = await client.GetAsync($"/v1/distributions?limit=100&text={Uri.EscapeDataString(name)}", cancellation);
        return page["distributions"]!.AsArray().FirstOrDefault(distribution => distribution!["name"]?.GetValue<string>() == name);
    }

    /// <summary>Who writes, without which no mail goes out, and what is at the top of it.</summary>
    public async Task<JsonNode> BrandAsync()
    {
        var logo = await client.UploadAsync("/v1/images", DemoSample.Read("logo.png"), cancellation);
        return await client.PutAsync(
            "/v1/branding",
            new JsonObject
            {
                ["brand"] = new JsonObject { ["name"] = "Sample Shop", ["website_url"] = "https://shop.example", ["logo_url"] = logo["url"]!.GetValue<string>() },
                ["address"] = new JsonObject { ["street"] = "1 Market Street", ["city"] = "Katowice", ["postal"] = "40-001", ["country"] = "Poland" },
                ["contact"] = new JsonObject { ["email"] = "hello@shop.example" },
            },
            cancellation);
    }

    /// <summary>Writes to whoever begins to belong to the segment.</summary>
    public Task<JsonNode> AutomaticAsync(string segmentId) => EnsureLiveAsync(new JsonObject
    {
        ["name"] = Automatic,
        ["type"] = "automatic",
        ["trigger"] = new JsonObject { ["type"] = "customer.segment.entered", ["segment_id"] = segmentId },
        ["action"] = new JsonObject { ["type"] = "plain_message" },
        ["channels"] = DemoContents.StillLooking(),
    });

    /// <summary>Writes once to the whole segment.</summary>
    public Task<JsonNode> ManualAsync(string segmentId) => EnsureLiveAsync(new JsonObject
    {
        ["name"] = Manual,
        ["type"] = "manual",
        ["audience"] = new JsonObject { ["segment_id"] = segmentId },
        ["action"] = new JsonObject { ["type"] = "plain_message" },
        ["channels"] = DemoContents.GoldWeek(),
    });

    /// <summary>Gives each of the segment a code of the campaign, once, by mail and by text message.</summary>
    public Task<JsonNode> CodesAsync(string segmentId, string campaignId) => EnsureLiveAsync(new JsonObject
    {
        ["name"] = Codes,
        ["type"] = "manual",
        ["audience"] = new JsonObject { ["segment_id"] = segmentId },
        ["action"] = new JsonObject { ["type"] = "publish_codes", ["campaign_id"] = campaignId },
        ["channels"] = DemoContents.Code(),
    });

    /// <summary>Waits until nothing is left to do, showing the countdown and what was sent.</summary>
    public async Task FollowAsync(string name)
    {
        while (await FindAsync(name) is { } distribution)
        {
            var counts = distribution["messages"]!;
            var open = Count(counts, "queued") + Count(counts, "sending");
            switch (distribution["status"]!.GetValue<string>())
            {
                case "waiting_for_segment":
                    DemoConsole.Progress($"{name}: waits for its segment");
                    break;
                case "scheduled":
                    var left = distribution["sends_at"]!.GetValue<DateTimeOffset>() - DateTimeOffset.UtcNow;
                    DemoConsole.Progress($"{name}: sends in {Math.Max(0, left.TotalSeconds):0.0} s; until then it can be edited or stopped");
                    break;
                case "sending" when open > 0 || Count(counts, "retrying") == 0:
                case "live" when open > 0:
                    DemoConsole.Progress($"{name}: {Count(counts, "audience") - open:N0} of {Count(counts, "audience"):N0} messages");
                    break;
                case var status:
                    DemoConsole.Done($"{name}: {status}, {Summary(counts)}");
                    return;
            }

            await Task.Delay(Poll, cancellation);
        }
    }

    public static long Count(JsonNode counts, string state) => counts[state]!.GetValue<long>();

    /// <summary>The states that are not empty.</summary>
    public static string Summary(JsonNode counts) => string.Join(", ", Ends
        .Where(state => state == "sent" || Count(counts, state) > 0)
        .Select(state => $"{Count(counts, state):N0} {state}"));

    private async Task<JsonNode> EnsureLiveAsync(JsonObject draft)
    {
        var name = draft["name"]!.GetValue<string>();
        var distribution = await FindAsync(name) ?? await client.PostAsync("/v1/distributions", draft, $"demo-{name}", cancellation);
        return distribution["status"]!.GetValue<string>() == "draft"
            ? await client.PostAsync($"/v1/distributions/{distribution["id"]!.GetValue<string>()}/activate", body: null, key: null, cancellation)
            : distribution;
    }
}
