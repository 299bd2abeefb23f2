using System.Globalization;
using System.Text;

namespace Marketing.Templates;

/// <summary>Collects what a template prints and stops it at <see cref="RenderBudget.MaxLength"/>.</summary>
internal sealed class LimitedWriter(int capacity) : StringWriter(new StringBuilder(capacity), CultureInfo.InvariantCulture)
{
    public override void Write(char value)
    {
        Check(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        Check(value?.Length ?? 0);
        base.Write(value);
    }

    private void Check(int more)
    {
        RenderBudget.Spend(more);
        if (GetStringBuilder().Length + more > RenderBudget.MaxLength)
        {
            throw new TemplateRenderException($"The template prints more than {RenderBudget.MaxLength} characters.");
        }
    }
}
