using Marketing.Carts;

namespace Marketing.ValidationRules;

/// <summary>A condition of a rule with those within it. Immutable.</summary>
/// <param name="failure">What is answered when it does not hold.</param>
/// <param name="nested">The conditions within it, which must hold as well.</param>
internal abstract class RuleNode(RuleFailure failure, RuleSet nested)
{
    /// <summary>What it is about.</summary>
    public RuleArea Area => failure.Area;

    protected RuleFailure Failure => failure;

    protected RuleSet Nested => nested;

    /// <summary>Why it does not hold; null when it does.</summary>
    public abstract RuleFailure? WhyNot(RuleRun run, in RuleLines lines);

    protected RuleFailure Lacking(RuleLack lack) => failure with { Lack = lack };
}

/// <summary>A condition that looks at one thing and leaves the lines to those within it.</summary>
internal abstract class RuleLeaf(RuleFailure failure, RuleSet nested) : RuleNode(failure, nested)
{
    public sealed override RuleFailure? WhyNot(RuleRun run, in RuleLines lines)
    {
        var lack = LackOf(run.Subject);
        return lack is not RuleLack.Nothing ? Lacking(lack)
            : Holds(run, lines) ? Nested.WhyNot(run, lines)
            : Failure;
    }

    protected virtual RuleLack LackOf(RuleSubject subject) => Failure.Area is RuleArea.Order && subject.Order is null ? RuleLack.Order : RuleLack.Nothing;

    protected abstract bool Holds(RuleRun run, in RuleLines lines);
}

/// <summary>The lines that conditions within another look at.</summary>
/// <param name="Items">Those that the condition around it found; of the whole order where there is none.</param>
/// <param name="Each">Whether each of them must meet a condition, or one is enough.</param>
internal readonly record struct RuleLines(IReadOnlyList<CartLine> Items, bool Each)
{
    public bool Meet(Func<CartLine, bool> condition, bool each)
    {
        foreach (var line in Items)
        {
            if (condition(line) != each)
            {
                return !each;
            }
        }

        return each && Items.Count > 0;
    }
}

/// <summary>One evaluation.</summary>
internal sealed class RuleRun(RuleSubject subject)
{
    private List<RuleCharge>? _charges;

    public RuleSubject Subject => subject;

    /// <summary>UTC ticks.</summary>
    public long Now { get; } = subject.Now.UtcTicks;

    public IReadOnlyList<CartLine> AllLines { get; } = subject.Order is { } order ? order.Lines : [];

    public IReadOnlyList<RuleCharge> Charges => _charges is null ? [] : RuleCharge.Merge(_charges);

    public void Charge(RuleCharge charge) => (_charges ??= []).Add(charge);
}
