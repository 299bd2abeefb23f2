namespace Marketing.Redemptions;

/// <summary>Decides whether codes and promotions apply, redeems them and takes redemptions back. Keyed by project number; any number of activations.</summary>
[Alias("redemptions"), GrainInterfaceType("redemptions")]
public interface IRedemptionsGrain : IGrainWithIntegerKey
{
    /// <summary>Says what redeeming would do, and does nothing, but for the reservation of a session where one is asked for. Repeating it changes nothing.</summary>
    [Alias("validate")]
    Task<ValidationResult> ValidateAsync(RedemptionCommand command, CommandContext context);

    /// <summary>
    /// Redeems in one transaction: uses, credits, limits, the order, the customer's figures and events. Limits are kept to however many callers there are at once. The same
    /// idempotency key again answers what was redeemed first. What is refused is recorded as a failed redemption.
    /// </summary>
    [Alias("redeem")]
    Task<RedemptionResult> RedeemAsync(RedemptionCommand command, CommandContext context);

    /// <summary>
    /// Takes a redemption back, or all of a stack, by reversing what was recorded of it. Done once: of several callers one does it, the others are
    /// <see cref="RedemptionResult.Refused"/> with <c>already_rolled_back</c>.
    /// </summary>
    [Alias("roll-back")]
    Task<RedemptionResult> RollBackAsync(RollbackCommand command, CommandContext context);

    /// <summary>Ends a session and gives back what it had reserved. False when there is none.</summary>
    [Alias("release-session")]
    Task<bool> ReleaseSessionAsync(string key, string? code);

    /// <summary>A redemption, a failed one or a rollback by id, as wire JSON, or null.</summary>
    [Alias("find")]
    Task<RawJson?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>A page of redemptions and rollbacks as wire JSON.</summary>
    [Alias("listed")]
    Task<Listed> ListAsync(RedemptionListQuery query, CancellationToken cancellation = default);

    /// <summary>The redemptions of a code with how often it may be and was redeemed, as wire JSON; null where there is no such code.</summary>
    [Alias("of-voucher")]
    Task<RawJson?> OfVoucherAsync(string codeOrId, int limit, int page, CancellationToken cancellation = default);
}

/// <summary>How the grain of redemptions is addressed.</summary>
public static class RedemptionAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The redemptions of a project.</summary>
        public IRedemptionsGrain Redemptions(int project) => grains.At<IRedemptionsGrain>(GrainAddresses.Key(project));
    }
}

/// <summary>Which redemptions to list.</summary>
[GenerateSerializer, Immutable, Alias("redemption-list-query")]
public sealed record RedemptionListQuery
{
    /// <summary>1 to 100.</summary>
    [Id(0)] public required int Limit { get; init; }

    /// <summary>From 1.</summary>
    [Id(1)] public required int Page { get; init; }

    /// <summary><c>created_at</c>, with a leading <c>-</c> for the newest first.</summary>
    [Id(2)] public required string Order { get; init; }

    /// <summary>Only those of a customer, by id or source id.</summary>
    [Id(3)] public string? Customer { get; init; }

    /// <summary>Only those of a campaign, by id or name.</summary>
    [Id(4)] public string? Campaign { get; init; }

    /// <summary>Only those of a code.</summary>
    [Id(5)] public string? Voucher { get; init; }

    /// <summary>Only those made then.</summary>
    [Id(6)] public TimeRange? CreatedAt { get; init; }

    /// <summary>Only those that failed, or only those that did not.</summary>
    [Id(7)] public bool? Failed { get; init; }

    /// <summary>Only those that meet these, written as filters of segments; null for all.</summary>
    [Id(8)] public RawJson? Filters { get; init; }
}
