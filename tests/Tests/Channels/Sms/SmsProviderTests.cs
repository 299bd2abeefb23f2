using System.Text;
using System.Text.Json;
using Marketing.Storage;
using Marketing.Testing;
using Xunit;

namespace Marketing.Channels.Sms;

/// <summary>What every provider of text messages does, in front of a stub that looks at the requests by what the provider documents.</summary>
public sealed class SmsProviderTests
{
    private static readonly ChannelTemplate Text = new() { Text = "Hi {{ customer.name }}, {{ voucher.code }}" };

    public static TheoryData<string> Providers() => ["twilio", "vonage", "messagebird", "http"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_message_is_handed_over_as_the_provider_documents(string provider)
    {
        await using var sms = await StartAsync(provider);
        sms.Stub.Always(Json(201, """{"sid":"SM1","message_uuid":"u-1","id":"mb-1"}"""));
        var outcome = Assert.IsType<DeliveryOutcome.Sent>(await sms.DeliverAsync(Message()));
        Assert.NotNull(outcome.Response);
        var request = Assert.Single(sms.Stub.Requests);
        Assert.Equal("POST", request.Method);
        Assert.True(Is(provider, request), $"{request.Path} {request.Text}");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_may_pass_is_tried_again_and_what_does_not_is_not(string provider)
    {
        await using var sms = await StartAsync(provider);
        sms.Stub.Then(
            SinkAnswer.Of(429, ("Retry-After", "7")), SinkAnswer.Of(503, ("Retry-After", "9")), SinkAnswer.Of(500), SinkAnswer.Close,
            Json(400, """{"code":21617,"title":"1020","detail":"no","errors":[{"code":9,"description":"no"}],"message":"no"}"""), SinkAnswer.Of(401), SinkAnswer.Of(302, ("Location", "https://elsewhere.example")));
        var slow = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await sms.DeliverAsync(Message("msg_1")));
        Assert.Equal((TimeSpan.FromSeconds(7), false), (slow.RetryAfter, slow.BurnsAttempt));
        Assert.Equal(TimeSpan.FromSeconds(9), Assert.IsType<DeliveryOutcome.TemporaryFailure>(await sms.DeliverAsync(Message("msg_2"))).RetryAfter);
        Assert.True(Assert.IsType<DeliveryOutcome.TemporaryFailure>(await sms.DeliverAsync(Message("msg_3"))).BurnsAttempt);
        Assert.IsType<DeliveryOutcome.TemporaryFailure>(await sms.DeliverAsync(Message("msg_4")));
        Assert.Contains("no", Assert.IsType<DeliveryOutcome.PermanentFailure>(await sms.DeliverAsync(Message("msg_5"))).Reason, StringComparison.Ordinal);
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await sms.DeliverAsync(Message("msg_6")));
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await sms.DeliverAsync(Message("msg_7")));
    }

    [Theory]
    [InlineData("twilio", """{"code":21610,"message":"unsubscribed"}""")]
    [InlineData("twilio", """{"code":21211,"message":"invalid"}""")]
    [InlineData("vonage", """{"type":"https://x/#1240","title":"1240","detail":"STOP"}""")]
    public async Task A_number_that_must_not_be_written_to_is_suppressed(string provider, string answer)
    {
        await using var sms = await StartAsync(provider);
        sms.Stub.Always(Json(400, answer));
        Assert.True(Assert.IsType<DeliveryOutcome.PermanentFailure>(await sms.DeliverAsync(Message())).SuppressAddress);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_test_sends_nothing_and_says_whether_the_credentials_are_known(string provider)
    {
        await using var sms = await StartAsync(provider);
        var connection = sms.Connections.Choose(1, "sms", "chan_1").Connection!;
        sms.Stub.Then(Json(200, """{"status":"active"}"""), SinkAnswer.Of(401));
        Assert.True((await sms.TestAsync(connection)).Works);
        Assert.False((await sms.TestAsync(connection)).Works);
        Assert.All(sms.Stub.Requests, request => Assert.Equal("GET", request.Method));
    }

    [Fact]
    public async Task Text_that_looks_like_a_placeholder_stays_text()
    {
        await using var sms = await StartAsync("http");
        await sms.DeliverAsync(Message() with { Channel = Message().Channel with { Template = new ChannelTemplate { Text = "{to} {id}" } } });
        Assert.Equal("{to} {id}", JsonElement.Parse(Assert.Single(sms.Stub.Requests).Text).GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("", null, "no_address")]
    [InlineData("12", null, "invalid_address")]
    [InlineData("501234567", "sent", null)]
    public async Task Who_has_no_number_is_skipped(string phone, string? sent, string? reason)
    {
        await using var sms = await StartAsync("http");
        var message = ProviderHarness.Message("sms", customer: new { id = "cust_1", phone }, template: Text);
        var outcome = await sms.DeliverAsync(message);
        Assert.Equal(sent is not null, outcome is DeliveryOutcome.Sent);
        Assert.Equal(reason, (outcome as DeliveryOutcome.Skipped)?.Reason);
        Assert.Equal(reason, sms.Channel("sms").Reach(message.Recipient).SkipReason);
    }

    [Theory]
    [InlineData(160, 1, true)]
    [InlineData(161, 1, false)]
    [InlineData(161, null, true)]
    [InlineData(1531, null, false)]
    public async Task A_text_that_is_too_long_is_sent_in_parts_or_refused(int length, int? most, bool isSent)
    {
        await using var sms = await StartAsync("http");
        var outcome = await sms.DeliverAsync(ProviderHarness.Message("sms", template: new ChannelTemplate { Text = new string('a', length), MaxSegments = most }));
        Assert.Equal(isSent, outcome is DeliveryOutcome.Sent);
    }

    [Fact]
    public async Task Without_a_connection_a_message_becomes_a_file()
    {
        var directory = Directory.CreateTempSubdirectory("sms-");
        try
        {
            await using var sms = await ProviderHarness.StartAsync(directory.FullName);
            Assert.IsType<DeliveryOutcome.Sent>(await sms.DeliverAsync(ProviderHarness.Message("sms", connection: null, template: Text)));
            var written = JsonElement.Parse(await File.ReadAllTextAsync(Assert.Single(directory.GetFiles("*.sms.json")).FullName, TestContext.Current.CancellationToken));
            Assert.Equal(("+48501234567", "Hi Ada, CODE-1", 1), (written.GetProperty("to").GetString(), written.GetProperty("text").GetString(), written.GetProperty("segments").GetInt32()));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_limit_is_kept_as_the_receiver_sees_it()
    {
        const int limit = 20;
        await using var sms = await StartAsync("http", limit);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => sms.DeliverAsync(Message($"msg_{i}"))));
        var at = sms.Stub.Requests.Select(request => request.ReceivedAt).Order().ToArray();
        Assert.Equal(40, at.Length);
        Assert.All(at, from => Assert.InRange(at.Count(other => other >= from && other < from.AddSeconds(1)), 1, limit + 1));
        Assert.InRange((at[^1] - at[0]).TotalSeconds, 1.8, 10);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_left_alone_and_tried_again()
    {
        await using var sms = await StartAsync("http");
        sms.Stub.Always(SinkAnswer.Of(503));
        for (var i = 0; i < 20; i++)
        {
            await sms.DeliverAsync(Message($"msg_{i}"));
        }

        var refused = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await sms.DeliverAsync(Message("msg_20")));
        Assert.Equal(("the provider does not answer; waiting", false), (refused.Reason, refused.BurnsAttempt));
        Assert.Equal(20, sms.Stub.Count);
    }

    [Fact]
    public async Task What_waited_is_asked_about_again_when_its_turn_comes()
    {
        await using var sms = await StartAsync("http", perSecond: 1);
        var asked = new List<string>();

        // One slot in a second: by then it is long ago that the second one was to go out.
        var recall = new Recall(TimeProvider.System.GetTimestamp())
        {
            LookAgain = id =>
            {
                asked.Add(id);
                return Task.FromResult<DeliveryOutcome?>(new DeliveryOutcome.Skipped(SkipReasons.Unsubscribed));
            },
        };
        Assert.IsType<DeliveryOutcome.Sent>(await sms.DeliverAsync(Message("msg_1")));
        var outcome = await sms.Channel("sms").DeliverAsync(Message("msg_2"), recall);
        Assert.Equal(SkipReasons.Unsubscribed, Assert.IsType<DeliveryOutcome.Skipped>(outcome).Reason);
        Assert.Equal(["msg_2"], asked);
        Assert.Equal(1, sms.Stub.Count);
    }

    [Fact]
    public async Task What_waits_for_its_turn_can_be_called_back_and_comes_back_when_the_connection_changes()
    {
        await using var sms = await StartAsync("http", perSecond: 1);
        var recall = new Recall();
        var called = Enumerable.Range(0, 3).Select(i => sms.Channel("sms").DeliverAsync(Message($"msg_{i}"), recall)).ToArray();
        await sms.Stub.WaitForAsync(1, TimeSpan.FromSeconds(20));
        recall.Call();
        var others = Enumerable.Range(3, 3).Select(i => sms.DeliverAsync(Message($"msg_{i}"))).ToArray();
        var (settings, credentials) = Entered("http", sms.BaseUrl);
        sms.Connections.Add("chan_1", "sms", "http", settings, credentials, paused: true);

        var outcomes = await Task.WhenAll(called.Concat(others));
        Assert.Contains(outcomes.Take(3), outcome => outcome is DeliveryOutcome.NotBegun);
        Assert.Contains(outcomes.Skip(3), outcome => outcome is DeliveryOutcome.NotBegun);
        Assert.Equal(sms.Stub.Count, outcomes.Count(outcome => outcome is DeliveryOutcome.Sent));
        Assert.Equal("the connection is paused", Assert.IsType<DeliveryOutcome.TemporaryFailure>(await sms.DeliverAsync(Message("msg_6"))).Reason);
        Assert.Null(sms.Channel("sms").WindowOf(1, Message().Channel)!.Ask(1).Room);
    }

    internal static async Task<ProviderHarness> StartAsync(string provider, int? perSecond = null, TimeSpan? timeout = null)
    {
        var sms = await ProviderHarness.StartAsync(timeout: timeout);
        var (settings, credentials) = Entered(provider, sms.BaseUrl);
        Assert.Empty(sms.Providers.Find("sms", provider)!.Check(new ConnectionValues(RawJson.Parse(JsonSerializer.Serialize(settings)), RawJson.Parse(JsonSerializer.Serialize(credentials)))));
        sms.Connections.Add("chan_1", "sms", provider, settings, credentials, perSecond);
        return sms;
    }

    internal static (object Settings, object Credentials) Entered(string provider, string url) => provider switch
    {
        "twilio" => (new { account_sid = "AC1", from = "+15005550006", base_url = url }, new { auth_token = "12345" }),
        "vonage" => (new { api_key = "key", from = "Shop", base_url = url }, new { api_secret = "secret", signature_secret = "signing" }),
        "messagebird" => (new { originator = "Shop", base_url = url }, new { access_key = "access", signing_key = "signing" }),
        _ => (new { url = $"{url}/send", fields = new { number = "{to}", message = "{text}", reference = "{id}" }, headers = new Dictionary<string, string> { ["x-tenant"] = "shop" }, test_url = $"{url}/me" }, (object)new { authorization = "Token t", receipts_secret = "signing" }),
    };

    private static bool Is(string provider, SinkRequest request)
    {
        var body = provider == "twilio" ? default : JsonElement.Parse(request.Text);
        string? Field(string name) => body.TryGetProperty(name, out var value) ? value.GetString() : null;
        string Header(string name) => request.Headers.GetValueOrDefault(name, "");
        return provider switch
        {
            "twilio" => request.Path == "/2010-04-01/Accounts/AC1/Messages.json" && Header("authorization") == "Basic " + Convert.ToBase64String("AC1:12345"u8)
                && request.Text == "To=%2B48501234567&Body=Hi+Ada%2C+CODE-1&From=%2B15005550006&StatusCallback=" + Uri.EscapeDataString("https://engine.example/hooks/channels/1/chan_1?m=msg_1"),
            "vonage" => request.Path == "/v1/messages" && Header("authorization") == "Basic " + Convert.ToBase64String("key:secret"u8)
                && (Field("channel"), Field("message_type"), Field("to"), Field("from"), Field("text"), Field("client_ref"), Field("webhook_version")) == ("sms", "text", "48501234567", "Shop", "Hi Ada, CODE-1", "msg_1", "v1"),
            "messagebird" => request.Path == "/messages" && Header("authorization") == "AccessKey access" && body.GetProperty("recipients")[0].GetString() == "48501234567"
                && (Field("originator"), Field("body"), Field("reference"), Field("datacoding")) == ("Shop", "Hi Ada, CODE-1", "msg_1", "auto"),
            _ => request.Path == "/send" && Header("authorization") == "Token t" && Header("x-tenant") == "shop"
                && (Field("number"), Field("message"), Field("reference")) == ("+48501234567", "Hi Ada, CODE-1", "msg_1"),
        };
    }

    private static OutboundMessage Message(string id = "msg_1") => ProviderHarness.Message("sms", id: id, template: Text);

    private static SinkAnswer Json(int status, string body) => SinkAnswer.Of(status, ("Content-Type", "application/json")) with { Body = Encoding.UTF8.GetBytes(body) };
}
