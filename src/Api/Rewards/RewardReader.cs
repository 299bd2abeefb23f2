using Marketing.Http;
using Marketing.Loyalties;

namespace Marketing.Rewards;

/// <summary>Reads what is said of rewards and where they are to be had.</summary>
internal static class RewardReader
{
    public static RewardCommand Read(Payload body, string id, bool isNew) => new()
    {
        Id = id,
        Name = body.Text("name", TextLimits.Name),
        Type = body.OneOf("type", "CAMPAIGN", "COIN", "MATERIAL"),
        Parameters = isNew ? body.RequiredObject("parameters").Raw(RewardLimits.ObjectBytes) : body.RawObject("parameters", RewardLimits.ObjectBytes),
        HasStock = body.Has("stock"),
        Stock = body.Integer("stock", 0, RewardLimits.Stock),
        Attributes = Attributes(body),
        Metadata = body.RawObject("metadata"),
    };

    /// <summary>An assignment, whose reward and programme stand in the body or in the path.</summary>
    public static RewardAssignmentCommand Assignment(Payload body, string id, string? reward, string? campaign) => new()
    {
        Id = id,
        Reward = reward ?? (body.Line("reward", TextLimits.Id) is { Length: > 0 } given ? given : throw body.Missing("reward")),
        Campaign = campaign ?? (body.Line("campaign", TextLimits.Name) is { Length: > 0 } named ? named : throw body.Missing("campaign")),
        Points = Points(body),
        AutoRedeem = AutoRedeem(body) is true,
        Rules = body.Texts("validation_rules", 10, TextLimits.Id) ?? [],
    };

    public static RewardAssignmentChange Change(Payload body, RewardAssignmentReference assignment) => new(assignment, Points(body), AutoRedeem(body));

    private static long? Points(Payload body) => body.Object("parameters")?.Object("loyalty")?.Integer("points", 1, LoyaltyLimits.Points);

    private static bool? AutoRedeem(Payload body) => body.Object("parameters")?.Object("loyalty")?.Flag("auto_redeem");

    private static RawJson? Attributes(Payload body)
    {
        if (body.Object("attributes") is { } attributes)
        {
            _ = attributes.Text("image_url", TextLimits.Description);
            _ = attributes.Text("description", TextLimits.Description);
        }

        return body.RawObject("attributes");
    }
}

// For the OpenAPI document.

/// <summary>A reward.</summary>
internal sealed record RewardRequest : RewardFields
{
    /// <summary>
    /// <c>campaign</c> with its id and, of gift vouchers and loyalty programmes, the <c>balance</c> that is added; <c>coin</c> with <c>exchange_ratio</c>, in major units, for <c>points_ratio</c> points; or <c>product</c>
    /// with its id and perhaps <c>sku_id</c>.
    /// </summary>
    public required RawJson Parameters { get; init; }
}

/// <summary>What is to be different of a reward. What is not given stays as it is.</summary>
internal sealed record RewardChange : RewardFields
{
    /// <summary>As of a new reward; its kind stays.</summary>
    public RawJson? Parameters { get; init; }
}

/// <summary>Fields of a reward.</summary>
internal abstract record RewardFields
{
    public string? Name { get; init; }

    /// <summary>CAMPAIGN: a code, credits or points of another campaign. COIN: points pay for an order. MATERIAL: a product. What <c>parameters</c> say where it is absent; fixed once set.</summary>
    public string? Type { get; init; }

    /// <summary>Of MATERIAL: how many are left. Each redemption takes one. Null for without a limit.</summary>
    public long? Stock { get; init; }

    /// <summary><c>image_url</c> and <c>description</c>.</summary>
    public RawJson? Attributes { get; init; }

    public RawJson? Metadata { get; init; }
}

/// <summary>Where a reward is to be had.</summary>
internal sealed record RewardAssignmentRequest
{
    /// <summary>The loyalty programme, by id or name. Below a programme it stands in the path.</summary>
    public string? Campaign { get; init; }

    /// <summary>The reward. Below a reward it stands in the path.</summary>
    public string? Reward { get; init; }

    /// <summary><c>loyalty</c> with <c>points</c>, what it costs, and <c>auto_redeem</c>. Not of COIN.</summary>
    public RawJson? Parameters { get; init; }

    /// <summary>Ids of validation rules that must hold; of COIN one at the most.</summary>
    public IReadOnlyList<string>? ValidationRules { get; init; }
}

/// <summary>What a reward costs.</summary>
internal sealed record RewardAssignmentChangeRequest
{
    /// <summary><c>loyalty</c> with <c>points</c> and <c>auto_redeem</c>.</summary>
    public RawJson? Parameters { get; init; }
}
