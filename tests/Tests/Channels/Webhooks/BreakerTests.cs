using Marketing.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.Channels.Webhooks;

public sealed class BreakerTests
{
    private static readonly WebhookOptions Settings = new()
    {
        BreakerThreshold = 3,
        BreakerFirstPause = TimeSpan.FromSeconds(5),
        BreakerMaxPause = TimeSpan.FromSeconds(15),
        BreakerPatience = TimeSpan.FromSeconds(30),
    };

    private readonly FakeTimeProvider _clock = new();
    private readonly CircuitBreaker _breaker;

    public BreakerTests() => _breaker = new CircuitBreaker(Settings.ToBreaker(), _clock);

    [Fact]
    public void It_opens_at_the_threshold_and_names_the_remaining_pause()
    {
        Assert.Equal([BreakerChange.None, BreakerChange.None, BreakerChange.Opened], Fail(3));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(new BreakerEntry(false, RetryAfter: TimeSpan.FromSeconds(3)), _breaker.Enter());
    }

    [Fact]
    public void Only_failures_in_a_row_count()
    {
        Fail(2);
        _breaker.Report(_breaker.Enter(), ReceiverHealth.Answering);
        Fail(2);
        _breaker.Report(_breaker.Enter(), ReceiverHealth.Unknown);
        Assert.True(_breaker.Enter().Allowed);
        Assert.Equal([BreakerChange.Opened], Fail(1));
    }

    [Fact]
    public void After_the_pause_one_probe_passes_and_its_success_closes()
    {
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.False(_breaker.Enter().Allowed);
        _clock.Advance(TimeSpan.FromTicks(1));

        var probe = _breaker.Enter();
        Assert.Equal(new BreakerEntry(true, IsProbe: true), probe);
        Assert.Equal(new BreakerEntry(false, RetryAfter: Settings.Timeout), _breaker.Enter());
        Assert.Equal(BreakerChange.Closed, _breaker.Report(probe, ReceiverHealth.Answering));
        Assert.Equal(new BreakerEntry(true), _breaker.Enter());
        Assert.Equal([BreakerChange.None, BreakerChange.None], Fail(2));
    }

    [Fact]
    public void Failed_probes_lengthen_the_pause_up_to_the_limit_and_success_resets_it()
    {
        Fail(3);
        foreach (var (pause, next) in new[] { (5, 10), (10, 15), (15, 15) })
        {
            _clock.Advance(TimeSpan.FromSeconds(pause));
            _breaker.Report(_breaker.Enter(), ReceiverHealth.Failing);
            Assert.Equal(TimeSpan.FromSeconds(next), _breaker.Enter().RetryAfter);
        }

        _clock.Advance(TimeSpan.FromSeconds(15));
        _breaker.Report(_breaker.Enter(), ReceiverHealth.Answering);
        Fail(3);
        Assert.Equal(TimeSpan.FromSeconds(5), _breaker.Enter().RetryAfter);
    }

    [Fact]
    public void Calls_that_left_before_it_opened_neither_lengthen_the_pause_nor_stand_for_the_probe()
    {
        var early = new[] { _breaker.Enter(), _breaker.Enter() };
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(2));
        _breaker.Report(early[0], ReceiverHealth.Failing);
        Assert.Equal(TimeSpan.FromSeconds(3), _breaker.Enter().RetryAfter);

        _clock.Advance(TimeSpan.FromSeconds(3));
        var probe = _breaker.Enter();
        Assert.True(probe.IsProbe);
        _breaker.Report(early[1], ReceiverHealth.Failing);
        Assert.False(_breaker.Enter().Allowed);
        _breaker.Report(probe, ReceiverHealth.Failing);
        Assert.Equal(TimeSpan.FromSeconds(10), _breaker.Enter().RetryAfter);
    }

    [Fact]
    public void A_late_answer_of_an_early_call_closes_it()
    {
        var early = _breaker.Enter();
        Fail(3);
        Assert.Equal(BreakerChange.Closed, _breaker.Report(early, ReceiverHealth.Answering));
        Assert.True(_breaker.Enter().Allowed);
    }

    [Fact]
    public void A_probe_that_was_broken_off_makes_way_for_the_next()
    {
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(5));
        _breaker.Report(_breaker.Enter(), ReceiverHealth.Unknown);
        Assert.True(_breaker.Enter().IsProbe);
    }

    [Fact]
    public void A_receiver_that_stays_away_costs_attempts_in_the_end()
    {
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(5));
        _breaker.Report(_breaker.Enter(), ReceiverHealth.Failing);
        Assert.False(_breaker.Enter().BurnsAttempt);
        _clock.Advance(TimeSpan.FromSeconds(10));
        _breaker.Report(_breaker.Enter(), ReceiverHealth.Failing);
        _clock.Advance(TimeSpan.FromSeconds(15) - TimeSpan.FromTicks(1));
        Assert.False(_breaker.Enter().BurnsAttempt);
        _clock.Advance(TimeSpan.FromTicks(1));
        _breaker.Report(_breaker.Enter(), ReceiverHealth.Failing);
        Assert.True(_breaker.Enter().BurnsAttempt);
    }

    [Fact]
    public async Task A_dead_receiver_is_left_alone_while_its_neighbour_is_served_and_found_again()
    {
        await using var dead = await HttpSink.StartAsync();
        await using var alive = await HttpSink.StartAsync();
        dead.Then(Enumerable.Repeat(SinkAnswer.Close, 3));
        using var webhooks = new WebhookHarness(options => options.BreakerThreshold = 3);
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<DeliveryOutcome.TemporaryFailure>(await webhooks.DeliverAsync(dead));
        }

        var called = dead.Count;
        var refused = new DeliveryOutcome.TemporaryFailure("the receiver does not answer; waiting", TimeSpan.FromSeconds(5), BurnsAttempt: false);
        Assert.Equal(refused, await webhooks.DeliverAsync(dead));
        Assert.Equal(called, dead.Count);
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(alive));

        webhooks.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(dead));
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(dead));
    }

    [Fact]
    public async Task Refused_messages_do_not_cut_off_a_receiver_that_answers()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Always(SinkAnswer.Of(404));
        using var webhooks = new WebhookHarness(options => options.BreakerThreshold = 2);
        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<DeliveryOutcome.TemporaryFailure>(await webhooks.DeliverAsync(sink));
        }

        Assert.Equal(5, sink.Count);
    }

    private IEnumerable<BreakerChange> Fail(int times) =>
        [.. Enumerable.Range(0, times).Select(_ => _breaker.Report(_breaker.Enter(), ReceiverHealth.Failing))];
}
