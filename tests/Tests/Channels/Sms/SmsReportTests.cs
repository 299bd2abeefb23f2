using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Marketing.Channels.Sms;

public sealed class SmsReportTests
{
    private const string Url = "https://engine.example/hooks/channels/1/chan_1?m=msg_1";

    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Twilios_signature_is_the_one_of_its_own_example() => Assert.Equal(
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        TwilioProvider.Sign("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", new Dictionary<string, string>
        {
            ["CallSid"] = "CA1234567890ABCDE",
            ["Caller"] = "+14158675309",
            ["Digits"] = "1234",
            ["From"] = "+14158675309",
            ["To"] = "+18005551212",
        }));

    public static TheoryData<string> Providers() => ["twilio", "vonage", "messagebird", "http"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_became_of_a_message_is_taken_from_the_provider_and_nobody_else(string provider)
    {
        await using var sms = await SmsProviderTests.StartAsync(provider);
        var read = Reader(sms, provider);
        Assert.Equal(new SmsReport.Receipt("msg_1", IsDelivered: true, null), read(Delivered(provider)));
        var failed = Assert.IsType<SmsReport.Receipt>(read(Failed(provider)));
        Assert.Equal(("msg_1", false), (failed.MessageId, failed.IsDelivered));
        Assert.NotNull(failed.Reason);
        Assert.Equal(new SmsReport.Reply("+48501234567", "STOP"), read(Stop(provider)));

        // Another body, another secret, no signature, another address.
        var right = Delivered(provider);
        Assert.IsType<SmsReport.Forged>(read(right with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(right.Body.Span) + " ") }));
        Assert.IsType<SmsReport.Forged>(read(Delivered(provider, "guess")));
        Assert.IsType<SmsReport.Forged>(read(right with { Headers = new Dictionary<string, string>() }));
        if (provider is "twilio" or "messagebird")
        {
            Assert.IsType<SmsReport.Forged>(read(right with { Url = right.Url.Replace("msg_1", "msg_2", StringComparison.Ordinal) }));
        }
    }

    [Theory]
    [InlineData("vonage")]
    [InlineData("messagebird")]
    public async Task An_old_report_is_not_taken(string provider)
    {
        await using var sms = await SmsProviderTests.StartAsync(provider);
        var connection = sms.Connections.Choose(1, "sms", "chan_1").Connection!;
        Assert.IsType<SmsReport.Forged>(((ISmsProvider)sms.Providers.Find("sms", provider)!).Read(connection, Delivered(provider), Now.AddMinutes(10)));
    }

    [Theory]
    [InlineData("STOP", true)]
    [InlineData(" stop. ", true)]
    [InlineData("Unsubscribe", true)]
    [InlineData("koniec", true)]
    [InlineData("please stop", false)]
    [InlineData("", false)]
    public void One_word_unsubscribes(string text, bool isStop) => Assert.Equal(isStop, SmsOutcomes.IsStop(text, "KONIEC, arrêt"));

    [Theory]
    [InlineData("vonage")]
    [InlineData("messagebird")]
    public async Task Without_a_signing_secret_nothing_is_taken(string provider)
    {
        await using var sms = await SmsProviderTests.StartAsync(provider);
        var connection = FakeConnections.Make("chan_1", "sms", provider, SmsProviderTests.Entered(provider, "http://x").Settings);
        Assert.IsType<SmsReport.Forged>(((ISmsProvider)sms.Providers.Find("sms", provider)!).Read(connection, Delivered(provider, ""), Now));
    }

    internal static HookCall Delivered(string provider, string? secret = null, string url = Url) => Signed(provider, secret, url, provider switch
    {
        "twilio" => "MessageSid=SM1&MessageStatus=delivered",
        "vonage" => """{"message_uuid":"u","status":"delivered","client_ref":"msg_1"}""",
        "messagebird" => "status=delivered&reference=msg_1",
        _ => """{"id":"msg_1","status":"delivered"}""",
    });

    private static HookCall Failed(string provider) => Signed(provider, null, Url, provider switch
    {
        "twilio" => "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003",
        "vonage" => """{"message_uuid":"u","status":"undeliverable","client_ref":"msg_1","error":{"title":"1050"}}""",
        "messagebird" => "status=delivery_failed&reference=msg_1&statusErrorCode=1",
        _ => """{"id":"msg_1","status":"undelivered","reason":"away"}""",
    });

    internal static HookCall Stop(string provider, string? secret = null, string url = Url) => Signed(provider, secret, url, provider switch
    {
        "twilio" => "From=%2B48501234567&Body=STOP",
        "vonage" => """{"channel":"sms","from":"48501234567","text":"STOP"}""",
        "messagebird" => "originator=48501234567&body=STOP",
        _ => """{"from":"+48501234567","text":"STOP"}""",
    });

    private static HookCall Signed(string provider, string? secret, string url, string body)
    {
        // Receipts of MessageBird have no body.
        var isQuery = provider == "messagebird";
        if (isQuery)
        {
            (url, body) = ($"{url}&{body}", "");
        }

        var bytes = Encoding.UTF8.GetBytes(body);
        var call = new HookCall(url, new Dictionary<string, string>(), bytes);
        var (name, value) = provider switch
        {
            "twilio" => ("x-twilio-signature", TwilioProvider.Sign(secret ?? "12345", url, call.Form)),
            "vonage" => ("authorization", "Bearer " + Token(secret ?? "signing", new { iat = Now.ToUnixTimeSeconds(), iss = "Vonage", api_key = "key", payload_hash = HookCall.Hash(bytes) })),
            "messagebird" => ("messagebird-signature-jwt", Token(secret ?? "signing", new { iss = "MessageBird", nbf = Now.ToUnixTimeSeconds() - 1, exp = Now.ToUnixTimeSeconds() + 60, url_hash = HookCall.Hash(Encoding.UTF8.GetBytes(url)) })),
            _ => ("x-signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? "signing"), bytes))),
        };
        return call with { Headers = new Dictionary<string, string> { [name] = value } };
    }

    private static string Token(string secret, object claims)
    {
        var signed = $"{Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static Func<HookCall, SmsReport> Reader(ProviderHarness sms, string provider)
    {
        var connection = sms.Connections.Choose(1, "sms", "chan_1").Connection!;
        return call => ((ISmsProvider)sms.Providers.Find("sms", provider)!).Read(connection, call, Now);
    }
}
