using Marketing.Catalogue;
using Marketing.Filters;
using Microsoft.Extensions.Logging;

namespace Marketing.Segments;

/// <summary>Reads the segments of a project.</summary>
internal sealed partial class SegmentSectionReader(ISegmentStore store, ProjectFilterSettings settings, IGrainFactory grains, ILogger<SegmentSectionReader> logger)
    : SectionReader<SegmentSection>
{
    // Of a filter that is understood again, until its segment has begun anew.
    private const string MembersOfBefore = "it could not be read for a time, and its members are about to be found anew";

    public override IReadOnlyList<string> Tables => ["segments"];

    protected override async ValueTask<SegmentSection> ReadAsync(int project, SegmentSection? before)
    {
        var zone = (await settings.ZonesAsync(project)).Told;
        var rows = await store.AllAsync(project);
        var known = before?.Compiled ?? new Dictionary<int, CompiledSegment>();
        var compiled = new Dictionary<int, CompiledSegment>(rows.Count);
        return new SegmentSection([.. rows.Select(row => Entry(row, zone, known, compiled))]) { Compiled = compiled };
    }

    // Each thing that is stored is told of once on each silo.
    protected override void Replaced(CatalogueSnapshot catalogue, SegmentSection? before, SegmentSection now)
    {
        foreach (var segment in now.All.Where(segment => segment.Unreadable is not null && segment.Unreadable != before?.Find(segment.Id)?.Unreadable))
        {
            if (segment.Unreadable != MembersOfBefore)
            {
                LogUnreadable(segment.Id, catalogue.Project, segment.Unreadable!);
            }

            // It notes that nobody was looked at by its filter, or begins anew.
            grains.Segment(catalogue.Project, segment.Id).ResumeAsync().Ignore();
        }
    }

    private static SegmentEntry Entry(SegmentRow row, string zone, IReadOnlyDictionary<int, CompiledSegment> known, Dictionary<int, CompiledSegment> compiled)
    {
        // What was compiled was understood.
        var isUnderstood = row.Filter is null || (row.UnreadZones is null && known.TryGetValue(row.Number, out var earlier) && earlier.HasText(row));
        var unreadable = isUnderstood ? null : UnreadFilter.WhyNot(row.Filter!, row.UnreadZones);
        if (unreadable is null && row.Cursor == SegmentState.NotUnderstood)
        {
            unreadable = MembersOfBefore;
        }

        return new SegmentEntry
        {
            Number = row.Number,
            Id = row.Id,
            Name = row.Name,
            Fires = row.Type == SegmentTypes.Active,
            Synced = row.Synced,
            Baseline = row.Baseline,
            Unreadable = unreadable,
            DraftOf = row.DraftOf,
            Filter = row.Filter is null || unreadable is not null ? null : Compile(row, row.Zones ?? [new ZoneEra(default, zone)], known, compiled),
        };
    }

    private static Filter Compile(SegmentRow row, IReadOnlyList<ZoneEra> zones, IReadOnlyDictionary<int, CompiledSegment> known, Dictionary<int, CompiledSegment> compiled)
    {
        if (!known.TryGetValue(row.Number, out var one) || !one.IsOf(row, zones))
        {
            var filter = Parse(row, zones[0].Zone);
            foreach (var era in zones.Skip(1))
            {
                filter = Parse(row, era.Zone).After(filter, era.From);
            }

            one = new CompiledSegment(row.Filter!, zones, filter);
        }

        compiled.Add(row.Number, one);
        return one.Filter;
    }

    // Whether it is understood does not depend on the zone.
    private static Filter Parse(SegmentRow row, string zone) => ((FilterParseResult.Ok)SegmentFilters.Parse(row.Filter, FilterSettings.In(zone))).Filter;

    [LoggerMessage(LogLevel.Error, "The stored filter of segment {SegmentId} of project {Project} is not understood, so nobody enters or leaves it until it is changed: {Reason}")]
    private partial void LogUnreadable(string segmentId, int project, string reason);
}
