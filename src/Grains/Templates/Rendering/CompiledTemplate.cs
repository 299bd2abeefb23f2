using Fluid.Ast;

namespace Marketing.Templates;

/// <summary>A template ready to be rendered, any number of times and concurrently.</summary>
internal sealed class CompiledTemplate(IReadOnlyList<Statement> statements, TemplateKind kind, int sourceLength, TimeProvider clock)
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
            return model.Budget.Within(() => Write(model));
        }
        catch (Exception problem)
        {
            throw TemplateRenderException.Of(problem);
        }
    }

    private string Write(TemplateModel model)
    {
        using var writer = new LimitedWriter(_expectedLength);
        statements.Run(writer, new RenderRun(model, kind, clock));
        _expectedLength = Math.Clamp(writer.GetStringBuilder().Length, _expectedLength, MostExpected);
        var text = writer.ToString();
        return kind == TemplateKind.Header ? Markup.OneLine(text) : text;
    }
}
