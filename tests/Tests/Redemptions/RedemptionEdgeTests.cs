using Marketing.Api;
using Xunit;

namespace Marketing.Redemptions;

/// <summary>What stood in the way of somebody once.</summary>
[Collection(ApiTests.Name)]
public sealed class RedemptionEdgeTests(ApiHost api)
{
    [Fact]
    public async Task What_is_held_or_spent_is_given_back_where_the_bound_was_lowered_meanwhile()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":10000}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/CARD/redemption", """{"gift":{"credits":6000}}""")).Ok();
        var redemption = (await shop.PostAsync("/v1/vouchers/CARD/redemption", """{"gift":{"credits":3000}}""")).Ok().GetProperty("id").GetString();
        (await shop.PutAsync("/v1/vouchers/CARD", """{"gift":{"amount":2000}}""")).Ok();
        (await shop.PostAsync($"/v1/redemptions/{redemption}/rollback")).Ok();

        (await shop.PostAsync("/v1/vouchers/FEW", """{"discount":{"type":"PERCENT","percent_off":10},"redemption":{"quantity":5}}""")).Ok();
        foreach (var session in new[] { "a", "b", "c" })
        {
            (await shop.PostAsync("/v1/validations", RedemptionApiTests.Of("FEW", $$$""","order":{"amount":100},"session":{"key":"{{{session}}}"}"""))).Ok();
        }

        (await shop.PutAsync("/v1/vouchers/FEW", """{"redemption":{"quantity":1}}""")).Ok();
        foreach (var session in new[] { "a", "b", "c" })
        {
            (await shop.DeleteAsync($"/v1/vouchers/FEW/sessions/{session}")).Ok(204);
        }

        Assert.True((await shop.PostAsync("/v1/validations", RedemptionApiTests.Of("FEW", ""","order":{"amount":100}"""))).Ok().GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task A_refused_rollback_is_refused_again_under_its_key()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":100}}""")).Ok();
        var redemption = (await shop.PostAsync("/v1/vouchers/CARD/redemption", """{"customer":{"source_id":"ann"},"gift":{"credits":10}}""")).Ok().GetProperty("id").GetString();
        (await shop.PostAsync($"/v1/redemptions/{redemption}/rollback")).Ok();
        for (var turn = 0; turn < 2; turn++)
        {
            (await shop.PostAsync($"/v1/redemptions/{redemption}/rollback", "{}", ("Idempotency-Key", "K"))).Error(400, "already_rolled_back");
        }
    }

    [Theory]
    [InlineData("""{"discount":{"type":"PERCENT","percent_off":101}}""", "discount.percent_off")]
    [InlineData("""{"discount":{"type":"PERCENT"}}""", "discount.percent_off")]
    [InlineData("""{"discount":{"type":"AMOUNT","amount_off":"x"}}""", "discount.amount_off")]
    public async Task A_discount_that_is_none_is_refused_where_it_is_given(string body, string field)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Contains(field, (await shop.PostAsync("/v1/vouchers/X", body)).Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
        var campaign = (await shop.PostAsync("/v1/campaigns", $$"""{"name":"X","voucher":{{body}}}""")).Error(400, "invalid_campaign");
        Assert.Contains(field, campaign.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_stays_with_its_customer_when_nobody_is_named()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/TEN", """{"discount":{"type":"PERCENT","percent_off":10}}""")).Ok();
        (await shop.PostAsync("/v1/orders", """{"source_id":"o","amount":1000,"status":"PAID","customer":{"source_id":"ann"}}""")).Ok();
        (await shop.PostAsync("/v1/redemptions", RedemptionApiTests.Of("TEN", ""","order":{"source_id":"o"}"""))).Ok();
        (await shop.PutAsync("/v1/orders/o", """{"metadata":{"a":1}}""")).Ok();
        var orders = (await shop.GetAsync("/v1/customers/ann")).Ok().GetProperty("summary").GetProperty("orders");
        Assert.Equal((1, 900), (orders.GetProperty("total_count").GetInt32(), orders.GetProperty("total_amount").GetInt32()));
    }

    [Fact]
    public async Task More_redeemables_than_the_project_allows_are_refused_in_words()
    {
        using var shop = await api.NewProjectAsync();
        using var operators = api.Management();
        (await operators.PostAsync($"/management/v1/projects/{shop.Project.Id}/stacking-rules", """{"redeemables_limit":2}""")).Ok();
        foreach (var path in new[] { "/v1/validations", "/v1/redemptions" })
        {
            (await shop.PostAsync(path, RedemptionApiTests.Of("A B C"))).Error(400, "invalid_redeemables");
        }
    }

    [Fact]
    public async Task Metadata_of_redemptions_is_what_its_schema_says()
    {
        using var shop = await api.NewProjectAsync();
        using var operators = api.Management();
        (await operators.PostAsync(
            $"/management/v1/projects/{shop.Project.Id}/metadata-schemas", """{"related_object":"redemption","properties":{"till":{"type":"number","optional":false}}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":100}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/CARD/redemption", """{"gift":{"credits":10},"metadata":{"till":"x"}}""")).Error(400, "metadata_validation_failed");
        (await shop.PostAsync("/v1/vouchers/CARD/redemption", """{"gift":{"credits":10},"metadata":{"till":3}}""")).Ok();
    }

    [Fact]
    public async Task What_a_code_needs_and_the_request_lacks_is_named()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/TEN", """{"discount":{"type":"PERCENT","percent_off":10},"redemption":{"quantity":null}}""")).Ok();
        var rule = (await shop.PostAsync("/v1/validation-rules", """{"name":"Large","rules":{"1":{"name":"order.amount","conditions":{"$more_than":[1000]}},"logic":"1"}}"""))["id"];
        (await shop.PostAsync($"/v1/validation-rules/{rule}/assignments", """{"voucher":"TEN"}""")).Ok();
        (await shop.PostAsync("/v1/redemptions", RedemptionApiTests.Of("TEN"))).Error(400, "missing_order");
        (await shop.PostAsync("/v1/redemptions", RedemptionApiTests.Of("TEN", ""","order":{"amount":1000}"""))).Error(400, "order_rules_violated");

        (await shop.PostAsync("/v1/vouchers/LINES", """{"type":"GIFT_VOUCHER","gift":{"amount":500,"effect":"APPLY_TO_ITEMS"}}""")).Ok();
        (await shop.PostAsync("/v1/redemptions", RedemptionApiTests.Of("LINES", ""","order":{"amount":1000}"""))).Error(400, "missing_order_items_amount");
    }

    [Fact]
    public async Task A_code_is_good_on_its_days_of_the_week_only()
    {
        using var shop = await api.NewProjectAsync();
        var (today, other) = ((int)DateTime.UtcNow.DayOfWeek, ((int)DateTime.UtcNow.DayOfWeek + 3) % 7);
        (await shop.PostAsync("/v1/vouchers/OTHER", $$$"""{"discount":{"type":"PERCENT","percent_off":10},"validity_day_of_week":[{{{other}}}]}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/TODAY", $$$"""{"discount":{"type":"PERCENT","percent_off":10},"validity_day_of_week":[{{{today}}},{{{(today + 1) % 7}}}]}""")).Ok();
        (await shop.PostAsync("/v1/redemptions", RedemptionApiTests.Of("OTHER", ""","order":{"amount":1000}"""))).Error(400, "voucher_not_active_now");
        (await shop.PostAsync("/v1/redemptions", RedemptionApiTests.Of("TODAY", ""","order":{"amount":1000}"""))).Ok();
    }
}
