using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Redemptions;

[Collection(ApiTests.Name)]
public sealed class RedemptionApiTests(ApiHost api)
{
    private const string TenOff = """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10},"redemption":{"quantity":2}}""";
    private const string Card = """{"type":"GIFT_VOUCHER","gift":{"amount":5000}}""";

    internal static string Of(string codes, string rest = "") =>
        $$"""{"redeemables":[{{string.Join(',', codes.Split(' ').Select(code => $$"""{"object":"voucher","id":"{{code}}"}"""))}}]{{rest}}}""";

    [Fact]
    public async Task A_validation_calculates_and_changes_nothing()
    {
        using var shop = await WithAsync(("TEN", TenOff));
        var valid = (await shop.PostAsync("/v1/validations", Of("TEN", ""","customer":{"source_id":"nobody"},"order":{"items":[{"source_id":"a","price":1000,"quantity":2},{"source_id":"b","price":500}]}"""))).Ok();
        Shape.Has(valid, "id valid redeemables order tracking_id stacking_rules");
        Assert.True(valid.GetProperty("valid").GetBoolean());
        Assert.Equal((2_500, 250, 2_250), Amounts(valid.GetProperty("order")));
        var applied = Assert.Single(valid.GetProperty("redeemables").EnumerateArray());
        Shape.Has(applied, "status id object order applicable_to inapplicable_to result metadata categories");
        Assert.Equal(("APPLICABLE", 10), (applied.GetProperty("status").GetString(), applied.GetProperty("result").GetProperty("discount").GetProperty("percent_off").GetInt32()));
        (await shop.GetAsync("/v1/customers/nobody")).Error(404, "not_found");
        Assert.Equal(0, (await shop.GetAsync("/v1/redemptions")).Ok().GetProperty("total").GetInt32());
        Assert.Equal(0, Redeemed(await shop.GetAsync("/v1/vouchers/TEN")));
    }

    [Fact]
    public async Task A_redemption_counts_makes_the_order_and_the_customer_and_says_so()
    {
        using var shop = await WithAsync(("TEN", TenOff));
        var done = (await shop.PostAsync("/v1/redemptions", Of("TEN", ""","customer":{"source_id":"ann","name":"Ann"},"order":{"source_id":"o-1","amount":10000},"metadata":{"till":3},"tracking_id":"visitor"}"""[..^1]))).Ok();
        var redemption = Assert.Single(done.GetProperty("redemptions").EnumerateArray());
        Shape.Has(redemption, "id object date customer_id tracking_id metadata result status order channel customer related_object_type related_object_id voucher");
        Assert.Equal(("redemption", "SUCCESS", "SUCCEEDED", "visitor", "voucher"), (Text(redemption, "object"), Text(redemption, "result"), Text(redemption, "status"), Text(redemption, "tracking_id"), Text(redemption, "related_object_type")));
        Assert.Equal((10_000, 1_000, 9_000), Amounts(done.GetProperty("order")));
        Assert.Equal(1, Redeemed(redemption.GetProperty("voucher")));

        var order = (await shop.GetAsync("/v1/orders/o-1")).Ok();
        Assert.Equal(("PAID", 9_000), (Text(order, "status"), order.GetProperty("total_amount").GetInt32()));
        Assert.Equal(Text(redemption, "related_object_id"), Text(order.GetProperty("redemptions").GetProperty(Text(redemption, "id")), "related_object_id"));
        var ann = (await shop.GetAsync("/v1/customers/ann")).Ok();
        Assert.Equal((1, 1, 9_000), (Summary(ann, "total_redeemed"), Summary(ann, "total_succeeded"), ann.GetProperty("summary").GetProperty("orders").GetProperty("total_amount").GetInt32()));
        Assert.Equal(redemption.GetProperty("order").GetRawText(), (await shop.GetAsync($"/v1/redemptions/{Text(redemption, "id")}")).Ok().GetProperty("order").GetRawText());
        var types = Shape.Texts((await shop.GetAsync("/v1/customers/ann/activity?limit=10")).Ok().GetProperty("data"), "type");
        Assert.Superset(new HashSet<string> { "customer.created", "customer.redemption.succeeded", "customer.order.created", "customer.order.paid" }, types.ToHashSet());
        foreach (var path in new[] { "/v1/redemptions", "/v1/redemptions?customer=ann", "/v1/redemptions?voucher=TEN" })
        {
            Assert.Equal(Text(redemption, "id"), Text(Assert.Single((await shop.GetAsync(path)).Ok().GetProperty("redemptions").EnumerateArray()), "id"));
        }

        var entries = (await shop.GetAsync("/v1/vouchers/TEN/redemption")).Ok();
        Assert.Equal((2, 1, 1, 1), (entries.GetProperty("quantity").GetInt32(), entries.GetProperty("redeemed_quantity").GetInt32(), entries.GetProperty("total").GetInt32(), entries.GetProperty("redemption_entries").GetArrayLength()));
    }

    [Theory]
    [InlineData("NONE", "{}", 404, "not_found")]
    [InlineData("OFF", """{"type":"GIFT_VOUCHER","gift":{"amount":1},"active":false}""", 400, "voucher_disabled")]
    [InlineData("OLD", """{"type":"GIFT_VOUCHER","gift":{"amount":1},"expiration_date":"2020-01-01T00:00:00Z"}""", 400, "voucher_expired")]
    [InlineData("LATER", """{"type":"GIFT_VOUCHER","gift":{"amount":1},"start_date":"2090-01-01T00:00:00Z"}""", 400, "voucher_not_active")]
    [InlineData("NOTHING", """{"type":"GIFT_VOUCHER","gift":{"amount":0}}""", 400, "gift_amount_exceeded")]
    [InlineData("CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":1}}""", 400, "missing_order_amount")]
    public async Task What_does_not_apply_is_refused_by_its_name_and_recorded(string code, string voucher, int status, string key)
    {
        using var shop = await WithAsync(code == "NONE" ? [] : [(code, voucher)]);
        var order = code == "CARD" ? "" : ""","order":{"amount":100}""";
        var invalid = (await shop.PostAsync("/v1/validations", Of(code, order))).Ok();
        Assert.False(invalid.GetProperty("valid").GetBoolean());
        var error = invalid.GetProperty("redeemables")[0].GetProperty("result").GetProperty("error");
        Assert.Equal((status, key), (error.GetProperty("code").GetInt32(), Text(error, "key")));

        var refused = (await shop.PostAsync("/v1/redemptions", Of(code, $$"""{{order}},"customer":{"source_id":"ann"}"""))).Error(status, key);
        if (status == 404)
        {
            Assert.Equal(0, (await shop.GetAsync("/v1/redemptions")).Ok().GetProperty("total").GetInt32());
            return;
        }

        var failed = (await shop.GetAsync($"/v1/redemptions/{Text(refused, "resource_id")}")).Ok();
        Assert.Equal(("FAILURE", "FAILED", key), (Text(failed, "result"), Text(failed, "status"), Text(failed, "failure_code")));
        var ann = (await shop.GetAsync("/v1/customers/ann")).Ok();
        Assert.Equal((1, 1, 0), (Summary(ann, "total_redeemed"), Summary(ann, "total_failed"), Summary(ann, "total_succeeded")));
        Assert.Contains("customer.redemption.failed", Shape.Texts((await shop.GetAsync("/v1/customers/ann/activity?limit=10")).Ok().GetProperty("data"), "type"));
    }

    [Fact]
    public async Task A_gift_card_pays_what_is_to_be_paid_and_gets_it_back()
    {
        using var shop = await WithAsync(("CARD", Card));
        var first = (await shop.PostAsync("/v1/redemptions", Of("CARD", ""","order":{"amount":3000}"""))).Ok().GetProperty("redemptions")[0];
        Assert.Equal((3_000, 3_000, 0), (first.GetProperty("amount").GetInt32(), first.GetProperty("gift").GetProperty("amount").GetInt32(), first.GetProperty("order").GetProperty("total_amount").GetInt32()));
        Assert.Equal(2_000, Balance(first.GetProperty("voucher")));
        (await shop.PostAsync("/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"CARD","gift":{"credits":2001}}],"order":{"amount":9000}}""")).Error(400, "gift_amount_exceeded");
        var rest = (await shop.PostAsync("/v1/redemptions", """{"redeemables":[{"object":"gift_card","id":"CARD","gift":{"credits":2000}}]}""")).Ok().GetProperty("redemptions")[0];
        Assert.Equal(0, Balance(rest.GetProperty("voucher")));

        var rollback = (await shop.PostAsync($"/v1/redemptions/{Text(first, "id")}/rollback?reason=returned")).Ok();
        Assert.Equal(("redemption_rollback", "returned", Text(first, "id"), -3_000), (Text(rollback, "object"), Text(rollback, "reason"), Text(rollback, "redemption"), rollback.GetProperty("amount").GetInt32()));
        Assert.Equal(3_000, Balance((await shop.GetAsync("/v1/vouchers/CARD")).Ok()));
        var types = Shape.Texts((await shop.GetAsync("/v1/vouchers/CARD/transactions")).Ok().GetProperty("data"), "type");
        Assert.Equal(["CREDITS_REFUND", "CREDITS_REDEMPTION", "CREDITS_REDEMPTION"], types);
    }

    [Fact]
    public async Task A_rollback_is_done_once_cancels_the_order_and_puts_it_back_as_it_was()
    {
        using var shop = await WithAsync(("TEN", TenOff));
        var redeemed = (await shop.PostAsync("/v1/redemptions", Of("TEN", ""","customer":{"source_id":"ann"},"order":{"source_id":"o-1","items":[{"source_id":"a","price":1000}]}"""))).Ok().GetProperty("redemptions")[0];
        var id = Text(redeemed, "id");
        (await shop.PostAsync($"/v1/redemptions/{id}/rollback", """{"customer":{"source_id":"bob"}}""")).Error(400, "invalid_customer");
        (await shop.PostAsync($"/v1/redemptions/{id}/rollback", """{"order":{"source_id":"o-2"}}""")).Error(400, "invalid_order");
        var rollback = (await shop.PostAsync($"/v1/redemptions/{id}/rollback", """{"reason":"wrong size","customer":{"source_id":"ann"},"order":{"source_id":"o-1"}}""")).Ok();
        Shape.Has(rollback, "id object date customer_id tracking_id metadata redemption reason result status order channel customer related_object_type related_object_id voucher");
        Assert.Equal(0, Redeemed(rollback.GetProperty("voucher")));
        var order = (await shop.GetAsync("/v1/orders/o-1")).Ok();
        Assert.Equal("CANCELED", Text(order, "status"));
        Assert.Equal((1_000, 0, 1_000), Amounts(order));
        Assert.Equal(Text(rollback, "id"), Text(order.GetProperty("redemptions").GetProperty(id), "rollback_id"));
        Assert.Equal("ROLLED_BACK", (await shop.GetAsync($"/v1/redemptions/{id}"))["status"]);

        var again = (await shop.PostAsync($"/v1/redemptions/{id}/rollback")).Error(400, "already_rolled_back");
        Assert.Equal("FAILURE", (await shop.GetAsync($"/v1/redemptions/{Text(again, "resource_id")}"))["result"]);
        (await shop.PostAsync($"/v1/redemptions/{Text(rollback, "id")}/rollback")).Error(400, "invalid_redemption");
        (await shop.PostAsync("/v1/redemptions/r_none/rollback")).Error(404, "not_found");
        var ann = (await shop.GetAsync("/v1/customers/ann")).Ok();
        Assert.Equal((1, 1, 0), (Summary(ann, "total_succeeded"), Summary(ann, "total_rollback_succeeded"), ann.GetProperty("summary").GetProperty("orders").GetProperty("total_count").GetInt32()));
        Assert.Contains("customer.redemption.rollback.succeeded", Shape.Texts((await shop.GetAsync("/v1/customers/ann/activity?limit=10")).Ok().GetProperty("data"), "type"));
    }

    [Fact]
    public async Task A_stack_is_redeemed_and_taken_back_as_a_whole()
    {
        using var shop = await WithAsync(("TEN", TenOff), ("CARD", Card));
        var done = (await shop.PostAsync("/v1/redemptions", Of("TEN CARD", ""","customer":{"source_id":"ann"},"order":{"source_id":"o-1","amount":4000}"""))).Ok();
        var parent = done.GetProperty("parent_redemption");
        Assert.Equal(("redemption", 0), (Text(parent, "related_object_type"), done.GetProperty("order").GetProperty("total_amount").GetInt32()));
        Assert.All(done.GetProperty("redemptions").EnumerateArray(), one => Assert.Equal(Text(parent, "id"), Text(one, "redemption")));
        Assert.Equal([null, "3600"], done.GetProperty("redemptions").EnumerateArray().Select(one => one.TryGetProperty("amount", out var amount) ? amount.GetRawText() : null));

        var child = Text(done.GetProperty("redemptions")[0], "id");
        (await shop.PostAsync($"/v1/redemptions/{child}/rollback")).Error(400, "invalid_redemption");
        (await shop.PostAsync($"/v1/redemptions/{child}/rollbacks")).Error(400, "invalid_redemption_parent");
        (await shop.PostAsync($"/v1/redemptions/{Text(parent, "id")}/rollback")).Error(400, "invalid_redemption");
        var back = (await shop.PostAsync($"/v1/redemptions/{Text(parent, "id")}/rollbacks")).Ok();
        Assert.Equal(2, back.GetProperty("rollbacks").GetArrayLength());
        Assert.Equal(Text(parent, "id"), Text(back.GetProperty("parent_rollback"), "redemption"));
        Assert.Equal((0, 5_000), (Redeemed(await shop.GetAsync("/v1/vouchers/TEN")), Balance((await shop.GetAsync("/v1/vouchers/CARD")).Ok())));
        Assert.Equal((4_000, 0, 4_000), Amounts((await shop.GetAsync("/v1/orders/o-1")).Ok()));
    }

    [Fact]
    public async Task Where_one_does_not_apply_none_is_redeemed()
    {
        using var shop = await WithAsync(("TEN", TenOff), ("OFF", """{"type":"GIFT_VOUCHER","gift":{"amount":1},"active":false}"""));
        var invalid = (await shop.PostAsync("/v1/validations", Of("TEN OFF", ""","order":{"amount":100}"""))).Ok();
        Assert.False(invalid.GetProperty("valid").GetBoolean());
        (await shop.PostAsync("/v1/redemptions", Of("TEN OFF", ""","order":{"amount":100}"""))).Error(400, "voucher_disabled");
        (await shop.PostAsync("/v1/redemptions", Of("TEN TEN", ""","order":{"amount":100}"""))).Error(400, "duplicated_redeemables");
        Assert.Equal(0, Redeemed(await shop.GetAsync("/v1/vouchers/TEN")));
    }

    [Fact]
    public async Task The_same_request_again_is_answered_the_same()
    {
        using var shop = await WithAsync(("TEN", TenOff), ("OFF", """{"type":"GIFT_VOUCHER","gift":{"amount":1},"active":false}"""));
        (string, string) key = ("Idempotency-Key", "k-1");
        var body = Of("TEN", ""","customer":{"source_id":"ann"},"order":{"amount":100}""");
        var first = (await shop.PostAsync("/v1/redemptions", body, key)).Ok();
        var again = (await shop.PostAsync("/v1/redemptions", body, key)).Ok();
        Assert.Equal(Text(first.GetProperty("redemptions")[0], "id"), Text(again.GetProperty("redemptions")[0], "id"));
        (await shop.PostAsync("/v1/redemptions", Of("TEN"), key)).Error(409, "idempotency_key_reused");
        (string, string) other = ("Idempotency-Key", "k-2");
        var refused = (await shop.PostAsync("/v1/redemptions", Of("OFF"), other)).Error(400, "voucher_disabled");
        (await shop.PostAsync("/v1/vouchers/OFF/enable", "{}")).Ok();
        Assert.Equal(Text(refused, "resource_id"), Text((await shop.PostAsync("/v1/redemptions", Of("OFF"), other)).Error(400, "voucher_disabled"), "resource_id"));
        (string, string) back = ("Idempotency-Key", "k-3");
        var path = $"/v1/redemptions/{Text(first.GetProperty("redemptions")[0], "id")}/rollback";
        Assert.Equal(Text((await shop.PostAsync(path, null, back)).Ok(), "id"), Text((await shop.PostAsync(path, null, back)).Ok(), "id"));
        Assert.Equal(0, Redeemed(await shop.GetAsync("/v1/vouchers/TEN")));
    }

    [Fact]
    public async Task Older_clients_redeem_and_validate_a_code_by_its_path()
    {
        using var shop = await WithAsync(("TEN", TenOff));
        var valid = (await shop.PostAsync("/v1/vouchers/TEN/validate", """{"order":{"amount":1000}}""")).Ok();
        Assert.Equal((true, "TEN", 900), (valid.GetProperty("valid").GetBoolean(), Text(valid, "code"), valid.GetProperty("order").GetProperty("total_amount").GetInt32()));
        var redeemed = (await shop.PostAsync("/v1/vouchers/TEN/redemption", """{"order":{"amount":1000},"customer":{"source_id":"ann"}}""")).Ok();
        Assert.Equal(("redemption", "SUCCESS"), (Text(redeemed, "object"), Text(redeemed, "result")));
        (await shop.PostAsync("/v1/vouchers/TEN/disable", "{}")).Ok();
        var invalid = (await shop.PostAsync("/v1/vouchers/TEN/validate", "{}")).Ok();
        Assert.Equal((false, "voucher is disabled"), (invalid.GetProperty("valid").GetBoolean(), Text(invalid, "reason")));
        (await shop.PostAsync("/v1/vouchers/NONE/validate", "{}")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_session_holds_what_it_validated_until_it_redeems_or_is_released()
    {
        using var shop = await WithAsync(("ONE", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":10},"redemption":{"quantity":1}}"""), ("CARD", Card));
        static string Locked(string key) => $$$""","order":{"amount":4000},"session":{"type":"LOCK","key":"{{{key}}}","ttl":1,"ttl_unit":"HOURS"}""";
        var held = (await shop.PostAsync("/v1/validations", Of("ONE CARD", Locked("s-1")))).Ok();
        Assert.Equal("s-1", Text(held.GetProperty("session"), "key"));
        Assert.True((await shop.PostAsync("/v1/validations", Of("ONE CARD", Locked("s-1")))).Ok().GetProperty("valid").GetBoolean());
        (await shop.PostAsync("/v1/redemptions", Of("ONE"))).Error(400, "quantity_exceeded");
        (await shop.PostAsync("/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"CARD","gift":{"credits":1011}}]}""")).Error(400, "gift_amount_exceeded");
        Assert.Equal((0, 5_000), (Redeemed(await shop.GetAsync("/v1/vouchers/ONE")), Balance((await shop.GetAsync("/v1/vouchers/CARD")).Ok())));

        var done = (await shop.PostAsync("/v1/redemptions", Of("ONE CARD", Locked("s-1")))).Ok();
        Assert.Equal(0, done.GetProperty("order").GetProperty("total_amount").GetInt32());
        Assert.Equal((1, 1_010), (Redeemed(await shop.GetAsync("/v1/vouchers/ONE")), Balance((await shop.GetAsync("/v1/vouchers/CARD")).Ok())));
        Assert.Equal(["CREDITS_REDEMPTION"], Shape.Texts((await shop.GetAsync("/v1/vouchers/CARD/transactions")).Ok().GetProperty("data"), "type"));

        (await shop.PostAsync("/v1/validations", Of("CARD", Locked("s-2")))).Ok();
        (await shop.PostAsync("/v1/redemptions", Of("CARD", ""","order":{"amount":10}"""))).Error(400, "gift_amount_exceeded");
        Assert.Equal(204, (await shop.DeleteAsync("/v1/vouchers/CARD/sessions/s-2")).Status);
        (await shop.DeleteAsync("/v1/vouchers/CARD/sessions/s-2")).Error(404, "not_found");
        (await shop.PostAsync("/v1/redemptions", Of("CARD", ""","order":{"amount":10}"""))).Ok();
    }

    [Fact]
    public async Task Prices_come_from_the_products_that_are_stored()
    {
        using var shop = await WithAsync(("TEN", TenOff));
        (await shop.PostAsync("/v1/products", """{"source_id":"kalimba","name":"Kalimba","price":3900}""")).Ok();
        var order = (await shop.PostAsync("/v1/validations", Of("TEN", ""","order":{"items":[{"source_id":"kalimba","related_object":"product","quantity":2}]}"""))).Ok().GetProperty("order");
        Assert.Equal((7_800, 780, 7_020), Amounts(order));
        Assert.Equal("Kalimba", Text(order.GetProperty("items")[0].GetProperty("product"), "name"));
    }

    internal static int Redeemed(Answer voucher) => Redeemed(voucher.Ok());

    internal static int Redeemed(JsonElement voucher) => voucher.GetProperty("redemption").GetProperty("redeemed_quantity").GetInt32();

    internal static int Balance(JsonElement voucher) => voucher.GetProperty("gift").GetProperty("balance").GetInt32();

    internal static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static (int Amount, int Discount, int Total) Amounts(JsonElement order) =>
        (order.GetProperty("amount").GetInt32(), order.GetProperty("total_discount_amount").GetInt32(), order.GetProperty("total_amount").GetInt32());

    private static int Summary(JsonElement customer, string figure) => customer.GetProperty("summary").GetProperty("redemptions").GetProperty(figure).GetInt32();

    private async Task<ProjectClient> WithAsync(params (string Code, string Voucher)[] vouchers)
    {
        var shop = await api.NewProjectAsync();
        foreach (var (code, voucher) in vouchers)
        {
            (await shop.PostAsync($"/v1/vouchers/{code}", voucher)).Ok();
        }

        return shop;
    }
}
