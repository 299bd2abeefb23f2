using Marketing.Api;
using Xunit;

namespace Marketing.Campaigns;

/// <summary>What is asked for by campaign: transactions of its cards, activity of its customers.</summary>
[Collection(ApiTests.Name)]
public sealed class CampaignActivityTests(ApiHost api)
{
    [Fact]
    public async Task Transactions_of_a_campaigns_cards_are_listed_together_page_by_page()
    {
        using var shop = await ShopAsync();
        foreach (var (code, amount) in new[] { ("A", 10), ("B", 20), ("A", -5), ("B", 30) })
        {
            (await shop.PostAsync($"/v1/vouchers/{code}/balance", $$"""{"amount":{{amount}}}""")).Ok();
        }

        var redemption = (await shop.PostAsync("/v1/vouchers/A/redemption", """{"gift":{"credits":7}}""")).Ok().GetProperty("id").GetString();
        (await shop.PostAsync($"/v1/redemptions/{redemption}/rollback")).Ok();
        (await shop.PostAsync("/v1/validations", """{"redeemables":[{"object":"voucher","id":"B","gift":{"credits":3}}],"order":{"amount":3},"session":{"key":"k"}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/ALONE/balance", """{"amount":1}""")).Ok();

        List<int> expected = [7, -7, 30, -5, 20, 10];
        Assert.Equal(expected, Amounts((await shop.GetAsync("/v1/campaigns/Cards/transactions?limit=100")).Ok()));
        var (walked, ids, after) = (new List<int>(), new List<string>(), "");
        do
        {
            var page = (await shop.GetAsync($"/v1/campaigns/Cards/transactions?limit=4{after}")).Ok();
            walked.AddRange(Amounts(page));
            ids.AddRange(Shape.Texts(page.GetProperty("data"), "id"));
            after = page.GetProperty("has_more").GetBoolean() ? $"&starting_after_id={page.GetProperty("more_starting_after").GetString()}" : "";
        }
        while (after.Length > 0);

        Assert.Equal(expected, walked);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var ofCard = Shape.Texts((await shop.GetAsync("/v1/vouchers/A/transactions?limit=2")).Ok().GetProperty("data"), "id");
        var rest = Shape.Texts((await shop.GetAsync($"/v1/vouchers/A/transactions?starting_after_id={ofCard[^1]}")).Ok().GetProperty("data"), "id");
        Assert.Equal(4, ofCard.Concat(rest).Distinct().Count());
        Assert.Subset(ids.ToHashSet(), ofCard.Concat(rest).ToHashSet());

        (await shop.GetAsync("/v1/campaigns/Nothing/transactions")).Error(404, "not_found");
        (await shop.GetAsync("/v1/campaigns/Cards/transactions?filters[nothing][conditions][$is][0]=x")).Error(400, "invalid_query_params");
        using var other = await api.NewProjectAsync();
        (await other.GetAsync($"/v1/campaigns/{(await shop.GetAsync("/v1/campaigns/Cards"))["id"]}/transactions")).Error(404, "not_found");
    }

    [Fact]
    public async Task Activity_is_found_by_its_campaign()
    {
        using var shop = await ShopAsync();
        (await shop.PostAsync("/v1/vouchers/TEN", """{"discount":{"type":"PERCENT","percent_off":10}}""")).Ok();
        (await shop.PostAsync("/v1/publications", """{"voucher":"A","customer":{"source_id":"ann"}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/TEN/redemption", """{"customer":{"source_id":"ann"}}""")).Ok();
        for (var turn = 0; turn < 3; turn++)
        {
            (await shop.PostAsync("/v1/vouchers/A/redemption", """{"customer":{"source_id":"ann"},"gift":{"credits":1}}""")).Ok();
        }

        var campaign = (await shop.GetAsync("/v1/campaigns/Cards"))["id"];
        var whole = (await shop.GetAsync($"/v1/customers/ann/activity?campaign_id={campaign}&type=customer.redemption.succeeded")).Ok();
        Assert.Equal(3, whole.GetProperty("data").GetArrayLength());
        var page = (await shop.GetAsync($"/v1/customers/ann/activity?campaign_id={campaign}&type=customer.redemption.succeeded&limit=2")).Ok();
        Assert.True(page.GetProperty("has_more").GetBoolean());
        var rest = (await shop.GetAsync($"/v1/customers/ann/activity?campaign_id={campaign}&type=customer.redemption.succeeded&starting_after_id={page.GetProperty("more_starting_after").GetString()}")).Ok();
        Assert.Equal(Shape.Texts(whole.GetProperty("data"), "id"), Shape.Texts(page.GetProperty("data"), "id").Concat(Shape.Texts(rest.GetProperty("data"), "id")));
        Assert.Contains("customer.publication.succeeded", Shape.Texts((await shop.GetAsync("/v1/customers/ann/activity?campaign_type=GIFT_VOUCHERS&limit=100")).Ok().GetProperty("data"), "type"));
        Assert.Empty((await shop.GetAsync("/v1/customers/ann/activity?campaign_type=PROMOTION")).Ok().GetProperty("data").EnumerateArray());
        Assert.Empty((await shop.GetAsync("/v1/customers/ann/activities?campaign_id=camp_none")).Ok().GetProperty("data").EnumerateArray());
    }

    private async Task<ProjectClient> ShopAsync()
    {
        var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Cards","campaign_type":"GIFT_VOUCHERS","type":"STATIC","voucher":{"type":"GIFT_VOUCHER","gift":{"amount":100}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns/Cards/vouchers/A", "{}")).Ok();
        (await shop.PostAsync("/v1/campaigns/Cards/vouchers/B", "{}")).Ok();
        (await shop.PostAsync("/v1/vouchers/ALONE", """{"type":"GIFT_VOUCHER","gift":{"amount":100}}""")).Ok();
        return shop;
    }

    private static List<int> Amounts(System.Text.Json.JsonElement page) =>
        [.. page.GetProperty("data").EnumerateArray().Select(entry => entry.GetProperty("details").GetProperty("balance").GetProperty("amount").GetInt32())];
}
