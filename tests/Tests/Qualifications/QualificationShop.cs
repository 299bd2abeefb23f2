using System.Text.Json;
using Marketing.Api;

namespace Marketing.Qualifications;

/// <summary>A shop with one of everything that may qualify.</summary>
internal static class QualificationShop
{
    /// <summary>A drill of 10000 and a book of 1500.</summary>
    public const string Cart =
        """{"items":[{"source_id":"drill","related_object":"product","quantity":1,"price":10000},{"source_id":"book","related_object":"product","quantity":1,"price":1500}]}""";

    /// <summary>Somebody of whom the shop knows that they are a VIP, and who has two codes.</summary>
    public const string John = """{"source_id":"john"}""";

    /// <summary>
    /// Tiers: everyone (1000 off), books (20% off the book, for VIPs), drills (700 off, with a drill in the cart), large (for orders from 1000000 on). Codes: CARD (2500) and one of the campaign Drills (10% off
    /// the drill, for who has it) that John has, EVERY (500 off) without a campaign, and the one code of the campaign Single (300 off).
    /// </summary>
    public static async Task FillAsync(ProjectClient shop)
    {
        await shop.NewCustomerAsync("""{"source_id":"john","name":"John","metadata":{"tier":"VIP"}}""");
        var vip = await RuleAsync(
            shop, """{"rules":{"1":{"name":"customer.metadata","property":"tier","conditions":{"$is":["VIP"]}}}}""".WithItems("book"));
        var drills = await RuleAsync(shop, """{"rules":{"1":{"name":"order.items.any","conditions":{"$is":[{"source_id":"drill","object":"product"}]}}}}""");
        var large = await RuleAsync(shop, """{"rules":{"1":{"name":"order.amount","conditions":{"$more_than_or_equal":[1000000]}}}}""");
        var own = await RuleAsync(shop, """{"rules":{"1":{"name":"publication.redeemable_by_linked_customer","conditions":{"$is":[true]}}}}""".WithItems("drill"));
        (await shop.PostAsync("/v1/campaigns", """{"name":"Cart","campaign_type":"PROMOTION"}""")).Ok();
        await TierAsync(shop, "everyone", """{"type":"AMOUNT","amount_off":1000}""");
        await TierAsync(shop, "books", """{"type":"PERCENT","percent_off":20,"effect":"APPLY_TO_ITEMS"}""", vip);
        await TierAsync(shop, "drills", """{"type":"AMOUNT","amount_off":700}""", drills);
        await TierAsync(shop, "large", """{"type":"AMOUNT","amount_off":5000}""", large);
        (await shop.PostAsync("/v1/campaigns", """{"name":"Drills","vouchers_count":3,"voucher":{"discount":{"type":"PERCENT","percent_off":10,"effect":"APPLY_TO_ITEMS"}}}""")).Ok();
        var campaign = (await shop.UntilAsync("/v1/campaigns/Drills", static made => made.GetProperty("creation_status").GetString() == "DONE")).GetProperty("id").GetString();
        (await shop.PostAsync($"/v1/validation-rules/{own}/assignments", $$"""{"related_object_type":"campaign","related_object_id":"{{campaign}}"}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":2500}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/EVERY", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":500}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Single","type":"STANDALONE","vouchers_count":1,"voucher":{"discount":{"type":"AMOUNT","amount_off":300}}}""")).Ok();
        await shop.UntilAsync("/v1/vouchers?campaign=Single", static made => made.GetProperty("total").GetInt32() == 1);
        (await shop.PostAsync("/v1/publications", """{"campaign":"Drills","customer":{"source_id":"john"}}""")).Ok();
        (await shop.PostAsync("/v1/publications", """{"voucher":"CARD","customer":{"source_id":"john"}}""")).Ok();
    }

    public static async Task<string> RuleAsync(ProjectClient shop, string rule) =>
        (await shop.PostAsync("/v1/validation-rules", $$"""{"name":"a rule","type":"complex",{{rule[1..]}}""")).Ok().GetProperty("id").GetString()!;

    public static async Task<string> TierAsync(ProjectClient shop, string name, string discount, string? rule = null, string rest = "", string campaign = "Cart") =>
        (await shop.PostAsync(
            $"/v1/promotions/{campaign}/tiers",
            $$"""{"name":"{{name}}","action":{"discount":{{discount}}},"validation_rules":[{{(rule is null ? "" : $"\"{rule}\"")}}]{{rest}}}""")).Ok().GetProperty("id").GetString()!;

    /// <summary>What qualifies, with what it takes off, in the order of the answer: <c>CARD 2500</c>. Tiers and campaigns by their names, codes of campaigns as <c>code of Drills</c>.</summary>
    public static async Task<string[]> AskAsync(ApiClient shop, string body, string path = "/v1/qualifications") => Named((await shop.PostAsync(path, body)).Ok());

    public static string[] Named(JsonElement answer) => [.. answer.GetProperty("redeemables").GetProperty("data").EnumerateArray().Select(NameOf)];

    /// <summary>A request, by default for John and his cart and for a page that holds all.</summary>
    public static string Of(string scenario, string options = "\"limit\":50", string? customer = John, string? order = Cart, string rest = "") =>
        $$"""{"scenario":"{{scenario}}","options":{{{options}}}{{(customer is null ? "" : $",\"customer\":{customer}")}}{{(order is null ? "" : $",\"order\":{order}")}}{{rest}}}""";

    private static string WithItems(this string rule, string product) =>
        rule[..^1] + $$$""","applicable_to":{"excluded":[],"included":[{"object":"product","source_id":"{{{product}}}","effect":"APPLY_TO_EVERY"}],"included_all":false}}""";

    private static string NameOf(JsonElement one)
    {
        var kind = one.GetProperty("object").GetString();
        var id = one.GetProperty("id").GetString()!;
        var name = kind != "voucher" ? one.GetProperty("name").GetString() : one.TryGetProperty("campaign_name", out var campaign) ? $"code of {campaign.GetString()}" : id;
        return one.TryGetProperty("order", out var order) ? $"{name} {order.GetProperty("total_applied_discount_amount").GetInt64()}" : name!;
    }
}
