using System.Text.Json.Nodes;

namespace Marketing.Demo;

/// <summary>Unique codes of the demo: a campaign, a distribution that gives one to each of a segment, and some who redeem theirs.</summary>
internal sealed class DemoCodes(DemoClient client, CancellationToken cancellation)
{
    public const string Campaign = "Demo: ten percent";

    // Messages of both channels that are yet to leave look like customers who are yet to get a code.
    private const int Spare = 150;
    private const int Redeemed = 25;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>The campaign's id. It gets a code for each of the segment, and a few more.</summary>
    public async Task<string> CampaignAsync(string segmentId)
    {
        var campaign = await FindAsync();
        if (campaign is null)
        {
            var members = (await client.GetAsync($"/v1/segments/{segmentId}", cancellation))["count"]!.GetValue<long>();
            campaign = await client.PostAsync(
                "/v1/campaigns",
                new JsonObject
                {
                    ["name"] = Campaign,
                    ["vouchers_count"] = members + Spare,
                    ["voucher"] = new JsonObject
                    {
                        ["discount"] = new JsonObject { ["type"] = "PERCENT", ["percent_off"] = 10 },
                        ["code_config"] = new JsonObject { ["pattern"] = "GOLD-########" },
                    },
                },
                $"demo-{Campaign}",
                cancellation);
        }

        var id = campaign["id"]!.GetValue<string>();
        while (campaign["vouchers_generation_status"]!.GetValue<string>() == "IN_PROGRESS")
        {
            DemoConsole.Progress($"{Campaign}: {campaign["vouchers_count"]!.GetValue<long>():N0} codes");
            await Task.Delay(Poll, cancellation);
            campaign = await client.GetAsync($"/v1/campaigns/{id}", cancellation);
        }

        DemoConsole.Done($"{Campaign}: {campaign["vouchers_count"]!.GetValue<long>():N0} unique codes");
        return id;
    }

    /// <summary>The first who got a code buy something with it: each once, also when the demo runs again.</summary>
    public async Task RedeemAsync(string campaignId)
    {
        var publications = (await client.GetAsync($"/v1/publications?campaign={campaignId}&order=created_at&limit={Redeemed}", cancellation))["publications"]!.AsArray();
        var saved = 0L;
        foreach (var publication in publications)
        {
            var code = publication!["voucher"]!["code"]!.GetValue<string>();
            var answer = await client.PostAsync(
                "/v1/redemptions",
                new JsonObject
                {
                    ["redeemables"] = new JsonArray(new JsonObject { ["object"] = "voucher", ["id"] = code }),
                    ["customer"] = new JsonObject { ["id"] = publication["customer_id"]!.GetValue<string>() },
                    ["order"] = new JsonObject { ["amount"] = 4_900, ["status"] = "PAID" },
                },
                $"demo-redeem-{code}",
                cancellation);
            saved += answer["order"]!["total_discount_amount"]!.GetValue<long>();
        }

        DemoConsole.Line($"{publications.Count:N0} customers redeemed their code and saved {saved / 100m:N2} together");
    }

    /// <summary>Prints what the campaign's distributions issued, delivered, and brought back.</summary>
    public async Task PrintAsync(string campaignId)
    {
        var found = await client.GetAsync($"/v1/campaigns/{campaignId}/distributions", cancellation);
        DemoConsole.Table(
            ["distribution", "status", "issued", "delivered", "redeemed", "rate"],
            [.. found["distributions"]!.AsArray().Select(static one => (IReadOnlyList<string>)
            [
                one!["name"]!.GetValue<string>(), one["status"]!.GetValue<string>(), $"{one["codes_issued"]!.GetValue<long>():N0}", $"{one["messages_delivered"]!.GetValue<long>():N0}",
                $"{one["codes_redeemed"]!.GetValue<long>():N0}", $"{one["redemption_rate"]!.GetValue<decimal>():P1}",
            ])]);
    }

    private async Task<JsonNode?> FindAsync()
    {
        for (var page = 1; ; page++)
        {
            var campaigns = (await client.GetAsync($"/v1/campaigns?limit=100&page={page}", cancellation))["campaigns"]!.AsArray();
            var found = campaigns.FirstOrDefault(static campaign => campaign!["name"]!.GetValue<string>() == Campaign);
            if (found is not null || campaigns.Count < 100)
            {
                return found;
            }
        }
    }
}
