using Xunit;

namespace Marketing.Templates;

public sealed class ReferenceTests(ReferenceImplementation reference) : IClassFixture<ReferenceImplementation>
{
    public static TheoryData<string> Cases => [.. ReferenceImplementation.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_template_prints_what_it_prints_in_the_reference_implementation(string template) =>
        Assert.Equal(reference[template], Render.Compile(template).Render(new TemplateModel("{}"u8.ToArray(), ReferenceImplementation.Data)));

    [Fact]
    public void The_table_is_as_long_as_it_is_meant_to_be() => Assert.InRange(ReferenceImplementation.Cases.Distinct().Count(), 150, int.MaxValue);
}
