using Marketing.Catalogue;

namespace Marketing.Segments;

/// <summary>Says for what a feature uses segments, so that none is pulled from under it.</summary>
internal interface ISegmentUser
{
    /// <summary>What the feature uses the segment for.</summary>
    SegmentUse UseOf(string segment, CatalogueSnapshot catalogue);
}

/// <summary>What a segment is used for.</summary>
internal enum SegmentUse
{
    None,

    /// <summary>It must stay; its members may be others.</summary>
    Needed,

    /// <summary>Something is being done with its members one after the other: they must stay.</summary>
    BeingWorkedThrough,
}
