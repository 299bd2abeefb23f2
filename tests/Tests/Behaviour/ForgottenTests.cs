using Marketing.Catalogue;
using Marketing.Distributions;
using Xunit;

namespace Marketing.Behaviour;

/// <summary>What is over leaves memory.</summary>
[Collection(SharedEngineTests.Name)]
public sealed class ForgottenTests(SharedEngine shared)
{
    [Fact]
    public async Task Distributions_and_segments_that_are_over_are_not_kept()
    {
        const int many = 10;
        var shop = await shared.Engine.NewShopAsync();
        var catalogues = shared.Engine.Service<Catalogues>();
        await shop.GivenCustomerAsync("ann", "gold");
        for (var i = 0; i < many; i++)
        {
            var gold = await shop.GivenSegmentAsync(Filters.Plan("gold"));
            var news = await shop.GivenActiveAsync(shop.ToSegment(gold));
            var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
            Assert.InRange(catalogues.Kept(shop.Number).Distributions, 1, 2);
            await shop.SettledAsync(news, 1);
            await shared.Engine.EventuallyAsync(async () => await shop.StatusAsync(news) == DistributionStatuses.Sent);
            await shop.StopAsync(visits);
            Assert.IsType<DistributionResult.Done>(await shop.Distribution(news).DeleteAsync());
            Assert.IsType<DistributionResult.Done>(await shop.Distribution(visits).DeleteAsync());
            await shop.DeleteSegmentAsync(gold);
        }

        await catalogues.FreshAsync(shop.Number);
        Assert.Equal((0, 0), catalogues.Kept(shop.Number));
    }
}
