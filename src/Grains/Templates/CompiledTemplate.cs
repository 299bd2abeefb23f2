using System.Globalization;
using DotLiquid;

namespace Marketing.Templates;

/// <summary>A template ready to be rendered, any number of times and concurrently.</summary>
internal sealed class CompiledTemplate(Template template, TemplateKind kind, int sourceLength, RenderDeadline deadline)
{
    // One long message must not cost all that follow their memory.
    private const int MostExpected = 128 * 1024;

    private volatile int _expectedLength = Math.Min(MostExpected, sourceLength + 64);

    public TemplateKind Kind => kind;

    /// <exception cref="TemplateRenderException">The template does not work for this model; doing it again would not help.</exception>
    public string Render(TemplateModel model)
    {
        try
        {
            var budget = model.Budget(deadline);
            return budget.Within(() => Render(model, budget.Deadline));
        }
        catch (Exception problem)
        {
            throw RenderProblem.Of(problem);
        }
    }

    private string Render(TemplateModel model, CancellationToken cancellation)
    {
        // The first environment takes what increment and decrement count, so that it does not leak into the next template.
        var context = new Context(
            [new Hash(), model.Roots()], new Hash(), new Hash(), ErrorsOutputMode.Rethrow, RenderRun.MaxIterations,
            CultureInfo.InvariantCulture, cancellation)
        {
            UseRubyDateFormat = true,
            SyntaxCompatibilityLevel = LiquidSetup.Level,
        };

        new RenderRun(context, model, kind).Attach();
        using var writer = new LimitedWriter(_expectedLength);
        template.Render(writer, new RenderParameters(CultureInfo.InvariantCulture) { Context = context });
        _expectedLength = Math.Clamp(writer.GetStringBuilder().Length, _expectedLength, MostExpected);
        return writer.ToString();
    }
}
