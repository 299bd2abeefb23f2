using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Customers;
using Marketing.Distributions.Actions;
using Marketing.Projects;
using Marketing.Segments;
using Marketing.Suppressions;

namespace Marketing.Distributions;

/// <summary>
/// Says beforehand who would receive and who would be skipped and why, as the hand-off would decide. Of a large segment the skipped are counted and nobody is read
/// of whom counting tells enough; the others are asked for by the same checks the hand-off makes.
/// </summary>
internal sealed class AudienceEstimator(ChannelRegistry channels, Catalogues catalogues, ICustomerStore customers, ISegmentStore segments, IMemberScans scans,
    ISuppressionLookup suppressions, ActionRegistry actions, ProjectSettingsCache settings)
{
    // As many are read as fast as they are counted.
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
            .ToDictionary(channel => channel, _ => new AudienceTally());
        long count = 0;
        var syncing = false;
        if (draft.Audience?.Customer is { } customer)
        {
            var row = await customers.FindAsync(project, customer);
            count = row is null ? 0 : 1;
            await AddAsync(project, draft.Topic, row is null ? [] : [row], tallies);
        }
        else if (draft.Audience?.SegmentId is { } segmentId && (await catalogues.FreshAsync(project)).Segments.Find(segmentId) is { } segment)
        {
            syncing = !segment.Synced || segment.Unreadable is not null;
            count = await segments.CountMembersAsync(segment.Number);
            await AddMembersAsync(project, draft.Topic, segment.Number, count, tallies, cancellation);
        }

        var left = draft.Action?.Type is { } action && ActionCatalogue.Find(action) is not null ? (await actions.Of(action).SuppliesAsync(project, draft))?.Left : null;
        return new AudienceEstimate
        {
            Customers = count,
            Syncing = syncing,
            CodesLeft = left,
            CodesSuffice = left is null ? null : left >= count,
            Channels = tallies.ToDictionary(pair => pair.Key.Type, pair => pair.Value.ToEstimate()),
        };
    }

    private async Task AddMembersAsync(
        int project, string? topic, int segment, long members, Dictionary<IChannel, AudienceTally> tallies, CancellationToken cancellation)
    {
        var toRead = new Dictionary<IChannel, AudienceTally>();
        foreach (var (channel, tally) in tallies)
        {
            if (channel.Reaches == ReachKind.Everybody)
            {
                tally.Reachable = members;
            }
            else if (channel.Reaches == ReachKind.Mailboxes && members > Chunk)
            {
                tally.Add(await scans.CountMailReachAsync(project, segment, channel.Type, topic));
                await ReadAsync((after, limit) => scans.ScanOddAsync(project, segment, after, limit), project, topic, new() { [channel] = tally }, cancellation);
            }
            else
            {
                toRead.Add(channel, tally);
            }
        }

        if (toRead.Count > 0)
        {
            await ReadAsync((after, limit) => scans.ScanAsync(segment, after, limit), project, topic, toRead, cancellation);
        }
    }

    private async Task ReadAsync(
        Func<long, int, Task<IReadOnlyList<CustomerRow>>> scan, int project, string? topic, Dictionary<IChannel, AudienceTally> tallies, CancellationToken cancellation)
    {
        long after = 0;
        while (await scan(after, Chunk) is { Count: > 0 } rows)
        {
            cancellation.ThrowIfCancellationRequested();
            after = rows[^1].Number;
            await AddAsync(project, topic, rows, tallies);
        }
    }

    private async Task AddAsync(int project, string? topic, IReadOnlyList<CustomerRow> rows, Dictionary<IChannel, AudienceTally> tallies)
    {
        var dialCode = (await settings.OfAsync(project)).DialCode;
        foreach (var (channel, tally) in tallies)
        {
            var addresses = new List<string>();
            foreach (var row in rows)
            {
                var reach = channel.Reach(new Recipient(row.Id, row.Document, dialCode));
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

            var suppressed = addresses.Count == 0 ? null : await suppressions.FindAsync(project, channel.Type, addresses.ToHashSet(), topic);
            foreach (var address in addresses)
            {
                if (suppressed!.TryGetValue(address, out var reason))
                {
                    tally.Suppress(reason);
                }
                else
                {
                    tally.Reachable++;
                }
            }
        }
    }
}
