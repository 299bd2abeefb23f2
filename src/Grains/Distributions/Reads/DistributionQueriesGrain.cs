using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Connections;
using Marketing.Customers;
using Marketing.Distributions.Courtesies;
using Marketing.Distributions.Evidence;
using Marketing.Projects;
using Marketing.Segments;
using Marketing.Storage;
using Marketing.Tracking;
using Orleans.Concurrency;

namespace Marketing.Distributions;

[GrainType("distribution-queries"), StatelessWorker, Reentrant]
internal sealed partial class DistributionQueriesGrain(IDistributionStore store, ICustomerStore customers, ITallyStore tallies, BuilderCatalogue builder, SavedContents saved, DraftValidator validator, DistributionTrials trials, Catalogues catalogues, DeliveryReceipts receipts, MessageVisits visits,
    ProjectSettingsCache settings, MessageEvidence evidence, AccountLimits limits, TimeProvider clock) : Grain, IDistributionQueriesGrain
{
    private const string UnsavedId = "distr_draft";

    private int Project => (int)this.GetPrimaryKeyLong();

    public Task<RawJson> CatalogAsync() => Task.FromResult(builder.Document);

    public async Task<Page<Distribution>> ListAsync(DistributionListQuery query, CancellationToken cancellation)
    {
        var page = await store.ListAsync(Project, query, brief: false, cancellation);
        var counts = await store.CountsOfAsync([.. page.Items.Select(static row => row.Number)]);
        return page.Of<Distribution>([.. page.Items.Select(row => DistributionRowMapping.View(row) with { Counts = counts.GetValueOrDefault(row.Number) ?? new MessageCounts() })]);
    }

    public async Task<Page<DistributionSummary>> SummariesAsync(DistributionListQuery query, CancellationToken cancellation)
    {
        var page = await store.ListAsync(Project, query, brief: true, cancellation);
        var counts = await store.CountsOfAsync([.. page.Items.Select(static row => row.Number)]);
        var catalogue = await catalogues.GetAsync(Project);
        return page.Of<DistributionSummary>([.. page.Items.Select(row => Summary(row, counts.GetValueOrDefault(row.Number), catalogue))]);
    }

    public async Task<DraftReview> ValidateAsync(DistributionDraft draft, string? distributionId)
    {
        var row = distributionId is null ? null : await store.FindAsync(Project, distributionId);
        (draft, var missing) = await saved.TakeAsync(Project, draft, row is null ? null : DistributionRowMapping.View(row).Draft);
        var review = await validator.ReviewAsync(Project, row?.Number ?? 0, draft);
        return missing.Count == 0 ? review : review with { Problems = [.. missing, .. review.Problems] };
    }

    public async Task<PreviewResult> PreviewAsync(DistributionDraft draft, string? customerId, string? channel)
    {
        (draft, var missing) = await saved.TakeAsync(Project, draft, null);
        if (missing.Count > 0)
        {
            return new PreviewResult.Invalid(missing);
        }

        var unsaved = new Distribution { Id = UnsavedId, Draft = draft, Status = DistributionStatuses.Draft, CreatedAt = clock.GetUtcNow() };
        return await trials.PreviewAsync(Project, unsaved, customerId, channel);
    }

    public async Task<Page<Message>?> MessagesAsync(string distributionId, MessageListQuery query, CancellationToken cancellation)
    {
        if (await NumberAsync(distributionId) is not { } number)
        {
            return null;
        }

        if (query.CustomerId is { } customer && await customers.LoadAsync(Project, customer) is null)
        {
            return new Page<Message>([], 0, false);
        }

        var page = await store.MessagesAsync(number, query, cancellation);
        page = page with { Items = await evidence.AddressedAsync(Project, number, page.Items) };
        var reported = await receipts.FindAsync(Project, page.Items.Select(static message => (message.Id, message.Channel)));
        var visited = await visits.FindAsync(Project, page.Items.Select(static message => (message.Id, message.Channel)));
        return reported.Count == 0 && visited.Count == 0 ? page : page with
        {
            Items = [.. page.Items.Select(message => message with
            {
                Delivery = reported.GetValueOrDefault(message.Id)?.State,
                DeliveryReason = reported.GetValueOrDefault(message.Id)?.Reason,
                Visit = visited.GetValueOrDefault(message.Id) is { } visit
                    ? new MessageVisit { OpenedAt = visit.OpenedAt, Opens = visit.Opens, ClickedAt = visit.ClickedAt, Clicks = visit.Clicks, MachineAt = visit.MachineAt }
                    : null,
            })],
        };
    }

    public async Task<Analytics?> AnalyticsAsync(string distributionId, AnalyticsQuery query, CancellationToken cancellation)
    {
        if (await store.FindAsync(Project, distributionId) is not { } row || row.Status == DistributionRowMapping.Deleted)
        {
            return null;
        }

        var zone = query.Zone ?? (await settings.ReadAsync(Project)).TimeZone;
        var (totals, buckets, now) = (await store.CountsAsync(row.Number), new SeriesBuckets(query.Interval, zone), clock.GetUtcNow());
        var from = query.Start is { } start ? buckets.StartOf(start) : (DateTimeOffset?)null;
        var series = buckets.Sum(await store.SeriesAsync(row.Number, new AnalyticsQuery("hour", from, query.End), cancellation));
        if (query.Fill)
        {
            // Nothing is known of what is further away.
            var end = query.End is { } wanted && wanted < now.AddYears(1) ? wanted : query.End is null ? now : now.AddYears(1);
            var begin = from ?? (series is [var first, ..] && first.At < row.CreatedAt ? first.At : row.CreatedAt);
            var earliest = buckets.Earliest(end, AnalyticsQuery.MostFilled);
            series = buckets.Fill(series, [.. row.Channels.Union(totals.Keys).Order(StringComparer.Ordinal)], begin < earliest ? earliest : begin, end);
        }

        var analytics = new Analytics(totals, series) { Interval = query.Interval, Zone = zone };
        var (opened, clicked, machine) = await visits.CountAsync(Project, row.Number);
        if (opened + clicked + machine > 0 || DistributionRowMapping.View(row).Draft.Tracking is { Opens: true } or { Clicks: true })
        {
            analytics = analytics with { Tracking = new MailFigures(opened, clicked, machine) };
        }

        var figures = await tallies.ReadAsync(Project, [DistributionFigures.Published(row.Number), DistributionFigures.Redeemed(row.Number)]);
        var published = figures[DistributionFigures.Published(row.Number)];
        return published == 0 ? analytics : analytics with { Published = published, Redeemed = figures[DistributionFigures.Redeemed(row.Number)] };
    }

    public async Task<Page<DistributionEvent>?> ActivityAsync(string distributionId, ActivityQuery query, CancellationToken cancellation) =>
        await NumberAsync(distributionId) is { } number ? await store.ActivityAsync(number, query, cancellation) : null;

    // One read of all the project has: there is no index by campaign, and distributions are few beside what they send.
    public async Task<CampaignPerformance> OfCampaignAsync(string campaignId, CancellationToken cancellation)
    {
        var rows = (await store.InStatusAsync(Project, [.. DistributionStatuses.All])).Where(row => Names(row, campaignId)).OrderBy(static row => row.Number).ToList();
        var figures = await tallies.ReadAsync(Project, [.. rows.SelectMany(static row => new[] { DistributionFigures.Published(row.Number), DistributionFigures.Redeemed(row.Number) })]);
        var distributions = new List<DistributionPerformance>(rows.Count);
        foreach (var row in rows)
        {
            distributions.Add(new DistributionPerformance(
                row.Id, row.Name, row.Status, row.Channels, figures[DistributionFigures.Published(row.Number)],
                DistributionRowMapping.Sum((await store.CountsAsync(row.Number)).Values).Sent, figures[DistributionFigures.Redeemed(row.Number)]));
        }

        return new CampaignPerformance(
            distributions, distributions.Sum(static one => one.CodesIssued), distributions.Sum(static one => one.MessagesDelivered), distributions.Sum(static one => one.CodesRedeemed));
    }

    // The document in full is not looked at, so whether it is understood is asked of those who send by it.
    private static DistributionSummary Summary(DistributionRow row, MessageCounts? counts, CatalogueSnapshot catalogue)
    {
        var view = DistributionRowMapping.View(row) with { Counts = counts ?? new MessageCounts() };
        if (view.Status != DistributionStatuses.Unreadable && catalogue.Distributions.Find(row.Number)?.Unread is { } unread)
        {
            view = view with { Status = DistributionStatuses.Unreadable, StatusReason = $"What is stored is not understood: {unread.Reason}" };
        }

        var segment = (view.Draft.Trigger?.SegmentId ?? view.Draft.Audience?.SegmentId) is { } id ? catalogue.Segments.Find(id) : null;
        return new DistributionSummary(view, segment is null ? null : new SegmentReference(segment.Id, segment.Name));
    }

    private static bool Names(DistributionRow row, string campaign) =>
        DistributionRowMapping.View(row).Draft is var draft && (draft.Action?.CampaignId == campaign || draft.Trigger?.CampaignId == campaign);

    private async Task<int?> NumberAsync(string id) =>
        await store.FindAsync(Project, id) is { } row && row.Status != DistributionRowMapping.Deleted ? row.Number : null;
}
