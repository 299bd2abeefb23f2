using Marketing.Behaviour;
using Marketing.Distributions;
using Xunit;

namespace Marketing.Segments;

/// <summary>A segment is given another filter.</summary>
public sealed class SegmentChangeTests : IAsyncLifetime
{
    private static readonly TimeSpan Countdown = TimeSpan.FromMinutes(10);

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync();
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Its_members_are_those_who_meet_the_new_filter_and_nobody_has_entered_or_left()
    {
        await _shop.GivenCustomerAsync("ann", "gold");
        await _shop.GivenCustomerAsync("bob", "silver");
        var segment = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"), "passive");
        Assert.Equal(["ann"], await _shop.MembersAsync(segment));

        var changed = Saved(await ChangeAsync(segment, FilterTexts.Plan("silver"), "Silver"));
        Assert.Equal(("Silver", "IN_PROGRESS", 0), (changed.Name, changed.InitialSyncStatus, changed.Progress));
        Assert.Equal(FilterTexts.Plan("silver"), changed.Filter!.ToString());
        Assert.Equal(_engine.Now, changed.UpdatedAt);
        Assert.Equal([segment], await _shop.SegmentsOfAsync("bob"));
        Assert.Empty(await _shop.SegmentsOfAsync("ann"));

        await _shop.SyncedAsync(segment);
        Assert.Equal(["bob"], await _shop.MembersAsync(segment));
        Assert.Equal((0, 0, 0, 0), (await _shop.EnteredAsync("ann"), await _shop.LeftAsync("ann"), await _shop.EnteredAsync("bob"), await _shop.LeftAsync("bob")));

        await _shop.PutOnPlanAsync("ann", "silver");
        await _shop.PutOnPlanAsync("bob", "gold");
        Assert.Equal(["ann"], await _shop.MembersAsync(segment));
    }

    [Fact]
    public async Task The_same_again_changes_nothing()
    {
        var segment = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"), "passive");
        var before = await _shop.Segment(segment).FindAsync();
        _engine.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(before!.UpdatedAt, Saved(await ChangeAsync(segment, FilterTexts.Plan("gold"), before.Name)).UpdatedAt);
        Assert.Equal("DONE", (await _shop.Segment(segment).FindAsync())!.InitialSyncStatus);
    }

    [Fact]
    public async Task A_synchronisation_by_the_earlier_filter_adds_nobody_any_more()
    {
        await _shop.GivenCustomerAsync("ann", "gold");
        await _shop.GivenCustomerAsync("bob", "silver");
        var synchronisation = _engine.Interruptions.Hold<ISegmentStore>(nameof(ISegmentStore.ApplySyncAsync));
        var segment = await _shop.CreateSegmentAsync(FilterTexts.Plan("gold"), "passive");
        await synchronisation.Reached;

        var change = ChangeAsync(segment, FilterTexts.Plan("silver"));
        synchronisation.Release();
        Saved(await change);

        await _shop.SyncedAsync(segment);
        Assert.Equal(["bob"], await _shop.MembersAsync(segment));
    }

    [Fact]
    public async Task What_changes_meanwhile_is_neither_lost_nor_left_behind()
    {
        await _shop.GivenCustomersAsync(40, "gold");
        var segment = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"), "passive");
        var clearing = _engine.Interruptions.Hold<ISegmentStore>(nameof(ISegmentStore.DeleteMembershipsAsync));
        Saved(await ChangeAsync(segment, FilterTexts.Plan("silver")));
        await clearing.Reached;

        // Into the new filter before the earlier members are gone, and out of it again.
        await _shop.PutOnPlanAsync("c1", "silver");
        await _shop.PutOnPlanAsync("c2", "silver");
        await _shop.PutOnPlanAsync("c2", "gold");
        await _shop.GivenCustomerAsync("new", "silver");
        clearing.Release();

        await _shop.SyncedAsync(segment);
        Assert.Equal(["c1", "new"], await _shop.MembersAsync(segment));
    }

    [Fact]
    public async Task It_goes_on_after_a_failure_and_after_a_crash()
    {
        await _shop.GivenCustomersAsync(20, "gold");
        await _shop.GivenCustomerAsync("bob", "silver");
        var segment = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"), "passive");
        _engine.Interruptions.Fail<ISegmentStore>(nameof(ISegmentStore.DeleteMembershipsAsync));
        Saved(await ChangeAsync(segment, FilterTexts.Plan("silver")));
        await _shop.SyncedAsync(segment);
        Assert.Equal(["bob"], await _shop.MembersAsync(segment));

        var clearing = _engine.Interruptions.Hold<ISegmentStore>(nameof(ISegmentStore.DeleteMembershipsAsync));
        Saved(await ChangeAsync(segment, FilterTexts.Plan("gold")));
        await clearing.Reached;
        await _engine.KillAsync();
        await _engine.StartAgainAsync();

        await _shop.SyncedAsync(segment);
        Assert.Equal(20, (await _shop.MembersAsync(segment)).Count);
        Assert.DoesNotContain("bob", await _shop.MembersAsync(segment));
    }

    [Fact]
    public async Task A_send_that_counts_down_goes_to_the_members_by_the_new_filter()
    {
        await _shop.GivenCustomerAsync("ann", "gold");
        await _shop.GivenCustomerAsync("bob", "silver");
        var segment = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"), "passive");
        var news = await _shop.GivenActiveAsync(_shop.ToSegment(segment));
        Saved(await ChangeAsync(segment, FilterTexts.Plan("silver")));

        _engine.Pass(Countdown);
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(["bob"], _shop.ReceiversOf(news));
    }

    [Fact]
    public async Task The_filter_is_fixed_while_messages_are_made_of_the_members()
    {
        await _shop.GivenCustomerAsync("ann", "gold");
        var segment = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"), "passive");
        var news = await _shop.GivenActiveAsync(_shop.ToSegment(segment));
        await _shop.PauseAsync(news);

        Assert.IsType<SegmentResult.Refused>(await ChangeAsync(segment, FilterTexts.Plan("silver")));
        Assert.Equal("Renamed", Saved(await ChangeAsync(segment, name: "Renamed")).Name);
        await _shop.StopAsync(news);
        Saved(await ChangeAsync(segment, FilterTexts.Plan("silver")));
    }

    [Fact]
    public async Task The_filter_of_one_whose_changes_are_events_is_fixed()
    {
        var segment = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        Assert.IsType<SegmentResult.Refused>(await ChangeAsync(segment, FilterTexts.Plan("silver")));
        Assert.Equal(FilterTexts.Plan("gold"), (await _shop.Segment(segment).FindAsync())!.Filter!.ToString());
        Assert.Equal("Renamed", Saved(await ChangeAsync(segment, FilterTexts.Plan("gold"), "Renamed")).Name);
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        await _shop.GivenCustomerAsync("ann");
        var chosen = await _shop.GivenStaticSegmentAsync("ann");
        Assert.Equal("filter", Assert.IsType<SegmentResult.Invalid>(await ChangeAsync(chosen, FilterTexts.Plan("gold"))).Field);
        var segment = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"), "passive");
        Assert.Equal("name", Assert.IsType<SegmentResult.Invalid>(await ChangeAsync(segment, name: " ")).Field);
        var wrong = Assert.IsType<SegmentResult.Invalid>(await ChangeAsync(segment, """{"nmae":{"conditions":{"$is":"x"}},"email":{"conditions":{"$si":"x"}}}"""));
        Assert.Equal(["filter.nmae", "filter.email.conditions.$si"], wrong.Problems!.Select(problem => problem.Field));
        Assert.IsType<SegmentResult.NotFound>(await ChangeAsync("seg_none", FilterTexts.Plan("gold")));
    }

    private Task<SegmentResult> ChangeAsync(string segment, string? filter = null, string? name = null) =>
        _shop.Segment(segment).ChangeAsync(new SegmentChange { Name = name, Filter = filter is null ? null : RawJson.Parse(filter) });

    private static Segment Saved(SegmentResult result) => Assert.IsType<SegmentResult.Saved>(result).Segment;
}
