namespace Marketing.Campaigns;

/// <summary>Bodies for the description of the API.</summary>
internal static class CampaignExamples
{
    public const string Coupons =
        """
        {"name":"Spring","campaign_type":"DISCOUNT_COUPONS","type":"AUTO_UPDATE","join_once":true,"vouchers_count":100,
         "voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10},"redemption":{"quantity":1},"code_config":{"pattern":"SPRING-########"}},
         "expiration_date":"2030-12-24","metadata":{"region":"EU"}}
        """;

    public const string Change = """{"expiration_date":"2031-01-31","metadata":{"region":"US"}}""";

    public const string Codes = """{"metadata":{"batch":"b"}}""";

    public const string Vouchers = """[{"code":"VIP-1","type":"GIFT_VOUCHER","gift":{"amount":5000}},{"code":"VIP-2","type":"GIFT_VOUCHER","gift":{"amount":2500}}]""";
}
