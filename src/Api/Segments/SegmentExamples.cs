namespace Marketing.Segments;

/// <summary>Bodies for the OpenAPI document.</summary>
internal static class SegmentExamples
{
    public const string Segment = """
        {"name":"Gold","type":"passive","filter":{"junction":"and","metadata.plan":{"conditions":{"$is":["gold"]}},"created_at":{"conditions":{"$more_than_ago":[30]}}}}
        """;

    public const string Preview = """
        {"filter":{"junction":"and","metadata.plan":{"conditions":{"$is":["gold"]}}}}
        """;

    public const string Change = """
        {"name":"Gold and silver","filter":{"junction":"and","metadata.plan":{"conditions":{"$in":["gold","silver"]}}}}
        """;
}
