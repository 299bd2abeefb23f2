using System.Globalization;
using System.Text;

namespace Marketing.Channels.Email;

/// <summary>
/// Blocks as rows of a table: Word, in which Outlook shows mail, knows tables, attributes and inline styles. What only it needs is in comments that only it reads.
/// </summary>
internal sealed class BlockHtml(StringBuilder html, MailStyle style, List<CodePicture> pictures)
{
    private const string Table = "<table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"";

    private readonly RichHtml _rich = new(html, style);

    /// <summary>Writes a row for each block.</summary>
    /// <param name="blocks">From top to bottom.</param>
    /// <param name="width">Of the table that they are in.</param>
    /// <param name="side">Room on their left and right.</param>
    public void Write(IReadOnlyList<MailBlock> blocks, int width, int side)
    {
        foreach (var block in blocks)
        {
            var padding = block.Padding ?? MailStyle.Padding;
            var align = block.Align ?? (block is TextBlock or HeadingBlock or ColumnsBlock ? "left" : "center");
            Row(align, block.Background, block is ColumnsBlock ? string.Create(CultureInfo.InvariantCulture, $"padding:{padding}px {side}px;font-size:0;") : string.Create(CultureInfo.InvariantCulture, $"padding:{padding}px {side}px;"));
            Write(block, width - (2 * side), align);
            html.Append("</td></tr>\n");
        }
    }

    /// <summary>Begins a row with one cell.</summary>
    public void Row(string align, string? background, string look)
    {
        html.Append(CultureInfo.InvariantCulture, $"<tr><td align=\"{align}\"");
        if (background is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $" bgcolor=\"{LiquidHtml.Escape(background)}\"");
            look += $"background-color:{LiquidHtml.Escape(background)};";
        }

        html.Append(CultureInfo.InvariantCulture, $" style=\"{look}\">");
    }

    /// <summary>A picture that is as wide as it should be, and no wider than there is room.</summary>
    public void Image(string src, string? alt, int width, string? href, string more = "")
    {
        if (href is { Length: > 0 })
        {
            html.Append(CultureInfo.InvariantCulture, $"<a href=\"{LiquidHtml.Escape(href)}\" target=\"_blank\" style=\"text-decoration:none;\">");
        }

        html.Append(CultureInfo.InvariantCulture, $"<img src=\"{LiquidHtml.Escape(src)}\" alt=\"{LiquidHtml.Escape(alt)}\" width=\"{width}\"{more} style=\"display:block;border:0;outline:none;text-decoration:none;width:100%;max-width:{width}px;height:auto;\">");
        html.Append(href is { Length: > 0 } ? "</a>" : "");
    }

    /// <summary>How letters look.</summary>
    public string Letters(string? color, int? size) => string.Create(
        CultureInfo.InvariantCulture, $"font-family:{style.Font};font-size:{size ?? MailStyle.LetterSize}px;line-height:1.5;color:{LiquidHtml.Escape(color ?? style.Text)};");

    private void Write(MailBlock block, int width, string align)
    {
        switch (block)
        {
            case TextBlock text:
                html.Append(CultureInfo.InvariantCulture, $"<div style=\"{Letters(text.Color, text.Size)}text-align:{align};\">");
                _rich.Write(text.Content);
                html.Append("</div>");
                break;
            case HeadingBlock heading:
                html.Append(CultureInfo.InvariantCulture, $"<div style=\"{Letters(heading.Color, null)}text-align:{align};\">");
                _rich.WriteHeading(heading.Level ?? 1, heading.Content, "margin:0;");
                html.Append("</div>");
                break;
            case ImageBlock image:
                Image(image.Src ?? "", image.Alt, Math.Min(image.Width ?? width, width), image.Href);
                break;
            case ButtonBlock button:
                Button(button, align);
                break;
            case DividerBlock divider:
                html.Append(CultureInfo.InvariantCulture, $"{Table} width=\"100%\"><tr><td height=\"{divider.Thickness ?? 1}\" style=\"border-top:{divider.Thickness ?? 1}px solid {LiquidHtml.Escape(divider.Color ?? "#d4d4d8")};font-size:0;line-height:0;\">&nbsp;</td></tr></table>");
                break;
            case SocialBlock social:
                Social(social, align);
                break;
            case ColumnsBlock columns:
                Columns(columns, width);
                break;
            case QrBlock qr:
                Code(qr.Value, qr.Src, isQr: true, Math.Min(qr.Size ?? 180, width));
                break;
            case BarcodeBlock barcode:
                Code(barcode.Value, barcode.Src, isQr: false, Math.Min(barcode.Width ?? 280, width));
                break;
        }
    }

    // The cell has the colour and the room: Word knows neither of a link.
    private void Button(ButtonBlock button, string align)
    {
        var (fill, radius) = (LiquidHtml.Escape(button.Fill ?? style.Link), button.Radius ?? 4);
        var isWide = button.FullWidth is true;
        html.Append(CultureInfo.InvariantCulture, $"{Table}{(isWide ? " width=\"100%\"" : "")} align=\"{align}\" style=\"border-collapse:separate;line-height:100%;\"><tr>");
        html.Append(CultureInfo.InvariantCulture, $"<td align=\"center\" bgcolor=\"{fill}\" valign=\"middle\" style=\"border-radius:{radius}px;background-color:{fill};mso-padding-alt:12px 24px;\">");
        html.Append(CultureInfo.InvariantCulture, $"<a href=\"{LiquidHtml.Escape(button.Href)}\" target=\"_blank\" style=\"display:{(isWide ? "block" : "inline-block")};padding:12px 24px;font-family:{style.Font};font-size:16px;line-height:120%;font-weight:bold;color:{LiquidHtml.Escape(button.Color ?? "#ffffff")};text-decoration:none;border-radius:{radius}px;mso-padding-alt:0px;\">{LiquidHtml.Escape(button.Text)}</a>");
        html.Append("</td></tr></table>");
    }

    private void Social(SocialBlock social, string align)
    {
        html.Append(CultureInfo.InvariantCulture, $"{Table} align=\"{align}\"><tr>");
        foreach (var link in social.Links)
        {
            var (name, color) = NetworkOf(link.Network);
            html.Append(CultureInfo.InvariantCulture, $"<td style=\"padding:0 4px;\">{Table} style=\"border-collapse:separate;\"><tr><td align=\"center\" bgcolor=\"{color}\" style=\"border-radius:3px;background-color:{color};mso-padding-alt:6px 10px;\">");
            html.Append(CultureInfo.InvariantCulture, $"<a href=\"{LiquidHtml.Escape(link.Url)}\" target=\"_blank\" style=\"display:inline-block;padding:6px 10px;font-family:{style.Font};font-size:13px;line-height:120%;color:#ffffff;text-decoration:none;mso-padding-alt:0px;\">{name}</a></td></tr></table></td>");
        }

        html.Append("</tr></table>");
    }

    /// <summary>A network as people write it, and a colour on which white letters can be read.</summary>
    public static (string Name, string Color) NetworkOf(string? network) => network switch
    {
        "facebook" => ("Facebook", "#0b5fcc"),
        "instagram" => ("Instagram", "#b5286d"),
        "linkedin" => ("LinkedIn", "#0a66c2"),
        "x" => ("X", "#0f1419"),
        "youtube" => ("YouTube", "#c00000"),
        _ => ("", "#52525b"),
    };

    // Beside each other as long as there is room, which needs no media query; Word, which has no room to spare, gets a table.
    private void Columns(ColumnsBlock columns, int width)
    {
        var widths = WidthsOf(columns.Columns, width);
        html.Append(CultureInfo.InvariantCulture, $"<!--[if mso]>{Table} width=\"{width}\"><tr><![endif]-->");
        foreach (var (i, column) in columns.Columns.Index())
        {
            html.Append(CultureInfo.InvariantCulture, $"<!--[if mso]><td width=\"{widths[i]}\" valign=\"top\" style=\"width:{widths[i]}px;vertical-align:top;\"><![endif]-->");
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"column\" style=\"display:inline-block;width:100%;max-width:{widths[i]}px;vertical-align:top;font-size:{MailStyle.LetterSize}px;\">{Table} width=\"100%\">\n");
            Write(column.Blocks, widths[i], MailStyle.ColumnSide);
            html.Append("</table></div><!--[if mso]></td><![endif]-->");
        }

        html.Append("<!--[if mso]></tr></table><![endif]-->");
    }

    // Whole pixels; what is left over is the last one's.
    private static int[] WidthsOf(IReadOnlyList<MailColumn> columns, int width)
    {
        var widths = columns.Select(column => column.Share is { } share ? ((width * share) + 50) / 100 : width / columns.Count).ToArray();
        widths[^1] = width - widths[..^1].Sum();
        return widths;
    }

    private void Code(string? value, string? src, bool isQr, int width)
    {
        if (src is null)
        {
            var picture = new CodePicture(string.Create(CultureInfo.InvariantCulture, $"code-{pictures.Count + 1}@mail"), isQr, value ?? "");
            pictures.Add(picture);
            src = $"cid:{picture.ContentId}";
        }

        Image(src, value, width, null, isQr ? string.Create(CultureInfo.InvariantCulture, $" height=\"{width}\"") : "");
        html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:8px 0 0;font-family:Courier,monospace;font-size:18px;line-height:1.5;color:{LiquidHtml.Escape(style.Text)};text-align:center;\">{LiquidHtml.Escape(value)}</p>");
    }
}
