namespace Marketing.Rewards;

/// <summary>Bodies for the description of the API.</summary>
internal static class RewardExamples
{
    public const string Reward =
        """
        {"name":"A kalimba","type":"MATERIAL","parameters":{"product":{"id":"kalimba","sku_id":null}},"stock":20,
         "attributes":{"image_url":"https://shop.example/kalimba.png","description":"Seventeen keys"},"metadata":{"shelf":"a"}}
        """;

    public const string RewardChange = """{"name":"A small kalimba","stock":25,"metadata":{"shelf":"b"}}""";

    public const string Assignment = """{"campaign":"Friends of the kalimba","parameters":{"loyalty":{"points":500}}}""";

    public const string AssignmentChange = """{"parameters":{"loyalty":{"points":450}}}""";

    public const string Assignments = """[{"reward":"rew_C7wS9eHFDN4CIbXI5PpLSkGY","parameters":{"loyalty":{"points":500}}}]""";

    public const string Redemption = """{"reward":{"id":"rew_C7wS9eHFDN4CIbXI5PpLSkGY"},"metadata":{"till":3}}""";
}
