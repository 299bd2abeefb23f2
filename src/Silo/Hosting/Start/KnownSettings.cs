using Marketing.Channels.Email;
using Marketing.Channels.Webhooks;
using Marketing.Distributions;
using Marketing.Projects;
using Marketing.Retention;

namespace Marketing.Hosting;

/// <summary>
/// Every key of the section <c>Distributions</c> and the type of its value. Those of options classes follow from their properties; the processes of a
/// deployment may share their settings, so a silo knows the keys of the API too.
/// </summary>
internal static class KnownSettings
{
    public const string Root = "Distributions";

    private static readonly (string Section, Type Options)[] Sections =
    [
        (DistributionOptions.Section, typeof(DistributionOptions)),
        (LinkOptions.Section, typeof(LinkOptions)),
        (CodeOptions.Section, typeof(CodeOptions)),
        (EmailOptions.Section, typeof(EmailOptions)),
        (WebhookOptions.Section, typeof(WebhookOptions)),
        (RetentionOptions.Section, typeof(RetentionOptions)),
    ];

    /// <summary>By key; a list is there as its element <c>…:0</c>.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>(
        [
            .. Sections.SelectMany(section => section.Options.GetProperties().Where(property => property.CanWrite).Select(property => Setting(section.Section, property.Name, property.PropertyType))),
            Setting(Root, "DataDirectory", typeof(string)),
            Setting(Root, "Demo", typeof(bool)),
            Setting($"{Root}:Bootstrap", "AppId", typeof(string)),
            Setting($"{Root}:Bootstrap", "AppToken", typeof(string)),
            Setting($"{Root}:DataProtection", "KeysDirectory", typeof(string)),
            Setting($"{Root}:Discard", "Enabled", typeof(bool)),
            Setting($"{Root}:Silo", "Port", typeof(ushort?)),
            Setting($"{Root}:Silo", "GatewayPort", typeof(ushort?)),
            Setting($"{Root}:Silo", "Host", typeof(string)),
            Setting($"{Root}:Silo", "Urls", typeof(string)),
            Setting($"{Root}:Metrics", "Port", typeof(ushort?)),
            Setting($"{Root}:Admin", "Key", typeof(string)),
            Setting($"{Root}:RateLimits", "PerMinute", typeof(int)),
            Setting($"{Root}:RateLimits", "ClientPerFiveSeconds", typeof(int)),
            Setting($"{Root}:ActivityStream", "PollInterval", typeof(TimeSpan)),
            Setting($"{Root}:ActivityStream", "Heartbeat", typeof(TimeSpan)),
            Setting($"{Root}:ActivityStream", "MaxStreams", typeof(int)),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The type of the value at a key, or null when nothing reads it.</summary>
    public static Type? TypeOf(string key) => All.GetValueOrDefault(IsElement(key, out var list) ? $"{list}:0" : key);

    private static bool IsElement(string key, out string list)
    {
        var colon = key.LastIndexOf(':');
        list = colon < 0 ? "" : key[..colon];
        return colon >= 0 && int.TryParse(key.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _);
    }

    private static KeyValuePair<string, Type> Setting(string section, string name, Type type) => type.IsGenericType && type.IsAssignableTo(typeof(System.Collections.IEnumerable))
        ? KeyValuePair.Create($"{section}:{name}:0", type.GetGenericArguments()[0])
        : KeyValuePair.Create($"{section}:{name}", type);
}
