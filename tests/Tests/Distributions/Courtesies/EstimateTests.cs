using Marketing.Api;
using Marketing.Behaviour;
using Marketing.Branding;
using Marketing.Channels;
using Marketing.Customers;
using Marketing.Projects;
using Marketing.Suppressions;
using Xunit;

namespace Marketing.Distributions;

/// <summary>What is said of a manual draft is what happens then, for every reason that can be known before.</summary>
public sealed class EstimateTests : IAsyncLifetime
{
    private static readonly ChannelDefinition Mail = new() { Type = "email", Template = new ChannelTemplate { Subject = "News", Text = "Hello {{ customer.name }}" } };

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync(("Distributions:BatchSize", "4"));
        _shop = await _engine.NewShopAsync();
        await _engine.Grains.Branding(_shop.Number).SaveAsync(Samples.BrandDetails);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Who_is_skipped_and_why_is_said_before_and_happens_so()
    {
        await ChangeAsync(settings => settings with { DialCode = "48", MessagePlan = MessagePlans.Trial, FrequencyCaps = [new FrequencyCap("email", 1, TimeSpan.FromDays(1))] });
        await GivenAsync("silent", null, 2);
        await GivenAsync("wrong", "no mailbox", 1);
        await GivenAsync("bounced", "bounced@example.com", 2);
        await GivenAsync("left", "Left@example.com", 1);
        await GivenAsync("shared", "Shared@Example.com", 3);
        await GivenAsync("idn", "ida@xn--mnchen-3ya.de", 1);
        await GivenAsync("letters", "ida@münchen.de", 1);
        for (var one = 0; one < 12; one++)
        {
            await GivenAsync($"one{one}-", $"one{one}@example.com", 1);
        }

        await _engine.Grains.Suppressions(_shop.Number).AddAsync("email", "BOUNCED@example.com", "bounced");
        await _engine.Grains.Suppressions(_shop.Number).AddAsync("email", "left@example.com", "unsubscribed");
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Channels = [Mail] });
        foreach (var capped in (string[])["one0-0", "one1-0", "shared0"])
        {
            await _shop.TrackAsync(capped, "visit");
        }

        await _shop.SettledAsync(visits, 3);
        await HappensAsync(Mail, """{"account_limit":5,"duplicate_address":2,"frequency_cap":3,"invalid_address":1,"no_address":2,"suppressed":2,"unsubscribed":1}""", sent: 7);
    }

    [Fact]
    public async Task Numbers_are_one_with_and_without_their_country()
    {
        await ChangeAsync(settings => settings with { DialCode = "48" });
        foreach (var (id, phone) in ((string, string?)[])[("a", "+48 512 345 678"), ("b", "512345678"), ("c", "0048512345678"), ("d", "512 345 679"), ("e", "1"), ("f", null)])
        {
            await _shop.SaveAsync(id, new CustomerPatch { Present = CustomerFields.Phone, Phone = phone });
        }

        await HappensAsync(Shop.Through("sms"), """{"duplicate_address":2,"invalid_address":1,"no_address":1}""", sent: 2);
    }

    private async Task HappensAsync(ChannelDefinition channel, string skipped, long sent)
    {
        var news = await _shop.GivenDistributionAsync(_shop.ToSegment(await _shop.GivenSegmentAsync(FilterTexts.Everybody)) with { Channels = [channel] });
        var audience = (await _shop.Distribution(news).EstimateAudienceAsync(TestContext.Current.CancellationToken))!;
        var estimate = audience.Channels[channel.Type!];
        Assert.Equal(skipped, System.Text.Json.JsonSerializer.Serialize(estimate.Skipped));
        Assert.Equal(sent, estimate.Reachable);

        await _shop.ActivateAsync(news);
        var counts = await _shop.SettledAsync(news, audience.Customers!.Value);
        Assert.Equal((sent, audience.Customers - sent), (counts.Sent, counts.Skipped));
        var reasons = (await _shop.MessagesAsync(news)).Where(message => message.Status == "skipped").GroupBy(message => message.Reason!).ToDictionary(reason => reason.Key, reason => (long)reason.Count());
        Assert.Equal(estimate.Skipped.OrderBy(pair => pair.Key, StringComparer.Ordinal), reasons.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    private async Task GivenAsync(string name, string? email, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await _shop.SaveAsync($"{name}{number}", new CustomerPatch { Present = CustomerFields.Email, Email = email });
        }
    }

    private async Task ChangeAsync(Func<ProjectSettings, ProjectSettings> change)
    {
        var directory = _engine.Grains.ProjectDirectory;
        await directory.UpdateAsync(_shop.ProjectId, change((await directory.FindAsync(_shop.ProjectId))!.Settings));
    }
}
