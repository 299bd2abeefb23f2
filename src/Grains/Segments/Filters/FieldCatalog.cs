using System.Diagnostics.CodeAnalysis;

namespace Marketing.Segments.Filters;

/// <summary>
/// The fields a filter may name, with their aliases. Fixed names are listed, so a misspelt one is refused instead of being
/// unknown for every customer; below <c>metadata</c>, <c>events</c> and campaigns the names are the project's own.
/// </summary>
internal static class FieldCatalog
{
    private const int MaxDepth = 10;

    private static readonly Dictionary<string, FilterField> Fixed = new(
    [
        .. Under(FieldKind.Text, "id", "source_id", "name", "description", "email", "phone"),
        .. Under(FieldKind.Date, "created_at", "updated_at"),
        .. Under(
            FieldKind.Text, "address.city", "address.state", "address.country", "address.postal_code", "address.line_1", "address.line_2"),
        .. Under(
            FieldKind.Number, "summary.orders.total_amount", "summary.orders.total_count", "summary.orders.average_amount",
            "summary.orders.last_order_amount"),
        .. Under(FieldKind.Date, "summary.orders.last_order_date"),
        .. Under(
            FieldKind.Number, "summary.redemptions.total_redeemed", "summary.redemptions.total_failed", "summary.redemptions.total_succeeded",
            "summary.redemptions.total_rolled_back", "summary.redemptions.total_rollback_failed", "summary.redemptions.total_rollback_succeeded",
            "summary.redemptions.gift.redeemed_amount", "summary.redemptions.gift.amount_to_go",
            "summary.redemptions.loyalty_card.redeemed_points", "summary.redemptions.loyalty_card.points_to_go"),
        .. Under(FieldKind.Number, "loyalty.points", "loyalty.referred_customers"),
        new("birthdate", new FilterField(["birthdate"], FieldKind.Date, IsBirthday: true)),
        new("birthday", new FilterField(["birthdate"], FieldKind.Date, IsBirthday: true)),
    ]);

    /// <summary>Finds the field of a name as written in a filter, or says why there is none.</summary>
    public static bool TryResolve(string name, [NotNullWhen(true)] out FilterField? field, [NotNullWhen(false)] out string? refusal)
    {
        field = Fixed.GetValueOrDefault(name) ?? name.Split('.', 2) switch
        {
            ["metadata" or "system_metadata", var keys] => Metadata(name, keys),
            ["events", var rest] => Event(rest),
            ["loyalty", var rest] when rest.StartsWith("campaigns.", StringComparison.Ordinal) => Campaign(rest["campaigns.".Length..]),
            ["loyalty_points", var rest] when IsInCampaigns(rest) && rest.EndsWith(".points", StringComparison.Ordinal) =>
                Campaign(rest["campaigns.".Length..]),
            ["loyalty_tier", var rest] when IsInCampaigns(rest) => Campaign($"{rest["campaigns.".Length..]}.loyalty_tier"),
            _ => null,
        };
        refusal = field is null ? $"'{name}' is not a customer field a filter can read{Hint(name)}" : null;
        return field is not null;
    }

    // By example where the names below are the project's own.
    private static string Hint(string name) => name.Split('.', 2)[0] switch
    {
        "metadata" or "system_metadata" => "; it is written metadata.KEY, or metadata.KEY.KEY, at most 10 levels.",
        "events" => "; it is written events.NAME.count, events.NAME.first or events.NAME.last.",
        "loyalty" or "loyalty_points" or "loyalty_tier" =>
            "; there are loyalty.points, loyalty.referred_customers, and loyalty.campaigns.NAME. with points, referred_customers or loyalty_tier.",
        _ => Spelling.Nearest(name, Fixed.Keys) is { } nearest
            ? $"; did you mean '{nearest}'?"
            : $"; there are {string.Join(", ", Fixed.Keys)}, events.NAME.count, loyalty.campaigns.NAME.points and metadata.KEY.",
    };

    private static IEnumerable<KeyValuePair<string, FilterField>> Under(FieldKind kind, params string[] paths) =>
        paths.Select(path => KeyValuePair.Create(path, new FilterField(path.Split('.'), kind, MissingIsZero: kind is FieldKind.Number)));

    private static bool IsInCampaigns(string rest) => rest.StartsWith("campaigns.", StringComparison.Ordinal);

    private static FilterField? Metadata(string name, string keys)
    {
        var segments = name.Split('.');
        return keys.Length > 0 && segments.Length <= MaxDepth && !segments.Contains("") ? new FilterField(segments, FieldKind.Any) : null;
    }

    private static FilterField? Event(string rest) => SplitAtLastDot(rest) switch
    {
        (var name, "count") => new FilterField(["events", name, "count"], FieldKind.Number, MissingIsZero: true),
        (var name, "first" or "first_occurrence") => new FilterField(["events", name, "first"], FieldKind.Date),
        (var name, "last" or "last_occurrence" or "created_at") => new FilterField(["events", name, "last"], FieldKind.Date),
        _ => null,
    };

    private static FilterField? Campaign(string rest) => SplitAtLastDot(rest) switch
    {
        (var name, "points" or "referred_customers") and var (_, figure) =>
            new FilterField(["loyalty", "campaigns", name, figure], FieldKind.Number, MissingIsZero: true),
        (var name, "loyalty_tier") => new FilterField(["loyalty", "campaigns", name, "loyalty_tier"], FieldKind.Text),
        _ => null,
    };

    private static (string Name, string Figure)? SplitAtLastDot(string text)
    {
        var dot = text.LastIndexOf('.');
        return dot > 0 ? (text[..dot], text[(dot + 1)..]) : null;
    }
}
