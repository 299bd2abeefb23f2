using System.Collections.Concurrent;
using System.Diagnostics;
using Marketing.Testing;
using Xunit;
using Span = System.Diagnostics.Activity;

namespace Marketing.Channels.Webhooks;

public sealed class HostQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Receivers_nobody_writes_to_any_more_are_forgotten_and_those_that_fail_when_their_retries_are_over()
    {
        using var webhooks = new WebhookHarness(options => options.BreakerThreshold = 1);
        for (var host = 0; host < 2_000; host++)
        {
            webhooks.Queues.For($"host{host}:443");
        }

        var failing = webhooks.Queues.For("failing:443");
        failing.Breaker.Report(failing.Breaker.Enter(), ReceiverHealth.Failing);
        webhooks.Clock.Advance(TimeSpan.FromMinutes(9));
        var used = webhooks.Queues.For("host1:443");
        Assert.Equal(2_001, webhooks.Queues.Count);
        webhooks.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, webhooks.Queues.Count);
        Assert.Same(used, webhooks.Queues.For("host1:443"));

        webhooks.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(1, webhooks.Queues.Count);
        Assert.Same(failing, webhooks.Queues.For("failing:443"));
        webhooks.Clock.Advance(TimeSpan.FromHours(26));
        Assert.Equal(0, webhooks.Queues.Count);
        Assert.NotSame(failing, webhooks.Queues.For("failing:443"));
    }

    [Fact]
    public void A_receiver_is_not_forgotten_while_room_for_it_is_taken()
    {
        using var webhooks = new WebhookHarness();
        var queue = webhooks.Queues.For("host:443");
        queue.Window.Ask(1);
        webhooks.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(1, webhooks.Queues.Count);
        queue.Window.Return(1);
        webhooks.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, webhooks.Queues.Count);
    }

    [Fact]
    public async Task The_time_in_line_is_not_the_receivers()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Always(SinkAnswer.Ok with { Delay = TimeSpan.FromSeconds(0.7) });
        using var webhooks = new WebhookHarness(options => (options.MaxConnectionsPerServer, options.Timeout) = (1, TimeSpan.FromSeconds(2)));
        var deliveries = Enumerable.Range(0, 4).Select(_ => webhooks.DeliverAsync(sink)).ToArray();
        Assert.All(await Task.WhenAll(deliveries), outcome => Assert.IsType<DeliveryOutcome.Sent>(outcome));
    }

    [Fact]
    public async Task A_receiver_that_hangs_keeps_nobody_waiting_but_those_who_write_to_it()
    {
        await using var slow = await HttpSink.StartAsync();
        await using var quick = await HttpSink.StartAsync();
        slow.Always(SinkAnswer.Hang);
        using var webhooks = new WebhookHarness(options => options.MaxConnectionsPerServer = 1);
        var waiting = new[] { webhooks.DeliverAsync(slow), webhooks.DeliverAsync(slow) };
        await slow.WaitForAsync(1, Patience);
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(quick));
        Assert.DoesNotContain(waiting, delivery => delivery.IsCompleted);
    }

    [Fact]
    public async Task Who_waits_while_the_receiver_falls_silent_is_not_sent()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Then(SinkAnswer.Hang);
        using var webhooks = new WebhookHarness(options =>
            (options.MaxConnectionsPerServer, options.BreakerThreshold, options.Timeout) = (1, 1, TimeSpan.FromSeconds(0.5)));
        var deliveries = new[] { webhooks.DeliverAsync(sink), webhooks.DeliverAsync(sink) };
        var outcomes = await Task.WhenAll(deliveries);
        Assert.Equal(new DeliveryOutcome.TemporaryFailure("no answer within 0.5 s"), outcomes[0]);
        Assert.Equal(
            new DeliveryOutcome.TemporaryFailure("the receiver does not answer; waiting", TimeSpan.FromSeconds(5), BurnsAttempt: false), outcomes[1]);
        Assert.Equal(1, sink.Count);
    }

    [Fact]
    public async Task Who_waited_too_long_comes_back_later_and_it_costs_no_attempt()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Then(SinkAnswer.Hang);
        using var webhooks = new WebhookHarness(options => (options.MaxConnectionsPerServer, options.Timeout) = (1, TimeSpan.FromSeconds(3)));
        var first = webhooks.DeliverAsync(sink);
        var second = webhooks.DeliverAsync(sink);
        await sink.WaitForAsync(1, Patience);
        webhooks.Clock.Advance(TimeSpan.FromSeconds(3) + TimeSpan.FromTicks(1));

        Assert.Equal(new DeliveryOutcome.TemporaryFailure("no answer within 3 s"), await first);
        Assert.Equal(new DeliveryOutcome.TemporaryFailure("all connections to the receiver are busy", BurnsAttempt: false), await second);
        Assert.Equal(1, sink.Count);
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(sink));
    }

    [Fact]
    public async Task Who_is_called_back_is_not_sent_unless_it_has_begun()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Then(SinkAnswer.Hang);
        using var webhooks = new WebhookHarness(options => (options.MaxConnectionsPerServer, options.Timeout) = (1, TimeSpan.FromSeconds(1)));
        var recall = new Recall();
        var message = Webhook.Message(Webhook.Template(sink));
        var (begun, waiting) = (webhooks.Channel.DeliverAsync(message, recall), webhooks.Channel.DeliverAsync(message, recall));
        await sink.WaitForAsync(1, Patience);

        Assert.Equal(1, recall.Call());
        Assert.Equal(DeliveryOutcome.NotBegun.Instance, await waiting);
        Assert.False(begun.IsCompleted);
        Assert.Equal(DeliveryOutcome.NotBegun.Instance, await webhooks.Channel.DeliverAsync(message, recall));
        Assert.Equal(new DeliveryOutcome.TemporaryFailure("no answer within 1 s"), await begun);
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(sink));
        Assert.Equal(2, sink.Count);
    }

    [Fact]
    public async Task Each_of_those_in_line_is_sent_once_with_a_body_of_its_own()
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness(options => options.MaxConnectionsPerServer = 3);
        var messages = Enumerable.Range(0, 100).Select(i => Webhook.Message(Webhook.Template(sink)) with { MessageId = $"msg_{i:0000}" }).ToArray();
        await Task.WhenAll(messages.Select(webhooks.DeliverAsync));
        Assert.Equal(
            messages.Select(message => (message.MessageId, Webhook.Body(message))),
            sink.Requests.Select(request => (request.WebhookId, request.Text)).OrderBy(request => request.WebhookId, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_request_belongs_to_the_span_of_its_message_whoever_sends_it()
    {
        await using var sink = await HttpSink.StartAsync();
        var spans = new ConcurrentQueue<Span>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var webhooks = new WebhookHarness(options => options.MaxConnectionsPerServer = 1);
        var messages = await Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
        {
            using var message = new Span($"message {i}").Start();
            await webhooks.DeliverAsync(sink);
            return message.SpanId;
        }));

        // Other tests of this process are heard too.
        Assert.Equal(messages, spans.Select(span => span.ParentSpanId).Where(messages.Contains));
    }
}
