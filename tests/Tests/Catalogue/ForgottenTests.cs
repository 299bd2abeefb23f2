using Marketing.Behaviour;
using Marketing.Channels;
using Marketing.Distributions;
using Marketing.Segments;
using Xunit;

namespace Marketing.Catalogue;

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
            var gold = await shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
            var news = await shop.GivenActiveAsync(shop.ToSegment(gold));
            var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
            Assert.InRange((await catalogues.GetAsync(shop.Number)).Distributions.Read.Count, 1, 2);
            await shop.SettledAsync(news, 1);
            await shared.Engine.EventuallyAsync(async () => await shop.StatusAsync(news) == DistributionStatuses.Sent);
            await shop.StopAsync(visits);
            Assert.IsType<DistributionResult.Done>(await shop.Distribution(news).DeleteAsync());
            Assert.IsType<DistributionResult.Done>(await shop.Distribution(visits).DeleteAsync());
            await shop.DeleteSegmentAsync(gold);
        }

        var left = await catalogues.FreshAsync(shop.Number);
        Assert.Equal((0, 0), (left.Distributions.Read.Count, left.Segments.Compiled.Count));
    }

    [Fact]
    public async Task What_works_for_a_distribution_leaves_when_that_is_over()
    {
        const int many = 200;
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomersAsync(5);
        var chosen = await shop.GivenStaticSegmentAsync("c0", "c1", "c2", "c3", "c4");
        await Parallel.ForEachAsync(Enumerable.Range(0, many), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var isManual = number % 2 == 0;
            var id = await shop.GivenActiveAsync(isManual ? shop.ToSegment(chosen) : shop.OnEvent($"visit {number}"));
            if (isManual)
            {
                // By the list, which asks nobody who would be there only for that.
                await shared.Engine.EventuallyAsync(async () => (await shop.ListedAsync(id)).Status == DistributionStatuses.Sent);
            }
            else
            {
                await shop.TrackAsync("c0", $"visit {number}");
                await shared.Engine.EventuallyAsync(async () => (await shop.ListedAsync(id)).Counts.Sent == 1);
                await shop.StopAsync(id);
            }

            if (number % 4 > 1)
            {
                Assert.IsType<DistributionResult.Done>(await shop.Distribution(id).DeleteAsync());
                await shared.Engine.EventuallyAsync(async () => await shop.Distribution(id).FindAsync() is null);
            }
        });

        await shared.Engine.EventuallyAsync(
            async () => await KeptAsync(shop, "distribution-lane") + await KeptAsync(shop, "distribution") == 0,
            async () => $"{await KeptAsync(shop, "distribution-lane")} lanes and {await KeptAsync(shop, "distribution")} distributions are there.");
    }

    [Fact]
    public async Task What_failed_is_tried_again_by_lanes_that_had_left()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        shared.Engine.Channel.Answer(shop, "ann", new DeliveryOutcome.PermanentFailure("no"));
        var news = await shop.GivenActiveAsync(shop.ToCustomer("ann"));
        await shared.Engine.EventuallyAsync(async () => await shop.ListedAsync(news) is { Status: DistributionStatuses.Sent, Counts.Failed: 1 });
        await shared.Engine.EventuallyAsync(async () => await KeptAsync(shop, "distribution-lane") + await KeptAsync(shop, "distribution") == 0);

        Assert.Equal(1, await shop.Distribution(news).RetryFailedAsync(null));
        await shared.Engine.EventuallyAsync(async () => await shop.ListedAsync(news) is { Status: DistributionStatuses.Sent, Counts.Sent: 1 });
        await shared.Engine.EventuallyAsync(async () => await KeptAsync(shop, "distribution-lane") == 0);
    }

    private async Task<int> KeptAsync(Shop shop, string kind) =>
        (await shared.Engine.Grains.GetGrain<IManagementGrain>(0).GetActiveGrains(GrainType.Create(kind)))
            .Count(grain => grain.Key.ToString()!.StartsWith($"{shop.Number}/", StringComparison.Ordinal));
}
