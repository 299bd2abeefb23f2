namespace Marketing.ValidationRules;

/// <summary>Conditions with the logic between them.</summary>
/// <param name="nodes">In the order of their numbers.</param>
/// <param name="logic">Which of them must hold; null where there are none.</param>
internal sealed class RuleSet(IReadOnlyList<RuleNode> nodes, RuleLogic? logic)
{
    /// <summary>The most conditions on one level.</summary>
    public const int Most = 100;

    public static readonly RuleSet Empty = new([], null);

    private readonly RuleNode[] _nodes = [.. nodes];
    private readonly bool[] _used = logic?.Used(nodes.Count) ?? [];

    public bool IsEmpty => logic is null;

    /// <summary>
    /// The first condition, by number, that does not hold and that would have to; null when the logic holds. All that the logic names are looked at, because limits count
    /// also where another condition is enough.
    /// </summary>
    public RuleFailure? WhyNot(RuleRun run, in RuleLines lines)
    {
        if (logic is null)
        {
            return null;
        }

        Span<bool> held = stackalloc bool[Most];
        RuleFailure? first = null;
        for (var at = 0; at < _nodes.Length; at++)
        {
            if (_used[at])
            {
                var why = run.Subject.IsAudienceOnly && _nodes[at].Area is not RuleArea.Customer ? null : _nodes[at].WhyNot(run, lines);
                held[at] = why is null;
                first ??= why;
            }
        }

        return first is null || logic.Holds(held) ? null : first;
    }
}
