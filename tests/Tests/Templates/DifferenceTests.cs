using System.Text;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.Templates;

/// <summary>Where templates are not what they are in Ruby, on purpose; docs/templates.md has the list.</summary>
public sealed class DifferenceTests
{
    private const string Family = "👨‍👩‍👧";

    [Theory]
    [InlineData("{% if 5 > 'x' %}y{% else %}n{% endif %}{% if 'x' < 5 %}y{% else %}n{% endif %}{% if order.items > 1 %}y{% else %}n{% endif %}", "nnn")]
    [InlineData("{% if '10' > 9 %}y{% endif %}{% if 9 < '10.5' %}y{% endif %}{% if '10' > '9' %}y{% else %}n{% endif %}", "yyn")]
    [InlineData("{% if customer.phone == blank and ' ' == blank %}y{% endif %}", "y")]
    [InlineData("{{ order.items | map: 'quantity' | sum }}", "3")]
    [InlineData("{{ event.metadata }}", "{\"x\":\"y\"}")]
    [InlineData("{{ 'x,1' | split: ',' | concat: order.items | sort | size }}", "4")]
    public void What_stops_there_or_is_not_there_goes_on_here(string template, string expected) => Assert.Equal(expected, Render.Text(template));

    [Theory]
    [InlineData($"{{{{ '{Family}' | size }}}}", "1")]
    [InlineData($"{{{{ '{Family}x' | slice: 0 }}}}", Family)]
    [InlineData($"{{{{ '{Family}x' | slice: 1, 5 }}}}", "x")]
    [InlineData($"{{{{ 'a{Family}bc' | truncate: 2, '' }}}}", $"a{Family}")]
    [InlineData($"{{{{ 'a{Family}b' | split: '' | join: '|' }}}}", $"a|{Family}|b")]
    [InlineData("{{ '🇩🇪🇫🇷' | slice: 1 }}", "🇫🇷")]
    [InlineData("{{ 'e\u0301a' | capitalize | slice: 0 }}", "E\u0301")]
    [InlineData("{{ 'a\r\nb' | size }}", "4")]
    public void Nothing_is_cut_that_a_reader_sees_as_one_character(string template, string expected) =>
        Assert.Equal(expected, Render.Text(template));

    [Fact]
    public void The_size_of_a_variable_counts_characters_as_a_reader_does() =>
        Assert.Equal("3", Render.Text("{{ customer.name.size }}{{ customer.name.first }}", $$"""{"name":"a{{Family}}b"}"""));

    [Theory]
    [InlineData("UTC", "2026-07-01T22:30:00Z", "01.07.2026 22:30 +0000 UTC")]
    [InlineData("Europe/Warsaw", "2026-07-01T22:30:00Z", "02.07.2026 00:30 +0200 +02:00")]
    [InlineData("Europe/Warsaw", "2026-01-01T23:30:00+00:00", "02.01.2026 00:30 +0100 +01:00")]
    [InlineData("America/New_York", "2026-03-05T10:00:00+02:00", "05.03.2026 03:00 -0500 -05:00")]
    [InlineData("America/New_York", "2026-03-05T10:00:00", "05.03.2026 10:00 -0500 -05:00")]
    [InlineData("America/New_York", "2026-03-05", "05.03.2026 00:00 -0500 -05:00")]
    [InlineData("Europe/Warsaw", "1772701625", "05.03.2026 10:07 +0100 +01:00")]
    [InlineData("Europe/Warsaw", "now", "05.03.2026 13:00 +0100 +01:00")]
    public void Dates_are_printed_in_the_zone_of_the_project_and_by_the_clock_that_is_given(string zone, string date, string expected)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero));
        var model = new TemplateModel(Encoding.UTF8.GetBytes($$"""{"date":"{{date}}"}"""), "{}"u8.ToArray(), zone);
        var template = (CompileResult.Ok)new TemplateEngine(clock).Compile("{{ customer.date | date: '%d.%m.%Y %H:%M %z %Z' }}", TemplateKind.Text, scope: null);
        Assert.Equal(expected, template.Template.Render(model));
    }

    [Theory]
    [InlineData("{{ 1 | divided_by: 0 }}", "Line 1, column 4: A number is divided by 0.")]
    [InlineData("\n{% assign x = 1 | modulo: 0 %}", "Line 2, column 15: A number is divided by 0.")]
    [InlineData("{{ 'x' | base64_decode }}", "Line 1, column 4: A text is not valid base64.")]
    [InlineData("{{ 79228162514264337593543950335 | times: 10 }}", "Line 1, column 4: A number is too large.")]
    [InlineData("{% cycle order.items[0].name, 'x' %}{% echo 2 | divided_by: 0 %}", "Line 1, column 45: A number is divided by 0.")]
    [InlineData("{% tablerow i in order.items cols: 'x' %}{% endtablerow %}", "A loop is given what is no number.")]
    [InlineData("{% for i in (1..9000) %}{% for j in (1..9000) %}{% for k in (1..9000) %}{% endfor %}{% endfor %}{% endfor %}", "The template takes more than 1000000 steps.")]
    public void What_fails_fails_the_message_and_says_where(string template, string message)
    {
        var problem = Assert.Throws<TemplateRenderException>(() => Render.Text(template));
        Assert.Equal(message, problem.Message);
    }

    [Theory]
    [InlineData("{{ order.items[1].name | raw | append: '<' }}", "Cup &lt;big&gt;&lt;")]
    [InlineData("{{ '<b>' | raw | append: order.items[1].name }}", "&lt;b&gt;Cup &lt;big&gt;")]
    [InlineData("{{ order.items[1].name | raw | strip }}", "Cup &lt;big&gt;")]
    [InlineData("{% capture c %} <b>{{ order.items[1].name }}</b> {% endcapture %}[{{ c | strip }}]", "[<b>Cup &lt;big&gt;</b>]")]
    [InlineData("{% capture c %}{{ order.items[1].name }}{% endcapture %}{{ c | append: '<' }}", "Cup &amp;lt;big&amp;gt;&lt;")]
    [InlineData("{% cycle order.items[1].name %}{% echo order.items[1].name %}", "Cup &lt;big&gt;Cup &lt;big&gt;")]
    [InlineData("{% liquid\n assign x = order.items[1].name\n echo x\n cycle x, 'b' %}", "Cup &lt;big&gt;Cup &lt;big&gt;")]
    [InlineData("{% for p in order.items[1] limit: 1 %}{{ p }}{% endfor %}{{ order.items | map: 'name' | reverse }}", "nameCup &lt;big&gt;Cup &lt;big&gt;Tea")]
    [InlineData("{{ order.items[1].name | default: 'x' }}{{ nothing | default: '<' }}{{ order.items[1].name | slice: 4, 5 }}", "Cup &lt;big&gt;&lt;&lt;big&gt;")]
    public void Html_is_escaped_wherever_a_value_is_printed(string template, string expected) => Assert.Equal(expected, Render.Html(template));
}
