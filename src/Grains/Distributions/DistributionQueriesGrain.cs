using Marketing.Activity;
using Marketing.Connections;
using Marketing.Customers;
using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.Distributions;

[GrainType("distribution-queries"), StatelessWorker, Reentrant]
internal sealed class DistributionQueriesGrain(IDistributionStore store, ICustomerStore customers, ITallyStore tallies, BuilderCatalogue builder, DeliveryReceipts receipts) : Grain, IDistributionQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public Task<RawJson> CatalogAsync() => Task.FromResult(builder.Document);

    public async Task<Page<Distribution>> ListAsync(DistributionListQuery query, CancellationToken cancellation)
    {
        var page = await store.ListAsync(Project, query, cancellation);
        var items = new List<Distribution>(page.Items.Count);
        foreach (var row in page.Items)
        {
            items.Add(DistributionRowMapping.View(row) with { Counts = DistributionRowMapping.Sum((await store.CountsAsync(row.Number)).Values) });
        }

        return new Page<Distribution>(items, page.Total, page.HasMore);
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
        var reported = await receipts.FindAsync(Project, page.Items.Select(static message => (message.Id, message.Channel)));
        return reported.Count == 0 ? page : page with
        {
            Items = [.. page.Items.Select(message => reported.TryGetValue(message.Id, out var receipt) ? message with { Delivery = receipt.State, DeliveryReason = receipt.Reason } : message)],
        };
    }

    public async Task<Analytics?> AnalyticsAsync(string distributionId, AnalyticsQuery query, CancellationToken cancellation)
    {
        if (await store.FindAsync(Project, distributionId) is not { } row || row.Status == DistributionRowMapping.Deleted)
        {
            return null;
        }

        var analytics = new Analytics(await store.CountsAsync(row.Number), await store.SeriesAsync(row.Number, query, cancellation));
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

    private static bool Names(DistributionRow row, string campaign) =>
        DistributionRowMapping.View(row).Draft is var draft && (draft.Action?.CampaignId == campaign || draft.Trigger?.CampaignId == campaign);

    private async Task<int?> NumberAsync(string id) =>
        await store.FindAsync(Project, id) is { } row && row.Status != DistributionRowMapping.Deleted ? row.Number : null;
}
