using Xunit;

namespace Marketing.Promotions;

public sealed class PromotionOrderTests
{
    // Where the others are, where it was, where it is to be; where it is then, and where the others are, in the order of before.
    [Theory]
    [InlineData("", null, null, 1, "")]
    [InlineData("1 2", null, null, 3, "1 2")]
    [InlineData("5", null, null, 6, "5")]
    [InlineData("1 2 3", null, 2, 2, "1 3 4")]
    [InlineData("1 2 3", null, 1, 1, "2 3 4")]
    [InlineData("1 2 4", null, 1, 1, "2 3 4")]
    [InlineData("1 3", null, 2, 2, "1 3")]
    [InlineData("1 2", null, 10, 10, "1 2")]
    [InlineData("2 3", 1, null, 1, "2 3")]
    [InlineData("2 3", 1, 1, 1, "2 3")]
    [InlineData("2 3", 1, 3, 3, "1 2")]
    [InlineData("1 2", 3, 1, 1, "2 3")]
    [InlineData("1 2 4", 3, 2, 2, "1 3 4")]
    [InlineData("20 30", 10, 30, 30, "10 20")]
    [InlineData("10 20", 30, 10, 10, "20 30")]
    [InlineData("1 2", 3, 9, 9, "1 2")]
    public void A_tier_that_comes_makes_others_give_way(string others, int? present, int? wanted, int place, string after)
    {
        var tiers = others.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => Tier($"promo_{each}", int.Parse(each))).ToList();
        var (found, moved) = PromotionOrder.Place(tiers, present, wanted);
        Assert.Equal(place, found);
        var byId = moved.ToDictionary(tier => tier.Id);
        Assert.Equal(after, string.Join(' ', tiers.Select(tier => byId.GetValueOrDefault(tier.Id, tier).Hierarchy)));

        // Those that stay where they are are not written.
        Assert.All(moved, tier => Assert.NotEqual(tiers.Single(before => before.Id == tier.Id).Hierarchy, tier.Hierarchy));
    }

    private static PromotionTierRow Tier(string id, int place) => new(1, id, 1, 1, id, true, place, RawJson.EmptyObject, RawJson.EmptyObject, DateTimeOffset.UnixEpoch, null);
}
