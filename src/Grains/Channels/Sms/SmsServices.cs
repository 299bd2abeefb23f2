using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketing.Channels.Sms;

internal static class SmsServices
{
    /// <summary>Text messages, and whom they are sent over. A provider is one line here.</summary>
    public static IServiceCollection AddSmsChannel(this IServiceCollection services)
    {
        services.TryAddSingleton<SmsOutbox>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, TwilioProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, VonageProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, MessageBirdProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, HttpSmsProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannel, SmsChannel>());
        return services;
    }
}
