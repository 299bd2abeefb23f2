using Marketing.Behaviour;
using Marketing.Channels;
using Marketing.Storage;
using Marketing.Storage.Relational;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Observability;

/// <summary>What a collector hears of an engine.</summary>
public sealed class EngineMetricsTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private Shop _shop = null!;
    private Heard _heard = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync();
        _shop = await _engine.NewShopAsync();
        await _shop.GivenCustomersAsync(3);
        _heard = new Heard(_engine);
    }

    public async ValueTask DisposeAsync()
    {
        _heard.Dispose();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Every_end_of_a_hand_off_is_counted_by_channel()
    {
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        _engine.Channel.Answer(_shop, "c1", new DeliveryOutcome.TemporaryFailure("later"));
        _engine.Channel.Answer(_shop, "c2", new DeliveryOutcome.PermanentFailure("never"));
        await _shop.SaveAsync("nobody", CustomerPatch("nobody"));

        foreach (var customer in (string[])["c0", "c1", "c2", "nobody"])
        {
            await _shop.TrackAsync(customer, "visit");
        }

        await _shop.SettledAsync(visits, 4);
        await _heard.CaughtUpAsync();
        Assert.Equal(2, _heard["distributions.messages.handoffs channel=test outcome=sent"]);
        Assert.Equal(1, _heard["distributions.messages.handoffs channel=test outcome=failed"]);
        Assert.Equal(1, _heard["distributions.messages.handoffs channel=test outcome=retrying"]);
        Assert.Equal(1, _heard["distributions.messages.handoffs channel=test outcome=skipped reason=no_address"]);
        Assert.Equal(1, _heard["distributions.messages.retries channel=test"]);

        // Three first attempts and a second one.
        Assert.Equal(4, _heard.Count("distributions.messages.lateness channel=test"));
    }

    [Fact]
    public async Task An_event_is_counted_once_however_often_it_is_repeated()
    {
        var context = Shop.Context("key", "same");
        await _shop.TryTrackAsync("c0", "visit", context);
        await _shop.TryTrackAsync("c0", "visit", context);

        await _heard.CaughtUpAsync();
        Assert.Equal(1, _heard["distributions.events.accepted event.type=customer.custom_event"]);
        Assert.Equal(1, _heard["distributions.commits outcome=durable"]);
        Assert.Equal(1, _heard["distributions.commits outcome=duplicate_operation"]);
        Assert.Equal(2, _heard["distributions.transaction.commits"]);
        Assert.True(_heard.Count("distributions.transaction.duration") >= 2);
        Assert.True(_heard["distributions.transaction.rows"] >= 4);
    }

    [Fact]
    public async Task A_refreshed_catalogue_and_what_is_refused_for_it_are_counted()
    {
        await _engine.Service<Catalogue.Catalogues>().ChangedAsync(_shop.Number);
        await _engine.Service<ICommitter>().CommitAsync(new Commit { Project = _shop.Number, CatalogueVersion = 1 });
        await _heard.CaughtUpAsync();
        Assert.Equal(1, _heard["distributions.catalogue.refreshes"]);
        Assert.Equal(1, _heard["distributions.commits outcome=stale_catalogue"]);
    }

    [Fact]
    public async Task What_a_crash_interrupted_is_counted_when_it_is_taken_up()
    {
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromHours(1) });
        await _shop.TrackAsync("c0", "visit");
        await _shop.PauseAsync(visits);
        await _shop.InterruptHandOffAsync(visits);

        // It is taken up at the start, which is to be heard.
        _heard.Dispose();
        await _engine.KillAsync();
        var takenUp = _engine.Interruptions.Hold<IMessageQueue>(nameof(IMessageQueue.RecoverLaneAsync));
        await _engine.StartAgainAsync();
        _heard = new Heard(_engine);
        takenUp.Release();
        await _shop.ResumeAsync(visits);
        await _shop.SettledAsync(visits, 1);

        Assert.Equal(1, _heard["distributions.messages.uncertain outcome=resent"]);
    }

    [Fact]
    public async Task What_is_owed_can_be_seen_before_it_is_due()
    {
        var later = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromHours(1) });
        await _shop.TrackAsync("c0", "visit");
        await _shop.TrackAsync("c1", "visit");
        await _shop.CountAsync(later, counts => counts.Queued == 2);

        using var depth = ActivatorUtilities.CreateInstance<QueueDepth>(_engine.Service<IServiceProvider>());
        await depth.ReadAsync(TestContext.Current.CancellationToken);
        _heard.Look();
        Assert.Equal(2, _heard["distributions.messages.pending channel=test status=queued"]);
        Assert.Equal(1, _heard.Count("distributions.commits.waiting"));
    }

    private static Customers.CustomerPatch CustomerPatch(string source) =>
        new() { Present = Customers.CustomerFields.Name, SourceId = source, Name = source };
}
