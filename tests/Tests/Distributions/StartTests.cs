using Marketing.Behaviour;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Manual distributions that say when they start. Each test moves its own clock.</summary>
public sealed class StartTests : IAsyncLifetime
{
    private static readonly TimeSpan Countdown = TimeSpan.FromMinutes(10);

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync();
        _shop = await _engine.NewShopAsync();
        await _shop.GivenCustomerAsync("ann");
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task It_is_sent_at_its_start_months_ahead_over_restarts()
    {
        var start = _engine.Now.AddDays(100);
        var news = await _shop.GivenActiveAsync(_shop.ToCustomer("ann") with { StartsAt = start });
        Assert.Equal((DistributionStatuses.Scheduled, start), await StandsAsync(news));

        _engine.Pass(TimeSpan.FromDays(60));
        await _engine.KillAsync();
        await _engine.StartAgainAsync();
        _engine.Pass(TimeSpan.FromDays(40) - TimeSpan.FromMinutes(2));
        await SentMeanwhileAsync();
        Assert.Equal((DistributionStatuses.Scheduled, start), await StandsAsync(news));
        Assert.Empty(_shop.Received(news));

        _engine.Pass(start - _engine.Now);
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(["ann"], _shop.ReceiversOf(news));
    }

    [Fact]
    public async Task A_start_within_the_countdown_changes_nothing()
    {
        var due = _engine.Now + Countdown;
        var news = await _shop.GivenActiveAsync(_shop.ToCustomer("ann") with { StartsAt = _engine.Now.AddMinutes(5) });
        Assert.Equal((DistributionStatuses.Scheduled, due), await StandsAsync(news));
    }

    [Fact]
    public async Task Another_start_moves_the_send_and_leaves_a_countdown()
    {
        var draft = _shop.ToCustomer("ann");
        var news = await _shop.GivenActiveAsync(draft);
        var due = _engine.Now + Countdown;
        _engine.Pass(TimeSpan.FromMinutes(4));
        Assert.Equal(due, (await _shop.EditAsync(news, draft with { Channels = [Shop.Through("test", "Edited")] })).SendsAt);

        var start = _engine.Now.AddDays(2);
        Assert.Equal(start, (await _shop.EditAsync(news, draft with { StartsAt = start })).SendsAt);
        _engine.Pass(TimeSpan.FromDays(1));
        due = _engine.Now + Countdown;
        Assert.Equal(due, (await _shop.EditAsync(news, draft)).SendsAt);
        _engine.Pass(Countdown);

        await _shop.IsAsync(news, DistributionStatuses.Sent);
    }

    [Fact]
    public async Task Resumed_before_its_start_it_is_sent_at_its_start_and_after_it_when_the_countdown_is_over()
    {
        var start = _engine.Now.AddDays(2);
        var news = await _shop.GivenActiveAsync(_shop.ToCustomer("ann") with { StartsAt = start });
        await _shop.PauseAsync(news);
        _engine.Pass(TimeSpan.FromDays(1));
        Assert.Equal(start, (await _shop.ResumeAsync(news)).SendsAt);
        await _shop.PauseAsync(news);
        _engine.Pass(TimeSpan.FromDays(2));
        var due = _engine.Now + Countdown;
        Assert.Equal(due, (await _shop.ResumeAsync(news)).SendsAt);
    }

    [Fact]
    public async Task An_end_and_a_delay_are_refused()
    {
        var news = await _shop.GivenDistributionAsync(_shop.ToCustomer("ann") with { EndsAt = _engine.Now.AddDays(2), Delay = TimeSpan.FromHours(1) });
        Assert.Equal(["delay", "ends_at"], await ProblemsAsync(news));
    }

    [Fact]
    public async Task An_automatic_one_cannot_end_before_it_starts_or_is_activated()
    {
        var visits = _shop.OnEvent("visit");
        var past = await _shop.GivenDistributionAsync(visits with { EndsAt = _engine.Now });
        Assert.Equal(["ends_at"], await ProblemsAsync(past));
        var start = _engine.Now.AddDays(1);
        var backwards = await _shop.GivenDistributionAsync(visits with { Name = "Backwards", StartsAt = start, EndsAt = start });
        Assert.Equal(["ends_at"], await ProblemsAsync(backwards));
        var open = await _shop.GivenDistributionAsync(visits with { Name = "Open", StartsAt = start, EndsAt = start.AddSeconds(1) });
        Assert.Equal(DistributionStatuses.Live, (await _shop.ActivateAsync(open)).Status);
    }

    private async Task<IReadOnlyList<string>> ProblemsAsync(string distribution)
    {
        var refused = Assert.IsType<DistributionResult.Invalid>(await _shop.Distribution(distribution).ActivateAsync()).Problems;
        Assert.Equal(refused, (await _shop.Distribution(distribution).ValidateAsync())!.Problems);
        return [.. refused.Select(problem => problem.Field).Order(StringComparer.Ordinal)];
    }

    private async Task<(string Status, DateTimeOffset? SendsAt)> StandsAsync(string distribution) =>
        await _shop.FindAsync(distribution) is var found ? (found.Status, found.SendsAt) : default;

    // Another one goes all its way, so that this one had its chance.
    private async Task SentMeanwhileAsync()
    {
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.TrackAsync("ann", "visit");
        await _shop.SettledAsync(visits, 1);
    }
}
