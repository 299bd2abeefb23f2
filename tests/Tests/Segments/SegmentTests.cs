using Marketing.Behaviour;
using Marketing.Catalogue;
using Xunit;

namespace Marketing.Segments;

[Collection(SharedEngineTests.Name)]
public sealed class SegmentTests(SharedEngine shared)
{
    [Fact]
    public async Task A_new_segment_takes_in_existing_customers_without_an_event()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann", "gold");
        await shop.GivenCustomerAsync("bob", "silver");

        var gold = await shop.GivenSegmentAsync(FilterTexts.Plan("gold"));

        Assert.Equal(["ann"], await shop.MembersAsync(gold));
        Assert.Equal([gold], await shop.SegmentsOfAsync("ann"));
        Assert.Equal(0, await shop.EnteredAsync("ann"));
    }

    [Fact]
    public async Task Entering_and_leaving_by_profile_are_one_event_each()
    {
        var shop = await shared.Engine.NewShopAsync();
        var gold = await shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        await shop.GivenCustomerAsync("ann");
        await shop.PutOnPlanAsync("ann", "gold");
        await shop.PutOnPlanAsync("ann", "gold");
        Assert.Equal(["ann"], await shop.MembersAsync(gold));
        Assert.Equal((1, 0), (await shop.EnteredAsync("ann"), await shop.LeftAsync("ann")));

        await shop.PutOnPlanAsync("ann", "silver");
        await shop.PutOnPlanAsync("ann", null);
        Assert.Empty(await shop.MembersAsync(gold));
        Assert.Equal((1, 1), (await shop.EnteredAsync("ann"), await shop.LeftAsync("ann")));
    }

    [Fact]
    public async Task A_customer_created_inside_a_segment_enters_it()
    {
        var shop = await shared.Engine.NewShopAsync();
        var gold = await shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var welcome = await shop.GivenActiveAsync(shop.OnEntering(gold));

        await shop.GivenCustomerAsync("ann", "gold");

        Assert.Equal(1, (await shop.SettledAsync(welcome, 1)).Sent);
        Assert.Equal(1, await shop.EnteredAsync("ann"));
    }

    [Fact]
    public async Task Fifty_events_at_the_same_time_cross_a_threshold_once()
    {
        var shop = await shared.Engine.NewShopAsync();
        var loyal = await shop.GivenSegmentAsync(FilterTexts.Visits(moreThan: 24));
        var welcome = await shop.GivenActiveAsync(shop.OnEntering(loyal));
        await shop.GivenCustomerAsync("ann");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shop.TrackAsync("ann", "visit")));

        Assert.Equal(1, await shop.EnteredAsync("ann"));
        Assert.Equal(["ann"], await shop.MembersAsync(loyal));
        Assert.Equal(1, (await shop.SettledAsync(welcome, 1)).Sent);
    }

    [Fact]
    public async Task Spending_moves_a_customer_in_and_a_cancellation_out_again()
    {
        var shop = await shared.Engine.NewShopAsync();
        var big = await shop.GivenSegmentAsync(FilterTexts.Spent(moreThan: 1000));
        await shop.GivenCustomerAsync("ann");

        await shop.OrderAsync("o1", "ann", "PAID", 600);
        Assert.Empty(await shop.MembersAsync(big));
        await shop.OrderAsync("o2", "ann", "PAID", 600);
        Assert.Equal(["ann"], await shop.MembersAsync(big));
        await shop.OrderAsync("o2", "ann", "CANCELED");
        Assert.Empty(await shop.MembersAsync(big));

        Assert.Equal((1, 1), (await shop.EnteredAsync("ann"), await shop.LeftAsync("ann")));
    }

    [Fact]
    public async Task Changes_while_a_segment_synchronises_are_neither_lost_nor_repeated()
    {
        const int customers = 300;
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomersAsync(customers);
        var visits = new int[customers];
        using var enough = new CancellationTokenSource();
        var tracking = Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            while (!enough.IsCancellationRequested)
            {
                var number = (random.Next(customers / 8) * 8) + worker;
                await shop.TrackAsync($"c{number}", "visit");
                Interlocked.Increment(ref visits[number]);
            }
        })).ToArray();

        var segments = new List<string>();
        for (var threshold = 0; threshold < 6; threshold++)
        {
            segments.Add(await shop.GivenSegmentAsync(FilterTexts.Visits(threshold)));
        }

        await enough.CancelAsync();
        await Task.WhenAll(tracking);

        for (var threshold = 0; threshold < segments.Count; threshold++)
        {
            var expected = Enumerable.Range(0, customers).Where(number => visits[number] > threshold).Select(number => $"c{number}");
            Assert.Equal(expected.Order(StringComparer.Ordinal), await shop.MembersAsync(segments[threshold]));
        }

        for (var number = 0; number < customers; number++)
        {
            var entered = (await shop.ActivityAsync($"c{number}")).Where(entry => entry.Type == TriggerCatalogue.SegmentEntered)
                .Select(entry => entry.Data.ToElement().GetProperty("segment").GetProperty("id").GetString()).ToArray();
            Assert.Equal(entered.Distinct().Count(), entered.Length);
            Assert.Equal(0, await shop.LeftAsync($"c{number}"));
        }
    }

    [Fact]
    public async Task A_passive_segment_is_silent_until_a_trigger_uses_it()
    {
        var shop = await shared.Engine.NewShopAsync();
        var gold = await shop.GivenSegmentAsync(FilterTexts.Plan("gold"), "passive");
        await shop.GivenCustomerAsync("ann", "gold");
        Assert.Equal(["ann"], await shop.MembersAsync(gold));
        Assert.Equal(0, await shop.EnteredAsync("ann"));

        var welcome = await shop.GivenActiveAsync(shop.OnEntering(gold));
        await shop.GivenCustomerAsync("bob", "gold");

        Assert.Equal("bob", Assert.Single(await shop.ReceiversWhenSettledAsync(welcome, 1)));
        Assert.Equal((0, 1), (await shop.EnteredAsync("ann"), await shop.EnteredAsync("bob")));
        Assert.Equal("auto-update", (await shop.Engine.Grains.Segment(shop.Number, gold).FindAsync())!.Type);
    }

    [Fact]
    public async Task A_passive_segment_becomes_active_even_while_it_synchronises()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomersAsync(200, "gold");
        for (var round = 0; round < 10; round++)
        {
            var gold = await shop.CreateSegmentAsync(FilterTexts.Plan("gold"), "passive");
            Assert.True(await shop.Engine.Grains.Segment(shop.Number, gold).ActivateAsync());
            await shop.SyncedAsync(gold);

            Assert.Equal(200, (await shop.MembersAsync(gold)).Count);
            Assert.Equal("auto-update", (await shop.Engine.Grains.Segment(shop.Number, gold).FindAsync())!.Type);
        }
    }

    [Fact]
    public async Task A_static_segment_has_the_customers_it_was_given_by_either_id()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomersAsync(3);

        var chosen = await shop.GivenStaticSegmentAsync("c0", "source-c2", "c0");

        Assert.Equal(["c0", "c2"], await shop.MembersAsync(chosen));
        Assert.Equal([chosen], await shop.SegmentsOfAsync("c2"));
        Assert.Equal(0, await shop.EnteredAsync("c0"));
    }

    [Fact]
    public async Task A_static_segment_with_an_unknown_customer_is_refused_whole()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var definition = new SegmentDefinition { Name = "S", Type = "static", Customers = ["ann", "nobody"] };

        var result = await shop.Engine.Grains.Segment(shop.Number, "seg_x").CreateAsync(definition, Shop.Context());

        Assert.Equal("customers[1]", Assert.IsType<SegmentResult.Invalid>(result).Field);
        Assert.Null(await shop.Engine.Grains.Segment(shop.Number, "seg_x").FindAsync());
    }

    [Fact]
    public async Task A_segment_that_a_distribution_uses_cannot_be_deleted()
    {
        var shop = await shared.Engine.NewShopAsync();
        var gold = await shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var welcome = await shop.GivenActiveAsync(shop.OnEntering(gold));
        Assert.Equal(SegmentDeletion.InUse, await shop.DeleteSegmentAsync(gold));
        await shop.PauseAsync(welcome);
        Assert.Equal(SegmentDeletion.InUse, await shop.DeleteSegmentAsync(gold));

        await shop.StopAsync(welcome);

        Assert.Equal(SegmentDeletion.Deleted, await shop.DeleteSegmentAsync(gold));
        Assert.Equal(SegmentDeletion.NotFound, await shop.DeleteSegmentAsync(gold));
    }

    [Fact]
    public async Task A_deleted_segment_is_gone_for_its_members_too()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann", "gold");
        var gold = await shop.GivenSegmentAsync(FilterTexts.Plan("gold"));

        await shop.DeleteSegmentAsync(gold);

        Assert.Empty(await shop.SegmentsOfAsync("ann"));
        await shop.PutOnPlanAsync("ann", "silver");
        Assert.Equal(0, await shop.LeftAsync("ann"));
    }

    [Fact]
    public async Task A_segment_deleted_while_it_synchronises_does_not_come_back()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomersAsync(300, "gold");
        for (var round = 0; round < 10; round++)
        {
            var gold = await shop.CreateSegmentAsync(FilterTexts.Plan("gold"));
            Assert.Equal(SegmentDeletion.Deleted, await shop.DeleteSegmentAsync(gold));
        }

        // A segment created later is done later: by then those before it would be back.
        await shop.GivenSegmentAsync(FilterTexts.Plan("gold"));

        var listed = await shop.Engine.Grains.SegmentQueries(shop.Number).ListAsync(100, 1, true, null, null, null, TestContext.Current.CancellationToken);
        Assert.Single(listed.Items);
        Assert.Single(await shop.SegmentsOfAsync("c0"));
    }
}
