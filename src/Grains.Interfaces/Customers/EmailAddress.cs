using System.Buffers;
using System.Globalization;
using System.Text;

namespace Marketing.Customers;

/// <summary>
/// What counts as an address, wherever one is stored, imported, tried out or written to: one mailbox, nothing around it. Stricter than the
/// grammar of mail, which allows comments, quotes and spaces that no real mailbox has and that have served to smuggle headers and second recipients.
/// </summary>
public static class EmailAddress
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>()[],;:\\\"");

    /// <summary>What is wrong with a text, said after the name of its field, or null: it is one address, or blank, which is none.</summary>
    public static string? WhyNot(string? text) =>
        string.IsNullOrWhiteSpace(text) || IsMailbox(text.AsSpan().Trim()) ? null : "must be one email address, such as ada@example.com";

    /// <summary>The address suppressions are looked up by: trimmed and in lower case.</summary>
    public static bool TryNormalize(string? text, out string address)
    {
        address = text?.Trim().ToLowerInvariant() ?? "";
        return IsMailbox(address);
    }

    /// <summary>Whether this is one mailbox, without anything around it.</summary>
    public static bool IsMailbox(ReadOnlySpan<char> address)
    {
        var at = address.LastIndexOf('@');
        if (at is < 1 or > 64 || address.Length > 254 || address.ContainsAny(Forbidden) || address[..at].Contains('@') || LooksEncoded(address))
        {
            return false;
        }

        foreach (var rune in address.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format)
            {
                return false;
            }
        }

        return IsDotted(address[..at]) && IsDomain(address[(at + 1)..]);
    }

    // Servers have decoded RFC 2047 where it does not belong, and written to somebody else.
    private static bool LooksEncoded(ReadOnlySpan<char> address) =>
        address.IndexOf("=?", StringComparison.Ordinal) is >= 0 and var begin && address[begin..].Contains("?=", StringComparison.Ordinal);

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
