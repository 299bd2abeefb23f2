using System.Collections.Frozen;
using System.Text.Json;
using Marketing.Channels;

namespace Marketing.Distributions.Lanes;

/// <summary>
/// By which clock a customer lives: <c>metadata.timezone</c> if it is an IANA name, else the zone of the country in the address if that is an ISO code of two letters with one zone, else the
/// project's.
/// </summary>
internal static class RecipientZone
{
    private static readonly FrozenDictionary<string, string> OfCountries = Read().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static TimeZoneInfo Of(Recipient recipient, TimeZoneInfo project)
    {
        using var document = JsonDocument.Parse(recipient.Document);
        var root = document.RootElement;
        return Text(root, "metadata", "timezone") is { } named && Find(named) is { } zone ? zone
            : Text(root, "address", "country") is { } country && OfCountries.TryGetValue(country.Trim(), out var only) && Find(only) is { } there ? there
            : project;
    }

    public static TimeZoneInfo? Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    private static string? Text(JsonElement root, string group, string field) =>
        root.TryGetProperty(group, out var inner) && inner.ValueKind == JsonValueKind.Object && inner.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    // Of the tz database: countries with one zone.
    private static IEnumerable<KeyValuePair<string, string>> Read()
    {
        using var file = typeof(RecipientZone).Assembly.GetManifestResourceStream("CountryZones")!;
        using var lines = new StreamReader(file);
        while (lines.ReadLine() is { } line)
        {
            yield return new(line[..2], line[3..]);
        }
    }
}
