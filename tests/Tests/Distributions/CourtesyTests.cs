using Marketing.Behaviour;
using Marketing.Customers;
using Marketing.Projects;
using Xunit;

namespace Marketing.Distributions;

/// <summary>When messages are held, and when they come too late. Each test moves its own clock, which begins at noon UTC.</summary>
public sealed class CourtesyTests : IAsyncLifetime
{
    private static readonly QuietHours Noon = new(new TimeOnly(11, 0), new TimeOnly(13, 0));

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync(("Distributions:ManualDelay", "00:00:00"));
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task What_is_due_in_quiet_hours_waits_for_their_end_by_the_customers_own_clock()
    {
        await BeQuietAsync(Noon);
        await _shop.GivenCustomerAsync("unknown");
        await LivesAsync("tokyo", metadata: """{"timezone":"Asia/Tokyo"}""");
        await LivesAsync("warsaw", country: "pl");
        await LivesAsync("london", country: "GB");
        await LivesAsync("nowhere", country: "US", metadata: """{"timezone":"Middle-earth/Shire"}""");
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        foreach (var customer in (string[])["unknown", "tokyo", "warsaw", "london", "nowhere"])
        {
            await _shop.TrackAsync(customer, "visit");
        }

        await _shop.CountAsync(visits, counts => counts.Sent == 2 && counts.Retrying == 3);
        Assert.Equal(["tokyo", "warsaw"], _shop.ReceiversOf(visits).Order());
        var held = await _shop.MessageToAsync(visits, "london");
        Assert.Equal(("quiet hours", new DateTimeOffset(2030, 3, 1, 13, 0, 0, TimeSpan.Zero)), (held.Reason, held.DueAt));

        _engine.Pass(TimeSpan.FromHours(1));
        Assert.Equal(5, (await _shop.SettledAsync(visits, 5)).Sent);
        Assert.Equal(5, _shop.ReceiversOf(visits).Distinct().Count());
    }

    [Fact]
    public async Task Customers_who_wait_for_it_get_it_in_quiet_hours_and_so_do_machines()
    {
        await BeQuietAsync(Noon);
        await _shop.GivenCustomerAsync("ann");
        var confirmation = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Transactional = true });
        var hook = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Channels = [Shop.Through("hook")] });
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(1, (await _shop.SettledAsync(confirmation, 1)).Sent);
        Assert.Equal(1, (await _shop.SettledAsync(hook, 1)).Sent);
    }

    [Fact]
    public async Task What_waited_too_long_is_skipped_and_says_so()
    {
        await _shop.GivenCustomersAsync(2);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromMinutes(10), MaxLateness = TimeSpan.FromHours(1) });
        await _shop.TrackAsync("c0", "visit");
        _engine.Pass(TimeSpan.FromMinutes(9));
        await _shop.TrackAsync("c1", "visit");
        await _shop.PauseAsync(visits);
        _engine.Pass(TimeSpan.FromMinutes(62));
        await _shop.ResumeAsync(visits);
        var counts = await _shop.SettledAsync(visits, 2);
        Assert.Equal((1, 1), (counts.Sent, counts.Skipped));
        Assert.Equal("too_late", (await _shop.MessageToAsync(visits, "c0")).Reason);
    }

    [Fact]
    public async Task The_delay_that_was_asked_for_is_not_lateness()
    {
        await _shop.GivenCustomerAsync("ann");
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromDays(2), MaxLateness = TimeSpan.FromMinutes(5) });
        await _shop.TrackAsync("ann", "visit");
        _engine.Pass(TimeSpan.FromDays(2));
        Assert.Equal(1, (await _shop.SettledAsync(visits, 1)).Sent);
    }

    [Fact]
    public async Task What_was_held_is_late_for_it_all_the_same()
    {
        await BeQuietAsync(Noon);
        await _shop.GivenCustomerAsync("ann");
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { MaxLateness = TimeSpan.FromMinutes(30) });
        await _shop.TrackAsync("ann", "visit");
        await _shop.CountAsync(visits, counts => counts.Retrying == 1);
        _engine.Pass(TimeSpan.FromHours(1));
        Assert.Equal(1, (await _shop.SettledAsync(visits, 1)).Skipped);
        Assert.Empty(_shop.ReceiversOf(visits));
    }

    [Fact]
    public async Task Of_sixty_four_who_call_at_once_in_quiet_hours_nobody_is_written_to_before_their_end_and_then_each_once()
    {
        const int Callers = 64;
        await BeQuietAsync(Noon);
        await _shop.GivenCustomersAsync(Callers);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(customer => _shop.TrackAsync($"c{customer}", "visit")));
        await _shop.CountAsync(visits, counts => counts.Retrying == Callers);
        Assert.Empty(_shop.ReceiversOf(visits));

        _engine.Pass(TimeSpan.FromHours(1));
        Assert.Equal(Callers, (await _shop.SettledAsync(visits, Callers)).Sent);
        Assert.Equal(Callers, _shop.ReceiversOf(visits).Distinct().Count());
        Assert.Equal(Callers, _shop.ReceiversOf(visits).Count);
    }

    private async Task BeQuietAsync(QuietHours hours)
    {
        var directory = _engine.Grains.ProjectDirectory;
        var project = (await directory.FindAsync(_shop.ProjectId))!;
        await directory.UpdateAsync(_shop.ProjectId, project.Settings with { QuietHours = hours });
    }

    private async Task LivesAsync(string customer, string? country = null, string? metadata = null)
    {
        await _shop.GivenCustomerAsync(customer);
        await _shop.SaveAsync(customer, new CustomerPatch
        {
            Present = (country is null ? 0 : CustomerFields.Address) | (metadata is null ? 0 : CustomerFields.Metadata),
            Address = country is null ? null : new CustomerAddress { Country = country },
            Metadata = metadata is null ? null : RawJson.Parse(metadata),
        });
    }
}
