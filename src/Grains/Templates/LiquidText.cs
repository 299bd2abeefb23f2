using System.Collections;
using System.Globalization;
using System.Text;

namespace Marketing.Templates;

/// <summary>How values are printed: the same on every machine, whatever its culture.</summary>
internal static class LiquidText
{
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.#############################", CultureInfo.InvariantCulture),
        JsonDrop json => Paid(json.ToString()),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => Join(list),
        _ => value.ToString() ?? "",
    };

    private static string Paid(string text)
    {
        RenderBudget.Spend(text.Length);
        return text;
    }

    private static string Join(IEnumerable list)
    {
        var all = new StringBuilder();
        foreach (var item in RenderBudget.Items(list))
        {
            all.Append(Of(item));
            if (all.Length > RenderRun.MaxLength)
            {
                throw new TemplateRenderException($"A list is printed that is longer than {RenderRun.MaxLength} characters.");
            }
        }

        return all.ToString();
    }
}
