namespace Marketing.Vouchers;

/// <summary>Bodies for the description of the API.</summary>
internal static class VoucherExamples
{
    public const string Voucher = """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":1000},"code_config":{"prefix":"TEN-"},"redemption":{"quantity":1}}""";

    public const string Gift = """{"type":"GIFT_VOUCHER","gift":{"amount":5000},"redemption":{"quantity":null},"expiration_date":"2030-12-24"}""";

    public const string Change = """{"active":true,"metadata":{"sold":true}}""";

    public const string Several = """[{"code":"VIP-1","metadata":{"level":"gold"}},{"code":"VIP-2","metadata":{"level":"silver"}}]""";

    public const string Metadata = """{"codes":["VIP-1","VIP-2"],"metadata":{"level":"gold"}}""";

    public const string Import = """[{"code":"VIP-1","type":"GIFT_VOUCHER","gift":{"amount":5000}},{"code":"VIP-2","type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10}}]""";

    public const string File = """{"file":"Code,Voucher Type,Value,Expiration Date,level\nVIP-1,GIFT_VOUCHER,5000,2030-12-24,gold\n"}""";

    public const string CampaignImport = """[{"code":"VIP-1","metadata":{"level":"gold"}},{"code":"VIP-2"}]""";
}
