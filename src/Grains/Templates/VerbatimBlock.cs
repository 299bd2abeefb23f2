namespace Marketing.Templates;

/// <summary>A block whose content is not read: nothing but its own end tag means anything there.</summary>
internal static class VerbatimBlock
{
    /// <summary>Where the end tag starts and what comes after it; -1 and the end of the template when there is none.</summary>
    public static (int At, int After) EndOf(string source, int from, string endTag)
    {
        for (var at = source.IndexOf("{%", from, StringComparison.Ordinal); at >= 0; at = source.IndexOf("{%", at + 2, StringComparison.Ordinal))
        {
            // Forwards from the opening, not backwards from the next closing: that may be the same far one for all of them.
            var name = SkipPadding(source, at + 2);
            var close = SkipPadding(source, name + endTag.Length);
            if (string.CompareOrdinal(source, name, endTag, 0, endTag.Length) == 0 && string.CompareOrdinal(source, close, "%}", 0, 2) == 0)
            {
                return (at, close + 2);
            }
        }

        return (-1, source.Length);
    }

    private static int SkipPadding(string source, int at)
    {
        while (at < source.Length && source[at] is '-' or ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        return Math.Min(at, source.Length);
    }
}
