using System.Text.Json;
using Marketing.Api;

namespace Marketing.Referrals;

/// <summary>A shop's referral programme, with the little sugar the tests share.</summary>
internal sealed class ReferralShop(ProjectClient shop)
{
    public const string Voucher = """{"type":"DISCOUNT_VOUCHER","is_referral_code":true,"discount":{"type":"PERCENT","percent_off":10}}""";

    public static string Program(string program = """{"conversion_event_type":"redemption"}""", string name = "Bring", string more = "") =>
        $$"""{"name":"{{name}}","campaign_type":"REFERRAL_PROGRAM","type":"AUTO_UPDATE","join_once":true,"referral_program":{{program}},"voucher":{{Voucher}}{{more}}}""";

    public async Task<string> NewAsync(string? body = null) => (await shop.PostAsync("/v1/campaigns", body ?? Program())).Ok().GetProperty("id").GetString()!;

    /// <summary>Gives a customer a code; answers it.</summary>
    public async Task<string> PublishAsync(string customer, string campaign = "Bring") =>
        (await shop.PostAsync("/v1/publications", $$$"""{"campaign":{"name":"{{{campaign}}}","count":1},"customer":{"source_id":"{{{customer}}}"}}""")).Ok().GetProperty("voucher").GetProperty("code").GetString()!;

    public Task<Answer> RedeemAsync(string code, string? customer, string at = "/v1/redemptions") => shop.PostAsync(
        at, $$$"""{"redeemables":[{"object":"voucher","id":"{{{code}}}"}],"order":{"amount":1000}{{{(customer is null ? "" : $$$""","customer":{"source_id":"{{{customer}}}"}""")}}}}""");

    public Task<Answer> TrackAsync(string name, string customer, string code, string more = "") =>
        shop.PostAsync("/v1/events", $$$"""{"event":"{{{name}}}","customer":{"source_id":"{{{customer}}}"},"referral":{"code":"{{{code}}}"{{{more}}}}}""");

    public async Task<JsonElement> CustomerAsync(string customer) => (await shop.GetAsync($"/v1/customers/{customer}")).Ok();

    /// <summary>How often a customer was referred.</summary>
    public async Task<int> ReferralsAsync(string customer) => (await CustomerAsync(customer)).GetProperty("referrals").GetProperty("total").GetInt32();

    /// <summary>Waits until a customer has brought as many.</summary>
    public Task<JsonElement> BroughtAsync(string customer, int referred) =>
        shop.UntilAsync($"/v1/customers/{customer}", person => person.GetProperty("loyalty").GetProperty("referred_customers").GetInt32() == referred);

    /// <summary>What of a type happened to a customer, the newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> HappenedAsync(string customer, string type) =>
        [.. (await shop.GetAsync($"/v1/customers/{customer}/activity?limit=100&type={type}")).Ok().GetProperty("data").EnumerateArray().Select(static entry => entry.GetProperty("data").GetProperty("data"))];

    /// <summary>Waits until so much of a type has happened.</summary>
    public Task<JsonElement> UntilHappenedAsync(string customer, string type, int times) =>
        shop.UntilAsync($"/v1/customers/{customer}/activity?limit=100&type={type}", page => page.GetProperty("data").GetArrayLength() == times);

    /// <summary>Codes of a campaign that a customer holds.</summary>
    public async Task<IReadOnlyList<JsonElement>> HeldAsync(string customer, string campaign)
    {
        var id = (await CustomerAsync(customer)).GetProperty("id").GetString();
        return [.. (await shop.GetAsync($"/v1/vouchers?campaign={campaign}&limit=100")).Ok().GetProperty("vouchers").EnumerateArray().Where(voucher => voucher.GetProperty("holder_id").GetString() == id)];
    }
}
