namespace Marketing.Events;

/// <summary>Bodies for the OpenAPI document.</summary>
internal static class EventExamples
{
    public const string Event = """{"event":"review_written","customer":{"source_id":"ada"},"metadata":{"product":"Kalimba"}}""";
}
