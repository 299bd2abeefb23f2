using System.Globalization;

namespace Marketing.Customers;

/// <summary>What a profile may hold, for rows that did not come through the API's own checks. Pure.</summary>
internal static class CustomerLimits
{
    private const int LongestId = 300;
    private const int LongestText = 1_000;
    private const int LongestName = 300;
    private const int LongestEmail = 320;
    private const int LargestMetadata = 64 * 1024;

    /// <summary>The first field that cannot be as it is, and what it must be; null when there is none.</summary>
    public static (string Field, string Rule)? WhyNot(string? id, CustomerPatch patch)
    {
        foreach (var (name, value) in new[] { ("id", id), ("source_id", patch.SourceId) })
        {
            if (value?.Length > LongestId || value?.Any(char.IsControl) == true)
            {
                return (name, $"must be at most {LongestId} characters, without control characters");
            }
        }

        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)
        [
            ("name", patch.Name), ("city", patch.Address?.City), ("state", patch.Address?.State), ("line_1", patch.Address?.Line1), ("line_2", patch.Address?.Line2),
            ("country", patch.Address?.Country), ("postal_code", patch.Address?.PostalCode),
        ])
        {
            if (value?.Length > LongestName || value?.Contains('\0') == true)
            {
                return (name, $"must be at most {LongestName} characters, without NUL");
            }
        }

        foreach (var (name, value) in new[] { ("phone", patch.Phone), ("description", patch.Description) })
        {
            if (value?.Length > LongestText || value?.Contains('\0') == true)
            {
                return (name, $"must be at most {LongestText} characters, without NUL");
            }
        }

        if (patch.Email?.Length > LongestEmail || patch.Email?.AsSpan().ContainsAny('\r', '\n', '\0') == true)
        {
            return ("email", $"must be at most {LongestEmail} characters, without line breaks");
        }

        if (EmailAddress.WhyNot(patch.Email) is { } reason)
        {
            return ("email", reason);
        }

        if (patch.Birthdate is { } birthdate && !DateOnly.TryParseExact(birthdate.Length > 10 ? birthdate[..10] : birthdate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return ("birthdate", "must be a date as YYYY-MM-DD");
        }

        return patch.Metadata?.Utf8.Length > LargestMetadata ? ("metadata", $"must be at most {LargestMetadata} bytes") : null;
    }
}
