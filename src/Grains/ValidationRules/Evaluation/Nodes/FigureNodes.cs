using System.Globalization;
using System.Text;
using Marketing.Carts;
using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>Asks conditions about a figure or a text that is no JSON.</summary>
internal sealed class FigureTest(IReadOnlyCollection<Condition> conditions)
{
    private const int LongestOnStack = 256;

    private readonly Condition[] _conditions = [.. conditions];

    public bool Holds(long figure, long now)
    {
        Span<byte> digits = stackalloc byte[20];
        _ = figure.TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
        return Holds(new FieldValue(FieldValueKind.Number, digits[..written]), now);
    }

    public bool Holds(string? text, long now)
    {
        if (text is null)
        {
            return Holds(default(FieldValue), now);
        }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[most];
        return Holds(new FieldValue(FieldValueKind.Text, bytes[..Encoding.UTF8.GetBytes(text, bytes)]), now);
    }

    private bool Holds(FieldValue value, long now)
    {
        foreach (var condition in _conditions)
        {
            if (!condition.Holds(value, now))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A figure of the subject.</summary>
internal sealed class FigureNode(RuleFailure failure, RuleSet nested, FigureTest test, Func<RuleSubject, long> figure) : RuleLeaf(failure, nested)
{
    protected override bool Holds(RuleRun run, in RuleLines lines) => test.Holds(figure(run.Subject), run.Now);
}

/// <summary>A text of the subject. One that is not there is none of those that are excluded.</summary>
internal sealed class WordNode(RuleFailure failure, RuleSet nested, FigureTest test, Func<RuleSubject, string?> word) : RuleLeaf(failure, nested)
{
    protected override RuleLack LackOf(RuleSubject subject) => Failure.Area is RuleArea.Customer && subject.Customer is null ? RuleLack.Customer : RuleLack.Nothing;

    protected override bool Holds(RuleRun run, in RuleLines lines) => test.Holds(word(run.Subject), run.Now);
}

/// <summary>A figure of lines: of each of them or of any, as the condition itself or the one around it says.</summary>
internal sealed class LineFigureNode(RuleFailure failure, RuleSet nested, FigureTest test, Func<CartLine, long> figure, bool? each) : RuleLeaf(failure, nested)
{
    protected override bool Holds(RuleRun run, in RuleLines lines)
    {
        var now = run.Now;
        return lines.Meet(line => test.Holds(figure(line), now), each ?? lines.Each);
    }
}

/// <summary>A figure of all lines together. Without lines it does not hold, whatever is asked.</summary>
internal sealed class LineSumNode(RuleFailure failure, RuleSet nested, FigureTest test, Func<CartLine, long> figure) : RuleLeaf(failure, nested)
{
    protected override bool Holds(RuleRun run, in RuleLines lines)
    {
        long sum = 0;
        foreach (var line in lines.Items)
        {
            sum += figure(line);
        }

        return lines.Items.Count > 0 && test.Holds(sum, run.Now);
    }
}

/// <summary>The segments of the customer.</summary>
/// <param name="failure">What is answered when it does not hold.</param>
/// <param name="nested">The conditions within it.</param>
/// <param name="wanted">In each entry: ids of which one must be there, or none may be.</param>
internal sealed class SegmentNode(RuleFailure failure, RuleSet nested, IReadOnlyList<(bool Excludes, string[] Ids)> wanted) : RuleLeaf(failure, nested)
{
    // Of somebody unknown it is not known either that they are not in a segment.
    protected override RuleLack LackOf(RuleSubject subject) => subject.Customer is null ? RuleLack.Customer : RuleLack.Nothing;

    protected override bool Holds(RuleRun run, in RuleLines lines)
    {
        var segments = run.Subject.Customer!.Segments;
        foreach (var (excludes, ids) in wanted)
        {
            if (Array.Exists(ids, segments.Contains) == excludes)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A condition that is switched on or off.</summary>
internal sealed class SwitchNode(RuleFailure failure, RuleSet nested, RuleSwitch holds) : RuleLeaf(failure, nested)
{
    protected override bool Holds(RuleRun run, in RuleLines lines) => holds(run, lines);
}

internal delegate bool RuleSwitch(RuleRun run, in RuleLines lines);

/// <summary>A limit. It holds while what was counted and this redemption are within it.</summary>
internal sealed class LimitNode(RuleFailure failure, RuleSet nested, RuleLimit limit) : RuleLeaf(failure, nested)
{
    protected override RuleLack LackOf(RuleSubject subject) => limit.LackOf(subject);

    protected override bool Holds(RuleRun run, in RuleLines lines)
    {
        var key = limit.KeyFor(run.Subject)!;
        var amount = limit.AmountOf(run.Subject);
        var isWithin = (Int128)run.Subject.Counts.GetValueOrDefault(key) + amount <= limit.Most;
        if (amount != 0)
        {
            run.Charge(new RuleCharge(key, amount, isWithin ? limit.Most : null) { IsOfOrder = limit.Measure == RuleMeasure.OrderAmount });
        }

        return isWithin;
    }
}
