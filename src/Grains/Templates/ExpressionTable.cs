using System.Globalization;

namespace Marketing.Templates;

/// <summary>
/// Hands the parsed expressions of a template to the tags the engine creates for them. The engine passes a tag nothing but its
/// markup, so the markup is a number, and the table of the template being compiled is kept per thread while it is compiled.
/// </summary>
internal static class ExpressionTable
{
    [ThreadStatic]
    private static IReadOnlyList<(FilterChain Chain, TemplateProblem Position)>? _current;

    public static T Using<T>(IReadOnlyList<(FilterChain Chain, TemplateProblem Position)> expressions, Func<T> compile)
    {
        _current = expressions;
        try
        {
            return compile();
        }
        finally
        {
            _current = null;
        }
    }

    public static (FilterChain Chain, TemplateProblem Position) Take(string markup) =>
        _current![int.Parse(markup.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture)];
}
