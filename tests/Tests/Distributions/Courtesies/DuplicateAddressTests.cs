using Marketing.Behaviour;
using Marketing.Channels;
using Marketing.Customers;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Several customers with one address: a manual distribution writes to it once.</summary>
public sealed class DuplicateAddressTests : IAsyncLifetime
{
    private const int Customers = 60;
    private const int Addresses = 20;

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync(("Distributions:BatchSize", "5"));
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Each_address_gets_one_message_whatever_lane_its_customers_are_in_and_the_estimate_said_so()
    {
        await GivenSharedAddressesAsync();
        var everybody = await _shop.GivenSegmentAsync(FilterTexts.Everybody);
        var once = await _shop.GivenDistributionAsync(_shop.ToSegment(everybody) with { Channels = [Shop.Through("test"), Shop.Through("hook")] });
        var estimate = (await _shop.Distribution(once).EstimateAudienceAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((Addresses, Customers - Addresses), (estimate.Channels["test"].Reachable, estimate.Channels["test"].Skipped["duplicate_address"]));
        Assert.Equal((Customers, 0), (estimate.Channels["hook"].Reachable, estimate.Channels["hook"].Skipped.Count));

        await _shop.ActivateAsync(once);
        var counts = await _shop.SettledAsync(once, 2 * Customers);
        Assert.Equal((Addresses + Customers, Customers - Addresses), (counts.Sent, counts.Skipped));
        var received = _engine.Channel.ReceivedFor(once);
        Assert.Equal(Addresses, received.Count);
        Assert.Equal(Addresses, received.Select(message => message.Recipient.Email!.ToUpperInvariant()).Distinct().Count());
        Assert.All((await _shop.MessagesAsync(once)).Where(message => message.Status == "skipped"), message => Assert.Equal(("test", "duplicate_address"), (message.Channel, message.Reason)));
    }

    [Fact]
    public async Task A_restart_in_the_middle_writes_to_nobody_twice()
    {
        await GivenSharedAddressesAsync();
        var everybody = await _shop.GivenSegmentAsync(FilterTexts.Everybody);
        _engine.Channel.Pace = TimeSpan.FromMilliseconds(40);
        var once = await _shop.GivenActiveAsync(_shop.ToSegment(everybody));
        await _shop.CountAsync(once, counts => counts.Sent >= 3);
        await _engine.StopAsync();
        _engine.Channel.Pace = TimeSpan.Zero;
        await _engine.StartAgainAsync();

        var counts = await _shop.SettledAsync(once, Customers);
        Assert.Equal((Addresses, Customers - Addresses), (counts.Sent, counts.Skipped));
        Assert.Equal(Addresses, _engine.Channel.ReceivedFor(once).Count);
    }

    [Fact]
    public async Task A_message_that_is_tried_again_keeps_its_address()
    {
        await SaveAsync("first", "shared@example.com");
        await SaveAsync("second", "SHARED@example.com");
        foreach (var customer in (string[])["first", "second"])
        {
            _engine.Channel.Answer(_shop, customer, new DeliveryOutcome.TemporaryFailure("later"), new DeliveryOutcome.TemporaryFailure("later"), new DeliveryOutcome.TemporaryFailure("later"));
        }

        var once = await _shop.GivenActiveAsync(_shop.ToSegment(await _shop.GivenSegmentAsync(FilterTexts.Everybody)));
        var counts = await _shop.SettledAsync(once, 2);
        Assert.Equal((1, 1), (counts.Failed, counts.Skipped));

        Assert.Equal(1, await _shop.Distribution(once).RetryFailedAsync(null));
        counts = await _shop.SettledAsync(once, 2);
        Assert.Equal((1, 1, 1), (counts.Sent, counts.Skipped, counts.Recovered));
    }

    [Fact]
    public async Task What_happens_to_customers_is_told_to_each()
    {
        await SaveAsync("first", "shared@example.com");
        await SaveAsync("second", "shared@example.com");
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.TrackAsync("first", "visit");
        await _shop.TrackAsync("second", "visit");
        Assert.Equal(2, (await _shop.SettledAsync(visits, 2)).Sent);
    }

    // Every address in three spellings, and its customers in any lane.
    private Task<Customer[]> GivenSharedAddressesAsync() => Task.WhenAll(Enumerable.Range(0, Customers).Select(number =>
        SaveAsync($"c{number}", number % 3 == 0 ? $"A{number % Addresses}@Example.com" : $"a{number % Addresses}@example.com")));

    private Task<Customer> SaveAsync(string id, string email) => _shop.SaveAsync(id, new CustomerPatch { Present = CustomerFields.Email, Email = email });
}
