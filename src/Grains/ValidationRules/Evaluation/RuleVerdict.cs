namespace Marketing.ValidationRules;

/// <summary>What a rule says of a subject.</summary>
/// <param name="Failure">Why it does not hold; null when it does.</param>
/// <param name="Charges">What is to be counted if the incentive is given, each key once; empty when the rule does not hold.</param>
/// <param name="Bundle">How the order meets the bundle; null for a rule without one.</param>
internal sealed record RuleVerdict(RuleFailure? Failure, IReadOnlyList<RuleCharge> Charges, BundleFinding? Bundle)
{
    public static readonly RuleVerdict Held = new(null, [], null);

    public bool Holds => Failure is null;

    /// <summary>What to tell the customer: the failing rule's own message, else that of the rule around it, else that of the whole; null where nobody wrote one.</summary>
    public string? Message => Failure?.Message;
}

/// <summary>The condition that does not hold; of several, the first in the order of their numbers.</summary>
/// <param name="Number">Where it is: <c>2</c>, or <c>2.1</c> within another.</param>
/// <param name="Name">Its name.</param>
/// <param name="Area">What it is about.</param>
/// <param name="Message">The message somebody wrote for it.</param>
/// <param name="Lack">What would have to be known to decide it.</param>
internal sealed record RuleFailure(string Number, string Name, RuleArea Area, string? Message, RuleLack Lack = RuleLack.Nothing);

/// <summary>What a condition is about, which decides how a refusal is named.</summary>
internal enum RuleArea
{
    Customer,
    Order,
    Redemption,
}

/// <summary>What a condition needs and the request did not have.</summary>
internal enum RuleLack
{
    Nothing,
    Customer,
    Order,
    Incentive,
    ApiKey,
    User,
}
