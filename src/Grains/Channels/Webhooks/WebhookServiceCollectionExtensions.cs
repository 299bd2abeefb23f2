using Marketing.Observability;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Webhooks;

/// <summary>Registers the webhook channel. The host adds an <see cref="IWebhookSecrets"/> and what connections are sent over.</summary>
internal static class WebhookServiceCollectionExtensions
{
    public static IServiceCollection AddWebhookChannel(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(WebhookTransport)))
        {
            // Binding a second time would append the configured retries to themselves.
            return services;
        }

        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection(WebhookOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddEngineMetrics();
        services.AddSingleton<HostQueues>();
        services.AddSingleton<WebhookTransport>();
        services.AddSingleton<WebhookProvider>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, WebhookProvider>(static provider => provider.GetRequiredService<WebhookProvider>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannel, WebhookChannel>());
        return services;
    }
}
