using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Marketing.Testing;
using Xunit;

namespace Marketing.Channels.Webhooks;

public sealed class WebhookDeliveryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_delivery_is_a_JSON_post_with_the_extra_headers()
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness();

        // A trace that goes on here is none of the receiver's business: no header of it is among the names below.
        using var trace = new System.Diagnostics.Activity("hand-off").Start();
        var template = Webhook.Template(sink) with
        {
            Headers = new Dictionary<string, string> { ["authorization"] = "Bearer x", ["x-tenant"] = "a b", ["expires"] = "0" },
        };

        Assert.Equal(new DeliveryOutcome.Sent("HTTP 200"), await webhooks.DeliverAsync(Webhook.Message(template)));

        var request = Assert.Single(sink.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/in?a=1", request.Path);
        Assert.Equal(Webhook.Body(Webhook.Message(template)), request.Text);
        string[] names =
        [
            "authorization", "content-length", "content-type", "expires", "host", "user-agent",
            "webhook-id", "webhook-signature", "webhook-timestamp", "x-tenant", "x-voucherify-signature",
        ];
        Assert.Equal(names, request.Headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("application/json", request.Headers["content-type"]);
        Assert.Equal("Bearer x", request.Headers["authorization"]);
        Assert.Equal("a b", request.Headers["x-tenant"]);
    }

    [Fact]
    public async Task A_retry_repeats_id_and_body_and_is_signed_for_its_own_time()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Then(SinkAnswer.Of(500));
        using var webhooks = new WebhookHarness();
        var message = Webhook.Message(Webhook.Template(sink));

        Assert.IsType<DeliveryOutcome.TemporaryFailure>(await webhooks.DeliverAsync(message));
        webhooks.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(message with { Attempt = 2 }));

        Assert.Equal(2, sink.Ledger["msg_0001"]);
        var (first, second) = (sink.Requests[0], sink.Requests[1]);
        Assert.Equal(first.Body.ToArray(), second.Body.ToArray());
        Assert.Equal(first.Headers["x-voucherify-signature"], second.Headers["x-voucherify-signature"]);
        Assert.NotEqual(first.Headers["webhook-signature"], second.Headers["webhook-signature"]);
        Assert.Equal(60, Timestamp(second) - Timestamp(first));
    }

    [Theory]
    [InlineData(200, "Sent { Response = HTTP 200 }")]
    [InlineData(202, "Sent { Response = HTTP 202 }")]
    [InlineData(204, "Sent { Response = HTTP 204 }")]
    [InlineData(400, "TemporaryFailure { Reason = HTTP 400, RetryAfter = , BurnsAttempt = True }")]
    [InlineData(404, "TemporaryFailure { Reason = HTTP 404, RetryAfter = , BurnsAttempt = True }")]
    [InlineData(410, "PermanentFailure { Reason = HTTP 410: the receiver no longer wants webhooks, SuppressAddress = False }")]
    [InlineData(429, "TemporaryFailure { Reason = HTTP 429, RetryAfter = 00:02:00, BurnsAttempt = True }")]
    [InlineData(500, "TemporaryFailure { Reason = HTTP 500, RetryAfter = , BurnsAttempt = True }")]
    [InlineData(502, "TemporaryFailure { Reason = HTTP 502, RetryAfter = 00:02:00, BurnsAttempt = True }")]
    [InlineData(503, "TemporaryFailure { Reason = HTTP 503, RetryAfter = 00:02:00, BurnsAttempt = True }")]
    [InlineData(504, "TemporaryFailure { Reason = HTTP 504, RetryAfter = 00:02:00, BurnsAttempt = True }")]
    public async Task The_status_decides_what_becomes_of_the_message(int status, string outcome)
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Always(SinkAnswer.Of(status, ("retry-after", "120")));
        using var webhooks = new WebhookHarness();
        Assert.Equal(outcome, (await webhooks.DeliverAsync(sink)).ToString());
    }

    [Fact]
    public async Task What_a_receiver_says_to_a_refusal_is_kept_apart_from_the_reason()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Then(SinkAnswer.Of(500) with { Body = Encoding.UTF8.GetBytes($"no tenant a@example.com {new string('x', 5_000)}") });
        sink.Then(SinkAnswer.Of(503));
        sink.Then(SinkAnswer.Ok with { Body = "taken"u8.ToArray() });
        using var webhooks = new WebhookHarness();
        var refused = await webhooks.DeliverAsync(sink);
        Assert.StartsWith("HTTP 500: no tenant a@example.com xxx", refused.Answer, StringComparison.Ordinal);
        Assert.InRange(refused.Answer!.Length, 500, 3_000);
        Assert.Equal("TemporaryFailure { Reason = HTTP 500, RetryAfter = , BurnsAttempt = True }", refused.ToString());
        Assert.Null((await webhooks.DeliverAsync(sink)).Answer);
        Assert.Null((await webhooks.DeliverAsync(sink)).Answer);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_a_failure_and_is_not_followed(int status)
    {
        await using var other = await HttpSink.StartAsync();
        await using var sink = await HttpSink.StartAsync();
        sink.Always(SinkAnswer.Of(status, ("location", other.Url.ToString())));
        using var webhooks = new WebhookHarness();

        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await webhooks.DeliverAsync(sink));
        Assert.Equal($"HTTP {status}: redirects are not followed", failure.Reason);
        Assert.Equal((1, 0), (sink.Count, other.Count));
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("86400", 86400)]
    [InlineData("604800", 86400)]
    [InlineData("2147483648", 86400)]
    [InlineData("99999999999", 86400)]
    [InlineData("99999999999999999999999999", 86400)]
    [InlineData("000000000060", 60)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 86400)]
    [InlineData("-99999999999", null)]
    [InlineData("1.5", null)]
    [InlineData("", null)]
    [InlineData("Fri, 01 May 2026 12:10:00 GMT", 600)]
    [InlineData("Fri, 01 May 2026 11:59:00 GMT", null)]
    [InlineData("Mon, 01 Jun 2026 12:00:00 GMT", 86400)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    public async Task Retry_after_is_understood_in_all_its_forms(string header, int? seconds)
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Always(SinkAnswer.Of(429, ("retry-after", header)));
        using var webhooks = new WebhookHarness();
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await webhooks.DeliverAsync(sink));
        Assert.Equal(seconds, failure.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_receiver_that_hangs_fails_the_attempt_at_the_timeout()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Then(SinkAnswer.Hang);
        using var webhooks = new WebhookHarness(options => options.Timeout = TimeSpan.FromMilliseconds(200));

        var outcome = await webhooks.DeliverAsync(sink).WaitAsync(Patience, WebhookHarness.Cancellation);
        Assert.Equal(new DeliveryOutcome.TemporaryFailure("no answer within 0.2 s"), outcome);
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(sink));
    }

    [Fact]
    public async Task A_receiver_that_accepts_and_then_talks_without_end_has_accepted()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Then(SinkAnswer.Ok with { NeverEnds = true });
        using var webhooks = new WebhookHarness();
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(sink).WaitAsync(Patience, WebhookHarness.Cancellation));
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(sink));
    }

    [Fact]
    public async Task A_broken_connection_is_worth_another_attempt()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Always(SinkAnswer.Close);
        using var webhooks = new WebhookHarness();
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await webhooks.DeliverAsync(sink));
        Assert.Contains(failure.Reason, (string[])["no answer: ResponseEnded", "connection failed: ConnectionReset"]);
    }

    [Fact]
    public async Task A_port_nobody_listens_on_is_worth_another_attempt()
    {
        using var unused = new Socket(SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var webhooks = new WebhookHarness();
        var template = Webhook.Template() with { TargetUrl = $"http://127.0.0.1:{((IPEndPoint)unused.LocalEndPoint!).Port}/" };
        Assert.Equal(
            new DeliveryOutcome.TemporaryFailure("connection failed: ConnectionRefused"), await webhooks.DeliverAsync(Webhook.Message(template)));
    }

    [Fact]
    public async Task A_server_without_TLS_is_worth_another_attempt()
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness();
        var template = Webhook.Template() with { TargetUrl = $"https://127.0.0.1:{sink.Url.Port}/" };
        Assert.Equal(
            new DeliveryOutcome.TemporaryFailure("no answer: SecureConnectionError"), await webhooks.DeliverAsync(Webhook.Message(template)));
    }

    [Fact]
    public async Task A_name_nobody_knows_is_worth_another_attempt()
    {
        using var webhooks = new WebhookHarness(resolve: (_, _) => throw new SocketException((int)SocketError.HostNotFound));
        Assert.Equal(
            new DeliveryOutcome.TemporaryFailure("the host name is not known"), await webhooks.DeliverAsync(Webhook.Message(Webhook.Template())));
    }

    [Theory]
    [InlineData("{\"order\":")]
    [InlineData("{\"order\":\"\\ud800\"}")]
    public async Task Stored_data_that_cannot_be_written_fails_for_good(string data)
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness();
        Assert.Equal(
            new DeliveryOutcome.PermanentFailure("the body could not be written"),
            await webhooks.DeliverAsync(Webhook.Message(Webhook.Template(sink), data: data)));
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(sink));
    }

    [Fact]
    public void A_preview_shows_everything_but_signatures()
    {
        using var webhooks = new WebhookHarness();
        var message = Webhook.Message(Webhook.Template() with { Headers = new Dictionary<string, string> { ["x-tenant"] = "a" } });
        var expected = """{"method":"POST","url":"https://hooks.example.com/in?a=1","headers":{"content-type":"application/json","user-agent":"Distributions-Webhooks/1.0","webhook-id":"msg_0001","x-tenant":"a"},"body":"""
            + Webhook.Body(message) + "}";
        Assert.Equal(expected, webhooks.Channel.Preview(message).ToString());
    }

    [Fact]
    public void Everybody_can_be_reached_and_exhaustion_pauses()
    {
        using var webhooks = new WebhookHarness();
        Assert.Equal(new Reachability(null, null), webhooks.Channel.Reach(new Recipient("c", "{}"u8.ToArray())));
        Assert.True(webhooks.Channel.PausesWhenExhausted);
        Assert.Equal("webhook", webhooks.Channel.Type);
        Assert.NotEmpty(webhooks.Channel.Validate(new ChannelDefinition(), Webhook.Scope));
    }

    private static long Timestamp(SinkRequest request) => long.Parse(request.Headers["webhook-timestamp"], CultureInfo.InvariantCulture);
}
