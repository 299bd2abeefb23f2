using Marketing.Api;
using Xunit;

namespace Marketing.Loyalties;

/// <summary>Keys that the product documents for programmes and that no other test is about.</summary>
[Collection(ApiTests.Name)]
public sealed class LoyaltyRefusalTests(ApiHost api)
{
    private const string Estimate = "/v1/loyalties/Friends/qualifications";

    [Fact]
    public async Task An_estimate_says_why_nothing_would_be_earned()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        var program = await loyalty.NewAsync();
        await loyalty.RuleAsync("""{"event":"order.paid","loyalty":{"type":"FIXED","points":5}}""");
        var card = await loyalty.JoinAsync("ann");
        await shop.NewCustomerAsync("""{"source_id":"ben"}""");
        Assert.Equal(5, await EstimateAsync("ann"));

        // Also of somebody who is not known at all.
        foreach (var stranger in new[] { "ben", "nobody" })
        {
            var refused = (await AskAsync(stranger)).Error(400, "campaign_not_allow_auto_join");
            Assert.Equal(($"Loyalty campaign '{program}' does not allow auto-join for non-members", "Given campaign does not allow auto-join"), (refused.GetProperty("message").GetString(), refused.GetProperty("details").GetString()));
        }

        (await shop.PutAsync("/v1/loyalties/Friends", """{"auto_join":true}""")).Ok();
        Assert.Equal(5, await EstimateAsync("ben"));

        (await shop.PostAsync($"/v1/vouchers/{card}/disable")).Ok();
        Assert.Equal($"Customer's loyalty card '{card}' is not active", (await AskAsync("ann")).Error(400, "loyalty_card_not_active").GetProperty("message").GetString());
        (await shop.PostAsync($"/v1/vouchers/{card}/enable")).Ok();
        Assert.Equal(5, await EstimateAsync("ann"));

        (await shop.PostAsync("/v1/campaigns/Friends/disable")).Ok();
        (await AskAsync("ann")).Error(400, "campaign_not_active");
        (await shop.PostAsync("/v1/campaigns/Friends/enable")).Ok();
        (await shop.PutAsync("/v1/loyalties/Friends", """{"expiration_date":"2001-01-01"}""")).Ok();
        (await AskAsync("ann")).Error(400, "campaign_not_active");

        (await shop.PostAsync("/v1/loyalties/Nothing/qualifications", """{"order":{"amount":1}}""")).Error(404, "not_found");
        (await shop.PostAsync(Estimate, """{"customer":{"source_id":"ann"}}""")).Error(400, "invalid_payload");

        Task<Answer> AskAsync(string customer) => shop.PostAsync(Estimate, $$$"""{"customer":{"source_id":"{{{customer}}}"},"order":{"amount":100}}""");

        async Task<int> EstimateAsync(string customer) => (await AskAsync(customer)).Ok().GetProperty("points_estimation").GetInt32();
    }

    [Fact]
    public async Task A_name_a_card_and_an_assignment_are_there_once_and_cards_end()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync("""{"name":"Friends","vouchers_count":1,"join_once":true,"voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":0}}}""");
        var duplicate = (await shop.PostAsync("/v1/loyalties", Loyalty.Program())).Error(409, "duplicate_found");
        Assert.Equal(("campaign", "Friends"), (duplicate.GetProperty("resource_type").GetString(), duplicate.GetProperty("resource_id").GetString()));

        await shop.UntilAsync("/v1/loyalties/Friends", static made => made.GetProperty("creation_status").GetString() == "DONE");
        var card = await loyalty.JoinAsync("ann");
        (await shop.PostAsync("/v1/loyalties/Friends/members", """{"customer":{"source_id":"ben"}}""")).Error(400, "no_voucher_suitable_for_publication");
        (await shop.PostAsync("/v1/loyalties/Friends/members", $$$"""{"customer":{"source_id":"ben"},"voucher":"{{{card}}}"}""")).Error(400, "voucher_already_published");

        (await shop.PostAsync("/v1/products", """{"source_id":"mug"}""")).Ok();
        var reward = (await shop.PostAsync("/v1/rewards", """{"name":"A mug","parameters":{"product":{"id":"mug"}}}""")).Ok().GetProperty("id").GetString();
        var assignments = $$$$"""[{"reward":"{{{{reward}}}}","parameters":{"loyalty":{"points":1}}}]""";
        (await shop.PostAsync("/v1/loyalties/Friends/rewards", assignments)).Ok();
        (await shop.PostAsync("/v1/loyalties/Friends/rewards", assignments)).Error(409, "duplicate_found");

        // A campaign of another kind is none of these.
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","voucher":{"gift":{"amount":1}}}""")).Ok();
        (await shop.GetAsync("/v1/loyalties/Gifts")).Error(404, "not_found");
        (await shop.PutAsync("/v1/loyalties/Gifts", """{"description":"x"}""")).Error(404, "not_found");
        (await shop.PostAsync("/v1/loyalties/Gifts/transactions/export")).Error(404, "not_found");
    }
}
