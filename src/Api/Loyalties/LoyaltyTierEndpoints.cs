using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Loyalties;

/// <summary>Tiers of loyalty programmes: ranges of points that have a name.</summary>
internal static class LoyaltyTierEndpoints
{
    private const string Prefix = "ltr_";

    public static void MapLoyaltyTiers(this IEndpointRouteBuilder group)
    {
        group.MapGet("/{campaignId}/tiers", ListAsync).WithName("ListLoyaltyTiers").WithQuery(Query.Limit, Query.Order("-created_at", "created_at"));
        group.MapPost("/{campaignId}/tiers", CreateAsync).WithName("CreateLoyaltyTiers").Accepts<IReadOnlyList<LoyaltyTierRequest>>("application/json").WithExample(LoyaltyExamples.Tiers);
        group.MapGet("/{campaignId}/tiers/{loyaltyTierId}", GetAsync).WithName("GetLoyaltyTier");
        group.MapPut("/{campaignId}/tiers/{loyaltyTierId}", UpdateAsync).WithName("UpdateLoyaltyTier").Accepts<LoyaltyTierRequest>("application/json").WithExample(LoyaltyExamples.TierChange);
        group.MapDelete("/{campaignId}/tiers/{loyaltyTierId}", DeleteAsync).WithName("DeleteLoyaltyTier");
        group.MapGet("/{campaignId}/tiers/{loyaltyTierId}/earning-rules", ListRulesAsync).WithName("ListLoyaltyTierEarningRules").WithQuery(Query.Limit, Query.Page(LoyaltyEndpoints.MaxPage));
    }

    /// <summary>
    /// Makes tiers, all or none. A tier goes from its <c>points.from</c> up to where the next one begins. Members come into it with the next thing that happens to them, or the next night. A programme has at most 100.
    /// </summary>
    internal static async Task<Results<Wire<IReadOnlyList<RawJson>>, ApiError>> CreateAsync(string campaignId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var items = body.Array.Items(LoyaltyLimits.TiersOfProgram);
        if (items.Count == 0)
        {
            throw body.Array.Refuse("", "must NOT have fewer than 1 items");
        }

        var first = caller.NewId(Prefix);
        var commands = items.Select((item, at) => Read(item.AsObject(), at == 0 ? first : ObjectIds.FromSource(Prefix, caller.Number, $"{first}\n{at}"), isNew: true)).ToList();
        return await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is { } id
            ? (await grains.LoyaltyProgram(caller.Number, id).CreateTiersAsync(commands, caller.Context(body.Utf8.Span))).AnswerAll()
            : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>Lists the tiers of a programme.</summary>
    internal static async Task<Results<Wire<DataList<RawJson>>, ApiError>> ListAsync(string campaignId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        if (Ids.Reference(campaignId) is not { } program || await grains.LoyaltyQueries(caller.Number).TiersAsync(program, cancellation) is not { } tiers)
        {
            return ApiError.NotFound("campaign", campaignId);
        }

        // The lowest first, as people read them, where nothing else is said.
        var sorted = tiers.OrderBy(static tier => tier.Document.ToElement().GetProperty("created_at").GetString(), StringComparer.Ordinal);
        var ordered = query.Text("order") is null ? tiers : query.Order("-created_at", "created_at") == "created_at" ? sorted : sorted.Reverse();
        return Wire.Ok(new DataList<RawJson>([.. ordered.Take(query.Text("limit") is null ? LoyaltyLimits.TiersOfProgram : query.Limit()).Select(static tier => tier.Document)], tiers.Count));
    }

    /// <summary>One tier.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(string campaignId, string loyaltyTierId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        await FindAsync(campaignId, loyaltyTierId, caller, grains, cancellation) is { } tier ? Wire.Ok(tier.Document) : ApiError.NotFound("loyalty_tier", loyaltyTierId);

    /// <summary>Changes what is given of a tier. Whoever has it with a last day keeps it until then, whatever it takes to reach it now.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string campaignId, string loyaltyTierId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = Read(body.Object, loyaltyTierId, isNew: false);
        return Ids.CanBe(Prefix, loyaltyTierId) && await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is { } id
            ? (await grains.LoyaltyProgram(caller.Number, id).ChangeTierAsync(command)).Answer()
            : ApiError.NotFound("loyalty_tier", loyaltyTierId);
    }

    /// <summary>Deletes a tier. Its members lose it with the next thing that happens to them, or the next night.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string campaignId, string loyaltyTierId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe(Prefix, loyaltyTierId) && await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is { } id && await grains.LoyaltyProgram(caller.Number, id).DeleteTierAsync(loyaltyTierId)
            ? TypedResults.NoContent()
            : ApiError.NotFound("loyalty_tier", loyaltyTierId);

    /// <summary>The earning rules by which members of a tier get other points.</summary>
    internal static async Task<Results<Wire<DataList<RawJson>>, ApiError>> ListRulesAsync(
        string campaignId, string loyaltyTierId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        if (await FindAsync(campaignId, loyaltyTierId, caller, grains, cancellation) is not { } tier)
        {
            return ApiError.NotFound("loyalty_tier", loyaltyTierId);
        }

        var mapped = (await grains.LoyaltyQueries(caller.Number).RulesAsync(campaignId, cancellation) ?? []).Where(rule => tier.Rules.Contains(rule.Id)).Select(static rule => rule.Document).ToList();
        var (limit, page) = (query.Limit(), query.Page(LoyaltyEndpoints.MaxPage));
        return Wire.Ok(new DataList<RawJson>([.. mapped.Skip((page - 1) * limit).Take(limit)], mapped.Count));
    }

    private static async Task<LoyaltyTierShown?> FindAsync(string campaignId, string loyaltyTierId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(campaignId) is { } program && await grains.LoyaltyQueries(caller.Number).TiersAsync(program, cancellation) is { } tiers ? tiers.FirstOrDefault(tier => tier.Id == loyaltyTierId) : null;

    private static LoyaltyTierCommand Read(Payload tier, string id, bool isNew)
    {
        var fields = new FieldsReader(tier).Object("points", TextLimits.Name * 4).Object("earning_rules", LoyaltyLimits.ObjectBytes).Object("rewards", LoyaltyLimits.ObjectBytes);
        _ = isNew ? tier.RequiredObject("points") : tier.Object("points");
        return new LoyaltyTierCommand(id, isNew ? tier.RequiredText("name", TextLimits.Name) : tier.Text("name", TextLimits.Name), fields.Fields, tier.RawObject("metadata"));
    }
}

/// <summary>A tier.</summary>
internal sealed record LoyaltyTierRequest
{
    public string? Name { get; init; }

    /// <summary><c>from</c>: from so many points on; and <c>to</c>, which is shown.</summary>
    public RawJson? Points { get; init; }

    /// <summary>By the id of an earning rule: MULTIPLY with a multiplier, or CUSTOM with points, that its members get instead.</summary>
    public RawJson? EarningRules { get; init; }

    /// <summary>The same by the id of a reward's assignment: what its members pay.</summary>
    public RawJson? Rewards { get; init; }

    public RawJson? Metadata { get; init; }
}
