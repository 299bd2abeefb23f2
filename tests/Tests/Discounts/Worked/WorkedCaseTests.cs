using Xunit;

namespace Marketing.Discounts;

public sealed class WorkedCaseTests
{
    private static readonly Dictionary<string, Action> Checks = AllChecks();

    public static TheoryData<string> Names => [.. Checks.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_worked_case_comes_out_as_its_source_says(string name) => Checks[name]();

    [Fact]
    public void There_are_more_than_a_hundred_and_twenty() => Assert.InRange(Checks.Count, 121, int.MaxValue);

    private static Dictionary<string, Action> AllChecks()
    {
        var checks = new Dictionary<string, Action>();
        foreach (var one in (ReadOnlySpan<IReadOnlyList<WorkedCase>>)[OrderCases.All, ItemCases.All, CapCases.All, UnitCases.All, SequenceCases.All])
        {
            foreach (var worked in one)
            {
                checks.Add(worked.Name, worked.Check);
            }
        }

        foreach (var reference in ReferenceOrder.All)
        {
            checks.Add(reference.Name, reference.Check);
        }

        return checks;
    }
}
