namespace Marketing.Distributions;

/// <summary>Bodies for the OpenAPI document.</summary>
internal static class DistributionExamples
{
    public const string Distribution = """
        {"name":"Thank you","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"review_written"},"action":{"type":"plain_message"},
         "channels":[{"type":"email","template":{"subject":"Thank you, {{ customer.name }}",
           "html":"<p>You wrote about {{ event.metadata.product }}. <a href=\"{{ unsubscribe_url }}\">Unsubscribe</a></p>"}}],"delay":"PT10M"}
        """;

    public const string DraftPreview = $$"""{"distribution":{{Distribution}},"customer":"ada","channel":"email"}""";

    public const string Preview = """{"customer":"ada"}""";

    public const string Test = """{"customer":"ada","channel":"email","addresses":["me@example.com"]}""";

    public const string Retry = """{"message_ids":["msg_000000010000000000000003"]}""";
}
