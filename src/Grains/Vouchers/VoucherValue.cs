using System.Globalization;
using System.Text.Json;

namespace Marketing.Vouchers;

/// <summary>What a voucher is worth, as people read it: <c>10%</c>, <c>25.00</c>, <c>2 free</c>.</summary>
internal static class VoucherValue
{
    public static string Of(VoucherView voucher)
    {
        if (voucher.Row.Type == VoucherTypes.Gift)
        {
            return Money(voucher.Balance);
        }

        if (voucher.Row.Type == VoucherTypes.Loyalty)
        {
            return voucher.CardOrNew.Balance.ToString(CultureInfo.InvariantCulture);
        }

        var discount = voucher.Field("discount");
        return discount.ValueKind != JsonValueKind.Object ? "" : discount.GetProperty("type").GetString() switch
        {
            "PERCENT" when discount.TryGetProperty("percent_off", out var percent) => $"{percent.GetRawText()}%",
            "AMOUNT" when discount.TryGetProperty("amount_off", out var amount) && amount.TryGetDecimal(out var off) => Money(off),
            "FIXED" when discount.TryGetProperty("fixed_amount", out var price) && price.TryGetDecimal(out var to) => Money(to),
            "UNIT" when discount.TryGetProperty("unit_off", out var units) => $"{units.GetRawText()} free",
            _ => "",
        };
    }

    private static string Money(decimal minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
