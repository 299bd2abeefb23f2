using Marketing.Api;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Discounts;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Promotions;

/// <summary>What every silo keeps of tiers, and figures that others write.</summary>
[Collection(ApiTests.Name)]
public sealed class PromotionSectionTests(ApiHost api)
{
    private readonly Catalogues _catalogues = api.Services.GetRequiredService<Catalogues>();

    [Fact]
    public async Task Tiers_and_stacks_are_there_to_be_decided_by()
    {
        using var shop = await api.NewProjectAsync();
        var category = (await shop.PostAsync("/v1/categories", Samples.Category))["id"];
        (await shop.PostAsync("/v1/campaigns", Samples.PromotionCampaign)).Ok();
        var id = (await shop.PostAsync("/v1/promotions/Cart/tiers", Samples.PromotionTier.Replace("\"metadata\"", $"\"category_id\":\"{category}\",\"metadata\"", StringComparison.Ordinal)))["id"];
        var stackId = (await shop.PostAsync("/v1/promotions/Cart/stacks", Samples.PromotionStack.Replace("promo_1", id, StringComparison.Ordinal)))["id"];

        var catalogue = await _catalogues.FreshAsync(shop.Project.Number);
        var promotions = catalogue.Section<PromotionSection>();
        var campaign = catalogue.Section<CampaignSection>().Find("Cart")!;
        var tier = promotions.FindTier(id)!;
        Assert.Equal([id, promotions.Tiers[0].Id], promotions.TiersOf(campaign.Number).Select(one => one.Id));
        Assert.Equal(("Tenth", true, 1, campaign.Number), (tier.Name, tier.IsActive, tier.Hierarchy, tier.CampaignNumber));
        Assert.Equal(10, Assert.IsType<Discount.Percent>(tier.Discount).Off);
        Assert.Equal((new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(2)), (tier.Validity.Start, tier.Validity.Interval));
        Assert.Equal([category], tier.CategoryIds);
        Assert.Equal("""{"a":1}""", tier.Metadata.ToString());
        var stack = promotions.FindStack(stackId)!;
        Assert.Equal(("Both", campaign.Number, id), (stack.Name, stack.CampaignNumber, Assert.Single(stack.TierIds)));

        // What did not change is kept.
        (await shop.PutAsync("/v1/promotions/tiers/" + promotions.Tiers[0].Id, """{"name":"other"}""")).Ok();
        var next = (await _catalogues.FreshAsync(shop.Project.Number)).Section<PromotionSection>();
        Assert.Same(tier, next.FindTier(id));
        Assert.Equal("other", next.Tiers[0].Name);
        Assert.Null(next.FindTier("promo_1"));
        Assert.Empty(next.TiersOf(0));
    }

    [Fact]
    public async Task A_summary_shows_what_redemptions_have_added()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", Samples.PromotionCampaign)).Ok();
        var tier = (await _catalogues.FreshAsync(shop.Project.Number)).Section<PromotionSection>().Tiers[0];
        var commit = new Commit { Project = shop.Project.Number };
        commit.Tallies.AddRange(
        [
            new Tally(PromotionFigures.Key(tier.Number, PromotionFigures.Redeemed), 2), new Tally(PromotionFigures.Key(tier.Number, PromotionFigures.OrderAmount), 37_650),
            new Tally(PromotionFigures.Key(tier.Number, PromotionFigures.DiscountAmount), 6_000),
        ]);
        Assert.True((await api.Services.GetRequiredService<ICommitter>().CommitAsync(commit)).IsDurable);

        const string Summary = """{"redemptions":{"total_redeemed":2},"orders":{"total_amount":37650,"total_discount_amount":6000}}""";
        Assert.Equal(Summary, (await shop.GetAsync($"/v1/promotions/tiers/{tier.Id}")).Ok().GetProperty("summary").GetRawText());
        Assert.Equal(Summary, (await shop.GetAsync("/v1/campaigns/Cart")).Ok().GetProperty("promotion").GetProperty("tiers")[0].GetProperty("summary").GetRawText());
        Assert.Equal(Summary, (await shop.PostAsync($"/v1/promotions/tiers/{tier.Id}/disable")).Ok().GetProperty("summary").GetRawText());
    }

    [Fact]
    public async Task A_stored_discount_that_is_not_understood_is_for_nobody_and_can_be_changed()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", Samples.PromotionCampaign)).Ok();
        var tier = (await _catalogues.FreshAsync(shop.Project.Number)).Section<PromotionSection>().Tiers[0];
        var commit = new Commit { Project = shop.Project.Number };
        commit.Rows.Add(PromotionTierTable.Tiers.Save(tier.Row with { Fields = RawJson.Parse("""{"action":{"discount":{"type":"LATER"}}}""") }));
        Assert.True((await api.Services.GetRequiredService<ICommitter>().CommitAsync(commit)).IsDurable);
        await _catalogues.ChangedAsync(shop.Project.Number);

        var path = $"/v1/promotions/tiers/{tier.Id}";
        Assert.False((await shop.GetAsync(path)).Ok().GetProperty("active").GetBoolean());
        Assert.Equal("LATER", (await shop.GetAsync(path)).Ok().GetProperty("action").GetProperty("discount").GetProperty("type").GetString());
        (await shop.PutAsync(path, """{"name":"x"}""")).Error(400, "invalid_payload");
        Assert.True((await shop.PutAsync(path, Samples.PromotionTierChange)).Ok().GetProperty("active").GetBoolean());
    }
}
