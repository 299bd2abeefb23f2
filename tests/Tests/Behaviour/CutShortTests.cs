using Marketing.Distributions;
using Marketing.Segments;
using Marketing.Storage;
using Xunit;

namespace Marketing.Behaviour;

/// <summary>A change of several steps whose process died between two of them is finished by whoever comes next.</summary>
public sealed class CutShortTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync(("Distributions:Lanes", "2"));
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Messages_queued_again_by_a_retry_that_did_not_come_to_its_end_are_sent()
    {
        await _shop.GivenCustomersAsync(3);
        var news = await GivenFailedAsync("c1");
        Assert.Equal(1, await _engine.Service<IMessageQueue>().RequeueFailedAsync((await _shop.FindAsync(news)).Number, null, 100, _engine.Now));
        Assert.Equal(DistributionStatuses.Sent, (await _shop.ListedAsync(news)).Status);

        await StartAgainAsync();

        await _engine.EventuallyAsync(async () => await _shop.ListedAsync(news) is { Status: DistributionStatuses.Sent, Counts.Sent: 1 });
        Assert.Equal(["c1", "c1"], _shop.ReceiversOf(news));
    }

    [Fact]
    public async Task A_retry_of_nothing_leaves_a_sent_one_alone()
    {
        await _shop.GivenCustomersAsync(3);
        var news = await GivenFailedAsync("c1");
        Assert.Equal(0, await _shop.Distribution(news).RetryFailedAsync(["msg_none"]));
        Assert.Equal(DistributionStatuses.Sent, await _shop.StatusAsync(news));
        Assert.Equal(1, await _shop.Distribution(news).RetryFailedAsync(null));
        await _engine.EventuallyAsync(async () => await _shop.FindAsync(news) is { Status: DistributionStatuses.Sent, Counts.Sent: 1 });
    }

    [Fact]
    public async Task What_waits_for_later_is_canceled_after_a_stop_that_was_cut_short()
    {
        await _shop.GivenCustomersAsync(3);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromDays(3) });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(number => _shop.TrackAsync($"c{number}", "visit")));
        await _shop.LeaveAsync(visits, DistributionStatuses.Stopped, state => state.CancelPending = true);

        await StartAgainAsync();

        await _engine.EventuallyAsync(async () => (await _shop.ListedAsync(visits)).Counts.Canceled == 3);
        Assert.Equal(DistributionStatuses.Stopped, await _shop.StatusAsync(visits));
        await _engine.EventuallyAsync(async () => (await _engine.Service<IDistributionStore>().UnfinishedAsync(DateTimeOffset.MaxValue, 0, 1)).Count == 0);
    }

    [Fact]
    public async Task An_audience_is_made_into_messages_after_a_countdown_whose_end_was_cut_short()
    {
        await _shop.GivenCustomersAsync(3, "gold");
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var news = await _shop.GivenDistributionAsync(_shop.ToSegment(gold));
        await _shop.LeaveAsync(news, DistributionStatuses.Sending, state => state.SnapshotPending = true);

        await StartAgainAsync();

        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(["c0", "c1", "c2"], await _shop.ReceiversWhenSettledAsync(news, 3));
    }

    [Fact]
    public async Task Current_members_get_their_message_after_an_activation_that_was_cut_short()
    {
        await _shop.GivenCustomerAsync("ann", "gold");
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var draft = _shop.OnEntering(gold);
        var welcome = await _shop.GivenDistributionAsync(draft with { Trigger = draft.Trigger! with { IncludeCurrentMembers = true } });
        await _shop.LeaveAsync(welcome, DistributionStatuses.Live, state => state.SnapshotPending = true);

        await StartAgainAsync();

        Assert.Equal(["ann"], await _shop.ReceiversWhenSettledAsync(welcome, 1));
    }

    [Fact]
    public async Task A_pause_that_was_cut_short_holds_and_can_be_resumed()
    {
        await _shop.GivenCustomerAsync("ann");
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.LeaveAsync(visits, DistributionStatuses.Paused, state => state.StatusBeforePause = DistributionStatuses.Live);

        await StartAgainAsync();
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal((DistributionStatuses.Paused, 0), await _shop.FindAsync(visits) is var found ? (found.Status, found.Counts.Audience) : default);
        Assert.Equal(DistributionStatuses.Live, (await _shop.ResumeAsync(visits)).Status);
        await _shop.TrackAsync("ann", "visit");

        Assert.Equal(1, (await _shop.SettledAsync(visits, 1)).Sent);
    }

    [Fact]
    public async Task A_deletion_that_was_cut_short_is_finished_and_shown_nowhere()
    {
        await _shop.GivenCustomersAsync(3);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromDays(3) });
        await _shop.TrackAsync("c1", "visit");
        await _shop.PauseAsync(visits);
        await _shop.LeaveAsync(visits, DistributionStatuses.Paused, state => state.Deleted = true);
        Assert.Empty(await _shop.ListedAsync());

        await StartAgainAsync();

        await _engine.EventuallyAsync(async () => await _engine.Service<IDistributionStore>().FindAsync(_shop.Number, visits) is null);
        Assert.Null(await _shop.Distribution(visits).FindAsync());
    }

    [Fact]
    public async Task A_segment_whose_deletion_was_cut_short_is_gone_with_its_members()
    {
        await _shop.GivenCustomersAsync(3, "gold");
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var row = (await Store().FindAsync(_shop.Number, gold))!;
        Assert.True(await Store().SaveAsync(row with { Deleted = true }));
        Assert.Empty(await _shop.ListedSegmentsAsync());

        await StartAgainAsync();

        await _engine.EventuallyAsync(async () => await Store().CountMembersAsync(row.Number) == 0 && await Store().FindAsync(_shop.Number, gold) is null);
        Assert.Null(await _shop.Segment(gold).FindAsync());

        ISegmentStore Store() => _engine.Service<ISegmentStore>();
    }

    [Fact]
    public async Task A_passive_segment_that_only_grain_storage_calls_active_becomes_active_with_its_distribution()
    {
        await _shop.GivenCustomerAsync("ann");
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"), "passive");
        var welcome = await _shop.GivenDistributionAsync(_shop.OnEntering(gold));
        await StartAgainAsync();
        await _shop.LeaveInGrainStorageAsync<SegmentState>(_shop.Segment(gold), "segment", state => state.Type = SegmentTypes.Active);

        await _shop.ActivateAsync(welcome);
        await _shop.PutOnPlanAsync("ann", "gold");

        Assert.Equal(["ann"], await _shop.ReceiversWhenSettledAsync(welcome, 1));
    }

    [Fact]
    public async Task A_segment_that_only_grain_storage_calls_deleted_is_there_and_can_be_deleted()
    {
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        await StartAgainAsync();
        await _shop.LeaveInGrainStorageAsync<SegmentState>(_shop.Segment(gold), "segment", state => state.Deleted = true);

        Assert.Equal([gold], await _shop.ListedSegmentsAsync());
        Assert.NotNull(await _shop.Segment(gold).FindAsync());
        Assert.Equal(SegmentDeletion.Deleted, await _shop.DeleteSegmentAsync(gold));
        Assert.Empty(await _shop.ListedSegmentsAsync());
    }

    private async Task<string> GivenFailedAsync(string customer)
    {
        _engine.Channel.Answer(_shop, customer, new Channels.DeliveryOutcome.PermanentFailure("no"));
        var news = await _shop.GivenActiveAsync(_shop.ToCustomer(customer));
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(1, (await _shop.CountsAsync(news)).Failed);
        return news;
    }

    private async Task StartAgainAsync()
    {
        await _engine.KillAsync();
        await _engine.StartAgainAsync();
    }
}
