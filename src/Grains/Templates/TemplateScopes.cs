namespace Marketing.Templates;

/// <summary>The variables the engine offers, by root.</summary>
internal static class TemplateScopes
{
    private static readonly VariableShape Address = Shape(
        "Postal address", "city", "state", "line_1", "line_2", "country", "postal_code");

    private static readonly Dictionary<string, VariableShape> Known = new()
    {
        ["customer"] = Shape(
            "The customer the message is for",
            ["id", "source_id", "name", "description", "email", "phone", "birthdate", "birthday", "created_at", "updated_at", "object"],
            ("address", Address),
            ("metadata", Open("The shop's own attributes")),
            ("system_metadata", Open("Attributes set by integrations")),
            ("summary", Shape(
                "Orders and redemptions in figures",
                [],
                ("redemptions", Shape(
                    "Redemptions in figures",
                    ["total_redeemed", "total_failed", "total_succeeded", "total_rolled_back", "total_rollback_failed", "total_rollback_succeeded"],
                    ("gift", Shape("Gift card credits, in minor units", "redeemed_amount", "amount_to_go")),
                    ("loyalty_card", Shape("Loyalty points", "redeemed_points", "points_to_go")))),
                ("orders", Shape(
                    "Paid orders, in minor units", "total_amount", "total_count", "average_amount", "last_order_amount", "last_order_date")))),
            ("loyalty", Shape("Points and referrals", ["points", "referred_customers"], ("campaigns", Open("By campaign name")))),
            ("referrals", Shape("Who referred the customer", ["total"], ("campaigns", Open("One entry per campaign")))),
            ("events", Open("Custom events: count, first and last by event name"))),
        ["order"] = Shape(
            "The order that started the message; amounts in minor units",
            [
                "id", "source_id", "status", "amount", "total_amount", "initial_amount", "discount_amount", "items_discount_amount",
                "total_discount_amount", "applied_discount_amount", "items_applied_discount_amount", "total_applied_discount_amount",
                "customer_id", "referrer_id", "created_at", "updated_at", "object",
            ],
            ("items", Open("The order lines")),
            ("metadata", Open("The shop's own attributes of the order")),
            ("customer", Open("The customer as the order names it")),
            ("redemptions", Open("Redemptions of the order"))),
        ["event"] = Shape(
            "The event that started the message", ["id", "type", "created_at"], ("metadata", Open("The attributes sent with the event"))),
        ["segment"] = Shape("The segment entered or left", "id", "name"),
        ["distribution"] = Shape("The distribution that sends", "id", "name"),
        ["project"] = Shape("The project", "id", "name"),
        ["unsubscribe_url"] = new VariableShape(VariableShape.Leaf.Fields, "Where this recipient can unsubscribe with one click"),
    };

    /// <summary>A scope of the given roots; one that is not known here is open.</summary>
    public static TemplateScope Compose(params string[] roots) =>
        new(roots.ToDictionary(root => root, root => Known.GetValueOrDefault(root, VariableShape.Open)));

    private static VariableShape Open(string description) => new(Fields: null, description);

    private static VariableShape Shape(string description, params string[] leaves) => Shape(description, leaves, []);

    private static VariableShape Shape(string description, string[] leaves, params (string Name, VariableShape Shape)[] nested) =>
        new(leaves.Select(leaf => (Name: leaf, Shape: VariableShape.Leaf)).Concat(nested).ToDictionary(field => field.Name, field => field.Shape), description);
}
