using Marketing.Catalogue;
using Marketing.Shapes;
using static Marketing.Shapes.Fields;

namespace Marketing.Customers;

/// <summary>What a customer consists of.</summary>
internal static class CustomerShape
{
    public static readonly Shape Customer = new("customer", "The customer the message is for")
    {
        Fields =
        [
            Text("id").Brief(), Text("name").Brief(), Text("email").Brief(), Text("source_id").Brief(), Text("description"), Text("phone"),
            Date("created_at"), Date("updated_at"),
            Object("address", "Postal address", [.. Texts("city", "state", "country", "postal_code", "line_1", "line_2")]),
            Object(
                "summary", "Orders and redemptions in figures",
                Object("orders", "Paid orders, in minor units", [.. Numbers("total_amount", "total_count", "average_amount", "last_order_amount"), Date("last_order_date")]),
                Object(
                    "redemptions", "Redemptions in figures",
                    [
                        .. Numbers("total_redeemed", "total_failed", "total_succeeded", "total_rolled_back", "total_rollback_failed", "total_rollback_succeeded"),
                        Object("gift", "Gift card credits, in minor units", [.. Numbers("redeemed_amount", "amount_to_go")]),
                        Object("loyalty_card", "Loyalty points", [.. Numbers("redeemed_points", "points_to_go")]),
                    ])),
            Object(
                "loyalty", "Points and referrals",
                [
                    .. Numbers("points", "referred_customers"),
                    Named("campaigns", "By campaign name", [.. Numbers("points", "referred_customers"), Text("loyalty_tier")]),
                ]),
            new ShapeField("birthdate", FieldType.Birthday), new ShapeField("birthday", FieldType.Birthday) { StoredAs = "birthdate" },
            Keys("metadata", "The shop's own attributes").Brief(), Keys("system_metadata", "Attributes set by integrations"),
            Object("referrals", "Who referred the customer", Number("total"), List("campaigns", "One entry per campaign")).Unfiltered(),
            Named(
                "events", "Custom events: count, first and last by event name",
                Number("count"), Date("first") with { Aliases = ["first_occurrence"] }, Date("last") with { Aliases = ["last_occurrence", "created_at"] }),
            Kind("customer"),
        ],
    };

    /// <summary>Whether an event shows the customer in full: those that are about the customer, and manual sends. All others have the short form.</summary>
    public static bool IsFullFor(string eventType) =>
        eventType is TriggerCatalogue.SegmentEntered or TriggerCatalogue.SegmentLeft or TriggerCatalogue.Manual
            or "customer.created" or "customer.updated" or "customer.deleted";

    /// <summary>Counters the engine keeps for filters; not part of the customer object the outside knows.</summary>
    public static ReadOnlySpan<byte> Internal => "events"u8;

    /// <summary>Names of earlier generations of the product's filters, as what they mean.</summary>
    public static string Canonical(string field) => field.Split('.', 3) switch
    {
        ["loyalty_points", "campaigns", var rest] when rest.EndsWith(".points", StringComparison.Ordinal) => $"loyalty.campaigns.{rest}",
        ["loyalty_tier", "campaigns", var rest] => $"loyalty.campaigns.{rest}.loyalty_tier",
        ["loyalty_points" or "loyalty_tier", ..] => $"loyalty.{field}",
        _ => field,
    };
}
