using Marketing.Templates;

namespace Marketing.Channels.Email;

/// <summary>Texts of an author in HTML: markup in them is shown as it is written, Liquid stays what it is.</summary>
internal static class LiquidHtml
{
    public static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        if (!text.Contains('{'))
        {
            return Markup.Escape(text);
        }

        var marks = LiquidMarks.Hide(text);
        return marks.Show(Markup.Escape(marks.Html));
    }

    /// <summary>A variable as Liquid.</summary>
    public static string Of(VariableRun variable)
    {
        var format = variable.Format switch { "money" => " | money", "date" => " | date: \"%Y-%m-%d\"", _ => "" };
        var quote = variable.Fallback?.Contains('"') is true ? '\'' : '"';
        var fallback = string.IsNullOrEmpty(variable.Fallback) ? "" : $" | default: {quote}{variable.Fallback}{quote}";

        // What is not there has no amount and no day: the text stands in its place only if it is not made into one.
        return format.Length == 0 || fallback.Length == 0
            ? $"{{{{ {variable.Name}{format}{fallback} }}}}"
            : $"{{% if {variable.Name} %}}{{{{ {variable.Name}{format} }}}}{{% else %}}{{{{ {quote}{variable.Fallback}{quote} }}}}{{% endif %}}";
    }
}
