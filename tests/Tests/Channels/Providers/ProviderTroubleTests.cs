using Marketing.Channels.Sms;
using Marketing.Channels.Tools;
using Marketing.Testing;
using Xunit;

namespace Marketing.Channels;

/// <summary>What every provider makes of a line that is slow, broken, or not what it says it is: the message is tried again, and it is the same message.</summary>
public sealed class ProviderTroubleTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(300);

    public static TheoryData<string> Tools() => ToolContractTests.Tools();

    public static TheoryData<string> All() => [.. ToolContractTests.Tools(), .. SmsProviderTests.Providers()];

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_answer_that_does_not_come_or_does_not_end_is_none(string provider)
    {
        await using var harness = await StartAsync(provider);
        harness.Stub.Then(SinkAnswer.Hang, new SinkAnswer { Stalls = true, Body = "{\"id\":"u8.ToArray() }, SinkAnswer.Of(500) with { Body = new byte[4 * 1024 * 1024] });
        var silent = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await DeliverAsync(harness, provider));
        Assert.Equal(("no answer within 0.3 s", true), (silent.Reason, silent.BurnsAttempt));
        Assert.Equal("no answer within 0.3 s", Assert.IsType<DeliveryOutcome.TemporaryFailure>(await DeliverAsync(harness, provider)).Reason);

        // Read as far as anybody would read it.
        Assert.Equal("HTTP 500", Assert.IsType<DeliveryOutcome.TemporaryFailure>(await DeliverAsync(harness, provider)).Reason);
        Assert.IsType<DeliveryOutcome.Sent>(await DeliverAsync(harness, provider));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_line_that_is_no_TLS_or_that_nobody_vouches_for_gets_no_message(string provider)
    {
        await using var harness = await StartAsync(provider);
        await using var selfSigned = await HttpSink.StartAsync(tls: true);
        foreach (var url in new[] { harness.BaseUrl.Replace("http://", "https://", StringComparison.Ordinal), selfSigned.Url.GetLeftPart(UriPartial.Authority) })
        {
            Connect(harness, provider, url);
            var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await DeliverAsync(harness, provider));
            Assert.Equal(("no answer: SecureConnectionError", true), (failure.Reason, failure.BurnsAttempt));
        }

        Assert.Equal((0, 0), (selfSigned.Count, harness.Stub.Count));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Credentials_that_are_not_right_end_a_message_at_once(string provider)
    {
        await using var harness = await StartAsync(provider);
        harness.Stub.Then(ToolStub.Json(401, """{"message":"wrong key"}"""), ToolStub.Json(403, """{"message":"not yours"}"""));
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await DeliverAsync(harness, provider));
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await DeliverAsync(harness, provider));
        Assert.Equal(2, harness.Stub.Count);

        // And nothing is wrong with the connection once they are put right.
        Assert.IsType<DeliveryOutcome.Sent>(await DeliverAsync(harness, provider));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Of_two_hundred_through_a_line_that_fails_at_random_each_ends_as_sent(string provider)
    {
        const int Messages = 200;
        const int MostRounds = 40;
        await using var harness = await StartAsync(provider);
        var chance = new Random(20_261_129);
        harness.Stub.Always(request =>
        {
            int drawn;
            lock (chance)
            {
                drawn = chance.Next(12);
            }

            return drawn switch
            {
                0 => SinkAnswer.Of(503),
                1 => SinkAnswer.Of(429, ("Retry-After", "1")),
                2 => SinkAnswer.Of(500),
                3 => SinkAnswer.Close,
                4 => SinkAnswer.Hang,
                _ => Answer(provider, request),
            };
        });

        var pending = Enumerable.Range(0, Messages).ToHashSet();
        for (var round = 0; pending.Count > 0; round++)
        {
            Assert.True(round < MostRounds, $"{pending.Count} are still to be sent");
            var outcomes = await Task.WhenAll(pending.Select(async message => (Message: message, Outcome: await DeliverAsync(harness, provider, $"msg_{message}"))));
            Assert.DoesNotContain(outcomes, outcome => outcome.Outcome is not (DeliveryOutcome.Sent or DeliveryOutcome.TemporaryFailure));
            pending.ExceptWith(outcomes.Where(outcome => outcome.Outcome is DeliveryOutcome.Sent).Select(outcome => outcome.Message));
        }
    }

    private static bool IsTool(string provider) => ToolContractTests.Tools().Any(row => row.Data == provider);

    private static SinkAnswer Answer(string provider, SinkRequest request) =>
        IsTool(provider) ? ToolStub.Answer(provider, request) : ToolStub.Json(201, """{"sid":"SM1","message_uuid":"u-1","id":"mb-1"}""");

    private static async Task<ProviderHarness> StartAsync(string provider)
    {
        var harness = IsTool(provider) ? await ToolContractTests.StartAsync(provider, Timeout) : await SmsProviderTests.StartAsync(provider, timeout: Timeout);
        harness.Stub.Always(request => Answer(provider, request));
        return harness;
    }

    private static void Connect(ProviderHarness harness, string provider, string url)
    {
        var (settings, credentials) = IsTool(provider) ? ToolStub.Entered(provider, url) : SmsProviderTests.Entered(provider, url);
        harness.Connections.Add("chan_1", IsTool(provider) ? provider : "sms", provider, settings, credentials);
    }

    private static Task<DeliveryOutcome> DeliverAsync(ProviderHarness harness, string provider, string id = "msg_1") => harness.DeliverAsync(
        IsTool(provider) ? ProviderHarness.Message(provider, id: id) : ProviderHarness.Message("sms", id: id, template: new ChannelTemplate { Text = "Hi" }));
}
