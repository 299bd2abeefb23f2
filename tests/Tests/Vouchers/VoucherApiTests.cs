using System.Text;
using Marketing.Api;
using Xunit;

namespace Marketing.Vouchers;

[Collection(ApiTests.Name)]
public sealed class VoucherApiTests(ApiHost api)
{
    private const string Gift = """{"type":"GIFT_VOUCHER","gift":{"amount":5000},"redemption":{"quantity":null}}""";

    [Fact]
    public async Task A_voucher_has_the_fields_of_the_product()
    {
        using var shop = await api.NewProjectAsync();
        var made = (await shop.PostAsync("/v1/vouchers/VIP%2F1", Gift)).Ok();
        Shape.Is(
            made,
            "id code campaign campaign_id category category_id type discount gift loyalty_card start_date expiration_date validity_timeframe validity_day_of_week active additional_info metadata assets is_referral_code "
            + "created_at updated_at holder_id redemption publish categories validation_rules_assignments object");
        Assert.Equal(("VIP/1", "GIFT_VOUCHER", 5_000), (made.GetProperty("code").GetString(), made.GetProperty("type").GetString(), made.GetProperty("gift").GetProperty("balance").GetInt32()));
        Assert.Equal(made.GetRawText(), (await shop.GetAsync("/v1/vouchers/VIP%2F1")).Ok().GetRawText());
        Assert.Equal(made.GetRawText(), (await shop.GetAsync($"/v1/vouchers/{made.GetProperty("id").GetString()}")).Ok().GetRawText());

        var changed = (await shop.PutAsync("/v1/vouchers/VIP%2F1", """{"expiration_date":"2030-12-24","metadata":{"a":1},"active":false}""")).Ok();
        Assert.Equal(("2030-12-24T23:59:59.999Z", false), (changed.GetProperty("expiration_date").GetString(), changed.GetProperty("active").GetBoolean()));
        Assert.Equal(changed.GetRawText(), (await shop.PutAsync("/v1/vouchers/VIP%2F1", """{"metadata":{"a":1}}""")).Ok().GetRawText());
        Assert.True((await shop.PostAsync("/v1/vouchers/VIP%2F1/enable")).Ok().GetProperty("active").GetBoolean());
        Assert.Equal(204, (await shop.DeleteAsync("/v1/vouchers/VIP%2F1")).Status);
        (await shop.GetAsync("/v1/vouchers/VIP%2F1")).Error(404, "not_found");
    }

    [Theory]
    [InlineData("{}", "Payload property '.type' is required")]
    [InlineData("""{"type":"GIFT_VOUCHER"}""", "Payload property '.gift' is required for GIFT_VOUCHER")]
    [InlineData("""{"type":"DISCOUNT_VOUCHER","discount":{}}""", "Payload property '.discount' must have required property 'type'")]
    [InlineData("""{"gift":{"amount":1},"redemption":{"quantity":0}}""", "Payload property '.redemption.quantity' must be >= 1")]
    [InlineData("""{"gift":{"amount":1},"code":" "}""", "Payload property '.code' must NOT be blank")]
    [InlineData("""{"gift":{"amount":1},"code_config":{"pattern":"X"}}""", "Payload property '.code_config' must have at least one random character: a # in the pattern, or a length of at least 1")]
    public async Task What_is_missing_or_wrong_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(details, (await shop.PostAsync("/v1/vouchers", body)).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    [Fact]
    public async Task Credits_come_and_go_by_the_ledger_and_never_below_nothing()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/G", Gift)).Ok();
        var added = (await shop.PostAsync("/v1/vouchers/G/balance", """{"amount":2500,"source_id":"s","reason":"late"}""")).Ok();
        Shape.Is(added, "amount total balance type operation_type object related_object");
        Assert.Equal((2_500, 7_500, 7_500), (added.GetProperty("amount").GetInt32(), added.GetProperty("total").GetInt32(), added.GetProperty("balance").GetInt32()));
        Assert.Equal(added.GetRawText(), (await shop.PostAsync("/v1/vouchers/G/balance", """{"amount":2500,"source_id":"s","reason":"late"}""")).Ok().GetRawText());
        (await shop.PostAsync("/v1/vouchers/G/balance", """{"amount":1,"source_id":"s"}""")).Error(400, "duplicate_source_id");
        (await shop.PostAsync("/v1/vouchers/G/balance", """{"amount":-7501}""")).Error(400, "invalid_amount");

        // Of many who take at once no more get something than there is.
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => shop.PostAsync("/v1/vouchers/G/balance", """{"amount":-500}""")));
        Assert.Equal(15, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Error(400, "invalid_amount"));
        var gift = (await shop.GetAsync("/v1/vouchers/G")).Ok().GetProperty("gift");
        Assert.Equal((7_500, 7_500, 0), (gift.GetProperty("amount").GetInt32(), gift.GetProperty("subtracted_amount").GetInt32(), gift.GetProperty("balance").GetInt32()));

        var entries = new List<(string? Type, int Amount)>();
        for (var path = "/v1/vouchers/G/transactions?limit=10"; ;)
        {
            var page = (await shop.GetAsync(path)).Ok();
            entries.AddRange(page.GetProperty("data").EnumerateArray().Select(entry => (entry.GetProperty("type").GetString(), entry.GetProperty("details").GetProperty("balance").GetProperty("amount").GetInt32())));
            if (!page.GetProperty("has_more").GetBoolean())
            {
                break;
            }

            path = $"/v1/vouchers/G/transactions?limit=10&starting_after_id={page.GetProperty("more_starting_after").GetString()}";
        }

        Assert.Equal(16, entries.Count);
        Assert.Equal(-5_000, entries.Sum(entry => entry.Amount));
        (await shop.PostAsync("/v1/vouchers/D", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":1}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/D/balance", """{"amount":1}""")).Error(400, "invalid_voucher");
    }

    [Fact]
    public async Task A_code_is_made_once_however_many_ask_for_it()
    {
        using var shop = await api.NewProjectAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => shop.PostAsync("/v1/vouchers/ONE", Gift)));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Error(409, "duplicate_found"));
        (string, string) key = ("Idempotency-Key", "k");
        var made = (await shop.PostAsync("/v1/vouchers", Gift, key))["code"];
        Assert.Equal(made, (await shop.PostAsync("/v1/vouchers", Gift, key))["code"]);
        Assert.Equal(2, (await shop.GetAsync("/v1/vouchers")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Vouchers_are_imported_from_JSON_and_from_a_file()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Cards","voucher":{"gift":{"amount":700}}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/TAKEN", Gift)).Ok();
        var result = await DoneAsync(shop, await shop.PostAsync("/v1/vouchers/import", """[{"code":"J-1","gift":{"amount":100}},{"code":"TAKEN","gift":{"amount":1}},{"code":"J-2","discount":{"type":"PERCENT","percent_off":5}}]"""));
        Assert.Equal(1, result.GetProperty("failed").GetArrayLength());

        var file = "Code;Voucher Type;Value;Discount Type;Expiration Date;Redemption Limit;Active;level\nF-1;GIFT_VOUCHER;2500;;2030-12-24;3;true;gold\nF-2;;12.5;PERCENT;;;false;\nF-3;;x;PERCENT;;;;\nF-4;GIFT_VOUCHER;5;;24.12.2030;;;\n";
        result = await DoneAsync(shop, await shop.UploadAsync("/v1/vouchers/importCSV", Encoding.UTF8.GetBytes(file)));
        Assert.Equal(2, result.GetProperty("failed").GetArrayLength());
        var first = (await shop.GetAsync("/v1/vouchers/F-1")).Ok();
        Assert.Equal(
            (2_500, "2030-12-24T23:59:59.999Z", 3, "gold"),
            (first.GetProperty("gift").GetProperty("balance").GetInt32(), first.GetProperty("expiration_date").GetString(), first.GetProperty("redemption").GetProperty("quantity").GetInt32(), first.GetProperty("metadata").GetProperty("level").GetString()));
        var second = (await shop.GetAsync("/v1/vouchers/F-2")).Ok();
        Assert.Equal((12.5m, false), (second.GetProperty("discount").GetProperty("percent_off").GetDecimal(), second.GetProperty("active").GetBoolean()));

        await DoneAsync(shop, await shop.UploadAsync("/v1/campaigns/Cards/importCSV", "Code,shelf\nC-1,a\nC-2,b\n"u8.ToArray()));
        await DoneAsync(shop, await shop.PostAsync("/v1/campaigns/Cards/import", """[{"code":"C-3"}]"""));
        Assert.Equal(3, (await shop.GetAsync("/v1/campaigns/Cards")).Ok().GetProperty("vouchers_count").GetInt32());
        Assert.Equal(700, (await shop.GetAsync("/v1/vouchers/C-1")).Ok().GetProperty("gift").GetProperty("balance").GetInt32());

        await DoneAsync(shop, await shop.PostAsync("/v1/vouchers/bulk/async", """[{"code":"C-1","metadata":{"x":1}},{"code":"C-2","metadata":{"x":2}}]"""));
        await DoneAsync(shop, await shop.PostAsync("/v1/vouchers/metadata/async", """{"codes":["C-1","nobody"],"metadata":{"y":1}}"""));
        Assert.Equal("""{"shelf":"a","x":1,"y":1}""", (await shop.GetAsync("/v1/vouchers/C-1")).Ok().GetProperty("metadata").GetRawText());
    }

    private static async Task<System.Text.Json.JsonElement> DoneAsync(ProjectClient shop, Answer started)
    {
        var done = await shop.UntilAsync($"/v1/async-actions/{started.Ok(202).GetProperty("async_action_id").GetString()}", action => action.GetProperty("status").GetString() is "DONE" or "FAILED");
        Assert.Equal("DONE", done.GetProperty("status").GetString());
        return done.GetProperty("result");
    }
}
