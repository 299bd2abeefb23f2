namespace Marketing.ValidationRules;

/// <summary>Bodies for the OpenAPI document.</summary>
internal static class ValidationRuleExamples
{
    public const string Rule = """
        {"name":"Large orders, once a customer","error":{"message":"The order is not one of those the code is for."},
         "rules":{"1":{"name":"order.amount","conditions":{"$more_than_or_equal":[10000]},"error":{"message":"For orders of 100.00 and more."}},
                  "2":{"name":"campaign.redemptions.customers_count","conditions":{"$less_than_or_equal":[1]}},"logic":"1 and 2"},
         "applicable_to":{"excluded":[{"object":"product","id":"prod_gift_wrapping"}],"included_all":true}}
        """;

    public const string Change = """{"name":"Larger orders, once a customer"}""";

    public const string Assignment = """{"related_object_type":"campaign","related_object_id":"Spring"}""";
}
