namespace Marketing.Http;

/// <summary>The kinds of query parameters, as <see cref="QueryReader"/> reads them.</summary>
internal static class Query
{
    public static readonly QueryParameter Limit = new("limit", "How many entries a page has at most.") { IsNumber = true, Range = (1, 100), Default = "10" };

    public static readonly QueryParameter StartingAfterId =
        new("starting_after_id", "The id of the last entry that is known; the page begins after it.");

    public static readonly QueryParameter Origin = new("origin", "Where the call comes from, if it has no Origin header.");

    public static QueryParameter Page(int max) => new("page", "Which page, counted from 1.") { IsNumber = true, Range = (1, max), Default = "1" };

    public static QueryParameter Order(string byDefault, params string[] fields) => new("order", "What the entries are sorted by; a leading - is descending.")
    {
        Values = [.. fields.SelectMany(field => new[] { field, $"-{field}" })],
        Default = byDefault,
    };

    public static QueryParameter Text(string name, string sentence) => new(name, sentence);

    public static QueryParameter OneOf(string name, string sentence, params IReadOnlyList<string> values) => new(name, sentence) { Values = values };

    /// <summary>Filters of a list, for <see cref="QueryReader.Filters"/>.</summary>
    /// <param name="what">What is listed.</param>
    /// <param name="fields">The fields there are.</param>
    public static QueryParameter Filters(string what, string fields) =>
        new("filters", $"Only {what} that meet conditions: filters[FIELD][conditions][$OPERATOR][0] with {fields}; filters[junction] is and, or or.");

    public static QueryParameter Instant(string name, string sentence) => new(name, sentence) { IsInstant = true };

    /// <summary><c>name[before]</c> and <c>name[after]</c>.</summary>
    public static QueryParameter[] Between(string name, string what) =>
        [Instant($"{name}[before]", $"Only what was {what} before this time."), Instant($"{name}[after]", $"Only what was {what} after this time.")];
}
