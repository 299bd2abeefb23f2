using System.Buffers;

namespace Marketing.Channels.Email;

/// <summary>
/// What counts as an address: one mailbox, nothing around it. Stricter than the grammar of mail, which allows comments, quotes and
/// spaces that no real mailbox has and that have served to smuggle headers and second recipients.
/// </summary>
internal static class EmailAddress
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>()[],;:\\\"%");

    /// <summary>The address suppressions are looked up by: trimmed and in lower case.</summary>
    public static bool TryNormalize(string? text, out string address)
    {
        address = text?.Trim().ToLowerInvariant() ?? "";
        return IsMailbox(address);
    }

    public static bool IsMailbox(ReadOnlySpan<char> address)
    {
        var at = address.LastIndexOf('@');
        if (at is < 1 or > 64 || address.Length > 254 || address.ContainsAny(Forbidden) || address[..at].Contains('@'))
        {
            return false;
        }

        foreach (var c in address)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format)
            {
                return false;
            }
        }

        return IsDotted(address[..at]) && IsDomain(address[(at + 1)..]);
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (!IsDotted(domain))
        {
            return false;
        }

        foreach (var c in domain)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '.') && char.IsAscii(c))
            {
                return false;
            }
        }

        return domain[0] != '-' && domain[^1] != '-';
    }

    private static bool IsDotted(ReadOnlySpan<char> text) =>
        text.Length > 0 && text[0] != '.' && text[^1] != '.' && !text.Contains("..", StringComparison.Ordinal);
}
