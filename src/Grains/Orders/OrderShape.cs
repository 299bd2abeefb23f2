using Marketing.Activity;
using Marketing.Shapes;
using static Marketing.Shapes.Fields;

namespace Marketing.Orders;

/// <summary>What an order consists of.</summary>
internal static class OrderShape
{
    /// <summary>The data of an event that is about an order.</summary>
    public static byte[] DataOf(RawJson order) => ActivityData.Write(json =>
    {
        json.WriteNull("referrer");
        json.WritePropertyName(Order!.Name);
        json.WriteRawValue(order.Utf8.Span, skipInputValidation: true);
        json.WriteNull("redemption");
    });

    public static readonly Shape Order = new("order", "The order that started the message; amounts in minor units")
    {
        Fields =
        [
            Text("id"), Text("source_id"), Text("status"),
            .. Numbers(
                "amount", "total_amount", "initial_amount", "discount_amount", "items_discount_amount", "total_discount_amount", "applied_discount_amount",
                "items_applied_discount_amount", "total_applied_discount_amount"),
            Text("customer_id"), Text("referrer_id"), Date("created_at"), Date("updated_at"), Kind("order"),
            List("items", "The order lines"), Keys("metadata", "The shop's own attributes of the order"),
            Keys("customer", "The customer as the order names it").Unfiltered(), Keys("redemptions", "Redemptions of the order").Unfiltered(),
        ],
        Example = (_, _) => DataOf(RawJson.Parse(
            """{"id":"ord_example","source_id":"1001","status":"PAID","amount":12900,"discount_amount":0,"total_amount":12900,"items":[],"metadata":{},"object":"order"}""")),
    };
}
