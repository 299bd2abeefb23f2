using Marketing.Catalogue;
using Marketing.Distributions.Lanes;
using Microsoft.Extensions.Logging;

namespace Marketing.Distributions;

/// <summary>Reads the distributions of a project that listen or send.</summary>
internal sealed partial class DistributionSectionReader(
    IDistributionStore store, LocalLanes lanes, IGrainFactory grains, ILogger<DistributionSectionReader> logger) : SectionReader<DistributionSection>
{
    public override IReadOnlyList<string> Tables => ["distributions"];

    protected override async ValueTask<DistributionSection> ReadAsync(int project, DistributionSection? before)
    {
        var rows = await store.InStatusAsync(
            project, DistributionStatuses.Live, DistributionStatuses.Paused, DistributionStatuses.Sending,
            DistributionStatuses.Scheduled, DistributionStatuses.WaitingForSegment);
        return new DistributionSection([.. rows.Select(row => Read(row, before))]);
    }

    protected override void Replaced(CatalogueSnapshot catalogue, DistributionSection? before, DistributionSection now)
    {
        var over = before?.All.Select(entry => entry.Number).Where(number => now.Find(number) is null).ToHashSet();
        if (over is { Count: > 0 })
        {
            lanes.Over(over, catalogue.Version);
        }

        // Each thing that is stored is told of once on each silo.
        foreach (var entry in now.All.Where(entry => entry.Unread is { } unread && unread.Reason != before?.Find(entry.Number)?.Unread?.Reason))
        {
            LogUnreadable(entry.Id, catalogue.Project, entry.Unread!.Reason);
            grains.Distribution(catalogue.Project, entry.Id).RecoverAsync().Ignore();
        }
    }

    // Entries keep their identity while the row does not change: channels cache compiled templates by it.
    private static (byte[] Document, DistributionEntry Entry) Read(DistributionRow row, DistributionSection? before)
    {
        if (before is not null && before.Read.TryGetValue(row.Number, out var known) && known.Entry.Status == row.Status
            && known.Document.AsSpan().SequenceEqual(row.Document))
        {
            return known;
        }

        var (view, unread) = UnreadDistribution.Read(row);
        return (row.Document, new DistributionEntry { Number = row.Number, Id = row.Id, Status = row.Status, Draft = view.Draft, Unread = unread });
    }

    [LoggerMessage(LogLevel.Error, "What is stored of distribution {DistributionId} of project {Project} is not understood, so it neither starts on anything nor sends until it is changed: {Reason}")]
    private partial void LogUnreadable(string distributionId, int project, string reason);
}
