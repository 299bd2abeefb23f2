using Xunit;

namespace Marketing.ValidationRules;

public sealed class RuleLogicTests
{
    private const int Rules = 6;

    [Theory]
    [InlineData("1", "1", true)]
    [InlineData("1", "2", false)]
    [InlineData("1 and 2", "1 2", true)]
    [InlineData("1 AND 2", "1", false)]
    [InlineData("1 Or 2", "2", true)]
    [InlineData("1 or 2 and 3", "1", true)]
    [InlineData("1 or 2 and 3", "2", false)]
    [InlineData("1 and 2 or 3", "3", true)]
    [InlineData("(1 or 2) and 3", "1", false)]
    [InlineData("(1 or 2) and 3", "2 3", true)]
    [InlineData("(1 and 2) and (3)", "1 2 3", true)]
    [InlineData("((1)or((2)))and(3)", "1 3", true)]
    [InlineData("  1\tand\n2 ", "1 2", true)]
    public void And_binds_more_than_or(string logic, string holding, bool expected)
    {
        var held = Enumerable.Range(1, Rules).Select(number => holding.Split(' ').Contains($"{number}")).ToArray();
        var read = RuleLogic.Parse(logic, Rules, out var problem);
        Assert.Null(problem);
        Assert.Equal(expected, read!.Holds(held));
    }

    [Theory]
    [InlineData("1 and", "ends where the number of a rule should be")]
    [InlineData("and 1", "has 'and' where the number of a rule should be")]
    [InlineData("1 2", "has '2' where 'and', 'or' or the end should be")]
    [InlineData("(1 and 2", "has a ( that is not closed")]
    [InlineData("1 and 2)", "has a ) that closes nothing")]
    [InlineData("1 or 7", "names rule 7, which is not there")]
    [InlineData("0", "names rule 0, which is not there")]
    [InlineData("1and2", "names rule 1and2, which is not there")]
    [InlineData("99999999999999999999", "names rule 99999999999999999999, which is not there")]
    [InlineData("not 1", "has 'not' where the number of a rule should be")]
    [InlineData("()", "has ')' where the number of a rule should be")]
    public void What_is_broken_is_said(string logic, string problem)
    {
        Assert.Null(RuleLogic.Parse(logic, Rules, out var found));
        Assert.Equal($"{problem}; it is made of rule numbers, 'and', 'or' and parentheses.", found);
    }

    [Fact]
    public void Neither_length_nor_depth_brings_it_down()
    {
        Assert.Null(RuleLogic.Parse(new string('(', 1_900), Rules, out var deep));
        Assert.Contains("more than 50 parentheses", deep, StringComparison.Ordinal);
        Assert.Null(RuleLogic.Parse(new string('1', 3_000), Rules, out var problem));
        Assert.Equal("is longer than 2000 characters.", problem);
        Assert.True(RuleLogic.Parse(string.Join(" and ", Enumerable.Repeat("1", 280)), Rules, out _)!.Holds([true]));
    }

    [Fact]
    public void It_says_the_same_as_the_plainest_evaluation_there_is()
    {
        var random = new Random(17);
        for (var round = 0; round < 3_000; round++)
        {
            var logic = Made(random, depth: 4);
            var held = Enumerable.Range(0, Rules).Select(_ => random.Next(2) == 0).ToArray();
            var read = RuleLogic.Parse(Spelled(logic, random), Rules, out var problem);
            Assert.Null(problem);
            Assert.True(Naive(logic.Replace(" ", "", StringComparison.Ordinal), held) == read!.Holds(held), $"{logic} with {string.Join(' ', held)}");
        }
    }

    private static string Made(Random random, int depth) => (depth == 0 ? 0 : random.Next(6)) switch
    {
        1 or 2 => $"{Made(random, depth - 1)} and {Made(random, depth - 1)}",
        3 or 4 => $"{Made(random, depth - 1)} or {Made(random, depth - 1)}",
        5 => $"({Made(random, depth - 1)})",
        _ => $"{random.Next(1, Rules + 1)}",
    };

    private static string Spelled(string logic, Random random) => random.Next(3) switch { 0 => logic.ToUpperInvariant(), 1 => logic.Replace(" ", "  ", StringComparison.Ordinal), _ => logic };

    // Words are replaced until nothing is left but the answer: innermost parentheses, then and, then or.
    private static bool Naive(string logic, bool[] held)
    {
        var text = logic.Replace("and", "&", StringComparison.Ordinal).Replace("or", "|", StringComparison.Ordinal);
        for (var number = 1; number <= Rules; number++)
        {
            text = text.Replace($"{number}", held[number - 1] ? "t" : "f", StringComparison.Ordinal);
        }

        while (text.Length > 1)
        {
            var before = text;
            text = text.Replace("(t)", "t", StringComparison.Ordinal).Replace("(f)", "f", StringComparison.Ordinal);
            text = text == before ? text.Replace("t&t", "t", StringComparison.Ordinal).Replace("t&f", "f", StringComparison.Ordinal).Replace("f&t", "f", StringComparison.Ordinal)
                .Replace("f&f", "f", StringComparison.Ordinal) : text;
            text = text == before ? Ored(text) : text;
        }

        return text == "t";
    }

    // An or only where no and is beside it that was not taken yet.
    private static string Ored(string text)
    {
        for (var at = 1; at + 1 < text.Length; at++)
        {
            var (left, right) = (at < 2 ? '(' : text[at - 2], at + 2 < text.Length ? text[at + 2] : ')');
            if (text[at] == '|' && text[at - 1] is 't' or 'f' && text[at] == '|' && text[at + 1] is 't' or 'f' && left != '&' && right != '&')
            {
                return $"{text[..(at - 1)]}{(text[at - 1] == 't' || text[at + 1] == 't' ? 't' : 'f')}{text[(at + 2)..]}";
            }
        }

        throw new InvalidOperationException(text);
    }
}
