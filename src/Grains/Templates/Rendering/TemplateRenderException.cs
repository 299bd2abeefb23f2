using System.Text.Json;
using System.Text.RegularExpressions;

namespace Marketing.Templates;

/// <summary>
/// A template that compiled could not be rendered for one customer. The message names the cause and never quotes values, so it
/// may be kept as the reason of a failure.
/// </summary>
internal sealed class TemplateRenderException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The field of the channel's entry whose template it is: <c>template.html</c>. Null until somebody knows.</summary>
    public string? Field { get; set; }

    /// <summary>Whatever went wrong, as one kind of exception; the innermost position wins.</summary>
    public static TemplateRenderException Of(Exception problem, TemplateProblem? at = null)
    {
        var known = problem as TemplateRenderException ?? new TemplateRenderException(Describe(problem), problem);
        return at is null || known.InnerException is TemplateRenderException
            ? known : new TemplateRenderException($"Line {at.Line}, column {at.Column}: {known.Message}", known);
    }

    // Messages of foreign exceptions may quote values, which must not end up in reasons and logs.
    private static string Describe(Exception problem) => problem switch
    {
        RegexMatchTimeoutException => "The template takes too long.",
        OverflowException => "A number is too large.",
        JsonException => "The data of the message is not valid JSON.",
        Fluid.FluidException => "A loop is given what is no number.",
        InvalidOperationException when problem.Message.Contains("recursion", StringComparison.Ordinal) => $"The template takes more than {RenderRun.MostSteps} steps.",
        _ => $"The template cannot be rendered ({problem.GetType().Name}).",
    };
}
