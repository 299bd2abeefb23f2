using System.Globalization;
using System.Net;
using System.Text;
using Marketing.Branding;

namespace Marketing.Channels.Email;

/// <summary>A document in another language for mails, whose compiler is not ours.</summary>
internal static class Mjml
{
    public static string Of(MailDocument document, BrandDetails? brand)
    {
        var mjml = new StringBuilder();
        var width = document.Settings?.Width ?? 600;
        mjml.Append("<mjml><mj-head>").Append(document.Preheader is null ? "" : $"<mj-preview>{Text(document.Preheader)}</mj-preview>")
            .Append("<mj-attributes><mj-all padding=\"0\" /></mj-attributes></mj-head>").Append(CultureInfo.InvariantCulture, $"<mj-body width=\"{width}px\">");
        if (document.Header is { } header && brand is not null)
        {
            Section(mjml, $"<mj-image padding=\"24px 24px 12px\" src=\"{Text(brand.LogoUrl!)}\" alt=\"{Text(brand.Name)}\" width=\"{header.Width ?? 160}px\" href=\"https://{brand.WebsiteUrl}\" />");
        }

        foreach (var block in document.Blocks)
        {
            if (block is ColumnsBlock columns)
            {
                mjml.Append("<mj-section padding=\"12px 24px\">");
                foreach (var column in columns.Columns)
                {
                    mjml.Append("<mj-column").Append(column.Share is { } share ? $" width=\"{share}%\"" : "").Append('>').AppendJoin("", column.Blocks.Select(inner => Block(inner, 8))).Append("</mj-column>");
                }

                mjml.Append("</mj-section>");
            }
            else
            {
                Section(mjml, Block(block, 24));
            }
        }

        if (document.Footer is { } footer)
        {
            var links = new[] { ("Privacy policy", brand?.PrivacyPolicyUrl), ("Terms of use", brand?.TermsOfUseUrl) }.Where(link => link.Item2 is not null).Select(link => Link(link.Item1, link.Item2!));
            var lines = brand is null ? [] : new[]
            {
                Link(brand.Name, $"https://{brand.WebsiteUrl}"), Text($"{brand.Street}, {brand.Postal} {brand.City}, {brand.Country}"), $"{Link(brand.Email, $"mailto:{brand.Email}")} · {Text(brand.Phone!)}",
                string.Join(" · ", links), Text(brand.PermissionReminder),
            };
            Section(mjml, $"<mj-text padding=\"24px\">{string.Concat(lines.Append(Link(footer.UnsubscribeText ?? "Unsubscribe", "{{ unsubscribe_url }}")).Select(line => $"<p>{line}</p>"))}</mj-text>");
        }

        return mjml.Append("</mj-body></mjml>").ToString();
    }

    private static void Section(StringBuilder mjml, string content) => mjml.Append("<mj-section><mj-column>").Append(content).Append("</mj-column></mj-section>");

    private static string Block(MailBlock block, int side)
    {
        var padding = $"padding=\"{block.Padding ?? 12}px {side}px\"";
        return block switch
        {
            TextBlock text => $"<mj-text {padding}>{string.Concat(text.Content.Select(Node))}</mj-text>",
            HeadingBlock heading => $"<mj-text {padding}><h{heading.Level ?? 1}>{Inline(heading.Content)}</h{heading.Level ?? 1}></mj-text>",
            ImageBlock image => Image(padding, image.Src!, image.Alt, image.Width, image.Href),
            ButtonBlock button => $"<mj-button {padding} href=\"{Text(button.Href!)}\">{Text(button.Text!)}</mj-button>",
            DividerBlock => $"<mj-divider {padding} />",
            SocialBlock social => $"<mj-text {padding}>{string.Join(' ', social.Links.Select(link => Link(link.Network == "x" ? "X" : char.ToUpperInvariant(link.Network![0]) + link.Network[1..], link.Url!)))}</mj-text>",
            QrBlock qr => $"{Image(padding, qr.Src!, qr.Value, qr.Size ?? 180, null)}<mj-text>{Text(qr.Value!)}</mj-text>",
            _ => throw new InvalidOperationException(block.ToString()),
        };
    }

    private static string Image(string padding, string src, string? alt, int? width, string? href) =>
        $"<mj-image {padding} src=\"{Text(src)}\" alt=\"{Text(alt ?? "")}\"{(width is null ? "" : $" width=\"{width}px\"")}{(href is null ? "" : $" href=\"{Text(href)}\"")} />";

    private static string Node(RichNode node) => node switch
    {
        ParagraphNode paragraph => $"<p>{Inline(paragraph.Content)}</p>",
        HeadingNode heading => $"<h{heading.Level}>{Inline(heading.Content)}</h{heading.Level}>",
        ListNode list => $"<ol>{string.Concat(list.Items.Select(item => $"<li>{Inline(item.Content)}</li>"))}</ol>",
        _ => throw new InvalidOperationException(node.ToString()),
    };

    private static string Inline(IReadOnlyList<InlineNode> content) => string.Concat(content.Select(node => node switch
    {
        TextRun { Marks.Link: { } link } text => Link(text.Text!, link),
        TextRun text => Text(text.Text!),
        VariableRun variable => Text(variable.Fallback is null ? $"{{{{ {variable.Name} }}}}" : $"{{{{ {variable.Name} | default: \"{variable.Fallback}\" }}}}"),
        _ => "<br>",
    }));

    private static string Link(string text, string url) => $"<a href=\"{Text(url)}\">{Text(text)}</a>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
