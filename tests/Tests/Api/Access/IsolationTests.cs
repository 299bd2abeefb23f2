using Marketing.Loyalties;
using Marketing.Pictures;
using Marketing.Referrals;
using Xunit;

namespace Marketing.Api;

/// <summary>Nothing of one project can be seen or touched with the key of another, even by somebody who knows the ids.</summary>
[Collection(ApiTests.Name)]
public sealed class IsolationTests(ApiHost api)
{
    [Fact]
    public async Task Another_projects_ids_lead_nowhere()
    {
        using var shop = await api.NewProjectAsync();
        using var thief = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"id":"c-1","source_id":"s-1","email":"a@example.com"}""");
        var order = (await shop.PostAsync("/v1/orders", """{"source_id":"o-1","amount":1,"customer":{"id":"c-1"}}"""))["id"];
        await shop.PostAsync("/v1/products", Samples.Product);
        await shop.PostAsync("/v1/products/p-1/skus", Samples.Sku);
        var category = (await shop.PostAsync("/v1/categories", Samples.Category))["id"];
        var campaign = (await shop.PostAsync("/v1/campaigns", Samples.Campaign))["id"];
        var tier = (await shop.PostAsync("/v1/campaigns", Samples.PromotionCampaign)).Ok().GetProperty("promotion").GetProperty("tiers")[0].GetProperty("id").GetString();
        var stack = (await shop.PostAsync("/v1/promotions/Cart/stacks", Samples.PromotionStack.Replace("promo_1", tier, StringComparison.Ordinal)))["id"];
        await shop.PostAsync("/v1/vouchers/G-1", Samples.Voucher);
        await shop.PostAsync("/v1/publications", Samples.Publication);
        var redemption = (await shop.PostAsync("/v1/redemptions", Samples.Redemption)).Ok().GetProperty("redemptions")[0].GetProperty("id").GetString();
        var rule = (await shop.PostAsync("/v1/validation-rules", Samples.ValidationRule))["id"];
        var assignment = (await shop.PostAsync($"/v1/validation-rules/{rule}/assignments", Samples.RuleAssignment))["id"];
        var collection = (await shop.PostAsync("/v1/product-collections", Samples.Collection))["id"];
        using var operators = api.Management();
        var schemas = $"/management/v1/projects/{shop.Project.Id}/metadata-schemas";
        var schema = (await operators.PostAsync(schemas, Samples.MetadataSchema))["id"];
        var stacking = $"/management/v1/projects/{shop.Project.Id}/stacking-rules";
        var stacked = (await operators.PostAsync(stacking, Samples.StackingRules))["id"];
        var segment = await shop.NewSegmentAsync();
        var distribution = await shop.NewDistributionAsync();
        var job = (await shop.PostAsync("/v1/customers/bulk/async", """[{"source_id":"s-2"}]"""))["async_action_id"];
        await shop.PostAsync("/v1/suppressions", Samples.Suppression);
        var export = (await shop.PostAsync("/v1/exports", Samples.Export))["id"];
        var channel = (await shop.PostAsync("/v1/channels", Samples.Channel))["id"];
        var template = (await shop.PostAsync("/v1/message-templates", Samples.MessageTemplate))["id"];
        var image = (await shop.UploadAsync("/v1/images", Code128.Of("A")!.ToPng()))["id"];
        var webhook = (await shop.PostAsync("/v1/webhooks", Samples.Webhook))["id"];
        var topic = (await shop.PostAsync("/v1/topics", Samples.Topic))["id"];
        var campaignTemplate = (await shop.PostAsync("/v1/templates/campaigns", Samples.CampaignTemplate))["id"];

        var loyal = await LoyaltyObjects.MakeAsync(shop);
        var brought = await ReferralObjects.MakeAsync(shop);
        var ofProgram = $"/v1/loyalties/{loyal.Program}";
        var ofMember = $"/v1/loyalties/members/{loyal.Member}";
        foreach (var path in new[]
        {
            ofProgram, "/v1/loyalties/Points", $"{ofProgram}/members", $"{ofProgram}/members/{loyal.Member}", $"{ofProgram}/members/{loyal.Member}/activity", $"{ofProgram}/members/{loyal.Member}/transactions",
            $"{ofProgram}/members/{loyal.Member}/pending-points", $"{ofProgram}/members/{loyal.Member}/points-expiration", $"{ofProgram}/transactions", $"{ofProgram}/pending-points", $"{ofProgram}/earning-rules",
            $"{ofProgram}/earning-rules/{loyal.Rule}", $"{ofProgram}/tiers", $"{ofProgram}/tiers/{loyal.Tier}", $"{ofProgram}/tiers/{loyal.Tier}/earning-rules", ofMember, $"{ofMember}/activity", $"{ofMember}/transactions",
            $"{ofMember}/pending-points", $"{ofMember}/tiers", $"{ofMember}/rewards", $"{ofProgram}/tiers/{loyal.Tier}/rewards", $"{ofProgram}/rewards", $"{ofProgram}/rewards/{loyal.Assignment}",
            $"{ofProgram}/reward-assignments", $"{ofProgram}/reward-assignments/{loyal.Assignment}", $"{ofProgram}/reward-assignments/{loyal.Assignment}/reward",
            $"/v1/rewards/{loyal.Reward}", $"/v1/rewards/{loyal.Reward}/assignments", $"/v1/rewards/{loyal.Reward}/assignments/{loyal.Assignment}",
            $"/v1/referrals/members/{brought.Code}/holders", $"/v1/referrals/{brought.Program}/members/{brought.Code}/holders", $"/v1/campaigns/{brought.Program}/distributions/presets",
            "/v1/customers/c-1", "/v1/customers/s-1", "/v1/customers/c-1/activity", $"/v1/orders/{order}", "/v1/orders/o-1", $"/v1/segments/{segment}",
            $"/v1/distributions/{distribution}", $"/v1/distributions/{distribution}/messages", $"/v1/distributions/{distribution}/activity",
            $"/v1/distributions/{distribution}/activity/stream", $"/v1/distributions/{distribution}/analytics", $"/v1/distributions/{distribution}/audience",
            $"/v1/distributions/{distribution}/preview.html", $"/v1/distributions/{distribution}/messages/msg_1/attempts", $"/v1/distributions/{distribution}/messages/msg_1/rendered",
            $"/v1/async-actions/{job}", "/v1/products/p-1", "/v1/products/ps-1", "/v1/products/p-1/skus", "/v1/skus/k-1", "/v1/skus/ks-1",
            $"/v1/categories/{category}", $"/v1/campaigns/{campaign}", "/v1/campaigns/Spring", "/v1/campaigns/Spring/summary", "/v1/campaigns/Spring/distributions", "/v1/vouchers/G-1", "/v1/vouchers/G-1/transactions",
            $"/v1/vouchers?campaign={campaign}", "/v1/publications?campaign=Spring", "/v1/publications?voucher=G-1", "/v1/publications?customer=s-1",
            $"/v1/redemptions/{redemption}", "/v1/redemptions?customer=s-1", "/v1/redemptions?voucher=G-1", "/v1/vouchers/G-1/redemption",
            $"/v1/promotions/tiers/{tier}", "/v1/promotions/Cart/tiers", "/v1/promotions/Cart/stacks", $"/v1/promotions/Cart/stacks/{stack}",
            $"/v1/validation-rules/{rule}", $"/v1/validation-rules/{rule}/assignments",
            $"/v1/product-collections/{collection}", $"/v1/product-collections/{collection}/products",
            "/v1/metadata-schemas/reward", $"/v1/metadata-schemas/{schema}",
            $"/v1/exports/{export}", $"/v1/channels/{channel}", $"/v1/message-templates/{template}", $"/v1/message-templates/{template}/versions/1", $"/v1/images/{image}",
        })
        {
            (await thief.GetAsync(path)).Error(404, "not_found");
        }

        foreach (var path in new[]
        {
            ofProgram, $"{ofProgram}/earning-rules/{loyal.Rule}", $"{ofProgram}/tiers/{loyal.Tier}", $"{ofProgram}/rewards/{loyal.Assignment}", $"/v1/rewards/{loyal.Reward}",
            $"/v1/rewards/{loyal.Reward}/assignments/{loyal.Assignment}",
            "/v1/customers/c-1", $"/v1/segments/{segment}", $"/v1/distributions/{distribution}", "/v1/suppressions/email/ann%40example.com",
            "/v1/products/p-1", "/v1/products/p-1/skus/k-1", $"/v1/categories/{category}", $"/v1/campaigns/{campaign}",
            "/v1/vouchers/G-1", $"/v1/promotions/tiers/{tier}", $"/v1/promotions/Cart/stacks/{stack}",
            $"/v1/validation-rules/{rule}", $"/v1/validation-rules/{rule}/assignments/{assignment}",
            $"/v1/product-collections/{collection}", $"/v1/keys/{shop.ServerKey.AppId}",
            $"/v1/exports/{export}", $"/v1/channels/{channel}", $"/v1/webhooks/{webhook}", $"/v1/topics/{topic}", $"/v1/message-templates/{template}", $"/v1/images/{image}",
            $"/v1/templates/campaigns/{campaignTemplate}",
        })
        {
            (await thief.DeleteAsync(path)).Error(404, "not_found");
        }

        (await thief.PostAsync($"{ofMember}/balance", """{"points":5}""")).Error(404, "not_found");
        (await thief.PostAsync($"{ofProgram}/members/{loyal.Member}/transfers", $$"""[{"code":"{{loyal.Other}}","points":1}]""")).Error(404, "not_found");
        (await thief.PostAsync($"{ofProgram}/members", """{"customer":{"source_id":"thief"}}""")).Error(404, "not_found");
        (await thief.PutAsync($"{ofProgram}/earning-rules/{loyal.Rule}", Samples.EarningRuleChange)).Error(404, "not_found");
        (await thief.PutAsync($"/v1/rewards/{loyal.Reward}", """{"name":"mine"}""")).Error(404, "not_found");
        (await thief.PutAsync($"/v1/rewards/{loyal.Reward}/assignments/{loyal.Assignment}", Samples.RewardAssignmentChange)).Error(404, "not_found");
        (await thief.PutAsync($"{ofProgram}/rewards/{loyal.Assignment}", Samples.RewardAssignmentChange)).Error(404, "not_found");
        (await thief.PostAsync($"/v1/rewards/{loyal.Reward}/assignments", Samples.RewardAssignment)).Error(404, "not_found");
        (await thief.PostAsync($"{ofProgram}/rewards", $"[{Samples.RewardAssignment}]")).Error(404, "not_found");
        (await thief.PostAsync($"{ofMember}/redemption", Samples.RewardRedemption)).Error(404, "not_found");
        foreach (var verb in new[] { "activate", "cancel" })
        {
            (await thief.PostAsync($"{ofMember}/pending-points/{loyal.Pending}/{verb}")).Error(404, "not_found");
        }

        (await thief.PostAsync($"/v1/redemptions/{redemption}/rollback")).Error(404, "not_found");
        (await thief.PostAsync("/v1/redemptions", Samples.Redemption)).Error(404, "not_found");
        foreach (var scenario in new[] { "ALL", "CUSTOMER_WALLET", "AUDIENCE_ONLY", "PRODUCTS", "PRODUCTS_DISCOUNT", "PROMOTION_STACKS", "PRODUCTS_BY_CUSTOMER", "PRODUCTS_DISCOUNT_BY_CUSTOMER" })
        {
            var found = (await thief.PostAsync("/v1/qualifications", $$"""{"customer":{"id":"c-1"},"order":{"amount":9000},"scenario":"{{scenario}}"}""")).Ok().GetProperty("redeemables");
            Assert.Equal((0, false), (found.GetProperty("total").GetInt32(), found.GetProperty("has_more").GetBoolean()));
        }

        foreach (var verb in new[] { "activate", "pause", "resume", "stop", "duplicate", "validate", "messages/retry" })
        {
            (await thief.PostAsync($"/v1/distributions/{distribution}/{verb}")).Error(404, "not_found");
        }

        foreach (var verb in new[] { "test", "pause", "resume" })
        {
            (await thief.PostAsync($"/v1/channels/{channel}/{verb}")).Error(404, "not_found");
        }

        (await thief.GetAsync($"/v1/webhooks/{webhook}")).Error(404, "not_found");
        (await thief.GetAsync($"/v1/topics/{topic}")).Error(404, "not_found");
        (await thief.GetAsync($"/v1/templates/campaigns/{campaignTemplate}")).Error(404, "not_found");
        (await thief.PutAsync($"/v1/templates/campaigns/{campaignTemplate}", Samples.CampaignTemplate)).Error(404, "not_found");
        (await thief.PostAsync("/v1/templates/campaigns", Samples.CampaignTemplate.Replace("Spring", campaign, StringComparison.Ordinal))).Error(404, "not_found");
        (await thief.PostAsync($"/v1/templates/campaigns/{campaignTemplate}/campaign-setup", Samples.CampaignSetup)).Error(404, "not_found");
        (await thief.PostAsync($"/v1/templates/campaigns/{campaignTemplate}/tier-setup", Samples.TierSetup)).Error(404, "not_found");
        Assert.Equal(0, (await thief.GetAsync("/v1/templates/campaigns?include_total=true")).Ok().GetProperty("total").GetInt32());
        (await thief.PutAsync($"/v1/topics/{topic}", Samples.Topic)).Error(404, "not_found");
        (await thief.PostAsync("/v1/suppressions", $$"""{"channel":"email","address":"a@example.com","topic":"{{topic}}"}""")).Error(400, "invalid_payload");
        (await thief.PutAsync($"/v1/webhooks/{webhook}", Samples.Webhook)).Error(404, "not_found");
        (await thief.GetAsync($"/v1/webhooks/{webhook}/sendouts")).Error(404, "not_found");
        (await thief.PostAsync($"/v1/webhooks/{webhook}/test")).Error(404, "not_found");
        (await thief.PostAsync($"/v1/webhooks/{webhook}/sendouts/retry", """{"since":"2026-01-01T00:00:00Z"}""")).Error(404, "not_found");
        (await thief.PostAsync($"/v1/webhooks/{webhook}/secret")).Error(404, "not_found");
        (await operators.GetAsync($"/management/v1/projects/{thief.Project.Id}/webhooks/{webhook}")).Error(404, "not_found");
        (await operators.DeleteAsync($"/management/v1/projects/{thief.Project.Id}/webhooks/{webhook}")).Error(404, "not_found");
        (await thief.PutAsync($"/v1/channels/{channel}", """{"name":"mine"}""")).Error(404, "not_found");
        (await thief.PutAsync($"/v1/message-templates/{template}", Samples.MessageTemplate)).Error(404, "not_found");
        (await thief.PostAsync("/v1/distributions", $$"""{"channels":[{"type":"email","template":{"saved":{"id":"{{template}}"} } }]}""")).Error(400, "invalid_payload");
        (await thief.PutAsync($"/v1/validation-rules/{rule}", """{"name":"mine"}""")).Error(404, "not_found");
        Assert.Equal(0, (await thief.PostAsync("/v1/segments/preview", Samples.SegmentPreview)).Ok().GetProperty("total").GetInt32());
        (await thief.PostAsync("/v1/distributions/preview", """{"distribution":{},"customer":"c-1"}""")).Error(404, "not_found");
        foreach (var text in new[] { "c-1", "s-1", "Spring", "Everybody", "Ann@example" })
        {
            Assert.Equal("""{"customers":[],"segments":[],"campaigns":[],"distributions":[],"object":"search"}""", (await thief.GetAsync($"/v1/search?q={text}")).Text);
        }

        (await thief.PostAsync($"/v1/validation-rules/{rule}/assignments", Samples.RuleAssignment)).Error(404, "not_found");
        await thief.PostAsync("/v1/campaigns", Samples.PromotionCampaign.Replace("Cart", "Mine", StringComparison.Ordinal));
        (await thief.GetAsync($"/v1/promotions/Mine/stacks/{stack}")).Error(404, "not_found");
        (await thief.PostAsync("/v1/promotions/Mine/stacks", Samples.PromotionStack.Replace("promo_1", tier, StringComparison.Ordinal))).Error(404, "not_found");
        (await thief.PutAsync($"/v1/promotions/tiers/{tier}", Samples.PromotionTierChange)).Error(404, "not_found");
        (await thief.PostAsync($"/v1/promotions/tiers/{tier}/disable")).Error(404, "not_found");
        await thief.DeleteAsync("/v1/campaigns/Mine");
        foreach (var path in new[]
        {
            "customers", "orders", "products", "categories", "campaigns", "loyalties", "rewards", "promotions/tiers", "promotions/stacks", "vouchers", "publications", "redemptions", "segments", "distributions", "suppressions", "validation-rules", "validation-rules-assignments",
            "product-collections", "metadata-schemas", "exports", "channels", "message-templates", "images", "webhooks", "topics",
            "distributions?fields=summary", $"distributions?starting_after_id={distribution}", $"segments?ids={segment}",
            $"validation-rules-assignments?rule={rule}", "validation-rules-assignments?related_object_id=ern_1",
        })
        {
            Assert.Equal(0, (await thief.GetAsync($"/v1/{path}")).Ok().GetProperty("total").GetInt32());
        }

        var other = $"/management/v1/projects/{thief.Project.Id}/metadata-schemas/{schema}";
        (await operators.GetAsync(other)).Error(404, "not_found");
        (await operators.PutAsync(other, Samples.MetadataSchemaChange)).Error(404, "not_found");
        (await operators.DeleteAsync(other)).Error(404, "not_found");

        var others = $"/management/v1/projects/{thief.Project.Id}/stacking-rules";
        (await operators.GetAsync($"{others}/{stacked}")).Error(404, "not_found");
        (await operators.PutAsync($"{others}/{stacked}", Samples.StackingRules)).Error(404, "not_found");
        (await operators.DeleteAsync($"{others}/{stacked}")).Error(404, "not_found");
        Assert.False((await operators.GetAsync(others)).Ok().GetProperty("data")[0].TryGetProperty("id", out _));

        (await operators.GetAsync($"{schemas}/{schema}")).Ok();
        Assert.True((await shop.GetAsync($"/v1/promotions/tiers/{tier}")).Ok().GetProperty("active").GetBoolean());
        (await operators.GetAsync($"{stacking}/{stacked}")).Ok();
        Assert.Equal("a@example.com", (await shop.GetAsync("/v1/customers/c-1"))["email"]);
        Assert.Equal("draft", (await shop.GetAsync($"/v1/distributions/{distribution}"))["status"]);
    }

    [Fact]
    public async Task The_same_ids_in_two_projects_are_two_customers()
    {
        using var one = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        await one.NewCustomerAsync("""{"id":"c","source_id":"s","name":"One"}""");
        await other.NewCustomerAsync("""{"id":"c","source_id":"s","name":"Other"}""");
        (await other.DeleteAsync("/v1/customers/c")).Ok(204);
        Assert.Equal("One", (await one.GetAsync("/v1/customers/s"))["name"]);
    }
}
