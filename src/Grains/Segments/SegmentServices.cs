using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Projects;
using Marketing.Shapes;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Segments;

internal static class SegmentServices
{
    public static IServiceCollection AddSegments(this IServiceCollection services) => services
        .AddSingleton<ProjectFilterSettings>()
        .AddSingleton<SegmentSynchronizer>()
        .AddSingleton<SegmentPreviews>()
        .AddSingleton<ITimeZoneFollower, SegmentsFollowTimeZone>()
        .AddSection<SegmentSectionReader>()
        .AddWatch<SegmentWatch>()
        .AddSingleton<ITriggerChoice, SegmentChoice>()
        .AddShape(SegmentShape.Segment);
}
