namespace Marketing.Segments.Filters;

/// <summary>A filter, or the place and the reason why the text is none.</summary>
internal abstract record FilterParseResult
{
    private FilterParseResult()
    {
    }

    internal sealed record Ok(SegmentFilter Filter) : FilterParseResult;

    /// <param name="Path">The place, like <c>metadata.age.conditions.$more_than[0]</c>; empty when the whole text is meant.</param>
    /// <param name="Message">What is wrong there, in words for the author of the filter.</param>
    internal sealed record Malformed(string Path, string Message) : FilterParseResult;
}
