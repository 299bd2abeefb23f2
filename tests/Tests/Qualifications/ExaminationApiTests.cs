using System.Text.Json;
using Marketing.Api;
using Xunit;
using static Marketing.Qualifications.QualificationShop;

namespace Marketing.Qualifications;

/// <summary>What older clients ask instead.</summary>
[Collection(ApiTests.Name)]
public sealed class ExaminationApiTests(ApiHost api)
{
    private const string Request = $$"""{"customer":{{John}},"order":{{Cart}}}""";

    [Fact]
    public async Task Promotions_are_validated_all_at_once()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        var answer = (await shop.PostAsync("/v1/promotions/validation", Request.Insert(1, "\"tracking_id\":\"t\","))).Ok();
        Assert.Equal((true, "t"), (answer.GetProperty("valid").GetBoolean(), answer.GetProperty("tracking_id").GetString()));
        var promotions = answer.GetProperty("promotions");
        Assert.Equal(["drills", "books", "everyone"], Shape.Texts(promotions, "name"));
        var books = promotions[1];
        Shape.Has(books, "valid applicable_to inapplicable_to tracking_id order id name discount campaign hierarchy discount_amount applied_discount_amount metadata object");
        Assert.Equal((true, 300, 300, 2), (books.GetProperty("valid").GetBoolean(), books.GetProperty("discount_amount").GetInt32(), books.GetProperty("applied_discount_amount").GetInt32(), books.GetProperty("hierarchy").GetInt32()));
        Assert.Equal(20, books.GetProperty("discount").GetProperty("percent_off").GetInt32());
        Assert.Equal("campaign", books.GetProperty("campaign").GetProperty("object").GetString());

        Assert.Equal(["large", "drills", "everyone"], Shape.Texts((await shop.PostAsync("/v1/promotions/validation?audienceRulesOnly=true", "{}")).Ok().GetProperty("promotions"), "name"));
        var none = (await shop.PostAsync("/v1/promotions/validation?filters[promotion_id][conditions][$is][0]=camp_none", Request)).Ok();
        Assert.Equal((false, 0), (none.GetProperty("valid").GetBoolean(), none.GetProperty("promotions").GetArrayLength()));
        await TierAsync(shop, "marked", """{"type":"AMOUNT","amount_off":1}""", rest: ""","metadata":{"shelf":"top"}""");
        Assert.Equal(["marked"], Shape.Texts((await shop.PostAsync("/v1/promotions/validation?filters[metadata.shelf][conditions][$is][0]=top", Request)).Ok().GetProperty("promotions"), "name"));
        (await shop.PostAsync("/v1/promotions/validation?filters[colour][conditions][$is][0]=red", Request)).Error(400, "invalid_query_params");
        (await shop.PostAsync("/v1/promotions/validation?audienceRulesOnly=perhaps", Request)).Error(400, "invalid_query_params");
        (await shop.PostAsync("/v1/promotions/validation", """{"order":{"amount":"much"}}""")).Error(400, "invalid_payload");
    }

    [Fact]
    public async Task Codes_for_everybody_are_examined()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        (await shop.PostAsync("/v1/vouchers/AAA", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":5}}""")).Ok();
        var answer = (await shop.PostAsync("/v1/vouchers/qualification?order=code&limit=2", Request)).Ok();
        var found = answer.GetProperty("data");
        Shape.Has(answer, "object data_ref data total id created_at");
        Assert.Equal((3, 2), (answer.GetProperty("total").GetInt32(), found.GetArrayLength()));
        Shape.Has(found[0], "id code type discount redemption applicable_to inapplicable_to object");
        var codes = Shape.Texts((await shop.PostAsync("/v1/vouchers/qualification?order=-code", Request)).Ok().GetProperty("data"), "code");
        Assert.Equal(codes.OrderDescending(StringComparer.Ordinal), codes);
        Assert.Superset(new HashSet<string> { "AAA", "EVERY" }, codes.ToHashSet());
        Assert.DoesNotContain("CARD", codes);
        (await shop.PostAsync("/v1/vouchers/qualification?limit=51", Request)).Error(400, "invalid_query_params");
        (await shop.PostAsync("/v1/vouchers/qualification?order=worth", Request)).Error(400, "invalid_query_params");
    }

    [Fact]
    public async Task Campaigns_are_examined_by_what_a_code_of_theirs_would_do()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        (await shop.PostAsync("/v1/campaigns", """{"name":"All","type":"AUTO_UPDATE","voucher":{"discount":{"type":"AMOUNT","amount_off":5}}}""")).Ok();
        static string[] Names(JsonElement answer) => Shape.Texts(answer.GetProperty("data"), "name");
        var answer = (await shop.PostAsync("/v1/campaigns/qualification?order=campaign", Request)).Ok();
        Assert.Equal(["All", "Drills"], Names(answer));
        Shape.Has(answer.GetProperty("data")[0], "id name campaign_type type voucher active metadata created_at object");
        Assert.Equal(["All"], Names((await shop.PostAsync("/v1/campaigns/qualification?limit=1", Request)).Ok()));
        var rule = await RuleAsync(shop, """{"rules":{"1":{"name":"order.amount","conditions":{"$more_than":[100000]}}}}""");
        (await shop.PostAsync($"/v1/validation-rules/{rule}/assignments", """{"related_object_type":"campaign","related_object_id":"All"}""")).Ok();
        Assert.Equal(["Drills"], Names((await shop.PostAsync("/v1/campaigns/qualification", Request)).Ok()));
        Assert.Equal(["All", "Drills"], Names((await shop.PostAsync("/v1/campaigns/qualification?audienceRulesOnly=true", Request)).Ok()));
    }
}
