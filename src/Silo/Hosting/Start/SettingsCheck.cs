using System.ComponentModel;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Marketing.Hosting;

/// <summary>
/// Looks at the configuration before anything starts by it. A value that cannot be right is refused with its key; a key that nothing reads is told, because a
/// typo would otherwise be a setting that quietly has no effect. Values of texts are never repeated: some are secrets.
/// </summary>
public static partial class SettingsCheck
{
    private const string ConnectionStrings = "ConnectionStrings";
    private const string Prefix = $"{KnownSettings.Root}:";

    /// <summary>Refuses values that are of the wrong kind. Called before anything reads the configuration.</summary>
    /// <exception cref="SettingsRefusedException">With all of them.</exception>
    public static void RequireReadable(IConfiguration configuration)
    {
        List<string> reasons =
        [
            .. Given(configuration).Select(WhyNot).OfType<string>(), .. WhyNotUrls(configuration, WebHostDefaults.ServerUrlsKey),
            .. WhyNotUrls(configuration, $"{Prefix}Silo:Urls"),
        ];
        if (configuration.GetConnectionString(ClusterSilo.ConnectionString) is { Length: > 0 } text && !IsConnectionString(text))
        {
            reasons.Add($"{ConnectionStrings}:{ClusterSilo.ConnectionString} cannot be read; it is written like 'Host=127.0.0.1;Username=distributions;Password=…;Database=distributions'.");
        }

        if (reasons.Count > 0)
        {
            throw new SettingsRefusedException(reasons);
        }
    }

    /// <summary>Refuses values that are out of range, and warns of keys that nothing reads. Called on the host that is built, before it starts.</summary>
    /// <exception cref="OptionsValidationException">With those of one section.</exception>
    /// <exception cref="AggregateException">When sections of several have some.</exception>
    public static void CheckSettings(this IHost host)
    {
        host.Services.GetRequiredService<IStartupValidator>().Validate();
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SettingsCheck));
        foreach (var (key, nearest) in Unread(host.Services.GetRequiredService<IConfiguration>()))
        {
            if (nearest is null)
            {
                LogUnread(logger, key);
            }
            else
            {
                LogMisspelt(logger, key, nearest);
            }
        }
    }

    /// <summary>The keys that nothing reads, each with the one that may be meant.</summary>
    internal static IEnumerable<(string Key, string? Nearest)> Unread(IConfiguration configuration)
    {
        foreach (var (key, _) in Given(configuration).Where(setting => KnownSettings.TypeOf(setting.Key) is null))
        {
            var nearest = Spelling.Nearest(key[Prefix.Length..], KnownSettings.All.Keys.Select(known => known[Prefix.Length..]));
            yield return (key, nearest is null ? null : Prefix + nearest);
        }

        // Of the rest of the configuration only what looks like ours: all variables of the environment are there.
        foreach (var section in configuration.GetChildren().Select(child => child.Key))
        {
            if (Misspelt(section, KnownSettings.Root, ConnectionStrings) is { } meant)
            {
                yield return (section, meant);
            }
        }

        foreach (var name in configuration.GetSection(ConnectionStrings).GetChildren().Select(child => child.Key))
        {
            if (Misspelt(name, ClusterSilo.ConnectionString) is { } meant)
            {
                yield return ($"{ConnectionStrings}:{name}", $"{ConnectionStrings}:{meant}");
            }
        }
    }

    /// <summary>What was refused, a sentence each that begins with the key.</summary>
    internal static string[] Reasons(OptionsValidationException refusal)
    {
        var section = refusal.OptionsType.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as string;
        return [.. refusal.Failures.Select(failure => section is null || failure.StartsWith(section, StringComparison.Ordinal) ? failure : $"{section}:{Field().Replace(failure, "$1 ")}")];
    }

    private static IEnumerable<KeyValuePair<string, string>> Given(IConfiguration configuration) =>
        configuration.GetSection(KnownSettings.Root).AsEnumerable()
            .Where(setting => setting.Value is not null && setting.Key.Length > Prefix.Length)
            .Select(setting => KeyValuePair.Create(setting.Key, setting.Value!))
            .OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase);

    private static string? Misspelt(string name, params string[] known) =>
        known.Contains(name, StringComparer.OrdinalIgnoreCase) ? null : Spelling.Nearest(name, known.Where(other => Math.Abs(other.Length - name.Length) <= 2));

    private static string? WhyNot(KeyValuePair<string, string> setting)
    {
        if (KnownSettings.TypeOf(setting.Key) is not { } type || type == typeof(string) || (setting.Value.Length == 0 && Nullable.GetUnderlyingType(type) is not null))
        {
            return null;
        }

        try
        {
            // As the binder does, which leaves out elements of lists that it cannot read.
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(setting.Value);
            return null;
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            var value = setting.Value.Length == 0 ? "empty" : $"'{PlainText.Start(setting.Value, 60)}'";
            return $"{setting.Key} is {value}, but must be {Kind(type)}.";
        }
    }

    private static IEnumerable<string> WhyNotUrls(IConfiguration configuration, string key)
    {
        foreach (var url in (configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string? reason = null;
            try
            {
                BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                reason = $"{key} has '{PlainText.Start(url, 60)}', but must be addresses such as {ApiAddress.Default}.";
            }

            if (reason is not null)
            {
                yield return reason;
            }
        }
    }

    private static string Kind(Type type) => type switch
    {
        _ when type == typeof(TimeSpan) => "a length of time such as 00:10:00",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(ushort?) => "a port from 0 to 65535",
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ => "a whole number",
    };

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }

    // "Lanes: The field DistributionOptions.Lanes must be …", and "Retries: Retries are …".
    [GeneratedRegex(@"^(\w+): (?:The field \S+ |\1 )")]
    private static partial Regex Field();

    [LoggerMessage(LogLevel.Warning, "Nothing reads the setting {Key}; did you mean {Nearest}?")]
    private static partial void LogMisspelt(ILogger logger, string key, string nearest);

    [LoggerMessage(LogLevel.Warning, "Nothing reads the setting {Key}")]
    private static partial void LogUnread(ILogger logger, string key);
}
