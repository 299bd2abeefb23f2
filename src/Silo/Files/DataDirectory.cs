using Marketing.Channels.Email;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Files;

/// <summary>Where a process keeps its files: the embedded databases, the outbox and generated keys.</summary>
public static class DataDirectory
{
    /// <summary>Absent means <c>./data</c>.</summary>
    public const string Key = "Distributions:DataDirectory";

    /// <summary>A directory for the keys that secrets are protected with, of the operator's choice; all silos need the same one.</summary>
    internal const string KeysKey = "Distributions:DataProtection:KeysDirectory";

    /// <summary>As configured, from the root.</summary>
    public static string Of(IConfiguration configuration) => Path.GetFullPath(configuration[Key] ?? "data");

    /// <summary>Where files with keys are, if there are any.</summary>
    internal static string KeysOf(IConfiguration configuration) =>
        configuration[KeysKey] is { Length: > 0 } configured ? Path.GetFullPath(configured) : Path.Combine(Of(configuration), "keys");

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
