namespace Marketing.Channels.Email.Smtp;

/// <summary>The three numbers a server may begin its answer with (RFC 3463): how it went, what it is about, and what about that.</summary>
internal readonly record struct EnhancedStatus(int Class, int Subject, int Detail)
{
    /// <summary>The one a text begins with, if it has one.</summary>
    public static EnhancedStatus? Of(string text)
    {
        var rest = text.AsSpan();
        return TryNumber(ref rest, '.', out var kind) && TryNumber(ref rest, '.', out var subject) && TryNumber(ref rest, ' ', out var detail) && kind is 2 or 4 or 5
            ? new EnhancedStatus(kind, subject, detail)
            : null;
    }

    private static bool TryNumber(ref ReadOnlySpan<char> rest, char end, out int number)
    {
        number = 0;
        var digits = 0;
        for (; digits < rest.Length && char.IsAsciiDigit(rest[digits]) && digits < 4; digits++)
        {
            number = (number * 10) + rest[digits] - '0';
        }

        var ends = digits == rest.Length ? end == ' ' : rest[digits] == end || (end == ' ' && char.IsWhiteSpace(rest[digits]));
        rest = rest[Math.Min(digits + 1, rest.Length)..];
        return digits is > 0 and < 4 && ends;
    }
}
