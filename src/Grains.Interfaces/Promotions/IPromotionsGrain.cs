namespace Marketing.Promotions;

/// <summary>
/// The promotion tiers and stacks of a project, as they change. Keyed by project number. A change is known to every silo before it is answered; one of the place of a tier moves the others in the same
/// commit.
/// </summary>
[Alias("promotions"), GrainInterfaceType("promotions")]
public interface IPromotionsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Creates a tier of a campaign of type <c>PROMOTION</c>, with the rules that it is bound by. Repeating it with the same id changes nothing and answers the tier as it is; with an idempotency key that
    /// made another one since deleted, <see cref="PromotionResult.Deleted"/>.
    /// </summary>
    /// <param name="id"><c>promo_…</c></param>
    /// <param name="campaign">Id or name of the campaign.</param>
    /// <param name="command">What it consists of; name and discount are required.</param>
    /// <param name="context">Who asks.</param>
    [Alias("create-tier")]
    Task<PromotionResult> CreateTierAsync(string id, string campaign, PromotionTierCommand command, CommandContext context);

    /// <summary>Changes what is given of a tier, by the same checks; the rest stays. Rules that are named are added to those it has. Repeating it changes nothing.</summary>
    [Alias("change-tier")]
    Task<PromotionResult> ChangeTierAsync(string id, PromotionTierCommand command);

    /// <summary>Enables or disables a tier. Repeating it changes nothing.</summary>
    [Alias("set-tier-active")]
    Task<PromotionResult> SetTierActiveAsync(string id, bool active);

    /// <summary>Deletes a tier and the assignments of its rules, and takes it out of its stacks; a stack of which nothing is left goes too. False when there is none.</summary>
    [Alias("delete-tier")]
    Task<bool> DeleteTierAsync(string id);

    /// <summary>Creates a stack of tiers of one campaign. Repeating it is as with tiers.</summary>
    /// <param name="id"><c>stack_…</c></param>
    /// <param name="campaign">Id or name of the campaign.</param>
    /// <param name="command">What it consists of; name and tiers are required.</param>
    /// <param name="context">Who asks.</param>
    [Alias("create-stack")]
    Task<PromotionResult> CreateStackAsync(string id, string campaign, PromotionStackCommand command, CommandContext context);

    /// <summary>Changes what is given of a stack of a campaign. Repeating it changes nothing.</summary>
    [Alias("change-stack")]
    Task<PromotionResult> ChangeStackAsync(string campaign, string id, PromotionStackCommand command);

    /// <summary>Deletes a stack of a campaign; its tiers stay. What was deleted is the answer, or what there is not.</summary>
    [Alias("delete-stack")]
    Task<PromotionResult> DeleteStackAsync(string campaign, string id);
}

/// <summary>Reads over the promotion tiers and stacks of a project. Keyed by project number; any number of activations.</summary>
[Alias("promotion-queries"), GrainInterfaceType("promotion-queries")]
public interface IPromotionQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>A tier as wire JSON, or null.</summary>
    [Alias("find-tier")]
    Task<RawJson?> FindTierAsync(string id, CancellationToken cancellation = default);

    /// <summary>A page of tiers of all campaigns as wire JSON.</summary>
    [Alias("list-tiers")]
    Task<Page<RawJson>> ListTiersAsync(PromotionTierListQuery query, CancellationToken cancellation = default);

    /// <summary>All tiers of a campaign, given by id or name, by their place; null when there is no such campaign.</summary>
    [Alias("tiers-of")]
    Task<IReadOnlyList<RawJson>?> TiersOfAsync(string campaign, CancellationToken cancellation = default);

    /// <summary>A stack of a campaign: <see cref="PromotionResult.Saved"/>, or what there is not.</summary>
    [Alias("find-stack")]
    Task<PromotionResult> FindStackAsync(string campaign, string id, CancellationToken cancellation = default);

    /// <summary>A page of stacks of all campaigns as wire JSON.</summary>
    [Alias("list-stacks")]
    Task<Page<RawJson>> ListStacksAsync(PromotionStackListQuery query, CancellationToken cancellation = default);

    /// <summary>All stacks of a campaign, given by id or name, in the order in which they were made; null when there is no such campaign.</summary>
    [Alias("stacks-of")]
    Task<IReadOnlyList<RawJson>?> StacksOfAsync(string campaign, CancellationToken cancellation = default);
}

/// <summary>Which tiers to list.</summary>
/// <param name="Limit">1..100.</param>
/// <param name="Page">From 1.</param>
/// <param name="Order"><c>created_at</c> or <c>updated_at</c>, with a leading <c>-</c> for descending.</param>
/// <param name="Available">Only those that hold now: they and their campaigns are enabled and within their time.</param>
[GenerateSerializer, Immutable, Alias("promotion-tier-list-query")]
public sealed record PromotionTierListQuery([property: Id(0)] int Limit, [property: Id(1)] int Page, [property: Id(2)] string Order, [property: Id(3)] bool Available);

/// <summary>Which stacks to list.</summary>
/// <param name="Limit">1..100.</param>
/// <param name="Page">From 1.</param>
/// <param name="Order"><c>created_at</c>, <c>updated_at</c> or <c>name</c>, with a leading <c>-</c> for descending.</param>
/// <param name="CreatedAt">By time of creation.</param>
/// <param name="UpdatedAt">By time of the last change; those that never changed are left out.</param>
[GenerateSerializer, Immutable, Alias("promotion-stack-list-query")]
public sealed record PromotionStackListQuery(
    [property: Id(0)] int Limit, [property: Id(1)] int Page, [property: Id(2)] string Order, [property: Id(3)] TimeRange? CreatedAt, [property: Id(4)] TimeRange? UpdatedAt);

/// <summary>How the grains of promotions are addressed.</summary>
public static class PromotionAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The tiers and stacks of a project, to change them.</summary>
        public IPromotionsGrain Promotions(int project) => grains.At<IPromotionsGrain>(GrainAddresses.Key(project));

        /// <summary>Reads over them.</summary>
        public IPromotionQueriesGrain PromotionQueries(int project) => grains.At<IPromotionQueriesGrain>(GrainAddresses.Key(project));
    }
}
