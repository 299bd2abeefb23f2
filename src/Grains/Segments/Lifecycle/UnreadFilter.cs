using System.Text.Json;
using Marketing.Filters;

namespace Marketing.Segments;

/// <summary>A stored filter that is not understood, as after an upgrade that reads another grammar or in a damaged row: what is stored, untouched, and why.</summary>
/// <param name="Filter">The bytes.</param>
/// <param name="Zones">The text of its time zones.</param>
/// <param name="Reason">In words for the author of the filter.</param>
internal sealed record UnreadFilter(byte[] Filter, string? Zones, string Reason)
{
    /// <summary>Null when the row is static, or its filter is understood.</summary>
    public static UnreadFilter? Of(SegmentRow row) =>
        row.Filter is null || WhyNot(row.Filter, row.UnreadZones) is not { } reason ? null : new UnreadFilter(row.Filter, row.UnreadZones, reason);

    /// <summary>Why a stored filter is not understood, or null.</summary>
    public static string? WhyNot(byte[] filter, string? unreadZones) =>
        SegmentFilters.Parse(filter, FilterSettings.Default) is FilterParseResult.Malformed malformed
            ? string.Join("; ", malformed.Problems.Select(problem => problem.Path.Length == 0 ? problem.Message : $"{problem.Path}: {problem.Message}"))
            : unreadZones is null ? null : "its time zones cannot be read";

    /// <summary>What can be shown of it: nothing where it is not even JSON.</summary>
    public static RawJson? Shown(byte[] filter)
    {
        try
        {
            using var document = JsonDocument.Parse(filter);
            return RawJson.From(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
