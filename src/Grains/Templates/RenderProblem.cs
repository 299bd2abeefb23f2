namespace Marketing.Templates;

/// <summary>Turns whatever goes wrong while rendering into one kind of exception, with the position where it is known.</summary>
internal static class RenderProblem
{
    public static TemplateRenderException At(TemplateProblem position, Exception problem) =>
        problem is TemplateRenderException { InnerException: TemplateRenderException }
            ? (TemplateRenderException)problem
            : new TemplateRenderException($"Line {position.Line}, column {position.Column}: {Describe(problem)}", problem as TemplateRenderException ?? Of(problem));

    public static TemplateRenderException Of(Exception problem) =>
        problem as TemplateRenderException ?? new TemplateRenderException(Describe(problem), problem);

    // Messages of foreign exceptions may quote values, which must not end up in reasons and logs.
    private static string Describe(Exception problem) => problem switch
    {
        TemplateRenderException => problem.Message,
        OperationCanceledException => "The template takes too long.",
        OverflowException => "A number is too large.",
        System.Text.Json.JsonException => "The data of the message is not valid JSON.",
        DotLiquid.Exceptions.MaximumIterationsExceededException => $"A loop has more than {RenderRun.MaxIterations} rounds.",
        DotLiquid.Exceptions.StackLevelException => "Blocks are nested too deeply.",
        _ => $"The template cannot be rendered ({problem.GetType().Name}).",
    };
}
