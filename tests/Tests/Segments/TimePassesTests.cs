using Marketing.Behaviour;
using Marketing.Catalogue;
using Marketing.Customers;
using Xunit;

namespace Marketing.Segments;

/// <summary>Segments that a customer enters and leaves because time passes. Each test moves its own clock.</summary>
public sealed class TimePassesTests : IAsyncLifetime
{
    private Engine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Engine.StartInTimeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_customer_who_is_silent_for_a_week_enters_once_and_leaves_by_the_next_visit()
    {
        var shop = await _engine.NewShopAsync();
        var silent = await shop.GivenSegmentAsync(FilterTexts.SilentFor(days: 7));
        var miss = await shop.GivenActiveAsync(shop.OnEntering(silent));
        await shop.GivenCustomerAsync("ann");
        await shop.TrackAsync("ann", "visit");

        _engine.Pass(TimeSpan.FromDays(6.9));
        await shop.TrackAsync("ann", "other");
        Assert.Empty(await shop.MembersAsync(silent));

        _engine.Pass(TimeSpan.FromDays(0.2));
        Assert.Equal(["ann"], await shop.ReceiversWhenSettledAsync(miss, 1));
        Assert.Equal(["ann"], await shop.MembersAsync(silent));

        await shop.TrackAsync("ann", "visit");
        Assert.Empty(await shop.MembersAsync(silent));
        Assert.Equal((1, 1), (await shop.EnteredAsync("ann"), await shop.LeftAsync("ann")));
    }

    [Fact]
    public async Task A_customer_whose_instant_of_creation_is_ahead_of_the_clock_enters_a_segment_of_new_ones_once_and_stays()
    {
        var shop = await _engine.NewShopAsync();
        var recent = await shop.GivenSegmentAsync(FilterTexts.NewFor(days: 1));
        foreach (var id in (string[])["ann", "bob", "cid"])
        {
            await shop.GivenCustomerAsync(id);
        }

        var cid = (await shop.FindCustomerAsync("cid"))!;
        Assert.Equal(_engine.Now.AddMilliseconds(2), cid.CreatedAt);
        await shop.TrackAsync("cid", "visit");
        await shop.TrackAsync("cid", "visit");

        Assert.Equal((1, 0), (await shop.EnteredAsync("cid"), await shop.LeftAsync("cid")));
        Assert.Equal(["ann", "bob", "cid"], await shop.MembersAsync(recent));
    }

    [Fact]
    public async Task An_event_after_the_moment_does_not_hide_that_it_passed()
    {
        var shop = await _engine.NewShopAsync();
        var known = await shop.GivenSegmentAsync(FilterTexts.KnownFor(days: 30));
        await shop.GivenCustomerAsync("ann");

        _engine.Pass(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1));
        await shop.TrackAsync("ann", "unrelated");
        await shop.TrackAsync("ann", "unrelated");

        await _engine.EventuallyAsync(async () => await shop.CountMembersAsync(known) == 1);
        Assert.Equal(1, await shop.EnteredAsync("ann"));
    }

    [Fact]
    public async Task A_segment_made_later_notices_the_moment_of_customers_who_were_busy_before_and_after()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        await shop.TrackAsync("ann", "unrelated");
        var known = await shop.GivenSegmentAsync(FilterTexts.KnownFor(days: 30));

        await shop.TrackAsync("ann", "unrelated");
        _engine.Pass(TimeSpan.FromDays(31));

        await _engine.EventuallyAsync(async () => await shop.CountMembersAsync(known) == 1);
        Assert.Equal(1, await shop.EnteredAsync("ann"));
    }

    [Fact]
    public async Task Customers_who_are_in_at_the_synchronisation_have_not_entered()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        _engine.Pass(TimeSpan.FromDays(31));

        var known = await shop.GivenSegmentAsync(FilterTexts.KnownFor(days: 30));
        await shop.TrackAsync("ann", "unrelated");
        _engine.Pass(TimeSpan.FromDays(1));
        await shop.TrackAsync("ann", "unrelated");

        Assert.Equal(["ann"], await shop.MembersAsync(known));
        Assert.Equal(0, await shop.EnteredAsync("ann"));
    }

    [Fact]
    public async Task A_moment_that_passes_while_the_engine_is_down_is_one_event_when_it_is_back()
    {
        var shop = await _engine.NewShopAsync();
        var silent = await shop.GivenSegmentAsync(FilterTexts.SilentFor(days: 7));
        var miss = await shop.GivenActiveAsync(shop.OnEntering(silent));
        await shop.GivenCustomerAsync("ann");
        await shop.TrackAsync("ann", "visit");

        await _engine.StopAsync();
        _engine.Pass(TimeSpan.FromDays(8));
        await _engine.StartAgainAsync();
        Assert.Equal(["ann"], await shop.ReceiversWhenSettledAsync(miss, 1));

        await _engine.StopAsync();
        _engine.Pass(TimeSpan.FromDays(1));
        await _engine.StartAgainAsync();
        await shop.TrackAsync("ann", "other");

        Assert.Equal(1, (await shop.CountsAsync(miss)).Audience);
        Assert.Equal(1, await shop.EnteredAsync("ann"));
        Assert.Equal(["ann"], await shop.MembersAsync(silent));
    }

    [Fact]
    public async Task A_moment_within_a_millisecond_is_one_event_also_when_it_was_read_again()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenSegmentAsync(FilterTexts.SilentFor(days: 7));
        await shop.GivenCustomerAsync("ann");
        await shop.TrackAsync("ann", "visit");

        _engine.Pass(TimeSpan.FromDays(7) + TimeSpan.FromTicks(5_000));
        await shop.TrackAsync("ann", "other");
        await _engine.StopAsync();
        await _engine.StartAgainAsync();
        await shop.TrackAsync("ann", "other");
        _engine.Pass(TimeSpan.FromMinutes(1));
        await shop.TrackAsync("ann", "other");

        Assert.Equal((1, 0), (await shop.EnteredAsync("ann"), await shop.LeftAsync("ann")));
    }

    [Fact]
    public async Task What_was_seen_by_a_clock_is_not_taken_back_by_one_that_is_behind()
    {
        var shop = await _engine.NewShopAsync();
        var silent = await shop.GivenSegmentAsync(
            """{"junction":"and","events.visit.last":{"conditions":{"$more_than_ago":[7]}},"metadata.plan":{"conditions":{"$has_value":true}}}""");
        await shop.GivenCustomerAsync("ann", "gold");
        await shop.TrackAsync("ann", "visit");
        await shop.GivenCustomerAsync("bob", "gold");
        await shop.TrackAsync("bob", "visit");

        _engine.Pass(TimeSpan.FromDays(7) + TimeSpan.FromHours(1));
        await shop.TrackAsync("ann", "other");
        _engine.Clock!.AdjustTime(_engine.Now - TimeSpan.FromHours(2));

        // Of something that the filter reads, so that it is asked again.
        await shop.PutOnPlanAsync("ann", "silver");

        // Due by the clock of whoever asks.
        await _engine.Grains.Customer(shop.Number, "bob").RecordAsync(new TimePassed(_engine.Now + TimeSpan.FromHours(2)), Shop.Context());
        await shop.PutOnPlanAsync("bob", "silver");

        Assert.Equal(["ann", "bob"], await shop.MembersAsync(silent));
        Assert.Equal((1, 0), (await shop.EnteredAsync("ann"), await shop.LeftAsync("ann")));
        Assert.Equal((1, 0), (await shop.EnteredAsync("bob"), await shop.LeftAsync("bob")));
    }

    [Fact]
    public async Task A_project_whose_customers_cannot_be_read_holds_up_no_other_and_goes_on_when_they_can()
    {
        const int many = 300;
        var broken = await _engine.NewShopAsync();
        var unmoved = await broken.GivenSegmentAsync(FilterTexts.KnownFor(days: 30));
        await broken.GivenCustomersAsync(many);
        _engine.Pass(TimeSpan.FromSeconds(1));
        var shop = await _engine.NewShopAsync();
        var known = await shop.GivenSegmentAsync(FilterTexts.KnownFor(days: 30));
        await shop.GivenCustomerAsync("ann");
        var profiles = await broken.WriteProfilesAsync(_ => "torn"u8.ToArray());
        await _engine.StopAsync();
        await _engine.StartAgainAsync();

        _engine.Pass(TimeSpan.FromDays(31));
        await _engine.EventuallyAsync(async () => await shop.CountMembersAsync(known) == 1);
        _engine.Pass(TimeSpan.FromMinutes(30));
        await shop.GivenCustomerAsync("bob");
        _engine.Pass(TimeSpan.FromDays(31));
        await _engine.EventuallyAsync(async () => await shop.CountMembersAsync(known) == 2);
        Assert.Equal(1, _engine.Log.Count($"Customers of project {broken.Number} "));

        await broken.WriteProfilesAsync(row => profiles[row.Number]);
        await _engine.StopAsync();
        await _engine.StartAgainAsync();
        await _engine.EventuallyAsync(async () => await broken.CountMembersAsync(unmoved) == many);
    }

    [Fact]
    public async Task A_project_one_of_whose_filters_is_not_understood_goes_on_with_the_others_and_with_it_when_it_is()
    {
        var shop = await _engine.NewShopAsync();
        var unknown = await shop.GivenSegmentAsync(FilterTexts.KnownFor(days: 30));
        var known = await shop.GivenSegmentAsync(FilterTexts.KnownFor(days: 20));
        await shop.GivenCustomersAsync(3);
        var before = await shop.WriteRowAsync(unknown, row => row with { Filter = """{"gone":{"conditions":{"$is":["x"]}}}"""u8.ToArray() });
        await _engine.StopAsync();
        await _engine.StartAgainAsync();

        _engine.Pass(TimeSpan.FromDays(31));
        await _engine.EventuallyAsync(async () => await shop.CountMembersAsync(known) == 3);
        Assert.Equal((0L, 0), (await shop.CountMembersAsync(unknown), _engine.Log.Count("cannot be looked at")));

        await shop.WriteRowAsync(unknown, row => row with { Filter = before.Filter });
        await _engine.EventuallyAsync(async () => await shop.CountMembersAsync(unknown) == 3);
        Assert.Equal(1, await shop.EnteredAsync("c0"));
    }

    [Fact]
    public async Task A_thousand_moments_at_once_are_a_thousand_events()
    {
        const int customers = 1_000;
        var shop = await _engine.NewShopAsync();
        var known = await shop.GivenSegmentAsync(FilterTexts.KnownFor(days: 30));
        await shop.GivenCustomersAsync(customers);
        var welcome = await shop.GivenActiveAsync(shop.On(TriggerCatalogue.SegmentEntered, segment: known));

        _engine.Pass(TimeSpan.FromDays(31));

        Assert.Equal(customers, (await shop.SettledAsync(welcome, customers)).Sent);
        Assert.Equal(customers, (await shop.MembersAsync(known)).Count);
    }
}
