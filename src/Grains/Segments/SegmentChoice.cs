using Marketing.Catalogue;

namespace Marketing.Segments;

/// <summary>A segment whose members change is there to be entered and left.</summary>
internal sealed class SegmentChoice : ITriggerChoice
{
    public TriggerSelector Selector => TriggerSelector.Segment;

    public string? ProblemOf(string chosen, CatalogueSnapshot catalogue) => catalogue.Segments.Find(chosen) switch
    {
        null => "there is no such segment",
        { Unreadable: { } reason } => Unreadable(reason),
        { IsStatic: true } => "a static segment never changes, so nobody enters or leaves it",
        _ => null,
    };

    /// <summary>What is said of a segment whose filter this version does not understand.</summary>
    public static string Unreadable(string reason) => $"the filter of the segment cannot be read: {reason}";
}
