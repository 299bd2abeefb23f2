using System.Net;
using Marketing.Testing;
using Xunit;

namespace Marketing.Channels.Webhooks;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:a9fe:a9fe")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("3fff::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Not_public(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.167.1.1")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::101:101")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    public void Public(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task A_receiver_on_loopback_is_never_called(string host)
    {
        await using var sink = await HttpSink.StartAsync();
        using var webhooks = new WebhookHarness(options => options.AllowPrivateNetworks = false);
        var outcome = await webhooks.DeliverAsync(Webhook.Message(Webhook.Template() with { TargetUrl = $"http://{host}:{sink.Url.Port}/" }));

        var failure = Assert.IsType<DeliveryOutcome.PermanentFailure>(outcome);
        Assert.Equal("the target address is private or reserved", failure.Reason);
        Assert.Equal(0, sink.Count);
    }

    [Fact]
    public async Task A_name_is_judged_by_where_it_leads_when_the_connection_is_made()
    {
        await using var sink = await HttpSink.StartAsync();
        var asked = 0;
        using var webhooks = new WebhookHarness(
            options => options.AllowPrivateNetworks = false,
            resolve: (_, _) =>
            {
                asked++;
                return Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("10.0.0.1")]);
            });
        var template = Webhook.Template() with { TargetUrl = $"http://rebind.example.com:{sink.Url.Port}/" };

        Assert.Empty(webhooks.Channel.Validate(new ChannelDefinition { Template = template }, Webhook.Scope));
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await webhooks.DeliverAsync(Webhook.Message(template)));
        Assert.Equal(1, asked);
        Assert.Equal(0, sink.Count);
    }

    [Fact]
    public async Task Of_mixed_addresses_only_the_public_ones_are_used()
    {
        var connector = new GuardedConnector(false, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("1.1.1.1")]));
        Assert.Equal([IPAddress.Parse("1.1.1.1")], await connector.AddressesAsync("example.com", WebhookHarness.Cancellation));
    }
}
