namespace Marketing.Templates;

/// <summary>Says which name an author probably meant.</summary>
internal static class Suggestion
{
    /// <summary><c> Did you mean 'x'?</c> with a leading space, or nothing when no name is near.</summary>
    public static string For(string written, IEnumerable<string> known) => Spelling.Nearest(written, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";
}
