namespace Marketing.Templates;

/// <summary>Finds the name an author probably meant.</summary>
internal static class Suggestion
{
    /// <summary><c> Did you mean 'x'?</c> with a leading space, or nothing when no name is close.</summary>
    public static string For(string written, IEnumerable<string> known)
    {
        var best = known
            .Select(name => (Name: name, Distance: Distance(written, name)))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();

        return best.Name is not null && best.Distance <= Math.Max(1, written.Length / 3) ? $" Did you mean '{best.Name}'?" : "";
    }

    // Authors' names may be long, known names are not: a long one is like none of them.
    private static int Distance(string a, string b) =>
        Math.Abs(a.Length - b.Length) > 10 ? int.MaxValue : Spelling.Distance(a.ToLowerInvariant(), b.ToLowerInvariant());
}
