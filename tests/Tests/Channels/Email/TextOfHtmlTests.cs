using System.Text;
using Marketing.Templates;
using Xunit;

namespace Marketing.Channels.Email;

/// <summary>The text part of a mail that was only written in HTML, made of its template.</summary>
public sealed class TextOfHtmlTests
{
    private const string Ada = """{"name":"Ada & <Co>","html":"<b>bold</b> &amp; more","lines":"one\ntwo","items":[{"n":"Tea","url":"https://x.test/1"},{"n":"Cup","url":"https://x.test/2"}]}""";

    [Theory]
    [InlineData("<p>I <3 you</p><p>a < b && c > d</p>", "I <3 you\n\na < b && c > d\n")]
    [InlineData("<p>Dear {{ customer.name }}</p>", "Dear Ada & <Co>\n")]
    [InlineData("<p>{{ customer.html | raw }}|{{ customer.name | escape }}|{{ customer.name | h }}|{{ customer.html }}</p>", "bold & more|Ada & <Co>|Ada & <Co>|<b>bold</b> &amp; more\n")]
    [InlineData("<p>{{ customer.lines | newline_to_br }}</p>", "one\ntwo\n")]
    [InlineData("{% capture c %}<b>{{ customer.name }}</b>{% endcapture %}<p>{{ c }}</p>", "Ada & <Co>\n")]
    [InlineData("<ul>\n{% for i in customer.items %}\n  <li>{{ i.n }}</li>\n{% endfor %}\n</ul><p>end</p>", "- Tea\n- Cup\n\nend\n")]
    [InlineData("<table>{% for i in customer.items %}<tr><td>{{ i.n }}</td><td>{{ forloop.index }}</td></tr>{% endfor %}</table>end", "Tea 1\nCup 2\n\nend\n")]
    [InlineData("<table><tr>{% if customer.name %}<td>yes</td>{% else %}<td>no</td>{% endif %}</tr></table>", "yes\n")]
    [InlineData("{% if customer.nothing %}<p>gone</p>{% endif %}<p>one</p>{% if customer.nothing %}<p>gone</p>{% endif %}<p>two</p>", "one\n\ntwo\n")]
    [InlineData("<a href=\"https://x.test/?n={{ customer.name | url_encode }}&amp;b=2\">Go</a>", "Go (https://x.test/?n=Ada+%26+%3CCo%3E&b=2)\n")]
    [InlineData("<a href=\"{% if customer.name %}https://x.test/a{% else %}https://x.test/b{% endif %}\">Go</a>", "Go (https://x.test/a)\n")]
    [InlineData("{% for i in customer.items %}<a href='{{ i.url }}'>{{ i.url }}</a> {% endfor %}", "https://x.test/1 https://x.test/2\n")]
    [InlineData("<td {% if customer.name %}class=\"a\"{% else %}class='b'{% endif %} title=\"{{ customer.name }}\">x</td>", "x\n")]
    [InlineData("<style>{% if customer.name %}p{}{% endif %}</style><!--[if mso]>{% if customer.nothing %}<![endif]-->x<!--{% endif %}-->y<script>if (a < b) { c() }</script>", "y\n")]
    [InlineData("<head><title>{{ customer.name }}</title><style>p { }</style><body><p>x</p>", "x\n")]
    [InlineData("<p>&#123;&#123; customer.name }} &#123;% if</p>", "{{ customer.name }} {% if\n")]
    [InlineData("{% raw %}<b>{{ customer.name }}</b>{% endraw %}", "{{ customer.name }}\n")]
    [InlineData("<p>{% comment %}<p>never</p>{% endcomment %}x {% # remark %}{% liquid\n assign y = 1\n echo y %}</p>", "x 1\n")]
    [InlineData("<img alt=\"{{ customer.items[0].n }}\"><br>{{ \"it's > <\" }}", "Tea\nit's > <\n")]
    public async Task It_says_what_the_html_says(string html, string text) => Assert.Equal(text, (await ArrivesAsync(html)).Text);

    [Fact]
    public async Task A_value_that_looks_like_a_tag_or_a_line_break_of_ours_is_only_text()
    {
        var (_, text) = await ArrivesAsync("<p>{{ customer.evil }}</p>", """{"evil":"{{ customer.name }} {% if %} \ue0000\ue001","name":"x"}""");
        Assert.StartsWith("{{ customer.name }} {% if %}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_that_gives_no_template_of_its_own_is_made_into_text_when_it_is_rendered()
    {
        // The second attribute of a name does not count for whoever reads HTML, so its end is missing.
        var (_, text) = await ArrivesAsync("<p title='{% if customer.name %}' title='{% endif %}'>Hi {{ customer.name }}</p>");
        Assert.Equal("Hi Ada & <Co>\n", text);
    }

    [Fact]
    public async Task What_is_at_the_ends_of_characters_survives_in_subjects()
    {
        await using var email = EmailHarness.Start();
        var channel = EmailHarness.Channel(new ChannelTemplate { Subject = "{{ customer.name | truncate: 42, '' }}{{ customer.name | slice: 0 }}", Text = "t" });
        var name = string.Concat(Enumerable.Repeat("👨‍👩‍👧🇩🇪é😀", 20));
        var (mail, raw) = await email.ArrivesAsync(EmailHarness.Message(name: name, channel: channel));
        Assert.Equal(string.Concat(Enumerable.Repeat("👨‍👩‍👧🇩🇪é😀", 10)) + "👨‍👩‍👧🇩🇪" + "👨‍👩‍👧", mail.Subject);
        Assert.DoesNotContain("\ufffd", mail.Subject, StringComparison.Ordinal);
        Assert.True(raw.All(char.IsAscii));
    }

    [Fact]
    public async Task A_date_in_a_mail_is_one_of_the_zone_and_clock_of_its_project()
    {
        await using var email = EmailHarness.Start();
        var channel = EmailHarness.Channel(new ChannelTemplate { Subject = "{{ 'now' | date: '%H:%M' }}", Text = "{{ event.created_at | date: '%d.%m.%Y %H:%M' }}" });
        var (mail, _) = await email.ArrivesAsync(EmailHarness.Message(channel: channel) with { TimeZone = "America/New_York" });
        Assert.Equal(("07:00", "31.12.1969 19:00"), (mail.Subject, mail.TextBody!.TrimEnd()));
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("a@b, c@d")]
    [InlineData("<")]
    public void A_preview_for_a_customer_without_a_usable_address_is_refused_and_does_not_fail(string address)
    {
        var harness = EmailHarness.Outbox(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"outbox-{Guid.NewGuid():n}"));
        var shown = Record.Exception(() => harness.Channels.Preview(EmailHarness.Message(address)));
        Assert.True(shown is null or TemplateRenderException, $"{shown}");
    }

    private static async Task<(string Html, string Text)> ArrivesAsync(string html, string customer = Ada)
    {
        await using var email = EmailHarness.Start();
        var preview = email.Channels.Preview(EmailHarness.Message(channel: EmailHarness.Channel(new ChannelTemplate { Subject = "s", Html = html })) with
        {
            Recipient = new Recipient("cust_1", Encoding.UTF8.GetBytes(customer)),
        });
        var message = System.Text.Json.JsonDocument.Parse(preview.Utf8).RootElement;
        return (message.GetProperty("html").GetString()!, message.GetProperty("text").GetString()!);
    }
}
