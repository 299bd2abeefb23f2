namespace Marketing.Filters;

/// <summary>A filter, or the places and the reasons why the text is none.</summary>
internal abstract record FilterParseResult
{
    private FilterParseResult()
    {
    }

    internal sealed record Ok(Filter Filter) : FilterParseResult;

    /// <param name="Problems">What is wrong, in the order of the text; at least one.</param>
    internal sealed record Malformed(IReadOnlyList<FilterProblem> Problems) : FilterParseResult
    {
        public Malformed(string path, string message)
            : this([new FilterProblem(path, message)])
        {
        }

        public string Path => Problems[0].Path;

        public string Message => Problems[0].Message;
    }
}
