using Marketing.Behaviour;
using Marketing.Channels;
using Marketing.Distributions;
using Marketing.Segments;
using Marketing.Storage;
using Xunit;

namespace Marketing.AsyncActions;

/// <summary>A change of several steps of which one fails: the caller hears of it, and the same call again does what is left.</summary>
public sealed class FailedStepTests : IAsyncLifetime
{
    private static readonly TimeSpan Countdown = TimeSpan.FromMinutes(10);

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync(("Distributions:Lanes", "2"));
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task An_activation_without_its_reminder_did_not_happen_and_can_be_repeated()
    {
        await _shop.GivenCustomerAsync("ann");
        var news = await _shop.GivenDistributionAsync(_shop.ToCustomer("ann"));
        _engine.Interruptions.Fail<IReminderTable>(nameof(IReminderTable.UpsertRow));

        await Assert.ThrowsAnyAsync<Exception>(() => _shop.ActivateAsync(news));
        Assert.Equal(DistributionStatuses.Draft, await _shop.StatusAsync(news));

        Assert.Equal(DistributionStatuses.Scheduled, (await _shop.ActivateAsync(news)).Status);
        Assert.Equal(DistributionStatuses.Scheduled, (await _shop.ListedAsync(news)).Status);
        _engine.Pass(Countdown);
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(["ann"], _shop.ReceiversOf(news));
    }

    [Fact]
    public async Task A_countdown_that_was_not_resumed_for_want_of_its_reminder_stays_paused_with_what_was_left()
    {
        await _shop.GivenCustomerAsync("ann");
        var news = await _shop.GivenActiveAsync(_shop.ToCustomer("ann"));
        _engine.Pass(TimeSpan.FromMinutes(7));
        await _shop.PauseAsync(news);
        _engine.Interruptions.Fail<IReminderTable>(nameof(IReminderTable.UpsertRow));

        await Assert.ThrowsAnyAsync<Exception>(() => _shop.ResumeAsync(news));
        Assert.Equal(DistributionStatuses.Paused, await _shop.StatusAsync(news));

        var due = _engine.Now + TimeSpan.FromMinutes(3);
        var resumed = await _shop.ResumeAsync(news);
        Assert.Equal((DistributionStatuses.Scheduled, due), (resumed.Status, resumed.SendsAt));
        Assert.Equal(DistributionStatuses.Scheduled, (await _shop.ListedAsync(news)).Status);
    }

    [Fact]
    public async Task A_countdown_that_begins_when_the_segment_is_ready_is_tried_again_when_its_reminder_fails()
    {
        await _shop.GivenCustomersAsync(3, "gold");
        var synchronisation = _engine.Interruptions.Hold<ISegmentStore>(nameof(ISegmentStore.ApplySyncAsync));
        var gold = await _shop.CreateSegmentAsync(FilterTexts.Plan("gold"));
        await synchronisation.Reached;
        var news = await _shop.GivenActiveAsync(_shop.ToSegment(gold));
        Assert.Equal(DistributionStatuses.WaitingForSegment, await _shop.StatusAsync(news));

        _engine.Interruptions.Fail<IReminderTable>(nameof(IReminderTable.UpsertRow));
        synchronisation.Release();

        await _shop.IsAsync(news, DistributionStatuses.Scheduled);
        await _engine.EventuallyAsync(async () => (await _shop.ListedAsync(news)).Status == DistributionStatuses.Scheduled, timePasses: false);
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(3, (await _shop.SettledAsync(news, 3)).Sent);
    }

    [Fact]
    public async Task What_waits_is_canceled_before_the_answer_when_a_stop_that_failed_is_repeated()
    {
        await _shop.GivenCustomersAsync(3);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromDays(3) });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(number => _shop.TrackAsync($"c{number}", "visit")));
        _engine.Interruptions.Fail<ICatalogueVersions>(nameof(ICatalogueVersions.AdvanceAsync));

        await Assert.ThrowsAnyAsync<Exception>(() => _shop.StopAsync(visits));
        var stopped = await _shop.StopAsync(visits);

        Assert.Equal((DistributionStatuses.Stopped, 3), (stopped.Status, stopped.Counts.Canceled));
        await _shop.TrackAsync("c0", "visit");
        Assert.Equal(3, (await _shop.CountsAsync(visits)).Audience);
    }

    [Fact]
    public async Task A_paused_one_owes_nothing_more_when_a_pause_that_failed_is_repeated()
    {
        await _shop.GivenCustomerAsync("ann");
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.TrackAsync("ann", "visit");
        await _shop.SettledAsync(visits, 1);
        _engine.Interruptions.Fail<ICatalogueVersions>(nameof(ICatalogueVersions.AdvanceAsync));

        await Assert.ThrowsAnyAsync<Exception>(() => _shop.PauseAsync(visits));
        Assert.Equal(DistributionStatuses.Paused, (await _shop.PauseAsync(visits)).Status);

        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(1, (await _shop.CountsAsync(visits)).Audience);
    }

    [Fact]
    public async Task A_live_one_answers_to_events_when_an_activation_or_a_resumption_that_failed_is_repeated()
    {
        await _shop.GivenCustomerAsync("ann");
        var visits = await _shop.GivenDistributionAsync(_shop.OnEvent("visit"));
        _engine.Interruptions.Fail<ICatalogueVersions>(nameof(ICatalogueVersions.AdvanceAsync));
        await Assert.ThrowsAnyAsync<Exception>(() => _shop.ActivateAsync(visits));
        await _shop.ActivateAsync(visits);
        await _shop.TrackAsync("ann", "visit");
        await _shop.SettledAsync(visits, 1);

        await _shop.PauseAsync(visits);
        _engine.Interruptions.Fail<ICatalogueVersions>(nameof(ICatalogueVersions.AdvanceAsync));
        await Assert.ThrowsAnyAsync<Exception>(() => _shop.ResumeAsync(visits));
        Assert.Equal(DistributionStatuses.Live, (await _shop.ResumeAsync(visits)).Status);
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(2, (await _shop.SettledAsync(visits, 2)).Sent);
    }

    [Fact]
    public async Task A_deletion_that_failed_half_way_is_finished_when_it_is_repeated()
    {
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.StopAsync(visits);
        _engine.Interruptions.Fail<ICatalogueVersions>(nameof(ICatalogueVersions.AdvanceAsync));
        await Assert.ThrowsAnyAsync<Exception>(() => _shop.Distribution(visits).DeleteAsync());

        Assert.IsType<DistributionResult.NotFound>(await _shop.Distribution(visits).DeleteAsync());

        await _engine.EventuallyAsync(
            async () => await _engine.Service<IDistributionStore>().FindAsync(_shop.Number, visits) is null, timePasses: false);
    }

    [Fact]
    public async Task An_edit_that_puts_the_start_off_at_the_end_of_the_countdown_holds()
    {
        await _shop.GivenCustomerAsync("ann");
        var draft = _shop.ToCustomer("ann");
        var news = await _shop.GivenActiveAsync(draft);
        var start = _engine.Now + TimeSpan.FromDays(1);
        var written = _engine.Interruptions.Hold<IDistributionStore>(nameof(IDistributionStore.SaveAsync));
        var editing = _shop.EditAsync(news, draft with { StartsAt = start });
        await written.Reached;

        _engine.Pass(Countdown);
        await TurnsOfAsync(news);
        written.Release();

        Assert.Equal((DistributionStatuses.Scheduled, start), await editing is var edited ? (edited.Status, edited.SendsAt) : default);
        await TurnsOfAsync(news);
        Assert.Equal((DistributionStatuses.Scheduled, start), await _shop.FindAsync(news) is var found ? (found.Status, found.SendsAt) : default);
        Assert.Empty(_shop.Received(news));
    }

    [Fact]
    public async Task An_edit_that_puts_the_end_off_at_the_end_holds()
    {
        var draft = _shop.OnEvent("visit") with { EndsAt = _engine.Now + TimeSpan.FromHours(1) };
        var visits = await _shop.GivenActiveAsync(draft);
        var written = _engine.Interruptions.Hold<IDistributionStore>(nameof(IDistributionStore.SaveAsync));
        var editing = _shop.EditAsync(visits, draft with { EndsAt = _engine.Now + TimeSpan.FromDays(1) });
        await written.Reached;

        _engine.Pass(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(2));
        await TurnsOfAsync(visits);
        written.Release();
        await editing;
        await TurnsOfAsync(visits);

        Assert.Equal(DistributionStatuses.Live, await _shop.StatusAsync(visits));
    }

    [Fact]
    public async Task A_stop_answers_with_what_was_being_made_when_it_came()
    {
        await _shop.GivenCustomersAsync(3, "gold");
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var news = await _shop.GivenActiveAsync(_shop.ToSegment(gold));
        var chunk = _engine.Interruptions.Hold<IMessageQueue>(nameof(IMessageQueue.SnapshotAsync));
        _engine.Pass(Countdown);
        await chunk.Reached;

        var stopping = _shop.StopAsync(news);
        await _engine.EventuallyAsync(async () => (await _shop.ListedAsync(news)).Status == DistributionStatuses.Stopped);
        await TurnsOfAsync(news);
        chunk.Release();

        var stopped = await stopping;
        Assert.Equal((3, 3), (stopped.Counts.Audience, stopped.Counts.Canceled));
    }

    [Fact]
    public async Task What_is_deleted_while_something_is_done_is_gone_only_after_it_is_written_that_it_goes()
    {
        await _shop.GivenCustomerAsync("ann");
        var news = await _shop.GivenActiveAsync(_shop.ToCustomer("ann"));
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        var looking = _engine.Interruptions.Hold<IMessageQueue>(nameof(IMessageQueue.HasPendingAsync));
        await _shop.Distribution(news).CheckCompleteAsync();
        await looking.Reached;
        await _shop.Distribution(news).CheckCompleteAsync();
        var written = _engine.Interruptions.Hold<IDistributionStore>(nameof(IDistributionStore.SaveAsync));
        var removal = _engine.Interruptions.Hold<IMessageQueue>(nameof(IMessageQueue.DeleteAsync));
        var deleting = _shop.Distribution(news).DeleteAsync();
        await written.Reached;

        looking.Release();
        await TurnsOfAsync(news);
        Assert.False(removal.Reached.IsCompleted);
        written.Release();
        removal.Release();

        Assert.IsType<DistributionResult.Done>(await deleting);
        await _engine.EventuallyAsync(async () => await _engine.Service<IDistributionStore>().FindAsync(_shop.Number, news) is null, timePasses: false);
    }

    [Fact]
    public async Task A_retry_that_is_repeated_after_a_stop_answers_what_the_first_did()
    {
        await _shop.GivenCustomerAsync("ann");
        _engine.Channel.Answer(_shop, "ann", new DeliveryOutcome.PermanentFailure("no"));
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.TrackAsync("ann", "visit");
        await _shop.CountAsync(visits, counts => counts.Failed == 1);
        var request = Shop.Context("again", "body");
        Assert.Equal(1, await _shop.Distribution(visits).RetryFailedAsync(null, request));
        await _shop.StopAsync(visits);

        Assert.Equal(1, await _shop.Distribution(visits).RetryFailedAsync(null, request));
        Assert.Equal(0, await _shop.Distribution(visits).RetryFailedAsync(null, Shop.Context("another", "body")));
    }

    [Fact]
    public async Task What_waits_in_a_lane_that_there_is_no_more_goes_on_when_it_is_resumed()
    {
        await _shop.GivenCustomersAsync(4);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromMinutes(30) });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => _shop.TrackAsync($"c{number}", "visit")));
        await _shop.CountAsync(visits, counts => counts.Queued == 4);
        await _shop.PauseAsync(visits);
        _engine.Pass(TimeSpan.FromHours(1));
        await _engine.StopAsync();
        await _engine.StartAgainAsync(("Distributions:Lanes", "1"));

        await _shop.ResumeAsync(visits);

        // No reminder comes round while the clock stands still.
        await _engine.EventuallyAsync(async () => (await _shop.CountsAsync(visits)).Sent == 4, async () => (await _shop.FindAsync(visits)).ToString(), timePasses: false);
    }

    // Calls it answers beside everything else: what it was given to do before has had its turn when it has answered them.
    private async Task TurnsOfAsync(string distribution)
    {
        for (var turn = 0; turn < 20; turn++)
        {
            await _shop.Distribution(distribution).EstimateAudienceAsync(TestContext.Current.CancellationToken);
        }
    }
}
