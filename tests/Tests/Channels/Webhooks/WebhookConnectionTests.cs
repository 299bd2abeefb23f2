using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Channels.Webhooks;

/// <summary>Webhooks over a connection: what it adds, and to whom it is shown.</summary>
public sealed class WebhookConnectionTests
{
    private const string OwnSecret = "a secret of its own";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_connection_adds_its_address_its_headers_and_its_signature()
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness();
        Connect(webhooks, sink);
        var message = Over("/in?a=1", ("x-entry", "own"), ("x-tenant", "of the entry"));

        Assert.Equal(new DeliveryOutcome.Sent("HTTP 200"), await webhooks.DeliverAsync(message));

        var request = Assert.Single(sink.Requests);
        Assert.Equal(("POST", "/hooks/in?a=1"), (request.Method, request.Path));
        string Header(string name) => request.Headers.GetValueOrDefault(name, "");
        Assert.Equal(("Bearer t0ken", "key k3y", "own", "of the entry"), (Header("authorization"), Header("x-key"), Header("x-entry"), Header("x-tenant")));
        using var signature = new WebhookSignature(OwnSecret);
        Assert.Equal(signature.OfBody(request.Body.Span), Header(WebhookSignature.Header));
        Assert.Equal($"{sink.Url}hooks/in?a=1", JsonElement.Parse(request.Text).GetProperty("source").GetProperty("target_url").GetString());

        var preview = webhooks.Channel.Preview(message).ToString();
        Assert.Contains($"{sink.Url}hooks/in", preview, StringComparison.Ordinal);
        Assert.Contains("key {header_secret}", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("k3y", preview, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.2:1/hooks/in")]
    [InlineData("{0}elsewhere")]
    [InlineData("{0}hooks/../elsewhere")]
    [InlineData("{0}hooks/%2e%2e/elsewhere")]
    [InlineData("{0}hooksandmore")]
    [InlineData("/../elsewhere")]
    public async Task Nothing_of_a_connection_goes_anywhere_else(string url)
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness();
        Connect(webhooks, sink);
        var message = Over(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, sink.Url));
        var connection = webhooks.Connections.Choose(1, "webhook", "chan_1").Connection!;

        Assert.Equal("template.target_url", Assert.Single(webhooks.Channel.Fits(message.Channel, connection)).Field);
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await webhooks.DeliverAsync(message));
        Assert.False(webhooks.Channel.TakesDefault(message.Channel, connection));
        Assert.Empty(sink.Requests);
    }

    [Fact]
    public async Task The_default_is_for_what_lies_beneath_it_and_everything_else_goes_as_before()
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness();
        Connect(webhooks, sink);
        foreach (var url in new[] { $"{sink.Url}elsewhere", $"{sink.Url}hooks/in", "/in", $"{sink.Url}hooks" })
        {
            Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(Over(url, connection: null)));
        }

        Assert.Equal(
            [("/elsewhere", false), ("/hooks/in", true), ("/hooks/in", true), ("/hooks", true)], sink.Requests.Select(request => (request.Path, request.Headers.ContainsKey("authorization"))));
        Assert.Equal("template.target_url", Assert.Single(webhooks.Channel.Fits(Over("/in").Channel, null)).Field);
    }

    [Fact]
    public async Task Answers_mean_what_they_mean_without_a_connection()
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness();
        Connect(webhooks, sink);
        sink.Then(
            SinkAnswer.Of(429, ("Retry-After", "7")), SinkAnswer.Of(302, ("Location", "/other")), SinkAnswer.Of(401) with { Body = "who are you"u8.ToArray() }, SinkAnswer.Close, SinkAnswer.Of(410));
        Assert.Equal(new DeliveryOutcome.TemporaryFailure("HTTP 429", TimeSpan.FromSeconds(7)), await webhooks.DeliverAsync(Over("/in")));
        Assert.Equal(new DeliveryOutcome.TemporaryFailure("HTTP 302: redirects are not followed"), await webhooks.DeliverAsync(Over("/in")));
        Assert.Equal("HTTP 401: who are you", Assert.IsType<DeliveryOutcome.TemporaryFailure>(await webhooks.DeliverAsync(Over("/in"))).Answer);
        Assert.IsType<DeliveryOutcome.TemporaryFailure>(await webhooks.DeliverAsync(Over("/in")));
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await webhooks.DeliverAsync(Over("/in")));
        Assert.Equal(5, sink.Count);
    }

    [Fact]
    public async Task Each_connection_has_a_breaker_of_its_own()
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness(options => options.BreakerThreshold = 3);
        Connect(webhooks, sink);
        webhooks.Connections.Add("chan_2", "webhook", "http", new { base_url = $"{sink.Url}hooks" });
        sink.Then(Enumerable.Repeat(SinkAnswer.Of(503), 3));
        for (var i = 0; i < 3; i++)
        {
            await webhooks.DeliverAsync(Over("/in"));
        }

        Assert.Equal("the provider does not answer; waiting", Assert.IsType<DeliveryOutcome.TemporaryFailure>(await webhooks.DeliverAsync(Over("/in"))).Reason);
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(Over("/in", "chan_2")));
        Assert.Equal(4, sink.Count);
    }

    [Fact]
    public async Task A_limit_and_a_pause_hold_for_webhooks_too()
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness();
        Connect(webhooks, sink, perSecond: 100);
        var first = webhooks.DeliverAsync(Over("/in"));
        await Wait.UntilAsync(() => webhooks.Slots.Asked == 1, Patience, () => "No slot was asked for.");
        Assert.Equal(0, sink.Count);

        // Its slot comes.
        await Wait.UntilAsync(
            () =>
            {
                webhooks.Clock.Advance(TimeSpan.FromMilliseconds(10));
                return first.IsCompleted;
            },
            Patience, () => "It was not sent.");
        Assert.IsType<DeliveryOutcome.Sent>(await first);

        Connect(webhooks, sink, paused: true);
        Assert.Equal("the connection is paused", Assert.IsType<DeliveryOutcome.TemporaryFailure>(await webhooks.DeliverAsync(Over("/in"))).Reason);
        Assert.Null(webhooks.Channel.WindowOf(1, Over("/in").Channel)!.Ask(1).Room);
    }

    [Fact]
    public async Task A_test_asks_the_receiver_and_posts_nothing()
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness();
        var connection = Connect(webhooks, sink);
        sink.Then(SinkAnswer.Of(405), SinkAnswer.Of(401), SinkAnswer.Of(500), SinkAnswer.Close);
        Assert.True((await webhooks.Lines.TestAsync(connection, webhooks.Provider)).Works);
        for (var i = 0; i < 3; i++)
        {
            Assert.False((await webhooks.Lines.TestAsync(connection, webhooks.Provider)).Works);
        }

        Assert.All(sink.Requests, request => Assert.Equal(("HEAD", "Bearer t0ken"), (request.Method, request.Headers["authorization"])));
    }

    [Theory]
    [InlineData("""{"base_url":"https://a.example/x?y=1"}""", "{}", "settings.base_url")]
    [InlineData("""{"base_url":"https://a.example","headers":{"content-type":"x"}}""", "{}", "settings.headers.content-type")]
    [InlineData("""{"base_url":"https://a.example","headers":{"x-a":"{header_secret}"}}""", "{}", "credentials.header_secret")]
    [InlineData("""{"base_url":"https://a.example","headers":{"authorization":"x"}}""", """{"authorization":"y"}""", "credentials.authorization")]
    [InlineData("""{"base_url":"https://a.example"}""", """{"authorization":"Żółw"}""", "credentials.authorization")]
    [InlineData("""{"base_url":"https://a.example"}""", """{"secret":"short"}""", "credentials.secret")]
    public void What_was_entered_is_checked(string settings, string credentials, string field)
    {
        using var webhooks = new WebhookHarness();
        Assert.Equal(field, Assert.Single(webhooks.Provider.Check(new ConnectionValues(RawJson.Parse(settings), RawJson.Parse(credentials)))).Field);
    }

    private static ChannelConnection Connect(WebhookHarness webhooks, HttpSink sink, int? perSecond = null, bool paused = false) => webhooks.Connections.Add(
        "chan_1", "webhook", "http", new { base_url = $"{sink.Url}hooks/", headers = new Dictionary<string, string> { ["x-key"] = "key {header_secret}", ["x-tenant"] = "of the connection" } },
        new { authorization = "Bearer t0ken", header_secret = "k3y", secret = OwnSecret }, perSecond, paused, isDefault: true);

    private static OutboundMessage Over(string url, params (string Name, string Value)[] headers) => Over(url, "chan_1", headers);

    private static OutboundMessage Over(string url, string? connection, params (string Name, string Value)[] headers)
    {
        var message = Webhook.Message(Webhook.Template() with { TargetUrl = url, Headers = headers.ToDictionary(header => header.Name, header => header.Value) });
        return message with { Channel = message.Channel with { Connection = connection } };
    }
}
