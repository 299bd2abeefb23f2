namespace Marketing.Segments;

/// <summary>The types of segments as they stand in requests.</summary>
internal static class SegmentTypes
{
    public const string Static = "static";
    public const string Passive = "passive";
    public const string Active = "auto-update";
}
