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
    private const string Encoded = "xn--";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>()[],;:\\\"");
    private static readonly IdnMapping Domains = new();

    /// <summary>What is wrong with a text, said after the name of its field, or null: it is one address, or blank, which is none.</summary>
    public static string? WhyNot(string? text) =>
        string.IsNullOrWhiteSpace(text) || IsMailbox(text.AsSpan().Trim()) ? null : "must be one email address, such as ada@example.com";

    /// <summary>The address suppressions are looked up by, as <see cref="KeyOf"/> makes it.</summary>
    public static bool TryNormalize(string? text, out string address)
    {
        // Both: what makes a text no address may get lost when its domain is encoded, which may also make it too long.
        address = KeyOf(text ?? "");
        return IsMailbox(text.AsSpan().Trim()) && IsMailbox(address);
    }

    /// <summary>
    /// The one spelling that addresses are compared in: trimmed, in lower case, and a domain in letters beyond ASCII as mail servers are asked for it (A-labels,
    /// RFC 5890). What is no address stays a text in lower case.
    /// </summary>
    public static string KeyOf(string text)
    {
        var lower = text.Trim().ToLowerInvariant();
        var domain = lower.LastIndexOf('@') + 1;
        return domain > 0 && AsSent(lower.AsSpan(domain)) is { } ascii ? string.Concat(lower.AsSpan(0, domain), ascii) : lower;
    }

    /// <summary>The address as it goes to a mail server: the domain as in <see cref="KeyOf"/>, the mailbox as it was given.</summary>
    public static string AsSent(string address)
    {
        var domain = address.LastIndexOf('@') + 1;
        return domain > 0 && AsSent(address.AsSpan(domain)) is { } ascii ? string.Concat(address.AsSpan(0, domain), ascii) : address;
    }

    /// <summary>
    /// How an address may be found where it was stored as it came, in lower case only: the key first, and of a domain beyond ASCII its other spelling. One for
    /// almost all addresses.
    /// </summary>
    public static IReadOnlyList<string> SpellingsOf(string text)
    {
        var key = KeyOf(text);
        var given = text.ToLowerInvariant();
        var domain = key.LastIndexOf('@') + 1;
        var letters = domain > 0 && key.AsSpan(domain).Contains(Encoded, StringComparison.Ordinal) ? InLetters(key, domain) : key;
        return given == key && letters == key ? [key] : [.. new[] { key, letters, given }.Distinct(StringComparer.Ordinal)];
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

        return domain[0] != '-' && domain[^1] != '-' && (Ascii.IsValid(domain) || AsSent(domain) is not null);
    }

    // Null where nothing has to be done, or nothing can be.
    private static string? AsSent(ReadOnlySpan<char> domain)
    {
        if (Ascii.IsValid(domain))
        {
            return null;
        }

        try
        {
            // Encoding keeps capital letters apart, which no name server does.
            return Domains.GetAscii(domain.ToString().ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string InLetters(string key, int domain)
    {
        try
        {
            return string.Concat(key.AsSpan(0, domain), Domains.GetUnicode(key, domain));
        }
        catch (ArgumentException)
        {
            return key;
        }
    }

    private static bool IsDotted(ReadOnlySpan<char> text) =>
        text.Length > 0 && text[0] != '.' && text[^1] != '.' && !text.Contains("..", StringComparison.Ordinal);
}
