namespace Marketing.Loyalties;

/// <summary>Tiers and earning rules of one loyalty programme, whose changes are taken one at a time. Keyed by project and campaign id.</summary>
[Alias("loyalty-program"), GrainInterfaceType("loyalty-program")]
public interface ILoyaltyProgramGrain : IGrainWithStringKey
{
    /// <summary>Makes earning rules, all or none; answers them. Repeating it with the same ids answers them as they are.</summary>
    [Alias("create-rules")]
    Task<LoyaltyResult> CreateRulesAsync(IReadOnlyList<EarningRuleCommand> rules, CommandContext context);

    /// <summary>Changes what is given of an earning rule; the event stays. What members have earned stays. Repeating it changes nothing.</summary>
    [Alias("change-rule")]
    Task<LoyaltyResult> ChangeRuleAsync(EarningRuleCommand rule);

    /// <summary>Deletes an earning rule. False when there was none.</summary>
    [Alias("delete-rule")]
    Task<bool> DeleteRuleAsync(string ruleId);

    /// <summary>
    /// Makes tiers, all or none; answers them. Members come into them with the next thing that happens to them, or the next night. Who has a tier with a last day keeps it until then. Repeating it with the same ids answers
    /// them as they are.
    /// </summary>
    [Alias("create-tiers")]
    Task<LoyaltyResult> CreateTiersAsync(IReadOnlyList<LoyaltyTierCommand> tiers, CommandContext context);

    /// <summary>Changes what is given of a tier. Who has one with a last day keeps it until then. Repeating it changes nothing.</summary>
    [Alias("change-tier")]
    Task<LoyaltyResult> ChangeTierAsync(LoyaltyTierCommand tier);

    /// <summary>Deletes a tier: its members lose it with the next thing that happens to them, or the next night. False when there was none.</summary>
    [Alias("delete-tier")]
    Task<bool> DeleteTierAsync(string tierId);
}

/// <summary>What the caller says of an earning rule.</summary>
/// <param name="Id"><c>ern_…</c></param>
/// <param name="Event">What it listens to; null for as it is.</param>
/// <param name="Active">Whether it is enabled; null for as it is.</param>
/// <param name="Fields">The other fields that are given, in the wire format, a null where one is to be without a value.</param>
/// <param name="Metadata">A JSON object, merged key by key.</param>
[GenerateSerializer, Immutable, Alias("earning-rule-command")]
public sealed record EarningRuleCommand(
    [property: Id(0)] string Id, [property: Id(1)] string? Event, [property: Id(2)] bool? Active, [property: Id(3)] RawJson Fields, [property: Id(4)] RawJson? Metadata);

/// <summary>What the caller says of a tier.</summary>
/// <param name="Id"><c>ltr_…</c></param>
/// <param name="Name">The name; null for as it is.</param>
/// <param name="Fields">The other fields that are given, in the wire format: points, earning_rules, rewards.</param>
/// <param name="Metadata">A JSON object, merged key by key.</param>
[GenerateSerializer, Immutable, Alias("loyalty-tier-command")]
public sealed record LoyaltyTierCommand([property: Id(0)] string Id, [property: Id(1)] string? Name, [property: Id(2)] RawJson Fields, [property: Id(3)] RawJson? Metadata);
