using System.Text;
using Marketing.Behaviour;
using Marketing.Distributions;
using Xunit;

namespace Marketing.Segments;

/// <summary>A segment whose stored filter is not understood any more.</summary>
public sealed class UnreadableSegmentTests : IAsyncLifetime
{
    private const string Gone = """{"junction":"and","gone":{"conditions":{"$is":["x"]}}}""";
    private static readonly TimeSpan Countdown = TimeSpan.FromMinutes(10);

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync();
        _shop = await _engine.NewShopAsync();
        await _shop.GivenCustomerAsync("ann", "gold");
        await _shop.GivenCustomerAsync("bob", "silver");
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData(Gone, null, "gone")]
    [InlineData("""{"junction":"and","metadata.plan":""", null, "")]
    [InlineData("\u00ff\u00fe", null, "")]
    [InlineData(null, "[{", "time zones")]
    public async Task Events_are_accepted_and_nobody_enters_or_leaves_it_and_all_else_works(string? filter, string? zones, string reason)
    {
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var silver = await _shop.GivenSegmentAsync(FilterTexts.Plan("silver"));
        var intoGold = await _shop.GivenActiveAsync(_shop.OnEntering(gold));
        var outOfGold = await _shop.GivenActiveAsync(_shop.OnLeaving(gold));
        var intoSilver = await _shop.GivenActiveAsync(_shop.OnEntering(silver));
        await DamageAsync(gold, filter is null ? null : Encoding.Latin1.GetBytes(filter), zones);

        await _shop.TrackAsync("ann", "visit");
        await _shop.PutOnPlanAsync("ann", "silver");
        await _shop.PutOnPlanAsync("bob", "gold");
        await _shop.GivenCustomerAsync("cyd", "gold");

        Assert.Equal(["ann"], await _shop.ReceiversWhenSettledAsync(intoSilver, 1));
        Assert.Equal((0L, 0L), ((await _shop.CountsAsync(intoGold)).Audience, (await _shop.CountsAsync(outOfGold)).Audience));
        Assert.Equal(["ann"], await _shop.MembersAsync(gold));
        Assert.Equal(new[] { gold, silver }.Order(StringComparer.Ordinal), (await _shop.SegmentsOfAsync("ann")).Order(StringComparer.Ordinal));
        Assert.Empty(await _shop.SegmentsOfAsync("bob"));
        Assert.Equal((1, 0), (await _shop.EnteredAsync("ann"), await _shop.LeftAsync("ann")));
        Assert.Equal((0, 1), (await _shop.EnteredAsync("bob"), await _shop.LeftAsync("bob")));

        var found = (await _shop.Segment(gold).FindAsync())!;
        Assert.Equal(SegmentStatuses.Unreadable, found.Status);
        Assert.Contains(reason, found.StatusReason);
        var listed = await _shop.ListedSegmentAsync(gold);
        Assert.Equal((found.Status, found.StatusReason, found.Filter), (listed.Status, listed.StatusReason, listed.Filter));
        Assert.Null((await _shop.Segment(silver).FindAsync())!.Status);
        Assert.Contains(found.StatusReason!, (await _shop.FindAsync(intoGold)).StatusReason);
        Assert.Null((await _shop.FindAsync(intoSilver)).StatusReason);
        Assert.Equal(1, _engine.Log.Count($"segment {gold} "));
    }

    [Theory]
    [InlineData("auto-update")]
    [InlineData("passive")]
    public async Task It_is_given_another_filter_and_goes_on_from_there(string type)
    {
        var segment = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"), type);
        await DamageAsync(segment);
        await _shop.PutOnPlanAsync("ann", "blue");

        Assert.Equal("Renamed", Saved(await _shop.ChangeSegmentAsync(segment, name: "Renamed")).Name);
        Assert.IsType<SegmentResult.Invalid>(await _shop.ChangeSegmentAsync(segment, Gone));
        Assert.Equal(["ann"], await _shop.MembersAsync(segment));
        Assert.Null(Saved(await _shop.ChangeSegmentAsync(segment, FilterTexts.Plan("silver"))).Status);

        await _shop.SyncedAsync(segment);
        Assert.Equal(["bob"], await _shop.MembersAsync(segment));
        Assert.Equal((0, 0), (await _shop.EnteredAsync("bob"), await _shop.LeftAsync("ann")));
        await _shop.PutOnPlanAsync("bob", "blue");
        await _shop.PutOnPlanAsync("ann", "silver");
        Assert.Equal(["ann"], await _shop.MembersAsync(segment));
        var events = type == SegmentTypes.Active ? 1 : 0;
        Assert.Equal((events, events), (await _shop.EnteredAsync("ann"), await _shop.LeftAsync("bob")));
    }

    [Fact]
    public async Task It_is_deleted()
    {
        var segment = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        await DamageAsync(segment);

        Assert.Equal(SegmentDeletion.Deleted, await _shop.DeleteSegmentAsync(segment));

        Assert.Null(await _shop.Segment(segment).FindAsync());
        Assert.Empty(await _shop.ListedSegmentsAsync());
        await _shop.PutOnPlanAsync("ann", "silver");
        Assert.Empty(await _shop.SegmentsOfAsync("ann"));
    }

    [Fact]
    public async Task Once_it_is_understood_again_its_members_are_found_anew_and_nobody_has_entered_or_left_meanwhile()
    {
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var before = await DamageAsync(gold);
        await _shop.PutOnPlanAsync("ann", "silver");
        await _shop.PutOnPlanAsync("bob", "gold");
        Assert.Equal(["ann"], await _shop.MembersAsync(gold));

        await _engine.StopAsync();
        await _engine.StartAgainAsync();
        await _shop.WriteRowAsync(gold, row => row with { Filter = before.Filter });
        await _engine.StopAsync();
        await _engine.StartAgainAsync();

        // Before anybody looked at the segment: by its filter alone she would leave now what she never was in since.
        await _shop.PutOnPlanAsync("ann", "blue");
        await _engine.EventuallyAsync(async () => await _shop.Segment(gold).FindAsync() is { InitialSyncStatus: "DONE", Status: null });
        Assert.Equal(["bob"], await _shop.MembersAsync(gold));
        Assert.Equal((0, 0, 0, 0), (await _shop.EnteredAsync("ann"), await _shop.LeftAsync("ann"), await _shop.EnteredAsync("bob"), await _shop.LeftAsync("bob")));

        await _shop.PutOnPlanAsync("ann", "gold");
        await _shop.PutOnPlanAsync("bob", "silver");
        Assert.Equal(["ann"], await _shop.MembersAsync(gold));
        Assert.Equal((1, 1), (await _shop.EnteredAsync("ann"), await _shop.LeftAsync("bob")));
    }

    [Fact]
    public async Task A_message_to_its_members_waits_until_it_has_another_filter()
    {
        var segment = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"), "passive");
        var counting = await _shop.GivenActiveAsync(_shop.ToSegment(segment));
        var other = await _shop.GivenActiveAsync(_shop.ToCustomer("ann"));
        var draft = await _shop.GivenDistributionAsync(_shop.ToSegment(segment));
        await DamageAsync(segment);

        _engine.Pass(Countdown);
        await _shop.IsAsync(other, DistributionStatuses.Sent);
        var waiting = await _shop.FindAsync(counting);
        Assert.Equal((DistributionStatuses.Scheduled, 0L), (waiting.Status, waiting.Counts.Audience));
        Assert.Contains("gone", waiting.StatusReason);
        Assert.Contains(Assert.IsType<DistributionResult.Invalid>(await _shop.Distribution(draft).ActivateAsync()).Problems, problem => problem.Field == "audience.segment_id");

        Saved(await _shop.ChangeSegmentAsync(segment, FilterTexts.Plan("silver")));
        await _shop.IsAsync(counting, DistributionStatuses.Sent);
        Assert.Equal(["bob"], _shop.ReceiversOf(counting));
        Assert.Null((await _shop.FindAsync(counting)).StatusReason);
    }

    // As after an upgrade: the process starts with it.
    private async Task<SegmentRow> DamageAsync(string segment, byte[]? filter = null, string? zones = null)
    {
        var before = await _shop.WriteRowAsync(segment, row => zones is null
            ? row with { Filter = filter ?? Encoding.UTF8.GetBytes(Gone) }
            : row with { UnreadZones = zones });
        await _engine.StopAsync();
        await _engine.StartAgainAsync();
        return before;
    }

    private static Segment Saved(SegmentResult result) => Assert.IsType<SegmentResult.Saved>(result).Segment;
}
