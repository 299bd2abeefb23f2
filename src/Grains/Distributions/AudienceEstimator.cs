using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Customers;
using Marketing.Storage;

namespace Marketing.Distributions;

/// <summary>Says beforehand who would receive and who would be skipped and why, by the same checks the hand-off makes.</summary>
internal sealed class AudienceEstimator(ChannelRegistry channels, Catalogues catalogues, ICustomerStore customers, ISegmentStore segments, IMessageQueue queue)
{
    private const int Chunk = 5_000;

    public async Task<AudienceEstimate> EstimateAsync(int project, DistributionDraft draft, CancellationToken cancellation)
    {
        if (draft.Type != "manual")
        {
            return new AudienceEstimate();
        }

        var tallies = draft.Channels
            .Select(definition => channels.Find(definition.Type))
            .OfType<IChannel>()
            .DistinctBy(channel => channel.Type)
            .ToDictionary(channel => channel, _ => new Tally());
        long count = 0;
        var syncing = false;
        if (draft.Audience?.Customer is { } customer)
        {
            var row = await customers.FindAsync(project, customer);
            count = row is null ? 0 : 1;
            await AddAsync(project, row is null ? [] : [row], tallies);
        }
        else if (draft.Audience?.SegmentId is { } segmentId && (await catalogues.FreshAsync(project)).Segment(segmentId) is { } segment)
        {
            syncing = !segment.Synced;
            long after = 0;
            while (await segments.ScanMembersAsync(segment.Number, after, Chunk) is { Count: > 0 } rows)
            {
                cancellation.ThrowIfCancellationRequested();
                after = rows[^1].Number;
                count += rows.Count;
                await AddAsync(project, rows, tallies);
            }
        }

        return new AudienceEstimate
        {
            Customers = count,
            Syncing = syncing,
            Channels = tallies.ToDictionary(pair => pair.Key.Type, pair => new ChannelEstimate(pair.Value.Reachable, pair.Value.Skipped)),
        };
    }

    private async Task AddAsync(int project, IReadOnlyList<CustomerRow> rows, Dictionary<IChannel, Tally> tallies)
    {
        foreach (var (channel, tally) in tallies)
        {
            var addresses = new List<string>();
            foreach (var row in rows)
            {
                var reach = channel.Reach(new Recipient(row.Id, row.Document));
                if (reach.SkipReason is not null)
                {
                    tally.Skip(reach.SkipReason);
                }
                else if (reach.Address is null)
                {
                    tally.Reachable++;
                }
                else
                {
                    addresses.Add(reach.Address);
                }
            }

            var suppressed = addresses.Count == 0 ? null : await queue.SuppressedAsync(project, channel.Type, addresses.ToHashSet());
            foreach (var address in addresses)
            {
                if (suppressed!.TryGetValue(address, out var reason))
                {
                    tally.Skip(reason == "unsubscribed" ? SkipReasons.Unsubscribed : SkipReasons.Suppressed);
                }
                else
                {
                    tally.Reachable++;
                }
            }
        }
    }

    private sealed class Tally
    {
        public long Reachable { get; set; }

        public Dictionary<string, long> Skipped { get; } = [];

        public void Skip(string reason) => Skipped[reason] = Skipped.GetValueOrDefault(reason) + 1;
    }
}
