using System.Diagnostics;
using Xunit;

namespace Marketing.Templates;

/// <summary>What a template may ask for. Each of these would take gigabytes, or minutes.</summary>
public sealed class LimitTests
{
    private const int Thirty = 30;

    [Theory]
    [InlineData("{% if customer.name %}{% endif %}")]
    [InlineData("{{ customer.name }}")]
    [InlineData("{% assign a = 1 %}")]
    [InlineData("{% comment %}{% endcomment %}")]
    [InlineData("{% raw %}x{% endraw %}")]
    [InlineData("{% cycle 'a' %}")]
    public void A_template_of_too_many_tags_is_refused_at_once(string part)
    {
        var source = string.Concat(Enumerable.Repeat(part, 480_000 / part.Length));
        var watch = Stopwatch.StartNew();
        var problem = Assert.Single(Render.Problems(source, "customer"));
        Assert.Equal("A template may have 5000 tags and outputs.", problem.Message);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
    }

    [Fact]
    public void As_many_tags_as_are_allowed_are_compiled_and_rendered()
    {
        var source = string.Concat(Enumerable.Repeat("{% if customer.name %}x{% endif %}", 2_500));
        Assert.Equal(2_500, Render.Text(source).Length);
    }

    [Theory]
    [InlineData("{% if 'LONG' == customer.name %}{% endif %}")]
    [InlineData("{{ customer.name | append: 'LONG' }}")]
    [InlineData("{% cycle 'LONG' %}")]
    [InlineData("{% for i in LONG %}{% endfor %}")]
    public void A_tag_that_is_too_long_is_refused(string source)
    {
        var problem = Render.Problems(source.Replace("LONG", new string('x', 10_001), StringComparison.Ordinal), "customer")[0];
        Assert.Equal("A tag or output may have 10000 characters.", problem.Message);
    }

    [Theory]
    [InlineData("{% raw %}", "{%")]
    [InlineData("{% raw %}", "{% x")]
    [InlineData("{% comment %}", "{%- ")]
    [InlineData("", "{")]
    [InlineData("", "{{ '")]
    [InlineData("", "{% ")]
    [InlineData("{% comment %}", "{% comment %}")]
    [InlineData("{{ customer.name -}}", " ")]
    public void Reading_a_template_takes_time_by_its_length_and_not_by_its_square(string start, string repeated)
    {
        var source = start + string.Concat(Enumerable.Repeat(repeated, 480_000 / repeated.Length)) + "%}";
        var watch = Stopwatch.StartNew();
        Render.Problems(source, "customer");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData("{% for i in (1..100) %}{% capture x %}MEGABYTE{% endcapture %}{% endfor %}")]
    [InlineData("{% assign s = 'x' %}{% for i in (1..20) %}{% assign s = s | append: s %}{% endfor %}{% for i in (1..100) %}{% assign t = s | append: i %}{% endfor %}")]
    [InlineData("{% capture s %}MEGABYTE{% endcapture %}{% for i in (1..100) %}{% assign t = s | replace: 'x', 'y' %}{% endfor %}")]
    [InlineData("{% capture s %}MEGABYTE{% endcapture %}{% for i in (1..100) %}{% if true %}{% assign t = s | upcase | downcase %}{% endif %}{% endfor %}")]
    [InlineData("{% capture s %}MEGABYTE{% endcapture %}{% for i in (1..100) %}{% assign t = s | prepend: i | truncate: 500000 %}{% endfor %}")]
    [InlineData("{% capture s %}MEGABYTE{% endcapture %}{% for i in (1..500) %}{% assign t = s | split: 'y' | join: i %}{% endfor %}")]
    public void Texts_made_on_the_way_are_limited_together(string source) =>
        Fails(source.Replace("MEGABYTE", new string('x', 500_000), StringComparison.Ordinal), "on the way");

    [Theory]
    [InlineData("{{ (1..1000000000) | size }}", "more than 100000 entries|more than 10000 rounds")]
    [InlineData("{{ (1..1000000000) | join: ',' }}", "more than 100000 entries|more than 10000 rounds")]
    [InlineData("{% assign r = (1..1000000000) | reverse %}", "more than 100000 entries|more than 10000 rounds")]
    [InlineData("{{ (1..1000000000) | json }}", "more than 100000 entries|more than 10000 rounds")]
    [InlineData("{{ (1..1000000000) }}", "more than 100000 entries|more than 10000 rounds")]
    [InlineData("{% capture s %}MEGABYTE{% endcapture %}{% assign l = s | split: '' %}", "more than 100000 entries")]
    [InlineData("{% capture s %}MEGABYTE{% endcapture %}{% assign l = s | split: 'x' %}", "more than 100000 entries")]
    [InlineData("{% assign l = (1..1000) | reverse %}{% for i in (1..30) %}{% assign l = l | concat: l %}{% endfor %}", "more than 100000 entries")]
    [InlineData("{% capture s %}MEGABYTE{% endcapture %}{% assign l = s | split: '|' %}{% for i in (1..15) %}{% assign l = l | concat: l %}{% endfor %}{{ l | json }}", "longer than|prints more|on the way")]
    [InlineData("{% capture s %}MEGABYTE{% endcapture %}{% assign l = s | split: '|' %}{% for i in (1..15) %}{% assign l = l | concat: l %}{% endfor %}{{ l | join }}", "longer than|prints more|on the way")]
    [InlineData("{% capture s %}MEGABYTE{% endcapture %}{% assign l = s | split: '|' %}{% for i in (1..15) %}{% assign l = l | concat: l %}{% endfor %}{{ l }}", "longer than|prints more|on the way")]
    public void Lists_are_limited(string source, string reasons) =>
        Fails(source.Replace("MEGABYTE", new string('x', 500_000), StringComparison.Ordinal), reasons.Split('|'));

    [Fact]
    public void The_parts_of_a_message_share_what_they_may_use()
    {
        var template = Render.Compile($"{{% for i in (1..40) %}}{{% capture x %}}{new string('x', 500_000)}{{% endcapture %}}{{% endfor %}}");
        var model = Render.Model();
        template.Render(model);
        Assert.Throws<TemplateRenderException>(() => template.Render(model));
        template.Render(Render.Model());
    }

    [Fact]
    public void What_was_compiled_is_kept_by_its_size()
    {
        var engine = new TemplateEngine(TimeProvider.System);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 300; i++)
        {
            engine.Compile($"{i}{new string('x', 500_000)}", TemplateKind.Html, scope: null);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 40L * 1024 * 1024);
        GC.KeepAlive(engine);
    }

    private static void Fails(string source, params string[] reasons)
    {
        var template = Render.Compile(source);
        var model = Render.Model();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var problem = Assert.Throws<TemplateRenderException>(() => template.Render(model));
        Assert.True(reasons.Any(reason => problem.Message.Contains(reason, StringComparison.Ordinal)), problem.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512L * 1024 * 1024);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(Thirty), $"{watch.Elapsed}");
    }
}
