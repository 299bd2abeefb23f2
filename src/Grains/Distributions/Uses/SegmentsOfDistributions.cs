using Marketing.Catalogue;
using Marketing.Segments;

namespace Marketing.Distributions;

/// <summary>Distributions are started by segments and sent to them.</summary>
internal sealed class SegmentsOfDistributions : ISegmentUser
{
    public SegmentUse UseOf(string segment, CatalogueSnapshot catalogue)
    {
        var use = SegmentUse.None;
        foreach (var entry in catalogue.Distributions.All)
        {
            if (entry.SendsTo(segment) && entry.Status is DistributionStatuses.Sending or DistributionStatuses.Paused)
            {
                return SegmentUse.BeingWorkedThrough;
            }

            use = entry.SendsTo(segment) || entry.IsTriggeredBy(segment) ? SegmentUse.Needed : use;
        }

        return use;
    }
}
