using System.Globalization;
using System.Text;

namespace Marketing.Channels.Email;

/// <summary>Texts of blocks as HTML.</summary>
internal sealed class RichHtml(StringBuilder html, MailStyle style)
{
    public void Write(IReadOnlyList<RichNode> nodes)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            var below = i == nodes.Count - 1 ? "0" : "0 0 12px";
            switch (nodes[i])
            {
                case ParagraphNode paragraph:
                    var align = paragraph.Align is null ? "" : $"text-align:{paragraph.Align};";
                    html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:{below};{align}\">");
                    Write(paragraph.Content);
                    html.Append("</p>");
                    break;
                case HeadingNode heading:
                    WriteHeading(heading.Level ?? 2, heading.Content, $"margin:{below};");
                    break;
                case ListNode list:
                    WriteList(list, below);
                    break;
            }
        }
    }

    public void WriteHeading(int level, IReadOnlyList<InlineNode> content, string more)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h{level} style=\"{more}font-size:{MailStyle.SizeOf(level)}px;line-height:1.25;font-weight:bold;\">");
        Write(content);
        html.Append(CultureInfo.InvariantCulture, $"</h{level}>");
    }

    public void Write(IReadOnlyList<InlineNode> content)
    {
        foreach (var node in content)
        {
            var ends = Open(node.Marks);
            html.Append(node switch
            {
                TextRun text => LiquidHtml.Escape(text.Text).ReplaceLineEndings("<br>"),
                VariableRun variable => LiquidHtml.Of(variable),
                _ => "<br>",
            });
            html.Append(ends);
        }
    }

    private void WriteList(ListNode list, string below)
    {
        var tag = list.Ordered is true ? "ol" : "ul";
        html.Append(CultureInfo.InvariantCulture, $"<{tag} style=\"margin:{below};padding:0 0 0 24px;\">");
        foreach (var item in list.Items)
        {
            html.Append("<li style=\"margin:0 0 4px;\">");
            Write(item.Content);
            html.Append("</li>");
        }

        html.Append(CultureInfo.InvariantCulture, $"</{tag}>");
    }

    // Answers what closes it.
    private string Open(TextMarks? marks)
    {
        if (marks is null)
        {
            return "";
        }

        var ends = "";
        if (marks.Link is { Length: > 0 } link)
        {
            html.Append(CultureInfo.InvariantCulture, $"<a href=\"{LiquidHtml.Escape(link)}\" target=\"_blank\" style=\"color:{LiquidHtml.Escape(marks.Color ?? style.Link)};text-decoration:underline;\">");
            ends = "</a>";
        }

        var look = (marks.Color is null ? "" : $"color:{LiquidHtml.Escape(marks.Color)};") + (marks.Size is null ? "" : string.Create(CultureInfo.InvariantCulture, $"font-size:{marks.Size}px;"));
        if (look.Length > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<span style=\"{look}\">");
            ends = $"</span>{ends}";
        }

        foreach (var (isOn, tag) in new[] { (marks.Bold, "strong"), (marks.Italic, "em"), (marks.Underline, "u"), (marks.Strike, "s") })
        {
            if (isOn is true)
            {
                html.Append(CultureInfo.InvariantCulture, $"<{tag}>");
                ends = $"</{tag}>{ends}";
            }
        }

        return ends;
    }
}
