using System.Globalization;
using Xunit;

namespace Marketing.Templates;

public sealed class RenderingTests
{
    [Theory]
    [InlineData("{{ customer.name }}", "Ada Lovelace")]
    [InlineData("{{customer.metadata.tier}}", "gold")]
    [InlineData("{{ customer['metadata'][\"tier\"] }}", "gold")]
    [InlineData("{{ customer.metadata.big }}", "12345678901")]
    [InlineData("{{ customer.metadata.rate }}", "1.5")]
    [InlineData("{{ customer.summary.orders.total_amount }}", "12345")]
    [InlineData("{{ order.amount }}", "9950")]
    [InlineData("{{ order.items[1].quantity }}", "1")]
    [InlineData("{{ order.items.size }}", "2")]
    [InlineData("{{ order.items.first.name }}", "Tea")]
    [InlineData("{{ event.metadata.x }}", "y")]
    [InlineData("{{ segment.name }}", "VIP")]
    [InlineData("{{ unsubscribe_url }}", "https://x.test/u?a=1&b=2")]
    public void A_variable_prints_its_value(string source, string expected) => Assert.Equal(expected, Render.Text(source));

    [Theory]
    [InlineData("[{{ customer.phone }}]")]
    [InlineData("[{{ customer.metadata.unknown.deeper }}]")]
    [InlineData("[{{ nothing.at.all | upcase }}]")]
    public void What_is_missing_or_null_prints_nothing(string source) => Assert.Equal("[]", Render.Text(source));

    [Theory]
    [InlineData("{% if customer.metadata.tier == 'gold' %}G{% elsif order.amount > 5 %}S{% else %}-{% endif %}", "G")]
    [InlineData("{% if customer.metadata.age > 18 %}adult{% else %}unknown{% endif %}", "unknown")]
    [InlineData("{% if customer.metadata.unknown %}y{% else %}n{% endif %}", "n")]
    [InlineData("{% if order.amount >= 9950 and customer.name contains 'Ada' %}y{% endif %}", "y")]
    [InlineData("{% if customer.summary.orders.total_amount > 100 %}y{% endif %}", "y")]
    [InlineData("{% unless customer.phone %}no phone{% endunless %}", "no phone")]
    [InlineData("{% for i in order.items %}{{ forloop.index }}:{{ i.name }}x{{ i.quantity }}{% unless forloop.last %}, {% endunless %}{% endfor %}", "1:Teax2, 2:Cup <big>x1")]
    [InlineData("{% for i in order.items limit: 1 %}{{ i.name }}{% endfor %}", "Tea")]
    [InlineData("{% for i in (1..3) reversed %}{{ i }}{% endfor %}", "321")]
    [InlineData("{% for i in order.none %}x{% else %}empty{% endfor %}", "empty")]
    [InlineData("{% for p in customer.metadata %}{{ p[0] }}={{ p[1] }};{% endfor %}", "tier=gold;big=12345678901;rate=1.5;")]
    [InlineData("{% case customer.metadata.tier %}{% when 'silver', 'gold' %}metal{% else %}none{% endcase %}", "metal")]
    [InlineData("{% assign total = order.amount | plus: 50 %}{{ total | money }}", "100.00")]
    [InlineData("{% capture greeting %}Dear {{ customer.name }}{% endcapture %}{{ greeting | upcase }}", "DEAR ADA LOVELACE")]
    [InlineData("{% comment %}{{ not | valid }} {% if %}{% endcomment %}a{% raw %}{{ b }}{% endraw %}", "a{{ b }}")]
    [InlineData("a  {{- customer.metadata.tier -}}  b", "agoldb")]
    [InlineData("{{ customer.name | replace: '\n', ' ' }}", "Ada Lovelace")]
    [InlineData("{% increment n %}{% increment n %}", "01")]
    [InlineData("{% cycle 'a', 'b' %}{% cycle 'a', 'b' %}", "ab")]
    [InlineData("{% cycle 'a', 'b' %}{% cycle 'a', 'c' %}{% cycle 'a', 'b' %}", "aab")]
    [InlineData("{% cycle 'g': 'a', 'b' %}{% cycle 'h': 'a', 'b' %}{% cycle 'g': 'c', 'd' %}", "aad")]
    [InlineData("{% for i in (1..5) %}{% cycle 1, order.items[0].name, 'c' %}{% endfor %}", "1Teac1Tea")]
    [InlineData("{% raw -%}a{%- endraw -%} b", "ab")]
    [InlineData("{{ ',a,,b,' | split: ',' | size }}{{ 'abc' | split: '' | join: '-' }}", "4a-b-c")]
    [InlineData("{{ 'a b c' | truncatewords: 2 }}|{{ 'a b ' | truncatewords: 2 }}", "a b...|a b...")]
    [InlineData("{{ order.items | map: 'name' | json }}", "[\"Tea\",\"Cup <big>\"]")]
    public void The_tags_of_the_language_work(string source, string expected) => Assert.Equal(expected, Render.Text(source));

    [Theory]
    [InlineData("{{ 12345 | money }}", "123.45")]
    [InlineData("{{ '12345' | money: 0 }}", "12345")]
    [InlineData("{{ customer.metadata.none | money }}", "")]
    [InlineData("{{ 7 | divided_by: 2 }}", "3")]
    [InlineData("{{ -7 | divided_by: 2 }}", "-4")]
    [InlineData("{{ 7 | divided_by: 2.0 }}", "3.5")]
    [InlineData("{{ 0.1 | plus: 0.2 }}", "0.3")]
    [InlineData("{{ 1.005 | times: 100 }}", "100.5")]
    [InlineData("{{ 2.5 | round }}", "3")]
    [InlineData("{{ 3.14159 | round: 2 }}", "3.14")]
    [InlineData("{{ 1.2 | ceil }}{{ 1.8 | floor }}{{ 5 | minus: 7 }}", "21-2")]
    [InlineData("{{ -7 | modulo: 3 }}", "2")]
    [InlineData("{{ customer.metadata.none | default: 'friend' }}", "friend")]
    [InlineData("{{ '2026-03-05T10:00:00+02:00' | date: '%d.%m.%Y %H:%M' }}", "05.03.2026 08:00")]
    [InlineData("{{ 'a,b' | split: ',' | join: '+' }}", "a+b")]
    [InlineData("{{ order.items | map: 'name' | first }}", "Tea")]
    [InlineData("{{ order.items | sort: 'quantity' | map: 'quantity' | join: ',' }}", "1,2")]
    [InlineData("{{ order.items | sum: 'quantity' }}", "3")]
    [InlineData("{{ event.metadata | json }}", "{\"x\":\"y\"}")]
    [InlineData("{{ 'hello world' | truncate: 8 | capitalize }}", "Hello...")]
    [InlineData("{{ 'ab😀cd' | truncate: 3, '' }}", "ab😀")]
    [InlineData("{{ 'ab😀cd' | slice: 0, 3 }}", "ab😀")]
    [InlineData("{{ 'ab😀cd' | slice: 2, 2 }}", "😀c")]
    [InlineData("{{ 'a😀b' | split: '' | join: '-' }}", "a-😀-b")]
    public void The_filters_of_the_language_work(string source, string expected) => Assert.Equal(expected, Render.Text(source));

    [Theory]
    [InlineData("{{ order.items[1].name }}", "Cup &lt;big&gt;")]
    [InlineData("{{ order.items[1].name | raw }}", "Cup <big>")]
    [InlineData("{{ order.items[1].name | escape }}", "Cup &lt;big&gt;")]
    [InlineData("{{ order.items[1].name | raw | upcase }}", "CUP &lt;BIG&gt;")]
    [InlineData("{{ order.items | map: 'name' }}", "TeaCup &lt;big&gt;")]
    [InlineData("{{ unsubscribe_url }}", "https://x.test/u?a=1&amp;b=2")]
    [InlineData("{% for i in order.items %}{% if i.quantity == 1 %}{{ i.name }}{% endif %}{% endfor %}", "Cup &lt;big&gt;")]
    [InlineData("{% case 1 %}{% when 1 %}{{ order.items[1].name }}{% endcase %}", "Cup &lt;big&gt;")]
    [InlineData("{% capture c %}<b>{{ order.items[1].name }}</b>{% endcapture %}{{ c }}", "<b>Cup &lt;big&gt;</b>")]
    [InlineData("{% assign a = order.items[1].name %}{{ a }}", "Cup &lt;big&gt;")]
    [InlineData("{% assign a = order.items[1].name | raw %}{{ a }}", "Cup &lt;big&gt;")]
    [InlineData("{{ '<\n>' | newline_to_br }}", "&lt;<br />\n&gt;")]
    [InlineData("{% cycle order.items[1].name %}", "Cup &lt;big&gt;")]
    [InlineData("{% cycle order.items[1].name: order.items[1].name, '<i>' %}", "Cup &lt;big&gt;")]
    [InlineData("{% for i in order.items %}{% cycle '<a>', i.name %}{% endfor %}", "&lt;a&gt;Cup &lt;big&gt;")]
    [InlineData("{% capture c %}{% cycle order.items[1].name %}{% endcapture %}{{ c }}", "Cup &lt;big&gt;")]
    [InlineData("{% tablerow i in order.items limit: 1 %}{{ order.items[1].name }}{% endtablerow %}", "<tr class=\"row1\">\n<td class=\"col1\">Cup &lt;big&gt;</td></tr>\n")]
    [InlineData("{% assign n = order.items[1].name %}{% increment n %}{% decrement n %}", "00")]
    [InlineData("{% raw %}<b>{{ customer.name }}</b>{%\u00a0endraw %}{{ order.items[1].name }}", "<b>{{ customer.name }}</b>Cup &lt;big&gt;")]
    [InlineData("{% if order.items[1].name contains '<' %}{{ order.items[1].name }}{% else %}{% endif %}", "Cup &lt;big&gt;")]
    [InlineData("{% unless false %}{{ order.items[1].name }}{% endunless %}", "Cup &lt;big&gt;")]
    [InlineData("{{ order.items[1].name | split: '|' }}{{ order.items[1].name | split: '|' | join: '<' }}", "Cup &lt;big&gt;Cup &lt;big&gt;")]
    [InlineData("{{ order.items[1] | json }}", "{&quot;name&quot;:&quot;Cup &lt;big&gt;&quot;,&quot;quantity&quot;:1}")]
    [InlineData("{{ order.items[1].name | newline_to_br | append: '<' }}", "Cup &amp;lt;big&amp;gt;&lt;")]
    public void Html_escapes_every_value_exactly_once_unless_raw(string source, string expected) => Assert.Equal(expected, Render.Html(source));

    [Fact]
    public void A_header_value_cannot_break_the_line()
    {
        var rendered = Render.Of("Hi {{ customer.name }}!", TemplateKind.Header, """{"name":"A\r\nBcc: x@y.z\u0000\u2028"}""");
        Assert.Equal("Hi A  Bcc: x@y.z  !", rendered);
    }

    [Fact]
    public void Rendering_does_not_depend_on_the_culture_of_the_machine()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal("1.5 0.25 10.00", Render.Text("{{ customer.metadata.rate }} {{ 1 | divided_by: 4.0 }} {{ 1000 | money }}"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("{% for i in (1..100000) %}x{% endfor %}", "A loop has more than 10000 rounds.")]
    [InlineData("{% assign a = 'xxxxxxxxxxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}", "longer than")]
    [InlineData("{% assign a = 'xxxxxxxxxxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | replace: 'x', a %}{% endfor %}", "longer than")]
    [InlineData("{% for i in (1..9000) %}{% for j in (1..9000) %}xxxxxxxx{% endfor %}{% endfor %}", "prints more than")]
    [InlineData("a\n {{ order.amount | divided_by: 0 }}", "Line 2, column 5: A number is divided by 0.")]
    public void A_template_that_runs_away_or_fails_ends_in_a_typed_exception(string source, string message)
    {
        var template = Render.Compile(source);
        var problem = Assert.Throws<TemplateRenderException>(() => template.Render(Render.Model()));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_is_rendered_concurrently_without_mixing_customers()
    {
        var template = Render.Compile("{% assign n = customer.name %}{% for i in (1..5) %}{{ n }}{% endfor %}");
        Parallel.For(0, 500, i => Assert.Equal(string.Concat(Enumerable.Repeat($"c{i}", 5)), template.Render(Render.Model($$"""{"name":"c{{i}}"}"""))));
    }

    [Fact]
    public void The_same_source_is_compiled_once()
    {
        var engine = new TemplateEngine(TimeProvider.System);
        var first = (CompileResult.Ok)engine.Compile("{{ customer.name }}", TemplateKind.Html, scope: null);
        var again = (CompileResult.Ok)engine.Compile("{{ customer.name }}", TemplateKind.Html, TestScopes.Compose("customer"));
        var other = (CompileResult.Ok)engine.Compile("{{ customer.name }}", TemplateKind.Text, scope: null);
        Assert.Same(first.Template, again.Template);
        Assert.NotSame(first.Template, other.Template);
    }
}
