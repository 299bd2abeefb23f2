using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Channels.Tools;

internal static class ToolServices
{
    /// <summary>The tools. Each is one line here, and its folder.</summary>
    public static IServiceCollection AddTools(this IServiceCollection services) => services
        .AddTool(new BrazeProvider())
        .AddTool(new MailchimpProvider())
        .AddTool(new KlaviyoProvider())
        .AddTool(new IntercomProvider())
        .AddTool(new ActiveCampaignProvider())
        .AddTool(new BatchProvider())
        .AddTool(new ShopifyProvider());

    public static IServiceCollection AddTool(this IServiceCollection services, ToolProvider tool) => services
        .AddSingleton<IProvider>(tool)
        .AddSingleton<IChannel>(provider => ActivatorUtilities.CreateInstance<ToolChannel>(provider, tool));
}
