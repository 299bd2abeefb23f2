using Marketing.Segments;

namespace Marketing.Distributions;

/// <summary>Segments that were made for its draft: they become segments like others when it is activated, and go with it.</summary>
internal sealed partial class DistributionGrain
{
    // Before it goes on: a segment that something active uses is no draft.
    private async Task AdoptSegmentsAsync(DistributionDraft draft)
    {
        var catalogue = await catalogues.FreshAsync(_project);
        foreach (var segment in SegmentsOf(draft).Where(segment => catalogue.Segments.Find(segment)?.DraftOf is not null))
        {
            await GrainFactory.Segment(_project, segment).AdoptAsync();
        }
    }

    // What its author tried and did not keep. After what makes it so is stored; what a crash leaves goes when the distribution is deleted.
    private async Task DiscardSegmentsAsync()
    {
        var catalogue = await catalogues.FreshAsync(_project);
        foreach (var segment in catalogue.Segments.All.Where(segment => segment.DraftOf == _id).ToArray())
        {
            await GrainFactory.Segment(_project, segment.Id).DiscardDraftAsync(_id);
        }
    }

    private static IEnumerable<string> SegmentsOf(DistributionDraft draft) => new[] { draft.Trigger?.SegmentId, draft.Audience?.SegmentId }.OfType<string>();
}
