using Marketing.Http;
using Marketing.Validity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Loyalties;

/// <summary>Earning rules: for what members of a programme get points.</summary>
internal static class EarningRuleEndpoints
{
    private const string Prefix = "ern_";

    public static void MapEarningRules(this IEndpointRouteBuilder group)
    {
        group.MapGet("/{campaignId}/earning-rules", ListAsync).WithName("ListEarningRules").WithQuery(Query.Limit, Query.Page(LoyaltyEndpoints.MaxPage), Query.Order("-created_at", "created_at"));
        group.MapPost("/{campaignId}/earning-rules", CreateAsync).WithName("CreateEarningRules").Accepts<IReadOnlyList<EarningRuleRequest>>("application/json").WithExample(LoyaltyExamples.Rules);
        group.MapGet("/{campaignId}/earning-rules/{earningRuleId}", GetAsync).WithName("GetEarningRule");
        group.MapPut("/{campaignId}/earning-rules/{earningRuleId}", UpdateAsync).WithName("UpdateEarningRule").Accepts<EarningRuleRequest>("application/json").WithExample(LoyaltyExamples.RuleChange);
        group.MapDelete("/{campaignId}/earning-rules/{earningRuleId}", DeleteAsync).WithName("DeleteEarningRule");
        group.MapPost("/{campaignId}/earning-rules/{earningRuleId}/enable", EnableAsync).WithName("EnableEarningRule");
        group.MapPost("/{campaignId}/earning-rules/{earningRuleId}/disable", DisableAsync).WithName("DisableEarningRule");
        group.MapPost("/{campaignId}/qualifications", EstimateAsync).WithName("EstimateLoyaltyPoints").Accepts<PointsEstimateRequest>("application/json").WithExample(LoyaltyExamples.Estimate);
    }

    /// <summary>
    /// Makes earning rules, all or none. They are in force when they are answered: whoever has a card gets points for what happens from then on, an order by each rule once. A project has at most 100.
    /// </summary>
    internal static async Task<Results<Wire<IReadOnlyList<RawJson>>, ApiError>> CreateAsync(string campaignId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var items = body.Array.Items(LoyaltyLimits.RulesOfProject);
        if (items.Count == 0)
        {
            throw body.Array.Refuse("", "must NOT have fewer than 1 items");
        }

        // The same ids when it is done again.
        var first = caller.NewId(Prefix);
        var commands = items.Select((item, at) => Read(item.AsObject(), at == 0 ? first : ObjectIds.FromSource(Prefix, caller.Number, $"{first}\n{at}"), isNew: true)).ToList();
        return await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is { } id
            ? (await grains.LoyaltyProgram(caller.Number, id).CreateRulesAsync(commands, caller.Context(body.Utf8.Span))).AnswerAll()
            : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>Lists the earning rules of a programme.</summary>
    internal static async Task<Results<Wire<DataList<RawJson>>, ApiError>> ListAsync(string campaignId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        if (Ids.Reference(campaignId) is not { } program || await grains.LoyaltyQueries(caller.Number).RulesAsync(program, cancellation) is not { } rules)
        {
            return ApiError.NotFound("campaign", campaignId);
        }

        var ordered = query.Order("-created_at", "created_at") == "created_at" ? rules : rules.Reverse();
        var (limit, page) = (query.Limit(), query.Page(LoyaltyEndpoints.MaxPage));
        return Wire.Ok(new DataList<RawJson>([.. ordered.Skip((page - 1) * limit).Take(limit).Select(static rule => rule.Document)], rules.Count));
    }

    /// <summary>One earning rule.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(string campaignId, string earningRuleId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(campaignId) is not { } program || await grains.LoyaltyQueries(caller.Number).RulesAsync(program, cancellation) is not { } rules ? ApiError.NotFound("campaign", campaignId)
        : rules.FirstOrDefault(rule => rule.Id == earningRuleId) is { } found ? Wire.Ok(found.Document)
        : ApiError.NotFound("earning_rule", earningRuleId);

    /// <summary>Changes what is given of an earning rule; its event stays. Points that were earned stay.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string campaignId, string earningRuleId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = Read(body.Object, earningRuleId, isNew: false);
        return Ids.CanBe(Prefix, earningRuleId) && await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is { } id
            ? (await grains.LoyaltyProgram(caller.Number, id).ChangeRuleAsync(command)).Answer()
            : ApiError.NotFound("earning_rule", earningRuleId);
    }

    /// <summary>Deletes an earning rule. Points that were earned by it stay, and those that wait become points.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string campaignId, string earningRuleId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe(Prefix, earningRuleId) && await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is { } id && await grains.LoyaltyProgram(caller.Number, id).DeleteRuleAsync(earningRuleId)
            ? TypedResults.NoContent()
            : ApiError.NotFound("earning_rule", earningRuleId);

    /// <summary>Enables an earning rule. Repeating it changes nothing.</summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> EnableAsync(string campaignId, string earningRuleId, Caller caller, IGrainFactory grains) => SetActiveAsync(campaignId, earningRuleId, true, caller, grains);

    /// <summary>Disables an earning rule: nobody earns by it until it is enabled. Repeating it changes nothing.</summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> DisableAsync(string campaignId, string earningRuleId, Caller caller, IGrainFactory grains) => SetActiveAsync(campaignId, earningRuleId, false, caller, grains);

    /// <summary>How many points an order would earn if it were paid now, in the tier that the customer is in. Nothing is changed, and points that would wait are counted. Refused where the programme or the customer's card is disabled, or the customer has none and does not join by earning.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> EstimateAsync(string campaignId, Caller caller, JsonBody body, IGrainFactory grains, CancellationToken cancellation)
    {
        var root = body.Object;
        var order = root.RequiredObject("order");
        var customer = root.Object("customer");
        return Ids.Reference(campaignId) is { } program
            ? (await grains.LoyaltyQueries(caller.Number).EstimateAsync(program, customer?.Identifier("id") ?? customer?.Identifier("source_id"), order.Raw(TextLimits.RawBytes), cancellation)).Answer()
            : ApiError.NotFound("campaign", campaignId);
    }

    private static async Task<Results<Wire<RawJson>, ApiError>> SetActiveAsync(string campaignId, string earningRuleId, bool active, Caller caller, IGrainFactory grains) =>
        Ids.CanBe(Prefix, earningRuleId) && await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is { } id
            ? (await grains.LoyaltyProgram(caller.Number, id).ChangeRuleAsync(new EarningRuleCommand(earningRuleId, null, active, RawJson.EmptyObject, null))).Answer()
            : ApiError.NotFound("earning_rule", earningRuleId);

    private static EarningRuleCommand Read(Payload rule, string id, bool isNew)
    {
        var fields = new FieldsReader(rule)
            .Line("validation_rule_id", TextLimits.Id)
            .Object("loyalty", LoyaltyLimits.ObjectBytes)
            .Object("source", TextLimits.Name * 4, static source => source.Text("banner", TextLimits.Name))
            .Object("pending_points", TextLimits.Name * 4, static pending => pending.OneOf("period_type", "DAY"))
            .Object("expiration_rules", TextLimits.Name * 4)
            .Validity();
        if (isNew)
        {
            fields.Object("custom_event", TextLimits.Name * 4).Object("segment", TextLimits.Name * 4, static segment => segment.Line("id", TextLimits.Id)).Object("loyalty_tier", TextLimits.Name * 4, static tier => tier.Line("id", TextLimits.Id));
            _ = rule.RequiredObject("loyalty");
        }

        return new EarningRuleCommand(
            id, isNew ? rule.Line("event", TextLimits.Name) is { Length: > 0 } name ? name : throw rule.Missing("event") : null, rule.Flag("active"), fields.Fields, rule.RawObject("metadata"));
    }
}

/// <summary>An earning rule.</summary>
internal sealed record EarningRuleRequest
{
    /// <summary>order.paid, customer.segment.entered, customer.loyalty.tier.joined, .left, .upgraded, .downgraded or .prolonged, or the name of a custom event. Fixed once set.</summary>
    public string? Event { get; init; }

    /// <summary>How many points: FIXED, or PROPORTIONAL to what calculation_type says. Money in minor units.</summary>
    public RawJson? Loyalty { get; init; }

    /// <summary>A validation rule that must hold for the customer and the order or event.</summary>
    public string? ValidationRuleId { get; init; }

    /// <summary><c>banner</c>: what it is called.</summary>
    public RawJson? Source { get; init; }

    /// <summary>Of customer.segment.entered: which segment.</summary>
    public RawJson? Segment { get; init; }

    /// <summary>Of tier events: which tier; <c>__ANY__</c> for any.</summary>
    public RawJson? LoyaltyTier { get; init; }

    public RawJson? CustomEvent { get; init; }

    /// <summary>Of order.paid: for how many days points wait. Null for not at all.</summary>
    public RawJson? PendingPoints { get; init; }

    /// <summary>Until when its points can be spent, where that is not as the programme says.</summary>
    public RawJson? ExpirationRules { get; init; }

    /// <summary>Whether it is enabled.</summary>
    public bool? Active { get; init; }

    /// <summary>From when on.</summary>
    public string? StartDate { get; init; }

    /// <summary>Until when.</summary>
    public string? ExpirationDate { get; init; }

    /// <summary>A window that comes back, counted from the start.</summary>
    public RawJson? ValidityTimeframe { get; init; }

    /// <summary>Days of the week, 0 is Sunday.</summary>
    public IReadOnlyList<int>? ValidityDayOfWeek { get; init; }

    /// <summary>Hours of the day, in the project's time zone.</summary>
    public RawJson? ValidityHours { get; init; }

    public RawJson? Metadata { get; init; }
}

/// <summary>An order that might be paid.</summary>
internal sealed record PointsEstimateRequest
{
    /// <summary>The customer, by id or source id.</summary>
    public RawJson? Customer { get; init; }

    public required RawJson Order { get; init; }
}
