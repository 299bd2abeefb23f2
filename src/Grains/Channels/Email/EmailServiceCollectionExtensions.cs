using Marketing.Bounces;
using Marketing.Branding;
using Marketing.Channels.Email.Feedback;
using Marketing.Channels.Email.Smtp;
using Marketing.Templates;
using Marketing.Tracking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Email;

internal static class EmailServiceCollectionExtensions
{
    /// <summary>The email channel and what it needs, configured by the section <see cref="EmailOptions.Section"/>.</summary>
    public static IServiceCollection AddEmailChannel(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EmailOptions>().Bind(configuration.GetSection(EmailOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmailOptions>, EmailOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TemplateEngine>();
        services.TryAddSingleton<BrandBook>();
        services.TryAddSingleton<TrackedLinks>();
        services.TryAddSingleton<SmtpConnectionPool>();
        services.TryAddSingleton<SmtpQueue>();
        services.TryAddSingleton<SmtpTransport>();
        services.TryAddSingleton<SmtpTransports>();
        services.TryAddSingleton<OutboxTransport>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProvider, SmtpProvider>());
        services.TryAddSingleton<ISnsCalls, SnsCalls>();
        services.TryAddSingleton<MailFeedbacks>();
        services.TryAddSingleton<BounceTokens>();
        services.TryAddSingleton<MailReturns>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMailFeedback, SesFeedback>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMailFeedback, SendGridFeedback>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMailFeedback, PostmarkFeedback>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMailFeedback, HttpFeedback>());

        // Decided when first used, after the host has had its say about the options.
        services.TryAddSingleton<IEmailTransport>(provider => provider.GetRequiredService<IOptions<EmailOptions>>().Value.Host is null
            ? provider.GetRequiredService<OutboxTransport>()
            : provider.GetRequiredService<SmtpTransport>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannel, EmailChannel>());
        return services;
    }
}
