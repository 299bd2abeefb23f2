using System.Text;
using Marketing.Channels.Sms;
using Xunit;

namespace Marketing.Channels.Email.Feedback;

/// <summary>What every mail service has to be understood to say, and nobody else.</summary>
public sealed class FeedbackTests : IDisposable
{
    private readonly FeedbackSamples _samples = new();

    public static TheoryData<string> Services() => [.. FeedbackSamples.Services];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task What_became_of_mail_is_taken_from_the_service_and_nobody_else(string service)
    {
        var hard = await ToldAsync(service, _samples.Hard(service));
        Assert.Equal((FeedbackKind.HardBounce, "jane@example.com", FeedbackSamples.Ours), (hard.Kind, hard.Address, hard.MessageId));
        Assert.NotNull(hard.Reason);
        Assert.Equal(FeedbackKind.SoftBounce, (await ToldAsync(service, _samples.Soft(service))).Kind);
        Assert.Equal(FeedbackKind.Complaint, (await ToldAsync(service, _samples.Complaint(service))).Kind);
        Assert.Equal((FeedbackKind.Delivered, FeedbackSamples.Ours), await ToldAsync(service, _samples.Delivered(service)) is var arrived ? (arrived.Kind, arrived.MessageId) : default);

        // Told again it is the same, another one is another.
        Assert.Equal(hard.Event, (await ToldAsync(service, _samples.Hard(service))).Event);
        Assert.NotEqual(hard.Event, (await ToldAsync(service, _samples.Hard(service, id: "9"))).Event);
        Assert.Null((await ToldAsync(service, _samples.Hard(service, message: null))).MessageId);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task What_anybody_else_posts_is_not_taken(string service)
    {
        using var others = new FeedbackSamples();
        var right = _samples.Hard(service);
        Assert.Same(FeedbackReading.Forged, await ReadAsync(service, right with { Headers = new Dictionary<string, string>(), Body = service == "ses" ? Changed(right, "\"Signature\"", "\"Nothing\"") : right.Body }));
        if (service != "postmark")
        {
            // Postmark signs nothing.
            Assert.Same(FeedbackReading.Forged, await ReadAsync(service, right with { Body = Changed(right, "jane@", "mary@") }));
        }

        if (service is "ses" or "sendgrid")
        {
            Assert.Same(FeedbackReading.Forged, await ReadAsync(service, others.Hard(service)));
        }
        else
        {
            var (settings, _) = _samples.Entered(service);
            var without = FakeConnections.Make("chan_1", "email", "smtp", settings).Values;
            Assert.Same(FeedbackReading.Forged, await Of(service).ReadAsync(without, right, FeedbackSamples.Now));
        }
    }

    [Theory]
    [InlineData("1", null, null, null, true)]
    [InlineData("2", null, null, null, true)]
    [InlineData("3", null, null, null, false)]
    [InlineData("2", "arn:aws:sns:us-east-1:123456789012:others", null, null, false)]
    [InlineData("2", null, "https://sns.us-east-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem", null, false)]
    [InlineData("2", null, "http://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem", null, false)]
    [InlineData("2", null, "https://evil.s3.amazonaws.com/SimpleNotificationService-1.pem", null, false)]
    [InlineData("2", null, "https://user@sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem", null, false)]
    [InlineData("2", null, "https://sns.us-east-1.amazonaws.com/other", null, false)]
    [InlineData("2", null, null, "2026-11-26T12:00:00Z", false)]
    public async Task Amazons_signature_counts_with_a_certificate_of_amazons_of_the_topic_and_while_it_is_new(string version, string? topic, string? certificate, string? at, bool taken)
    {
        var body = "{}";
        var posted = _samples.Notification(
            "Notification", body, version, topic ?? FeedbackSamples.Topic, certificate ?? "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
            at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        var read = await ReadAsync("ses", new HookCall("https://engine.example/", new Dictionary<string, string>(), Encoding.UTF8.GetBytes(posted)));
        Assert.Equal(taken, read is FeedbackReading.Told);
        if (certificate is not null)
        {
            Assert.Empty(_samples.Called);
        }
    }

    [Fact]
    public async Task A_subscription_is_confirmed_where_amazon_is_and_nowhere_else()
    {
        Assert.IsType<FeedbackReading.Told>(await ReadAsync("ses", Posted(_samples.Notification("SubscriptionConfirmation", "You have chosen to subscribe"))));
        Assert.Equal("sns.us-east-1.amazonaws.com", _samples.Called[^1].Host);
        Assert.Contains("ConfirmSubscription", _samples.Called[^1].Query, StringComparison.Ordinal);

        var calls = _samples.Called.Count;
        Assert.Same(FeedbackReading.Forged, await ReadAsync("ses", Posted(_samples.Notification("SubscriptionConfirmation", "You", subscribe: "https://evil.example/?Action=ConfirmSubscription"))));
        Assert.DoesNotContain(_samples.Called.Skip(calls), url => url.Host == "evil.example");
    }

    [Fact]
    public async Task Of_several_recipients_nobody_knows_who_complained()
    {
        var call = _samples.Signed("ses", """{"notificationType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"a@example.com"},{"emailAddress":"b@example.com"}],"feedbackId":"f"},"mail":{}}""");
        Assert.Null((await ToldAsync("ses", call)).Address);
        Assert.Empty(Assert.IsType<FeedbackReading.Told>(await ReadAsync(
            "ses", _samples.Signed("ses", """{"notificationType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"a@example.com"}],"complaintFeedbackType":"not-spam"},"mail":{}}"""))).Items);
    }

    [Fact]
    public async Task SendGrids_signature_is_the_one_of_its_own_example()
    {
        const string key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";
        var values = FakeConnections.Make("chan_1", "email", "smtp", new { feedback = "sendgrid", feedback_key = key }).Values;
        const string body = """
            [{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]
            """ + "\r\n";
        var call = new HookCall("https://engine.example/", new Dictionary<string, string>
        {
            ["x-twilio-email-event-webhook-signature"] = "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=",
            ["x-twilio-email-event-webhook-timestamp"] = "1600112502",
        }, Encoding.UTF8.GetBytes(body));
        var item = Assert.Single(Assert.IsType<FeedbackReading.Told>(await new SendGridFeedback().ReadAsync(values, call, FeedbackSamples.Now)).Items);
        Assert.Equal((FeedbackKind.HardBounce, "hello@world.com", (string?)null), (item.Kind, item.Address, item.MessageId));
    }

    [Theory]
    [InlineData("<msg_0000000100000000000000ff@shop.example>", "msg_0000000100000000000000ff")]
    [InlineData("msg_0000000100000000000000ff", "msg_0000000100000000000000ff")]
    [InlineData("<msg_0000000100000000000000ff-0123456789abcdef0123@shop.example>", "msg_0000000100000000000000ff")]
    [InlineData("<msg_test_1@shop.example>", null)]
    [InlineData("<x@msg_0000000100000000000000ff>", null)]
    [InlineData(null, null)]
    public void Our_message_is_known_by_its_id(string? text, string? message) => Assert.Equal(message, FeedbackJson.OurMessage(text));

    [Theory]
    [InlineData("ses", "X-SES-MESSAGE-TAGS: message_id=msg_1")]
    [InlineData("postmark", "X-PM-Metadata-message_id: msg_1")]
    [InlineData("sendgrid", """X-SMTPAPI: {"unique_args":{"message_id":"msg_1"}}""")]
    public async Task A_mail_says_to_the_service_which_message_it_is(string service, string header)
    {
        await using var mail = EmailHarness.Start();
        mail.Connections.Add("chan_1", "email", "smtp", new { host = "127.0.0.1", port = mail.Sink.Port, from = "a@shop.example", security = "none", feedback = service }, isDefault: true);
        Assert.Contains(header, (await mail.ArrivesAsync(EmailHarness.Message())).Raw, StringComparison.Ordinal);
    }

    public void Dispose() => _samples.Dispose();

    private static ReadOnlyMemory<byte> Changed(HookCall call, string from, string to) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(call.Body.Span).Replace(from, to, StringComparison.Ordinal));

    private static HookCall Posted(string body) => new("https://engine.example/", new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body));

    private IMailFeedback Of(string service) => service switch
    {
        "ses" => new SesFeedback(_samples),
        "sendgrid" => new SendGridFeedback(),
        "postmark" => new PostmarkFeedback(),
        _ => new HttpFeedback(),
    };

    private async Task<FeedbackItem> ToldAsync(string service, HookCall call) => Assert.Single(Assert.IsType<FeedbackReading.Told>(await ReadAsync(service, call)).Items);

    private async Task<FeedbackReading> ReadAsync(string service, HookCall call)
    {
        var (settings, credentials) = _samples.Entered(service);
        return await Of(service).ReadAsync(FakeConnections.Make("chan_1", "email", "smtp", settings, credentials).Values, call, FeedbackSamples.Now);
    }
}
