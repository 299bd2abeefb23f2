using System.Security.Cryptography;
using System.Text;
using Marketing.Testing;
using Xunit;

namespace Marketing.Channels.Webhooks;

public sealed class WebhookSignatureTests
{
    [Theory]
    [InlineData("""{"a":1}""", "a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed2")]
    [InlineData("""{"a\"b":1}""", "f7cf97814a03146abedb9793f56e1dec34f618f82d10395310d053f749483ffb")]
    [InlineData("  message  ", "53ff92957e1427ce23ad5bda9d0c5f2f4ff384d0806b83eeacb510c842d3a358")]
    public void The_documented_vectors_hold(string body, string signature)
    {
        using var secret = new WebhookSignature("secretKey");
        Assert.Equal(signature, secret.OfBody(Encoding.UTF8.GetBytes(body)));
    }

    [Theory]
    [InlineData("whsec_c2VjcmV0IGtleSBvZiAyNCBieXRlcw==", "secret key of 24 bytes")]
    [InlineData("plain secret", "plain secret")]
    [InlineData("whsec_not base64!", "whsec_not base64!")]
    [InlineData("whsec_", "whsec_")]
    public async Task A_receiver_can_verify_both_signatures(string secret, string key)
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness(secret: secret);
        Assert.IsType<DeliveryOutcome.Sent>(await webhooks.DeliverAsync(sink));

        var request = Assert.Single(sink.Requests);
        Assert.Equal("msg_0001", request.Headers["webhook-id"]);
        Assert.Equal(webhooks.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(null, null), request.Headers["webhook-timestamp"]);
        var content = Encoding.UTF8.GetBytes($"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.{request.Text}");
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), content));
        Assert.Equal(expected, request.Headers["webhook-signature"]);
        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), request.Body.Span)),
            request.Headers["x-voucherify-signature"]);
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_sent()
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness(secret: "");
        Assert.IsType<DeliveryOutcome.TemporaryFailure>(await webhooks.DeliverAsync(sink));
        Assert.Equal(0, sink.Count);
    }
}
