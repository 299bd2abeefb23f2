using System.Globalization;
using System.Text;
using Marketing.Branding;

namespace Marketing.Channels.Email;

/// <summary>Makes a document into the two parts of a mail, once for all its readers. Pure: the same document and brand give the same mail in previews, tests and what is sent.</summary>
internal static class MailCompiler
{
    private const string Table = "<table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"";

    // So that what follows the preheader is not shown after it.
    private static readonly string Filler = string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", 40));

    public static CompiledMail Compile(MailDocument document, BrandDetails? brand)
    {
        var (html, style, pictures) = (new StringBuilder(8_192), MailStyle.Of(document.Settings), new List<CodePicture>());
        var blocks = new BlockHtml(html, style, pictures);
        Begin(html, document, style);
        if (document.Header is { } top)
        {
            Top(html, blocks, top, brand, style);
        }

        blocks.Write(document.Blocks, style.Width, MailStyle.Side);
        if (document.Footer is { } footer)
        {
            Bottom(html, blocks, footer, brand);
        }

        html.Append("</table>\n<!--[if mso]></td></tr></table><![endif]-->\n</td></tr></table>\n</body>\n</html>\n");
        return new CompiledMail(html.ToString(), PlainMail.Of(document, brand), pictures, MailPieces.Of(document));
    }

    private static void Begin(StringBuilder html, MailDocument document, MailStyle style)
    {
        var background = LiquidHtml.Escape(style.Background);
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="{LiquidHtml.Escape(document.Language ?? "en")}" xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="X-UA-Compatible" content="IE=edge">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="x-apple-disable-message-reformatting">
            <meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title></title>
            <!--[if mso]><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->
            <style>
            """).Append("""

            body { margin: 0; padding: 0; -webkit-text-size-adjust: 100%; -ms-text-size-adjust: 100%; }
            table, td { border-collapse: collapse; mso-table-lspace: 0pt; mso-table-rspace: 0pt; }
            img { -ms-interpolation-mode: bicubic; }

            """).Append(CultureInfo.InvariantCulture, $"@media only screen and (max-width: {style.Width}px) ").Append("""
            { .column { max-width: 100% !important; } }
            </style>
            </head>

            """).Append(CultureInfo.InvariantCulture, $"<body bgcolor=\"{background}\" style=\"margin:0;padding:0;background-color:{background};word-spacing:normal;\">\n");
        if (!string.IsNullOrWhiteSpace(document.Preheader))
        {
            html.Append(CultureInfo.InvariantCulture, $"<div style=\"display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all;\">{LiquidHtml.Escape(document.Preheader)}{Filler}</div>\n");
        }

        html.Append(CultureInfo.InvariantCulture, $"{Table} width=\"100%\" bgcolor=\"{background}\" style=\"background-color:{background};\"><tr><td align=\"center\" style=\"padding:24px 0;\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<!--[if mso]>{Table} align=\"center\" width=\"{style.Width}\"><tr><td><![endif]-->\n");
        html.Append(CultureInfo.InvariantCulture, $"{Table} width=\"100%\" bgcolor=\"{LiquidHtml.Escape(style.Surface)}\" style=\"width:100%;max-width:{style.Width}px;background-color:{LiquidHtml.Escape(style.Surface)};\">\n");
    }

    private static void Top(StringBuilder html, BlockHtml blocks, MailTop top, BrandDetails? brand, MailStyle style)
    {
        var (logo, home) = (top.Logo ?? BrandParts.Address(brand?.LogoUrl), BrandParts.Address(brand?.WebsiteUrl));
        if (logo is null && brand is null)
        {
            return;
        }

        blocks.Row(top.Align ?? "center", top.Background, string.Create(CultureInfo.InvariantCulture, $"padding:24px {MailStyle.Side}px 12px;"));
        if (logo is not null)
        {
            blocks.Image(logo, BrandParts.Plain(brand?.Name), Math.Min(top.Width ?? 160, style.Width - (2 * MailStyle.Side)), home);
        }
        else
        {
            var name = LiquidHtml.Escape(BrandParts.Plain(brand!.Name));
            html.Append(CultureInfo.InvariantCulture, $"<div style=\"{blocks.Letters(null, 22)}font-weight:bold;\">");
            html.Append(home is null ? name : $"<a href=\"{LiquidHtml.Escape(home)}\" target=\"_blank\" style=\"color:{LiquidHtml.Escape(style.Text)};text-decoration:none;\">{name}</a>");
            html.Append("</div>");
        }

        html.Append("</td></tr>\n");
    }

    private static void Bottom(StringBuilder html, BlockHtml blocks, MailBottom footer, BrandDetails? brand)
    {
        var (color, align) = (footer.Color ?? "#52525b", footer.Align ?? "center");
        blocks.Row(align, footer.Background, string.Create(CultureInfo.InvariantCulture, $"padding:24px {MailStyle.Side}px;"));
        html.Append(CultureInfo.InvariantCulture, $"<div style=\"{blocks.Letters(color, 13)}text-align:{align};\">");
        foreach (var line in BrandParts.Of(footer, brand))
        {
            html.Append("<p style=\"margin:0 0 4px;\">");
            foreach (var (i, (text, url)) in line.Index())
            {
                html.Append(i > 0 ? " &middot; " : "");
                html.Append(url is null ? LiquidHtml.Escape(text) : $"<a href=\"{LiquidHtml.Escape(url)}\" target=\"_blank\" style=\"color:{LiquidHtml.Escape(color)};text-decoration:underline;\">{LiquidHtml.Escape(text)}</a>");
            }

            html.Append("</p>");
        }

        html.Append("</div></td></tr>\n");
    }
}
