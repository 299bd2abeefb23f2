using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Webhooks;

/// <summary>Registers the webhook channel. The host adds an <see cref="IWebhookSecrets"/>.</summary>
internal static class WebhookServiceCollectionExtensions
{
    public static IServiceCollection AddWebhookChannel(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection(WebhookOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HostBreakers>();
        services.TryAddSingleton<WebhookTransport>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannel, WebhookChannel>());
        return services;
    }
}
