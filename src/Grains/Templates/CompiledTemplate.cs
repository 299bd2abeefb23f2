using System.Globalization;
using DotLiquid;

namespace Marketing.Templates;

/// <summary>A template ready to be rendered, any number of times and concurrently.</summary>
internal sealed class CompiledTemplate(Template template, TemplateKind kind, int sourceLength, RenderDeadline deadline)
{
    private volatile int _expectedLength = sourceLength + 64;

    public TemplateKind Kind => kind;

    /// <exception cref="TemplateRenderException">The template does not work for this model; doing it again would not help.</exception>
    public string Render(TemplateModel model)
    {
        try
        {
            // The first environment takes what increment and decrement count, so that it does not leak into the next template.
            var context = new Context(
                [new Hash(), model.Roots()], new Hash(), new Hash(), ErrorsOutputMode.Rethrow, RenderRun.MaxIterations,
                CultureInfo.InvariantCulture, deadline.Token())
            {
                UseRubyDateFormat = true,
                SyntaxCompatibilityLevel = LiquidSetup.Level,
            };

            new RenderRun(context, model, kind).Attach();
            using var writer = new LimitedWriter(_expectedLength);
            template.Render(writer, new RenderParameters(CultureInfo.InvariantCulture) { Context = context });
            _expectedLength = Math.Max(_expectedLength, writer.GetStringBuilder().Length);
            return writer.ToString();
        }
        catch (Exception problem)
        {
            throw RenderProblem.Of(problem);
        }
    }
}
