using Marketing.Projects;

namespace Marketing.Segments;

/// <summary>Tells every segment that has a filter of a project's new time zone.</summary>
internal sealed class SegmentsFollowTimeZone(ISegmentStore segments, IGrainFactory grains) : ITimeZoneFollower
{
    public async Task FollowAsync(int project)
    {
        var rows = await segments.AllAsync(project);
        await Task.WhenAll(rows.Where(row => row.Filter is not null).Select(row => grains.Segment(project, row.Id).FollowTimeZoneAsync()));
    }
}
