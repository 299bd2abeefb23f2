using System.Text.Json;
using Marketing.Http;
using Marketing.Validity;

namespace Marketing.Promotions;

/// <summary>Reads promotion tiers and stacks. What a discount is, the engine knows.</summary>
internal static class PromotionReader
{
    private const int MostRules = 100;

    /// <summary>A new tier.</summary>
    public static PromotionTierCommand NewTier(Payload body)
    {
        _ = NameOf(body) ?? throw body.Missing("name");
        _ = body.RequiredObject("action");
        return Tier(body);
    }

    /// <summary>What is to be different.</summary>
    public static PromotionTierCommand Tier(Payload body) => new()
    {
        Name = NameOf(body),
        Fields = new FieldsReader(body)
            .Text("banner", TextLimits.Description)
            .Object("action", TextLimits.RawBytes, static action => action.RequiredObject("discount"))
            .Line("category", TextLimits.Name).Line("category_id", TextLimits.Id)
            .Validity()
            .Fields,
        Hierarchy = (int?)body.Integer("hierarchy", 1, PromotionLimits.Hierarchy),
        Active = body.Flag("active"),
        Metadata = body.RawObject("metadata"),
        ValidationRules = RulesOf(body),
    };

    /// <summary>The tiers that stand in the body of a new campaign, as its command carries them; null where there are none.</summary>
    public static RawJson? TiersOfCampaign(Payload campaign)
    {
        var tiers = campaign.Object("promotion")?.List("tiers", PromotionLimits.TiersOfProject)?.Select(static tier => NewTier(tier.AsObject())).ToList();
        return tiers is { Count: > 0 } ? new RawJson(JsonSerializer.SerializeToUtf8Bytes(tiers, WireJson.Options)) : null;
    }

    /// <summary>A new stack.</summary>
    public static PromotionStackCommand NewStack(Payload body)
    {
        var command = Stack(body);
        return command.Name is null ? throw body.Missing("name") : command.Tiers is null ? throw body.RequiredObject("tiers").Missing("ids") : command;
    }

    /// <inheritdoc cref="Tier"/>
    public static PromotionStackCommand Stack(Payload body) => new()
    {
        Name = NameOf(body),
        Tiers = body.Object("tiers") is { } tiers ? TiersOf(tiers) : null,
        CategoryId = body.Line("category_id", TextLimits.Id) ?? (body.Has("category_id") ? "" : null),
    };

    private static string? NameOf(Payload body) =>
        body.Line("name", TextLimits.Name) is not { } name ? null
        : name.Trim().Length > 0 ? name
        : throw body.Refuse(".name", "must NOT have fewer than 1 characters");

    private static List<string>? TiersOf(Payload tiers)
    {
        _ = tiers.OneOf("hierarchy_mode", "MANUAL");
        if (tiers.Texts("ids", PromotionLimits.TiersOfStack, TextLimits.Id) is not { } ids)
        {
            return null;
        }

        return ids.Count == 0 ? throw tiers.Refuse(".ids", "must NOT have fewer than 1 items")
            : ids.CountBy(static id => id).FirstOrDefault(static id => id.Value > 1).Key is { } twice ? throw tiers.Refuse(".ids", $"must NOT have an item twice: {twice}")
            : ids;
    }

    // By their ids, or as a tier shows them.
    private static List<string> RulesOf(Payload body)
    {
        var named = body.Texts("validation_rules", MostRules, TextLimits.Id) ?? [];
        var shown = body.Object("validation_rule_assignments")?.List("data", MostRules) ?? [];
        return [.. named.Concat(shown.Select(static assignment => assignment.AsObject().Identifier("rule_id")).OfType<string>()).Distinct()];
    }
}
