using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Distributions.Lanes;
using Marketing.Publications;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Distributions.Triggers;

/// <summary>Codes that customers had before a distribution listened to their being published. Whatever is published later is matched as it happens, and a code that is found both ways is written about once.</summary>
internal sealed class EarlierCodes(
    ITableStore<PublicationRow> publications, ITableStore<VoucherRow> vouchers, VoucherReads reads, Catalogues catalogues, ICommitter committer, INumbers numbers, LaneRouting lanes, TimeProvider clock)
{
    private const int Chunk = 1_000;

    /// <summary>Makes messages for the codes of the next publications of the project, where they are yet to be due. Doing it again changes nothing.</summary>
    /// <returns>Where to go on; null when there is nothing left.</returns>
    public async Task<TablePlace?> OweAsync(int project, int distribution, TablePlace? after)
    {
        var catalogue = await catalogues.FreshAsync(project);
        if (catalogue.Distributions.Find(distribution) is not { IsLive: true, FollowsCodes: true, Selector: { } chosen } entry
            || catalogue.Section<CampaignSection>().Find(chosen) is not { } campaign)
        {
            return null;
        }

        var now = clock.GetStoredNow();
        var rows = await publications.WalkAsync(project, after ?? FirstOf(entry, now), Chunk);
        if (rows.Count == 0)
        {
            return null;
        }

        string[] ids = [.. rows.Where(row => row.Campaign == campaign.Number && row.Result == PublicationRow.Success).SelectMany(static row => PublicationShape.Read(row).VoucherIds)];
        if (ids.Length > 0)
        {
            var codes = await reads.ViewAsync(catalogue, await vouchers.FindManyAsync(project, ids));
            await CommitAsync(project, [.. codes.Select(code => (Code: code, Owed: OwedFor(entry, code, now))).Where(static one => one.Owed is not null).Select(static one => (one.Code.Holder!.Customer, one.Owed!.Value))]);
        }

        return new TablePlace(rows[^1].CreatedAt.ToUnixTimeMilliseconds(), rows[^1].Number);
    }

    // What was published longer ago than its message would wait is not looked at.
    private static TablePlace? FirstOf(DistributionEntry entry, DateTimeOffset now) =>
        entry.Draft.Trigger!.Type == TriggerCatalogue.NotRedeemed ? new TablePlace(now.AddDays(-entry.Draft.Trigger.Days!.Value).ToUnixTimeMilliseconds() - 1, 0) : null;

    private static OwedOccurrence? OwedFor(DistributionEntry entry, VoucherView code, DateTimeOffset now) =>
        code.Holder is { } holder && CodeTimes.Judge(entry.Draft.Trigger!, code, holder.Customer, now) is not CodeVerdict.Skip
        && CodeTimes.Owed(entry, new GivenCode(code.Row.Number, code.Validity.End), holder.At) is { } owed && owed.Due >= now
            ? owed
            : null;

    private async Task CommitAsync(int project, IReadOnlyList<(long Customer, OwedOccurrence What)> owed)
    {
        if (owed.Count == 0)
        {
            return;
        }

        var (commit, now) = (new Commit { Project = project }, clock.GetUtcNow());
        var message = await numbers.NextRangeAsync(NumberSequence.Messages, owed.Sum(static one => one.What.Listener.Draft.Channels.Count));
        foreach (var (customer, what) in owed)
        {
            message = what.AddTo(commit, customer, lanes.LaneOf(customer), message, now);
        }

        await committer.CommitAsync(commit);
    }
}
