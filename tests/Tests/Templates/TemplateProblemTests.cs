using Xunit;

namespace Marketing.Templates;

public sealed class TemplateProblemTests
{
    [Fact]
    public void A_template_with_an_unknown_variable_is_refused_with_its_position()
    {
        var problem = Assert.Single(Render.Problems("Hello\n  {{ custmer.name }}", "customer", "order"));
        Assert.Equal(new TemplateProblem(2, 6, "There is no variable 'custmer' here. Did you mean 'customer'?"), problem);
    }

    [Theory]
    [InlineData("{{ customer.nmae }}", 4, "'customer' has no field 'nmae'. Did you mean 'name'?")]
    [InlineData("{{ customer.name.first_part }}", 4, "'customer.name' is a plain value, it has no field 'first_part'.")]
    [InlineData("{% if x | y %}{% endif %}", 9, "'|' is not expected here.")]
    [InlineData("{{ customer.name", 1, "'{{' is not closed by '}}'.")]
    [InlineData("{% if customer.name", 1, "'{%' is not closed by '%}'.")]
    [InlineData("{% if customer.name %}", 1, "'if' is not closed by 'endif'.")]
    [InlineData("{% endif %}", 1, "'endif' closes nothing.")]
    [InlineData("{% for a in customer.metadata %}{% endif %}", 33, "'endfor' is expected here, for line 1, not 'endif'.")]
    [InlineData("{% iff customer.name %}", 1, "There is no tag 'iff'. Did you mean 'if'?")]
    [InlineData("{% include 'file' %}", 1, "There is no tag 'include'.")]
    [InlineData("{% ifchanged %}{% endifchanged %}", 1, "There is no tag 'ifchanged'.")]
    [InlineData("{% render 'file' %}", 1, "There is no tag 'render'.")]
    [InlineData("{% echo custmer.name %}", 9, "There is no variable 'custmer' here. Did you mean 'customer'?")]
    [InlineData("{% liquid echo custmer.name %}", 16, "There is no variable 'custmer' here. Did you mean 'customer'?")]
    [InlineData("{% for i in (1..custmer.points) %}{% endfor %}", 17, "There is no variable 'custmer' here. Did you mean 'customer'?")]
    [InlineData("{% cycle custmer.name %}", 10, "There is no variable 'custmer' here. Did you mean 'customer'?")]
    [InlineData("{{ customer.metadata[custmer.id] }}", 22, "There is no variable 'custmer' here. Did you mean 'customer'?")]
    [InlineData("{% unless custmer %}{% endunless %}", 11, "There is no variable 'custmer' here. Did you mean 'customer'?")]
    [InlineData("{% case customer.name %}{% when custmer %}{% endcase %}", 33, "There is no variable 'custmer' here. Did you mean 'customer'?")]
    [InlineData("{{ 'x' | default: custmer }}", 19, "There is no variable 'custmer' here. Did you mean 'customer'?")]
    [InlineData("{{ customer.name | default: 'x', allow: true }}", 20, "The filter 'default' has no option 'allow'.")]
    [InlineData("{% raw %} x", 1, "'raw' is not closed by 'endraw'.")]
    [InlineData("{% increment %}", 14, "A name is expected here.")]
    [InlineData("{% unless customer = 1 %}{% endunless %}", 20, "'=' is not expected here.")]
    [InlineData("{% break %}", 1, "'break' belongs inside 'for'.")]
    [InlineData("{% liquid\nfoo\n%}", 1, "There is no tag 'foo'. Did you mean 'for'?")]
    [InlineData("{% param culture = 'de' %}", 1, "There is no tag 'param'.")]
    [InlineData("{% __output 0 %}", 1, "There is no tag '__output'.")]
    [InlineData("{{ customer.name | upcas }}", 20, "There is no filter 'upcas'. Did you mean 'upcase'?")]
    [InlineData("{{ customer.name | append }}", 20, "The filter 'append' takes 1 argument, not 0.")]
    [InlineData("{{ customer name }}", 13, "'name' is not expected here.")]
    [InlineData("{{ }}", 4, "A variable or a value is expected here.")]
    [InlineData("{{ 'a }}", 4, "The text that starts here is not closed by a quote.")]
    [InlineData("{% else %}", 1, "'else' belongs inside 'if', 'unless', 'case', 'for'.")]
    [InlineData("{% assign = 1 %}", 11, "An identifier was expected after the 'assign' tag.")]
    [InlineData("{% comment %} x", 1, "'comment' is not closed by 'endcomment'.")]
    public void What_is_wrong_is_told_with_its_column(string source, int column, string message)
    {
        var problem = Render.Problems(source, "customer")[0];
        Assert.Equal((source.Contains('\n', StringComparison.Ordinal) ? 2 : 1, column, message), (problem.Line, problem.Column, problem.Message));
    }

    [Theory]
    [InlineData("{% for item in order.items %}{{ item.anything.at.all }}{{ forloop.index }}{% endfor %}")]
    [InlineData("{% assign first_name = customer.name | split: ' ' | first %}{{ first_name }}")]
    [InlineData("{% for i in order.items %}{% if seen %}{{ i.name }}{% endif %}{% assign seen = true %}{% endfor %}")]
    [InlineData("{% capture c %}x{% endcapture %}{{ c.size }}")]
    [InlineData("{{ customer.metadata.whatever.below }}{{ customer.name.size }}")]
    [InlineData("{{ order.items[0].name }}{{ customer.metadata[order.id] }}")]
    [InlineData("{% if customer.name == blank or order.amount == nil %}{% endif %}")]
    public void Names_a_template_introduces_and_open_fields_are_fine(string source) =>
        Assert.Empty(Render.Problems(source, "customer", "order"));

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var problems = Render.Problems("{{ a }}\n{{ b }}", "customer");
        Assert.Equal([(1, 4), (2, 4)], problems.Select(problem => (problem.Line, problem.Column)));
    }

    [Fact]
    public void What_is_wrong_in_one_tag_does_not_hide_what_is_wrong_in_the_next()
    {
        var problems = Render.Problems("{{ customer.name | upcas }}\n{% assign x y %}{% if customer.name %}{{ customer name }}{% endif %}", "customer");
        Assert.Equal([(1, 20), (2, 13), (2, 51)], problems.Select(problem => (problem.Line, problem.Column)));
    }

    [Fact]
    public void A_template_larger_than_the_limit_is_refused()
    {
        var problem = Assert.Single(Render.Problems(new string('x', TemplateEngine.MaxSourceBytes + 1), "customer"));
        Assert.Equal("The template is larger than 512 KB.", problem.Message);
    }

    [Theory]
    [InlineData("{% if customer.name %}", "{% endif %}")]
    [InlineData("{{ a", "")]
    [InlineData("{{ (", "")]
    [InlineData("{{ a[", "]")]
    public void Nesting_without_end_is_refused_and_does_not_bring_the_process_down(string open, string close)
    {
        var source = string.Concat(Enumerable.Repeat(open[..], 20_000)) + string.Concat(Enumerable.Repeat(close, 20_000));
        Assert.NotEmpty(Render.Problems(source, "customer"));
        var inner = string.Concat(Enumerable.Repeat(open.TrimStart('{', ' '), 20_000));
        Assert.NotEmpty(Render.Problems($"{{{{ {inner} }}}}", "customer"));
    }

    [Fact]
    public void A_condition_of_thousands_of_parts_is_refused()
    {
        var source = $"{{% if {string.Join(" and ", Enumerable.Repeat("customer.name", 20_000))} %}}{{% endif %}}";
        Assert.NotEmpty(Render.Problems(source, "customer"));
    }
}
