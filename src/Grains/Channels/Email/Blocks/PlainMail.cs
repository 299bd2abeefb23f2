using System.Globalization;
using System.Text;
using Marketing.Branding;

namespace Marketing.Channels.Email;

/// <summary>The text part of a document: everything that its HTML says, with the addresses of its links.</summary>
internal static class PlainMail
{
    private const string Rule = "----------------------------------------";

    public static string Of(MailDocument document, BrandDetails? brand)
    {
        List<string> parts = [];
        if (document.Header is not null && brand is not null)
        {
            parts.Add(BrandParts.Plain(brand.Name));
        }

        parts.AddRange(Parts(document.Blocks));
        if (document.Footer is { } footer)
        {
            parts.Add($"{Rule}\n{string.Join('\n', BrandParts.Of(footer, brand).Select(static line => string.Join(" · ", line.Select(static part => Link(part.Text, part.Url)))))}");
        }

        return string.Join("\n\n", parts.Where(static part => part.Length > 0)) + "\n";
    }

    private static IEnumerable<string> Parts(IReadOnlyList<MailBlock> blocks) => blocks.SelectMany(static block => block switch
    {
        TextBlock text => text.Content.Select(Node),
        HeadingBlock heading => [Line(heading.Content)],
        ImageBlock image => [Link(image.Alt ?? "", image.Href)],
        ButtonBlock button => [Link(button.Text ?? "", button.Href)],
        DividerBlock => [Rule],
        SocialBlock social => [string.Join('\n', social.Links.Select(static link => $"{BlockHtml.NetworkOf(link.Network).Name}: {link.Url}"))],
        ColumnsBlock columns => columns.Columns.SelectMany(static column => Parts(column.Blocks)),
        QrBlock qr => [qr.Value ?? ""],
        BarcodeBlock barcode => [barcode.Value ?? ""],
        _ => [],
    });

    private static string Node(RichNode node) => node switch
    {
        ParagraphNode paragraph => Line(paragraph.Content),
        HeadingNode heading => Line(heading.Content),
        ListNode list => string.Join('\n', list.Items.Select((item, i) => list.Ordered is true ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {Line(item.Content)}") : $"- {Line(item.Content)}")),
        _ => "",
    };

    // What leads to one place is said once, with the place after it.
    private static string Line(IReadOnlyList<InlineNode> content)
    {
        var line = new StringBuilder();
        for (var i = 0; i < content.Count;)
        {
            var link = content[i].Marks?.Link;
            var text = "";
            do
            {
                text += content[i] switch { TextRun run => run.Text, VariableRun variable => LiquidHtml.Of(variable), _ => "\n" };
                i++;
            }
            while (i < content.Count && link is not null && content[i].Marks?.Link == link);
            line.Append(Link(text, link));
        }

        return line.ToString();
    }

    private static string Link(string text, string? url) => string.IsNullOrEmpty(url) || url == text || url == $"mailto:{text}" ? text : text.Length == 0 ? url : $"{text} ({url})";
}
