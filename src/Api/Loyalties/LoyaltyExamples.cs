namespace Marketing.Loyalties;

/// <summary>Bodies for the description of the API.</summary>
internal static class LoyaltyExamples
{
    public const string Program =
        """
        {"name":"Friends of the kalimba","type":"AUTO_UPDATE","join_once":true,"auto_join":false,"vouchers_count":10,
         "voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":100,"expiration_rules":{"period_type":"MONTH","period_value":12,"rounding_type":"END_OF_QUARTER"}},"code_config":{"pattern":"FRIEND-########"}},
         "loyalty_tiers_expiration":{"qualification_type":"BALANCE","start_date":{"type":"IMMEDIATE"},"expiration_date":{"type":"BALANCE_DROP"}},
         "metadata":{"region":"EU"}}
        """;

    public const string ProgramChange = """{"description":"Points for every kalimba","metadata":{"region":"US"}}""";

    public const string Member = """{"customer":{"source_id":"42","email":"jo@example.com"},"metadata":{"from":"till 3"}}""";

    public const string Balance = """{"points":100,"expiration_type":"PROGRAM_RULES","reason":"A late parcel","source_id":"apology-17"}""";

    public const string Transfers = """[{"code":"FRIEND-a1B2c3D4","points":50,"reason":"One card for the family","source_id":"family-1"}]""";

    public const string Pending = """{"points":-20}""";

    public const string Rules =
        """
        [{"event":"order.paid","loyalty":{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":100,"points":1}}},"source":{"banner":"A point for every euro"},"active":true,
          "pending_points":{"period_type":"DAY","period_value":14},"metadata":{"shelf":"a"}}]
        """;

    public const string RuleChange = """{"source":{"banner":"A point for every euro, at once"},"pending_points":null}""";

    public const string Tiers =
        """[{"name":"Silver","points":{"from":500,"to":1999}},{"name":"Gold","points":{"from":2000},"metadata":{"lounge":true}}]""";

    public const string TierChange = """{"name":"Golden"}""";

    public const string Estimate = """{"customer":{"source_id":"42"},"order":{"amount":12900}}""";

    public const string TransactionsExport = """{"parameters":{"fields":["id","type","amount","balance","created_at"],"order":"-created_at"}}""";

    public const string PointsExport = """{"parameters":{"fields":["id","voucher_id","points","expires_at"],"order":"expires_at"}}""";
}
