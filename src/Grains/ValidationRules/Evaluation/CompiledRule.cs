using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>A rule, understood once and asked many times. Immutable; for any number of threads.</summary>
internal sealed class CompiledRule
{
    private readonly RuleSet _rules;
    private readonly RuleFailure _bundleFailure;

    internal CompiledRule(string id, RuleSet rules, RuleGathered gathered, BundleRule? bundle, ApplicableItems applicableTo, string? message)
    {
        (Id, _rules, Bundle, ApplicableTo) = (id, rules, bundle, applicableTo);
        (Limits, Segments, NamesItems) = (gathered.Limits, gathered.Segments, gathered.NamesItems || bundle is not null);
        _bundleFailure = new RuleFailure("bundle_rules", "bundle_rules", RuleArea.Order, message);
    }

    public string Id { get; }

    /// <summary>To which items a discount goes that is given by the rule.</summary>
    public ApplicableItems ApplicableTo { get; }

    /// <summary>What has to be bought together; null where nothing has.</summary>
    public BundleRule? Bundle { get; }

    /// <summary>How often and for how much. Only those that the logic names.</summary>
    public IReadOnlyList<RuleLimit> Limits { get; }

    /// <summary>The segments that are asked for: others of the customer need not be known.</summary>
    public IReadOnlyCollection<string> Segments { get; }

    /// <summary>Whether it asks for certain products, by a condition that the logic names or by a bundle.</summary>
    public bool NamesItems { get; }

    /// <summary>Reads a rule as it is stored, or says everything that is wrong with it.</summary>
    /// <param name="id">The id of the rule; it is in the keys of its limits.</param>
    /// <param name="document">What <see cref="RuleDocument"/> makes of it.</param>
    /// <param name="settings">Where a day and a week begin.</param>
    public static RuleParseResult Parse(string id, RawJson document, FilterSettings settings) => RuleParser.Parse(id, document, settings);

    /// <summary>The accounts whose values must be in <see cref="RuleSubject.Counts"/>.</summary>
    public IReadOnlyList<string> KeysFor(RuleSubject subject) =>
        Limits.Count == 0 ? [] : [.. Limits.Select(limit => limit.KeyFor(subject)).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Whether it holds, why not, and what is to be counted if the incentive is given. Pure.</summary>
    public RuleVerdict Evaluate(RuleSubject subject)
    {
        var bundle = subject.IsAudienceOnly ? null : Bundle?.In(subject.Order);
        if (_rules.IsEmpty && bundle is null)
        {
            return RuleVerdict.Held;
        }

        var run = new RuleRun(subject);
        var why = _rules.WhyNot(run, new RuleLines(run.AllLines, Each: false));
        if (why is null && bundle is { Quantity: 0 })
        {
            why = subject.Order is null ? _bundleFailure with { Lack = RuleLack.Order } : _bundleFailure;
        }

        return why is not null ? new RuleVerdict(why, [], bundle)
            : bundle is null && run.Charges.Count == 0 ? RuleVerdict.Held
            : new RuleVerdict(null, run.Charges, bundle);
    }
}

/// <summary>A rule, or what is wrong with the text.</summary>
internal abstract record RuleParseResult
{
    private RuleParseResult()
    {
    }

    internal sealed record Ok(CompiledRule Rule) : RuleParseResult;

    /// <param name="Problems">In the order of the text; at least one.</param>
    internal sealed record Malformed(IReadOnlyList<FieldProblem> Problems) : RuleParseResult
    {
        public string Reason => string.Join(' ', Problems.Select(problem => $"{problem.Field} {problem.Message}"));
    }
}
