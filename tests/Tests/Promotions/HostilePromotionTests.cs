using System.Collections.Concurrent;
using Marketing.Api;
using Xunit;

namespace Marketing.Promotions;

/// <summary>Bodies nobody means well with, where there is what they are about.</summary>
[Collection(ApiTests.Name)]
public sealed class HostilePromotionTests(ApiHost api)
{
    [Theory]
    [InlineData("POST", "/v1/promotions/Cart/tiers", Samples.PromotionTier)]
    [InlineData("PUT", "/v1/promotions/tiers/TIER", Samples.PromotionTier)]
    [InlineData("POST", "/v1/promotions/Cart/stacks", Samples.PromotionStack)]
    [InlineData("PUT", "/v1/promotions/Cart/stacks/STACK", Samples.PromotionStack)]
    [InlineData("POST", "/v1/campaigns", Samples.PromotionCampaign)]
    public async Task A_hostile_body_is_refused_or_taken_and_can_be_read_back(string method, string path, string sample)
    {
        using var shop = await api.NewProjectAsync();
        var tier = (await shop.PostAsync("/v1/campaigns", Samples.PromotionCampaign)).Ok().GetProperty("promotion").GetProperty("tiers")[0].GetProperty("id").GetString()!;
        string Real(string text) => text.Replace("promo_1", tier, StringComparison.Ordinal).Replace("TIER", tier, StringComparison.Ordinal);
        var stack = (await shop.PostAsync("/v1/promotions/Cart/stacks", Real(Samples.PromotionStack)))["id"];
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Samples.Spoiled(sample), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (body, _) =>
        {
            var answer = await shop.SendAsync(method, Real(path).Replace("STACK", stack, StringComparison.Ordinal), Real(body));
            if (answer.Status >= 500)
            {
                wrong.Add($"{answer.Status} for {body}: {answer.Text}");
            }
            else if (answer.Status >= 400)
            {
                answer.Documented();
            }
        });
        Assert.Empty(wrong);
        foreach (var list in new[] { "promotions/tiers?limit=100", "promotions/stacks?limit=100", "campaigns?limit=100", "campaigns/Cart", "promotions/tiers?is_available=true" })
        {
            (await shop.GetAsync($"/v1/{list}")).Ok();
        }
    }
}
