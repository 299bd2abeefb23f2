using Marketing.Activity;
using Marketing.Shapes;
using static Marketing.Shapes.Fields;

namespace Marketing.Loyalties;

/// <summary>What messages about members know.</summary>
internal static class LoyaltyShapes
{
    public static readonly Shape Tier = TierOf("loyalty_tier", "The tier");

    public static readonly Shape TierFrom = TierOf("loyalty_tier_from", "The tier that the customer was in");

    public static readonly Shape TierTo = TierOf("loyalty_tier_to", "The tier that the customer is in now");

    public static readonly Shape EarningRule = new("earning_rule", "The rule by which points were earned")
    {
        Fields = [Text("id"), Text("event"), Object("source", "What it is called", Text("banner")), Keys("metadata", "The shop's own attributes of the rule"), Kind("earning_rule")],
        Example = Raw("earning_rule", """{"id":"ern_example","event":"order.paid","source":{"banner":"A point for every euro"},"object":"earning_rule"}"""),
    };

    public static readonly Shape Pending = new("pending_points", "Points that wait")
    {
        Fields = [Text("id"), Number("points"), Date("activates_at"), Text("order_id"), Date("created_at")],
        Example = Raw("pending_points", """{"id":"lopp_example","points":120,"activates_at":"2030-01-31"}"""),
    };

    public static readonly Shape Points = new("points", "How many points expired") { Fields = [], Example = Raw("points", "120") };

    public static readonly Shape Expiring = new("expiring_points", "Points that end on one day")
    {
        Fields = [Text("id"), Number("points"), Date("expires_at")],
        Example = Raw("expiring_points", """{"id":"lopb_example","points":300,"expires_at":"2030-12-31"}"""),
    };

    public static readonly Shape Next = TierOf("next_tier", "The tier that the customer is close to");

    /// <summary>Where the member stands after what happened. Not in the product: what its cockpit shows, for messages.</summary>
    public static readonly Shape Membership = new("membership", "Where the member stands")
    {
        Fields =
        [
            .. Numbers("points", "balance", "pending_points", "next_expiration_points", "points_to_next_tier"), .. Texts("tier", "next_tier"), Date("next_expiration_date"), Date("tier_expiration_date"),
            Kind("membership"),
        ],
        Example = Raw(
            "membership",
            """{"points":1200,"balance":950,"pending_points":0,"next_expiration_date":"2030-12-31","next_expiration_points":300,"tier":"Silver","tier_expiration_date":null,"next_tier":"Gold","points_to_next_tier":50,"object":"membership"}"""),
    };

    private static Shape TierOf(string name, string description) => new(name, description)
    {
        Fields = [Text("id"), Text("name"), Object("points", "From how many points on, and up to how many", [.. Numbers("from", "to")]), Keys("metadata", "The shop's own attributes of the tier"), Kind("loyalty_tier")],
        Example = Raw(name, """{"id":"ltr_example","name":"Gold","points":{"from":1000,"to":4999},"metadata":{},"object":"loyalty_tier"}"""),
    };

    private static Func<string?, DateTimeOffset, byte[]> Raw(string name, string json) => (_, _) => ActivityData.Write(writer =>
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json);
    });
}
