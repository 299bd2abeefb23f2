using Marketing.Activity;
using Marketing.Products;
using Marketing.Shapes;
using Marketing.Vouchers;
using static Marketing.Shapes.Fields;

namespace Marketing.Rewards;

/// <summary>What messages about rewards know.</summary>
internal static class RewardShapes
{
    public static readonly Shape Reward = new("reward", "The reward that was redeemed")
    {
        Fields =
        [
            Text("id"), Text("name"), Text("type"), Text("assignment_id"), Text("loyalty_tier_id"), Keys("parameters", "What it gives"),
            Object("attributes", "How it is shown", [.. Texts("image_url", "description")]), Keys("metadata", "The shop's own attributes of the reward"), Date("created_at"), Date("updated_at"),
            Object("voucher", "The code or the card that was given", VoucherShape.Voucher.Fields).Unfiltered(), Object("product", "The product", ProductShape.Product.Fields).Unfiltered(),
            Object("sku", "The SKU", ProductShape.Sku.Fields).Unfiltered(), Kind("reward"),
        ],
        Example = static (_, _) => ActivityData.Write(json =>
        {
            json.WritePropertyName("reward");
            json.WriteRawValue(
                """
                {"id":"rew_example","name":"10 off","type":"CAMPAIGN","assignment_id":"rewa_example","parameters":{"campaign":{"id":"camp_example","type":"DISCOUNT_COUPONS"}},
                 "attributes":{"description":"For your next order"},"metadata":{},
                 "voucher":{"id":"v_example","code":"EXAMPLE-1","value":"10%","qr_url":"https://example.com/qr.png","barcode_url":"https://example.com/barcode.png","object":"voucher"},"object":"reward"}
                """);
        }),
    };
}
