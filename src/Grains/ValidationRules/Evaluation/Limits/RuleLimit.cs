using System.Globalization;
using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>
/// How often, or for how much, something may be redeemed. A rule does not look it up: the caller gives what was counted so far, and counts on in the same commit in which the
/// incentive is given, under the same key.
/// </summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Number">Where it is in the rule: <c>2</c>, or <c>2.1</c>.</param>
/// <param name="Name">The condition's name.</param>
/// <param name="Measure">What is counted.</param>
/// <param name="Scope">Over what.</param>
/// <param name="Period">For how long.</param>
/// <param name="Most">The most there may be, this redemption included.</param>
/// <param name="Message">What to say beyond it.</param>
/// <param name="Calendar">The days of the project.</param>
internal sealed record RuleLimit(
    string Rule, string Number, string Name, RuleMeasure Measure, RuleScope Scope, RulePeriod Period, long Most, string? Message, ZoneCalendar Calendar)
{
    /// <summary>
    /// Under what it is counted: rule, measure, over what, and the day, the first day of the week or the month, in the project's zone. Not the number, so that what was
    /// counted stays when conditions are put in another order. Null where the subject lacks what it is counted over.
    /// </summary>
    public string? KeyFor(RuleSubject subject) =>
        ScopeKey(subject) is { } scope ? $"rl/{Part(Rule)}/{MeasureKey}/{scope}/{PeriodKey(subject.Now)}" : null;

    /// <summary>What this redemption adds.</summary>
    public long AmountOf(RuleSubject subject) => Measure switch
    {
        RuleMeasure.Redemptions => 1,
        RuleMeasure.OrderAmount => (subject.Discounted ?? subject.Order)?.Amount ?? 0,
        RuleMeasure.DiscountAmount => subject.Discounted is { } after ? after.AppliedDiscountAmount + after.ItemsAppliedDiscountAmount : 0,
        RuleMeasure.GiftAmount => subject.GiftCredits,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What the subject lacks to be counted.</summary>
    public RuleLack LackOf(RuleSubject subject) => Scope switch
    {
        RuleScope.CampaignCustomer or RuleScope.IncentiveCustomer when subject.Customer is null => RuleLack.Customer,
        RuleScope.ApiKey when subject.ApiKey is null => RuleLack.ApiKey,
        RuleScope.User when subject.UserLogin is null => RuleLack.User,
        RuleScope.ApiKey or RuleScope.User => RuleLack.Nothing,
        _ when subject.Incentive is null && (subject.Campaign is null || Scope is RuleScope.Incentive or RuleScope.IncentiveCustomer) => RuleLack.Incentive,
        _ => RuleLack.Nothing,
    };

    private string? ScopeKey(RuleSubject subject) => LackOf(subject) is not RuleLack.Nothing ? null : Scope switch
    {
        RuleScope.Incentive => Incentive(subject),
        RuleScope.IncentiveCustomer => $"{Incentive(subject)}/u/{Part(subject.Customer!.Id)}",
        RuleScope.Campaign => Campaign(subject),
        RuleScope.CampaignCustomer => $"{Campaign(subject)}/u/{Part(subject.Customer!.Id)}",
        RuleScope.ApiKey => $"k/{Part(subject.ApiKey!)}",
        RuleScope.User => $"l/{Part(subject.UserLogin!)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private string MeasureKey => Measure switch
    {
        RuleMeasure.Redemptions => "n",
        RuleMeasure.OrderAmount => "orders",
        RuleMeasure.DiscountAmount => "discounts",
        RuleMeasure.GiftAmount => "gifts",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private string PeriodKey(DateTimeOffset now)
    {
        if (Period is RulePeriod.Ever)
        {
            return "ever";
        }

        var day = Calendar.DayOf(now.UtcTicks);
        return Period switch
        {
            RulePeriod.Day => $"d/{Date(day, "yyyy-MM-dd")}",
            RulePeriod.Week => $"w/{Date(Math.Max(0, Calendar.WeekOf(day).From), "yyyy-MM-dd")}",
            RulePeriod.Month => $"m/{Date(day, "yyyy-MM")}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string Date(int day, string format) => DateOnly.FromDayNumber(day).ToString(format, CultureInfo.InvariantCulture);

    private static string Incentive(RuleSubject subject) => $"i/{Part(subject.Incentive!)}";

    // A code that belongs to no campaign is all there is of it.
    private static string Campaign(RuleSubject subject) => subject.Campaign is { } campaign ? $"c/{Part(campaign)}" : Incentive(subject);

    // Ids of the shop's own may have slashes, and must not be taken for parts.
    private static string Part(string id) => id.AsSpan().ContainsAny('/', '%')
        ? id.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal)
        : id;
}

/// <summary>What is to be counted when the incentive is given.</summary>
/// <param name="Key">The account, <see cref="RuleLimit.KeyFor"/>.</param>
/// <param name="Amount">What is added to it.</param>
/// <param name="Most">What it may hold afterwards; null where the rule holds without it, which is counted all the same.</param>
internal sealed record RuleCharge(string Key, long Amount, long? Most)
{
    /// <summary>Whether the amount is that of the order, which counts once for all that is redeemed with it.</summary>
    public bool IsOfOrder { get; init; }

    /// <summary>One charge for each key: of several limits on the same, the smallest counts.</summary>
    public static IReadOnlyList<RuleCharge> Merge(IReadOnlyList<RuleCharge> charges) => charges.Count < 2 ? charges :
    [
        .. charges.GroupBy(charge => charge.Key, StringComparer.Ordinal)
            .Select(same => same.First() with { Most = same.Min(charge => charge.Most) }),
    ];
}

/// <summary>What a limit counts.</summary>
internal enum RuleMeasure
{
    Redemptions,

    /// <summary>Orders before discounts, in minor units.</summary>
    OrderAmount,

    /// <summary>What was taken off, in minor units.</summary>
    DiscountAmount,

    /// <summary>What was taken off gift cards, in minor units.</summary>
    GiftAmount,
}

/// <summary>Over what it is counted.</summary>
internal enum RuleScope
{
    /// <summary>A code or a promotion tier.</summary>
    Incentive,
    IncentiveCustomer,
    Campaign,
    CampaignCustomer,
    ApiKey,
    User,
}

/// <summary>For how long: calendar days, weeks and months in the project's zone.</summary>
internal enum RulePeriod
{
    Ever,
    Day,
    Week,
    Month,
}
