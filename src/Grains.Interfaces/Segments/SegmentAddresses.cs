namespace Marketing.Segments;

/// <summary>How the grains of the feature are addressed.</summary>
public static class SegmentAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>One segment.</summary>
        public ISegmentGrain Segment(int project, string segmentId) => grains.At<ISegmentGrain>(GrainAddresses.Key(project, segmentId));

        /// <summary>Reads over all segments of a project.</summary>
        public ISegmentQueriesGrain SegmentQueries(int project) => grains.At<ISegmentQueriesGrain>(GrainAddresses.Key(project));
    }
}
