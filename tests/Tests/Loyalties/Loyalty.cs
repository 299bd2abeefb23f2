using System.Text.Json;
using Marketing.Api;

namespace Marketing.Loyalties;

/// <summary>A shop's programme, with the little sugar the tests share.</summary>
internal sealed class Loyalty(ProjectClient shop)
{
    private static readonly (string, string)[] Nothing = [];

    public static string Program(string voucher = "", string more = "") =>
        $$$"""{"name":"Friends","type":"AUTO_UPDATE","join_once":true,"voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":0{{{voucher}}} } }{{{more}}} }""";

    public async Task<string> NewAsync(string? body = null) => (await shop.PostAsync("/v1/loyalties", body ?? Program())).Ok().GetProperty("id").GetString()!;

    /// <summary>Makes a customer a member; answers the code of the card.</summary>
    public async Task<string> JoinAsync(string customer, string program = "Friends") =>
        (await shop.PostAsync($"/v1/loyalties/{program}/members", $$$"""{"customer":{"source_id":"{{{customer}}}"}}""")).Ok().GetProperty("code").GetString()!;

    public Task<Answer> ChangeAsync(string card, long points, string more = "") => shop.PostAsync($"/v1/loyalties/members/{card}/balance", $$"""{"points":{{points}}{{more}}}""", Nothing);

    public async Task<JsonElement> CardAsync(string card) => (await shop.GetAsync($"/v1/loyalties/members/{card}")).Ok().GetProperty("loyalty_card");

    public async Task<long> BalanceAsync(string card) => (await CardAsync(card)).GetProperty("balance").GetInt64();

    /// <summary>Types and points of the changes of a card, the newest first.</summary>
    public async Task<IReadOnlyList<(string Type, long Points)>> LedgerAsync(string card)
    {
        var entries = new List<(string, long)>();
        for (var path = $"/v1/loyalties/members/{card}/transactions?limit=100"; ;)
        {
            var page = (await shop.GetAsync(path)).Ok();
            entries.AddRange(page.GetProperty("data").EnumerateArray().Select(static entry => (entry.GetProperty("type").GetString()!, entry.GetProperty("details").GetProperty("balance").GetProperty("points").GetInt64())));
            if (!page.GetProperty("has_more").GetBoolean())
            {
                return entries;
            }

            path = $"/v1/loyalties/members/{card}/transactions?limit=100&starting_after_id={page.GetProperty("more_starting_after").GetString()}";
        }
    }

    /// <summary>Points of a card by their last day.</summary>
    public async Task<IReadOnlyList<(string? Ends, long Points)>> BucketsAsync(string card, string program = "Friends") =>
    [
        .. (await shop.GetAsync($"/v1/loyalties/{program}/members/{card}/points-expiration?limit=100")).Ok().GetProperty("data").EnumerateArray()
            .Select(static bucket => (bucket.TryGetProperty("expires_at", out var day) ? day.GetString() : null, bucket.GetProperty("bucket").GetProperty("total_points").GetInt64())),
    ];

    /// <summary>Makes one earning rule; answers its id.</summary>
    public async Task<string> RuleAsync(string body, string program = "Friends") => (await shop.PostAsync($"/v1/loyalties/{program}/earning-rules", $"[{body}]")).Ok()[0].GetProperty("id").GetString()!;

    public async Task<string[]> TiersAsync(string body, string program = "Friends") =>
        [.. (await shop.PostAsync($"/v1/loyalties/{program}/tiers", body)).Ok().EnumerateArray().Select(static tier => tier.GetProperty("id").GetString()!)];

    public async Task PayAsync(string customer, string order, long amount) =>
        (await shop.PostAsync("/v1/orders", $$$"""{"source_id":"{{{order}}}","status":"PAID","amount":{{{amount}}},"customer":{"source_id":"{{{customer}}}"}}""")).Ok();

    /// <summary>Makes a reward that costs so many points; answers its id.</summary>
    public async Task<string> MugAsync(int points, string program = "Friends")
    {
        (await shop.PostAsync("/v1/products", """{"source_id":"mug"}""")).Ok();
        var reward = (await shop.PostAsync("/v1/rewards", """{"name":"A mug","parameters":{"product":{"id":"mug"}},"stock":1000000}""")).Ok().GetProperty("id").GetString()!;
        (await shop.PostAsync($"/v1/rewards/{reward}/assignments", $$$"""{"campaign":"{{{program}}}","parameters":{"loyalty":{"points":{{{points}}}} } }""")).Ok();
        return reward;
    }

    /// <summary>Redeems a reward with the points of a card.</summary>
    public Task<Answer> RedeemAsync(string card, string reward) => shop.PostAsync($"/v1/loyalties/members/{card}/redemption", $$$"""{"reward":{"id":"{{{reward}}}"}}""", Nothing);

    /// <summary>The types of what happened to a customer in the programme, the newest first.</summary>
    public async Task<IReadOnlyList<string>> HappenedAsync(string card) => [.. Shape.Texts((await shop.GetAsync($"/v1/loyalties/members/{card}/activity?limit=100")).Ok().GetProperty("data"), "type")];

    public async Task<string?> TierAsync(string card) =>
        (await shop.GetAsync($"/v1/loyalties/members/{card}/tiers")).Ok().GetProperty("data") is var tiers && tiers.GetArrayLength() == 0 ? null : tiers[0].GetProperty("name").GetString();
}
