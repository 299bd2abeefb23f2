using System.Text.Json;
using Marketing.Behaviour;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Redemptions;
using Marketing.Vouchers;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Unique codes that go out with messages.</summary>
public sealed class PublishCodesTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync();
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Everybody_gets_a_code_of_their_own_the_same_in_every_channel()
    {
        await _shop.GivenCustomersAsync(40);
        var campaign = await GivenCodesAsync(100);
        var news = await _shop.GivenActiveAsync(With(_shop.ToSegment(await EverybodyAsync()), campaign) with { Channels = [Shop.Through("test"), Shop.Through("hook")] });
        Assert.Equal(80, (await _shop.SettledAsync(news, 80)).Sent);

        var codes = CodesOf(_engine.Channel, news);
        Assert.Equal((40, 40), (codes.Count, codes.Values.Distinct().Count()));
        Assert.Equal(codes.OrderBy(code => code.Key), CodesOf(_engine.Hook, news).OrderBy(code => code.Key));
        foreach (var (customer, code) in codes)
        {
            Assert.Equal(customer, (await VoucherAsync(code)).GetProperty("holder_id").GetString());
        }

        var analytics = await _engine.Grains.DistributionQueries(_shop.Number).AnalyticsAsync(news, new AnalyticsQuery("day", null, null), TestContext.Current.CancellationToken);
        Assert.Equal((40L, 0L), (analytics!.Published, analytics.Redeemed));
    }

    [Fact]
    public async Task A_message_that_is_sent_again_carries_the_same_code()
    {
        await _shop.GivenCustomerAsync("ann");
        var campaign = await GivenCodesAsync(5);
        _engine.Channel.Answer(_shop, "ann", new DeliveryOutcome.TemporaryFailure("busy"), new DeliveryOutcome.TemporaryFailure("busy"));
        var visits = await _shop.GivenActiveAsync(With(_shop.OnEvent("visit"), campaign));
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(1, (await _shop.SettledAsync(visits, 1)).Sent);
        var attempts = _engine.Channel.ReceivedFor(visits);
        Assert.Equal(3, attempts.Count);
        Assert.Single(attempts.Select(CodeOf).Distinct());

        // A second occurrence is a second code.
        await _shop.TrackAsync("ann", "visit");
        await _shop.SettledAsync(visits, 2);
        Assert.Equal(2, _engine.Channel.ReceivedFor(visits).Select(CodeOf).Distinct().Count());
    }

    [Fact]
    public async Task Where_customers_join_once_they_keep_their_first_code()
    {
        await _shop.GivenCustomersAsync(3);
        var campaign = await GivenCodesAsync(3, once: true);
        var visits = await _shop.GivenActiveAsync(With(_shop.OnEvent("visit"), campaign));
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(customer => _shop.TrackAsync($"c{customer}", "visit")));
        }

        Assert.Equal(9, (await _shop.SettledAsync(visits, 9)).Sent);
        foreach (var received in _engine.Channel.ReceivedFor(visits).GroupBy(message => message.Recipient.Id))
        {
            Assert.Single(received.Select(CodeOf).Distinct());
        }
    }

    [Fact]
    public async Task Out_of_codes_it_pauses_and_goes_on_by_itself_when_there_are_more()
    {
        await _shop.GivenCustomersAsync(30);
        var campaign = await GivenCodesAsync(20);
        var news = await _shop.GivenActiveAsync(With(_shop.ToSegment(await EverybodyAsync()), campaign));
        await _shop.IsAsync(news, DistributionStatuses.Paused);
        var paused = await _shop.FindAsync(news);
        Assert.Contains("no code that is not given out", paused.StatusReason, StringComparison.Ordinal);
        await _engine.EventuallyAsync(async () => (await _shop.CountsAsync(news)).Sent == 20);
        Assert.Equal(10, (await _shop.CountsAsync(news)).Queued);

        await AddCodesAsync(campaign, 10);
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(30, (await _shop.CountsAsync(news)).Sent);
        Assert.Equal(30, CodesOf(_engine.Channel, news).Values.Distinct().Count());
    }

    [Fact]
    public async Task Paused_by_somebody_it_does_not_go_on_when_there_are_codes()
    {
        await _shop.GivenCustomersAsync(2);
        var campaign = await GivenCodesAsync(1);
        var news = await _shop.GivenActiveAsync(With(_shop.ToSegment(await EverybodyAsync()), campaign));
        await _shop.IsAsync(news, DistributionStatuses.Paused);
        await _shop.PauseAsync(news);
        await AddCodesAsync(campaign, 5);

        // Another one that does go on shows that time enough has passed.
        var other = await _shop.GivenActiveAsync(With(_shop.ToCustomer("c0"), campaign));
        await _shop.IsAsync(other, DistributionStatuses.Sent);
        Assert.Equal(DistributionStatuses.Paused, await _shop.StatusAsync(news));
        await _shop.ResumeAsync(news);
        await _shop.IsAsync(news, DistributionStatuses.Sent);
    }

    [Fact]
    public async Task A_campaign_that_makes_its_codes_never_pauses_a_distribution()
    {
        await _shop.GivenCustomersAsync(25);
        var campaign = await GivenCodesAsync(0, type: CampaignTypes.AutoUpdate);
        var news = await _shop.GivenActiveAsync(With(_shop.ToSegment(await EverybodyAsync()), campaign));
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(25, CodesOf(_engine.Channel, news).Values.Distinct().Count());
    }

    [Fact]
    public async Task Killed_while_sending_it_gives_nobody_two_codes_and_no_code_to_two()
    {
        await _shop.GivenCustomersAsync(60);
        var campaign = await GivenCodesAsync(60);
        _engine.Channel.Pace = TimeSpan.FromMilliseconds(20);
        var news = await _shop.GivenActiveAsync(With(_shop.ToSegment(await EverybodyAsync()), campaign));
        await _engine.EventuallyAsync(() => Task.FromResult(_engine.Channel.ReceivedFor(news).Count > 10));
        await _engine.KillAsync();
        await _engine.StartAgainAsync();
        await _shop.IsAsync(news, DistributionStatuses.Sent);

        // Whoever was sent to twice got the same code, and with it every customer has the last one there was.
        var received = _engine.Channel.ReceivedFor(news).GroupBy(message => message.Recipient.Id).ToDictionary(group => group.Key, group => group.Select(CodeOf).Distinct().ToList());
        Assert.Equal(60, received.Count);
        Assert.All(received.Values, codes => Assert.Single(codes));
        Assert.Equal(60, received.Values.Select(codes => codes[0]).Distinct().Count());
    }

    [Fact]
    public async Task What_was_published_starts_the_distributions_that_listen()
    {
        await _shop.GivenCustomersAsync(3);
        var campaign = await GivenCodesAsync(10);
        var told = await _shop.GivenActiveAsync(_shop.On(TriggerCatalogue.Published) with
        {
            Trigger = new TriggerDefinition { Type = TriggerCatalogue.Published, CampaignId = campaign },
            Action = new ActionDefinition { Type = ActionCatalogue.PublishedCode },
        });
        var news = await _shop.GivenActiveAsync(With(_shop.ToSegment(await EverybodyAsync()), campaign));
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(3, (await _shop.SettledAsync(told, 3)).Sent);
        Assert.Equal(CodesOf(_engine.Channel, news).OrderBy(code => code.Key), CodesOf(_engine.Channel, told).OrderBy(code => code.Key));
    }

    [Fact]
    public async Task A_campaign_knows_what_became_of_its_distributions()
    {
        await _shop.GivenCustomersAsync(4);
        var campaign = await GivenCodesAsync(10);
        var news = await _shop.GivenActiveAsync(With(_shop.ToSegment(await EverybodyAsync()), campaign));
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        await _shop.GivenActiveAsync(With(_shop.OnEvent("visit"), await GivenCodesAsync(1)));
        var code = CodesOf(_engine.Channel, news)["c0"];

        // Twice redeemed is redeemed once.
        for (var turn = 0; turn < 2; turn++)
        {
            await _engine.Grains.Redemptions(_shop.Number).RedeemAsync(
                new RedemptionCommand { Id = ObjectIds.New("r_"), Redeemables = [new RedeemableReference(RedeemableReference.Voucher, code, null)], CustomerId = "c0" },
                Shop.Context());
        }

        var found = await _engine.Grains.DistributionQueries(_shop.Number).OfCampaignAsync(campaign, TestContext.Current.CancellationToken);
        var only = Assert.Single(found.Distributions);
        Assert.Equal((news, DistributionStatuses.Sent, "test"), (only.Id, only.Status, Assert.Single(only.Channels)));
        Assert.Equal((4, 4, 1, 0.25m), (only.CodesIssued, only.MessagesDelivered, only.CodesRedeemed, only.RedemptionRate));
        Assert.Equal((4, 4, 1, 0.25m), (found.CodesIssued, found.MessagesDelivered, found.CodesRedeemed, found.RedemptionRate));
    }

    [Fact]
    public async Task Before_codes_run_out_it_is_said_once()
    {
        await _shop.GivenCustomerAsync("ann");
        var campaign = await GivenCodesAsync(20);
        var visits = await _shop.GivenActiveAsync(With(_shop.OnEvent("visit"), campaign));
        for (var visit = 1; visit <= 18; visit++)
        {
            await _shop.TrackAsync("ann", "visit");
        }

        await _shop.SettledAsync(visits, 18);
        Assert.Null((await _shop.FindAsync(visits)).Warning);
        for (var visit = 1; visit <= 2; visit++)
        {
            await _shop.TrackAsync("ann", "visit");
            await _shop.SettledAsync(visits, 18 + visit);
            Assert.Equal($"{2 - visit} of 20 codes are left", (await _shop.FindAsync(visits)).Warning);
            await _engine.EventuallyAsync(() => Task.FromResult(_engine.Log.Count($"What distribution {visits} gives runs low") == 1));
        }

        // Nothing of it is left once there are more.
        await AddCodesAsync(campaign, 20);
        Assert.Null((await _shop.FindAsync(visits)).Warning);
    }

    [Fact]
    public async Task Fewer_codes_than_customers_are_told_of_in_the_countdown()
    {
        await _engine.StopAsync();
        await _engine.StartAgainAsync(("Distributions:ManualDelay", "00:10:00"));
        await _shop.GivenCustomersAsync(3);
        var news = await _shop.GivenActiveAsync(With(_shop.ToSegment(await EverybodyAsync()), await GivenCodesAsync(2)));
        Assert.Equal("2 codes are left, and 3 customers are to get one", (await _shop.FindAsync(news)).Warning);
        await _engine.EventuallyAsync(() => Task.FromResult(_engine.Log.Count($"What distribution {news} gives runs low") == 1));
    }

    [Fact]
    public async Task Previews_and_estimates_take_nothing()
    {
        await _shop.GivenCustomersAsync(3);
        var campaign = await GivenCodesAsync(2);
        var draft = await _shop.GivenDistributionAsync(With(_shop.ToSegment(await EverybodyAsync()), campaign));
        Assert.IsType<PreviewResult.Rendered>(await _shop.Distribution(draft).PreviewAsync("c0"));
        var estimate = await _shop.Distribution(draft).EstimateAudienceAsync(TestContext.Current.CancellationToken);
        Assert.Equal((3, 2, false), (estimate!.Customers, estimate.CodesLeft, estimate.CodesSuffice));
        Assert.Equal(0, (await _engine.Grains.CampaignQueries(_shop.Number).SummarizeAsync(campaign, TestContext.Current.CancellationToken))!.Figures[CampaignFigures.Given]);
    }

    private static DistributionDraft With(DistributionDraft draft, string campaign) =>
        draft with { Action = new ActionDefinition { Type = ActionCatalogue.PublishCodes, CampaignId = campaign } };

    private Task<string> EverybodyAsync() => _shop.GivenSegmentAsync("""{"junction":"and","email":{"conditions":{"$has_value":true}}}""");

    private async Task<string> GivenCodesAsync(int count, bool once = false, string type = CampaignTypes.Static)
    {
        var id = ObjectIds.New("camp_");
        Assert.IsType<CampaignResult.Saved>(await _engine.Grains.Campaign(_shop.Number, id).CreateAsync(
            new CampaignCommand
            {
                Name = id,
                Type = type,
                Fields = new RawJson(JsonSerializer.SerializeToUtf8Bytes(new { join_once = once })),
                Voucher = RawJson.Parse("""{"discount":{"type":"PERCENT","percent_off":10}}"""),
                VouchersCount = count,
            },
            Shop.Context()));
        await _engine.EventuallyAsync(async () => (await CampaignAsync(id)).GetProperty("vouchers_count").GetInt32() == count);
        return id;
    }

    private async Task AddCodesAsync(string campaign, int count)
    {
        var before = (await CampaignAsync(campaign)).GetProperty("vouchers_count").GetInt32();
        Assert.IsType<CampaignResult.Started>(await _engine.Grains.Campaign(_shop.Number, campaign).AddCodesAsync(new CodesCommand(count, RawJson.EmptyObject, null), Shop.Context()));
        await _engine.EventuallyAsync(async () => (await CampaignAsync(campaign)).GetProperty("vouchers_count").GetInt32() == before + count);
    }

    private async Task<JsonElement> CampaignAsync(string id) => (await _engine.Grains.CampaignQueries(_shop.Number).FindAsync(id))!.ToElement();

    private async Task<JsonElement> VoucherAsync(string code) => (await _engine.Grains.VoucherQueries(_shop.Number).FindAsync(code))!.ToElement();

    private static Dictionary<string, string> CodesOf(ScriptedChannel channel, string distribution) =>
        channel.ReceivedFor(distribution).ToDictionary(message => message.Recipient.Id, CodeOf);

    private static string CodeOf(OutboundMessage message) => JsonElement.Parse(message.Trigger.Data.Span).GetProperty("voucher").GetProperty("code").GetString()!;
}
