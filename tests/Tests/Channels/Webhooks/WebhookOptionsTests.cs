using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Marketing.Channels.Webhooks;

public sealed class WebhookOptionsTests
{
    [Fact]
    public void The_defaults_are_valid_and_closed()
    {
        using var services = Services();
        var options = services.GetRequiredService<IOptions<WebhookOptions>>().Value;
        Assert.False(options.AllowPrivateNetworks);
        Assert.Equal(TimeSpan.FromSeconds(10), options.Timeout);
    }

    [Fact]
    public void Configuration_is_bound_and_the_channel_registered_once()
    {
        using var services = Services(("AllowPrivateNetworks", "true"), ("Retries:0", "00:00:01"), ("Retries:1", "00:00:03"));
        var channel = Assert.Single(services.GetServices<IChannel>());
        Assert.Equal(TimeSpan.FromSeconds(2), channel.RetryDelay(2));
        Assert.Null(channel.RetryDelay(3));
    }

    [Theory]
    [InlineData("Timeout", "00:00:00")]
    [InlineData("MaxConnectionsPerServer", "0")]
    [InlineData("MaxResponseBytes", "-1")]
    [InlineData("BreakerThreshold", "0")]
    [InlineData("BreakerMaxPause", "00:00:01")]
    [InlineData("Retries:0", "00:00:00")]
    [InlineData("DeferralLimit", "-00:00:01")]
    [InlineData("DeferralLimit", "31.00:00:00")]
    public void Nonsense_is_refused_at_start(string key, string value)
    {
        using var services = Services((key, value));
        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(key.Split(':')[0], refused.Message);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{WebhookOptions.Section}:{setting.Key}", (string?)setting.Value)))
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IWebhookSecrets, NoSecrets>()
            .AddSingleton<IConnections, FakeConnections>()
            .AddSingleton<ISendSlots, FakeSlots>()
            .AddSingleton<SendGates>()
            .AddSingleton<ProviderHttp>()
            .AddSingleton<ConnectionLines>()
            .AddWebhookChannel(configuration)
            .AddWebhookChannel(configuration)
            .BuildServiceProvider();
    }

    private sealed class NoSecrets : IWebhookSecrets
    {
        public string Get(string projectId) => "";
    }
}
