using System.Text.Json;
using Marketing.Behaviour;
using Marketing.Catalogue;
using Marketing.Vouchers;
using Xunit;
using static Marketing.Distributions.ShopCodes;

namespace Marketing.Distributions;

/// <summary>Messages about codes that expire soon, or that nobody redeemed. Each test moves its own clock.</summary>
public sealed class CodeTriggerTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private Shop _shop = null!;
    private ShopCodes _codes = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync(("Distributions:ManualDelay", "00:00:00"));
        _shop = await _engine.NewShopAsync();
        _codes = new ShopCodes(_engine, _shop);
        await _shop.GivenCustomerAsync(Ann);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_code_that_is_not_redeemed_is_told_of_so_many_days_after_it_was_published()
    {
        var campaign = await _codes.GivenAsync();
        var reminder = await _codes.GivenLiveAsync(TriggerCatalogue.NotRedeemed, campaign, 3);
        var published = _engine.Now;
        var code = await _codes.PublishAsync(campaign);
        Assert.Equal((published.AddDays(3), "queued"), await DueAsync(reminder));

        _engine.Pass(TimeSpan.FromDays(3));
        Assert.Equal(1, (await _shop.SettledAsync(reminder, 1)).Sent);
        var message = Assert.Single(_engine.Channel.ReceivedFor(reminder));
        Assert.Equal((Ann, TriggerCatalogue.NotRedeemed, published.AddDays(3)), (message.Recipient.Id, message.Trigger.Type, message.Trigger.CreatedAt));
        var data = JsonElement.Parse(message.Trigger.Data.Span);
        Assert.Equal((code, Ann), (data.GetProperty("voucher").GetProperty("code").GetString(), data.GetProperty("publication").GetProperty("customer_id").GetString()));

        _engine.Pass(TimeSpan.FromDays(30));
        var next = await _codes.PublishAsync(campaign);
        _engine.Pass(TimeSpan.FromDays(3));
        Assert.Equal(2, (await _shop.SettledAsync(reminder, 2)).Sent);
        Assert.NotEqual(code, next);
    }

    [Fact]
    public async Task A_code_that_was_redeemed_is_not_told_of_unless_it_was_taken_back()
    {
        var campaign = await _codes.GivenAsync();
        var reminder = await _codes.GivenLiveAsync(TriggerCatalogue.NotRedeemed, campaign, 3);
        await _codes.RedeemAsync(await _codes.PublishAsync(campaign));
        var back = await _codes.RedeemAsync(await _codes.PublishAsync(campaign));
        await _codes.RollBackAsync(back);
        _engine.Pass(TimeSpan.FromDays(3));
        var counts = await _shop.SettledAsync(reminder, 2);
        Assert.Equal((1, 1), (counts.Sent, counts.Skipped));
        Assert.Equal(["redeemed"], await _codes.ReasonsAsync(reminder));
    }

    [Fact]
    public async Task A_code_that_cannot_be_redeemed_is_not_told_of()
    {
        var campaign = await _codes.GivenAsync(fields: InMarch);
        var reminder = await _codes.GivenLiveAsync(TriggerCatalogue.NotRedeemed, campaign, 3);
        var late = await _codes.GivenLiveAsync(TriggerCatalogue.NotRedeemed, campaign, 40);
        var (disabled, deleted) = (await _codes.PublishAsync(campaign), await _codes.PublishAsync(campaign));
        await _codes.PublishAsync(campaign);
        Assert.IsType<VoucherResult.Saved>(await (await _codes.FindAsync(disabled)).SetActiveAsync(false));
        Assert.True(await (await _codes.FindAsync(deleted)).DeleteAsync());
        _engine.Pass(TimeSpan.FromDays(3));
        Assert.Equal((1, 2), ((await _shop.SettledAsync(reminder, 3)).Sent, (await _shop.CountsAsync(reminder)).Skipped));
        Assert.Equal(["code_deleted", "code_disabled"], await _codes.ReasonsAsync(reminder));
        _engine.Pass(TimeSpan.FromDays(37));
        Assert.Equal(3, (await _shop.SettledAsync(late, 3)).Skipped);
        Assert.Equal(["code_deleted", "code_disabled", "code_expired"], await _codes.ReasonsAsync(late));
    }

    [Fact]
    public async Task A_code_that_expires_is_told_of_so_many_days_before()
    {
        var campaign = await _codes.GivenAsync(fields: InMarch);
        var soon = await _codes.GivenLiveAsync(TriggerCatalogue.ExpiresSoon, campaign, 7);
        await _codes.PublishAsync(campaign);
        Assert.Equal((At(24), "queued"), await DueAsync(soon));
        _engine.Pass(At(24) - _engine.Now);
        Assert.Equal(1, (await _shop.SettledAsync(soon, 1)).Sent);
        Assert.Equal("2030-03-31T12:00:00.000Z", JsonElement.Parse(Assert.Single(_engine.Channel.ReceivedFor(soon)).Trigger.Data.Span).GetProperty("voucher").GetProperty("expiration_date").GetString());
    }

    [Fact]
    public async Task Where_codes_hold_for_some_time_after_publishing_that_is_what_counts()
    {
        var campaign = await _codes.GivenAsync(fields: """{"expiration_date":"2030-12-31T12:00:00Z","activity_duration_after_publishing":"P10D"}""");
        var soon = await _codes.GivenLiveAsync(TriggerCatalogue.ExpiresSoon, campaign, 7);
        var published = _engine.Now;
        await _codes.PublishAsync(campaign);
        Assert.Equal((published.AddDays(3), "queued"), await DueAsync(soon));
        _engine.Pass(TimeSpan.FromDays(3));
        Assert.Equal(1, (await _shop.SettledAsync(soon, 1)).Sent);
    }

    [Fact]
    public async Task What_never_expires_or_does_so_before_it_could_be_told_makes_nothing_owed()
    {
        var (forever, march) = (await _codes.GivenAsync(), await _codes.GivenAsync(fields: InMarch));
        var never = await _codes.GivenLiveAsync(TriggerCatalogue.ExpiresSoon, forever, 7);
        var tooLate = await _codes.GivenLiveAsync(TriggerCatalogue.ExpiresSoon, march, 31);
        await _codes.PublishAsync(forever);
        await _codes.PublishAsync(march);
        Assert.Equal((0, 0), ((await _shop.CountsAsync(never)).Audience, (await _shop.CountsAsync(tooLate)).Audience));
    }

    [Fact]
    public async Task With_another_date_it_is_told_of_by_that()
    {
        var campaign = await _codes.GivenAsync(fields: InMarch);
        var soon = await _codes.GivenLiveAsync(TriggerCatalogue.ExpiresSoon, campaign, 7);
        var (later, forever, earlier) = (await _codes.PublishAsync(campaign), await _codes.PublishAsync(campaign), await _codes.PublishAsync(campaign));
        await _codes.ExpireAsync(later, "\"2030-04-10T12:00:00Z\"");
        await _codes.ExpireAsync(forever, "null");
        await _codes.ExpireAsync(earlier, "\"2030-03-20T12:00:00Z\"");
        _engine.Pass(At(24) - _engine.Now);
        await _shop.CountAsync(soon, counts => counts is { Skipped: 2, Retrying: 1 });
        Assert.Equal(["code_expired", "no_expiration"], await _codes.ReasonsAsync(soon));
        Assert.Equal(At(31 + 3), Assert.Single(await _shop.MessagesAsync(soon), message => message.Status == "retrying").DueAt);

        // Once more: it waits in another state each time.
        await _codes.ExpireAsync(later, "\"2030-04-20T12:00:00Z\"");
        _engine.Pass(At(31 + 3) - _engine.Now);
        await _shop.CountAsync(soon, counts => counts is { Skipped: 2, Queued: 1 });
        _engine.Pass(At(31 + 13) - _engine.Now);
        var counts = await _shop.SettledAsync(soon, 3);
        Assert.Equal((1, 2), (counts.Sent, counts.Skipped));
    }

    [Fact]
    public async Task What_is_left_on_a_gift_card_expires_though_it_was_used()
    {
        var campaign = await _codes.GivenAsync("""{"gift":{"amount":1000}}""", InMarch);
        var soon = await _codes.GivenLiveAsync(TriggerCatalogue.ExpiresSoon, campaign, 7);
        await _codes.RedeemAsync(await _codes.PublishAsync(campaign), 300);
        await _codes.RedeemAsync(await _codes.PublishAsync(campaign), 1_000);
        _engine.Pass(At(24) - _engine.Now);
        var counts = await _shop.SettledAsync(soon, 2);
        Assert.Equal((1, 1), (counts.Sent, counts.Skipped));
        Assert.Equal(["redeemed"], await _codes.ReasonsAsync(soon));
    }

    [Fact]
    public async Task Codes_that_distributions_publish_count_too_and_each_of_several()
    {
        var campaign = await _codes.GivenAsync(fields: InMarch);
        var reminder = await _codes.GivenLiveAsync(TriggerCatalogue.NotRedeemed, campaign, 3);
        var soon = await _codes.GivenLiveAsync(TriggerCatalogue.ExpiresSoon, campaign, 7);
        var gift = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Action = new ActionDefinition { Type = ActionCatalogue.PublishCodes, CampaignId = campaign } });
        await _shop.TrackAsync(Ann, "visit");
        Assert.Equal(1, (await _shop.SettledAsync(gift, 1)).Sent);
        await _codes.PublishAsync(campaign, count: 2);
        _engine.Pass(At(24) - _engine.Now);
        Assert.Equal((3, 3), ((await _shop.SettledAsync(reminder, 3)).Sent, (await _shop.SettledAsync(soon, 3)).Sent));
        Assert.Equal(3, _engine.Channel.ReceivedFor(soon).Select(CodeOf).Distinct().Count());
        Assert.Contains(CodeOf(Assert.Single(_engine.Channel.ReceivedFor(gift))), _engine.Channel.ReceivedFor(reminder).Select(CodeOf));
    }

    [Fact]
    public async Task An_engine_that_was_away_at_the_time_sends_once_when_it_is_back()
    {
        var campaign = await _codes.GivenAsync();
        var reminder = await _codes.GivenLiveAsync(TriggerCatalogue.NotRedeemed, campaign, 3);
        var code = await _codes.PublishAsync(campaign);
        await _engine.StopAsync();
        _engine.Pass(TimeSpan.FromDays(4));
        await _engine.StartAgainAsync();
        Assert.Equal(1, (await _shop.SettledAsync(reminder, 1)).Sent);
        await _engine.KillAsync();
        _engine.Pass(TimeSpan.FromDays(4));
        await _engine.StartAgainAsync();
        await _codes.PublishAsync(campaign);
        _engine.Pass(TimeSpan.FromDays(4));
        Assert.Equal(2, (await _shop.SettledAsync(reminder, 2)).Sent);
        Assert.Single(_engine.Channel.ReceivedFor(reminder), message => CodeOf(message) == code);
    }

    [Fact]
    public async Task What_waits_is_canceled_when_it_stops()
    {
        var campaign = await _codes.GivenAsync();
        var reminder = await _codes.GivenLiveAsync(TriggerCatalogue.NotRedeemed, campaign, 3);
        await _codes.PublishAsync(campaign);
        await _shop.StopAsync(reminder);
        Assert.Equal(1, (await _shop.CountsAsync(reminder)).Canceled);
    }

    [Theory]
    [InlineData(TriggerCatalogue.NotRedeemed, null, null, "trigger.days is required")]
    [InlineData(TriggerCatalogue.ExpiresSoon, 0, null, "trigger.days must be 1 to 365")]
    [InlineData(TriggerCatalogue.ExpiresSoon, 366, null, "trigger.days must be 1 to 365")]
    [InlineData(TriggerCatalogue.NotRedeemed, 1, 5, "delay does not go with trigger.days")]
    [InlineData(TriggerCatalogue.Published, 1, null, "trigger.days does not go with the trigger customer.publication.succeeded")]
    [InlineData(TriggerCatalogue.NotRedeemed, 365, null, null)]
    public async Task Days_are_asked_for_where_they_mean_something(string trigger, int? days, int? delay, string? problem)
    {
        var draft = await _shop.GivenDistributionAsync(_shop.On(trigger) with
        {
            Trigger = new TriggerDefinition { Type = trigger, Days = days, CampaignId = await _codes.GivenAsync() },
            Action = new ActionDefinition { Type = trigger == TriggerCatalogue.Published ? ActionCatalogue.PublishedCode : ActionCatalogue.Message },
            Delay = delay is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        });
        Assert.Equal(problem is null ? [] : [problem], (await _shop.Distribution(draft).ValidateAsync())!.Problems.Select(found => $"{found.Field} {found.Message}"));
    }

    private async Task<(DateTimeOffset Due, string Status)> DueAsync(string distribution)
    {
        var message = await _shop.MessageToAsync(distribution, Ann);
        return (message.DueAt, message.Status);
    }
}
