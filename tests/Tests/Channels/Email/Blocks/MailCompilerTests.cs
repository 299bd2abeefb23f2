using System.Text.RegularExpressions;
using Marketing.Templates;
using Xunit;

namespace Marketing.Channels.Email;

public sealed partial class MailCompilerTests
{
    [Fact]
    public void A_mail_has_what_mail_programs_need()
    {
        var html = MailCompiler.Compile(MailDocuments.Read(MailDocuments.Everything), MailDocuments.Brand).Html;

        // Word pads cells, not links, and knows no widths but those of attributes.
        Assert.Matches("""<td align="center" bgcolor="#008800"[^>]*mso-padding-alt:12px 24px;[^>]*><a href="https://shop.example/go"[^>]*>Shop now</a></td>""", html);
        Assert.All(Images().Matches(html), image => Assert.Matches(""" alt="[^"]*" width="\d+".*(max-width:\d+px;height:auto)""", image.Value));
        Assert.Equal(3, Regex.Count(html, Regex.Escape("<!--[if mso]><td width=")) + Regex.Count(html, Regex.Escape("<!--[if mso]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" width=\"552\"")));
        Assert.All(Tables().Matches(html), table => Assert.Contains("role=\"presentation\"", table.Value, StringComparison.Ordinal));
        Assert.DoesNotMatch("(?i)<script|display:flex|display:grid|javascript:", html);
        Assert.Equal(Regex.Count(html, "<table"), Regex.Count(html, "</table>"));
        Assert.Equal(Regex.Count(html, "<td"), Regex.Count(html, "</td>"));
    }

    [Fact]
    public void What_an_author_writes_is_shown_as_it_was_written_and_liquid_is_rendered()
    {
        var (html, text) = Render(MailDocuments.Everything, """{"id":"cust_<1>","name":"Ada & \"Bob\""}""", """{"voucher":{"code":"A-1","assets":{"qr":{"url":"https://shop.example/qr.png"}}}}""");
        Assert.Contains("Spring is here, Ada &amp; &quot;Bob&quot;", html, StringComparison.Ordinal);
        Assert.Contains(" off &lt; all &gt; &amp; &quot;more&quot;, ", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://shop.example/spring?a=1&amp;b=cust_&lt;1&gt;\"", html, StringComparison.Ordinal);
        Assert.Contains("Böots &amp; Hats {{ ltd }}", html, StringComparison.Ordinal);
        Assert.Equal(
            """
            Böots & Hats {{ ltd }}

            Spring is here, Ada & "Bob"

            Twenty percent off < all > & "more", read on (https://shop.example/spring?a=1&b=cust_<1>)
            or not.

            1. Boots
            2. Hats

            Where

            A meadow (https://shop.example/meadow)

            Shop now (https://shop.example/go)

            ----------------------------------------

            A

            Left

            Right

            More (https://shop.example/more)

            Facebook: https://facebook.com/shop
            X: https://x.com/shop

            A-1

            ----------------------------------------
            Böots & Hats {{ ltd }} (https://shop.example)
            Porcelanowa 23, 40-246 Katowice, Poland
            help@shop.example · +48 32 000 00 00
            Privacy policy (https://shop.example/privacy) · Terms of use (https://shop.example/terms)
            You are receiving this email because you opted in at our website.
            No more of this (https://shop.example/u/1)

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Theory]
    [InlineData("""{"type":"variable","name":"customer.name"}""", "Ada")]
    [InlineData("""{"type":"variable","name":"customer.nickname","fallback":"friend"}""", "friend")]
    [InlineData("""{"type":"variable","name":"customer.nickname","fallback":"a \"friend\""}""", "a \"friend\"")]
    [InlineData("""{"type":"variable","name":"order.amount","format":"money"}""", "12.50")]
    [InlineData("""{"type":"variable","name":"order.tip","format":"money","fallback":"nothing"}""", "nothing")]
    [InlineData("""{"type":"variable","name":"customer.metadata['shoe size']"}""", "42")]
    [InlineData("""{"type":"text","text":"{% if order.amount > 1000 %}much{% else %}little{% endif %}"}""", "much")]
    public void Variables_print_what_templates_print(string run, string printed) =>
        Assert.Equal($"{printed}\n", Render($$"""{"blocks":[{"type":"heading","content":[{{run}}]}]}""", """{"name":"Ada","metadata":{"shoe size":42}}""", """{"order":{"amount":1250}}""").Text);

    private static (string Html, string Text) Render(string document, string customer, string data)
    {
        var mail = MailCompiler.Compile(MailDocuments.Read(document), MailDocuments.Brand);
        var model = new TemplateModel(System.Text.Encoding.UTF8.GetBytes(customer), System.Text.Encoding.UTF8.GetBytes(data)).With("unsubscribe_url", "https://shop.example/u/1");
        return (Print(mail.Html, TemplateKind.Html, model), Print(mail.Text, TemplateKind.Text, model));
    }

    private static string Print(string source, TemplateKind kind, TemplateModel model) =>
        Assert.IsType<CompileResult.Ok>(new TemplateEngine(TimeProvider.System).Compile(source, kind, null)).Template.Render(model);

    [GeneratedRegex("<img[^>]*>")]
    private static partial Regex Images();

    [GeneratedRegex("<table[^>]*>")]
    private static partial Regex Tables();
}
