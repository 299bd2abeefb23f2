using Marketing.Channels.Email;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Hosting;

/// <summary>Where a process keeps its files: the embedded databases, the outbox and generated keys.</summary>
public static class DataDirectory
{
    /// <summary>Absent means <c>./data</c>.</summary>
    public const string Key = "Distributions:DataDirectory";

    /// <summary>As configured, from the root.</summary>
    public static string Of(IConfiguration configuration) => Path.GetFullPath(configuration[Key] ?? "data");

    /// <summary>Mail that has no server to go to is written there, unless another place is configured.</summary>
    internal static void AddOutbox(this IServiceCollection services, IConfiguration configuration) =>
        services.PostConfigure<EmailOptions>(email =>
        {
            if (configuration[$"{EmailOptions.Section}:OutboxDirectory"] is null)
            {
                email.OutboxDirectory = Path.Combine(Of(configuration), "outbox");
            }
        });
}
