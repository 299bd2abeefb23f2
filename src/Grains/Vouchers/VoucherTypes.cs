namespace Marketing.Vouchers;

/// <summary>What vouchers are, as the wire format names it.</summary>
internal static class VoucherTypes
{
    public const string Discount = "DISCOUNT_VOUCHER";
    public const string Gift = "GIFT_VOUCHER";
    public const string Loyalty = "LOYALTY_CARD";

    /// <summary>The field that says what one of a type is worth.</summary>
    public static string WorthOf(string type) => type switch
    {
        Gift => "gift",
        Loyalty => "loyalty_card",
        _ => "discount",
    };
}
