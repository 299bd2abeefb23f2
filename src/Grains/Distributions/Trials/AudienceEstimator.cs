using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Customers;
using Marketing.Distributions.Actions;
using Marketing.Distributions.Courtesies;
using Marketing.Projects;
using Marketing.Segments;
using Marketing.Storage;
using Marketing.Suppressions;

namespace Marketing.Distributions;

/// <summary>
/// Says beforehand who would receive and who would be skipped and why, as the hand-off would decide. Of a large segment the skipped are counted and nobody is read
/// of whom counting tells enough; the others are asked for by the same checks the hand-off makes.
/// </summary>
internal sealed class AudienceEstimator(ChannelRegistry channels, Catalogues catalogues, ICustomerStore customers, ISegmentStore segments, IMemberScans scans,
    ISuppressionLookup suppressions, ActionRegistry actions, ProjectSettingsCache settings, FrequencyCaps caps, AccountLimits limits, TimeProvider clock)
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
        var asked = new Asked(project, draft, await settings.ReadAsync(project), clock.GetUtcNow());
        long count = 0;
        var syncing = false;
        if (draft.Audience?.Customer is { } customer)
        {
            var row = await customers.FindAsync(project, customer);
            count = row is null ? 0 : 1;
            await AddAsync(asked, row is null ? [] : [row], tallies);
        }
        else if (draft.Audience?.SegmentId is { } segmentId && (await catalogues.FreshAsync(project)).Segments.Find(segmentId) is { } segment)
        {
            syncing = !segment.Synced || segment.Unreadable is not null;
            count = await segments.CountMembersAsync(segment.Number);
            await AddMembersAsync(asked, segment.Number, count, tallies, cancellation);
        }

        var mayBeSent = await limits.LeftAsync(project, asked.Settings.MessagePlan, asked.Now);
        if (mayBeSent is { } allowed)
        {
            foreach (var tally in tallies.Values)
            {
                var tooMany = Math.Max(0, tally.Reachable - allowed);
                tally.SkipReached(SkipReasons.AccountLimit, tooMany);
                allowed -= tally.Reachable;
            }
        }

        var left = draft.Action?.Type is { } action && ActionCatalogue.Find(action) is not null ? (await actions.Of(action).SuppliesAsync(project, draft))?.Left : null;
        return new AudienceEstimate
        {
            Customers = count,
            Syncing = syncing,
            MessagesLeft = mayBeSent,
            CodesLeft = left,
            CodesSuffice = left is null ? null : left >= count,
            Channels = tallies.ToDictionary(pair => pair.Key.Type, pair => pair.Value.ToEstimate()),
        };
    }

    private async Task AddMembersAsync(Asked asked, int segment, long members, Dictionary<IChannel, AudienceTally> tallies, CancellationToken cancellation)
    {
        var toRead = new Dictionary<IChannel, AudienceTally>();
        foreach (var (channel, tally) in tallies)
        {
            if (channel.Reaches == ReachKind.Everybody)
            {
                tally.Reachable = members;
            }
            else if (channel.Reaches == ReachKind.Mailboxes && members > Chunk && !asked.IsCapped(channel.Type))
            {
                tally.Add(await scans.CountMailReachAsync(asked.Project, segment, channel.Type, asked.Topic));
                tally.SkipReached(SkipReasons.DuplicateAddress, await scans.CountSharedMailAsync(asked.Project, segment, channel.Type, asked.Topic));
                await AddOddAsync(asked, segment, channel, tally, cancellation);
            }
            else
            {
                toRead.Add(channel, tally);
            }
        }

        if (toRead.Count > 0)
        {
            await ReadAsync((after, limit) => scans.ScanAsync(segment, after, limit), asked, toRead, cancellation);
        }
    }

    private async Task AddOddAsync(Asked asked, int segment, IChannel channel, AudienceTally tally, CancellationToken cancellation)
    {
        List<string> reached = [];
        tally.Reached = reached;
        await ReadAsync(ScanAsync, asked, new() { [channel] = tally }, cancellation);
        tally.Reached = null;

        // Each part before the next is read, the last before it is found that there is none.
        async Task<IReadOnlyList<CustomerRow>> ScanAsync(long after, int limit)
        {
            // The same mailbox in a spelling that is counted and in one that was read.
            tally.SkipReached(SkipReasons.DuplicateAddress, await scans.CountPlainAsync(asked.Project, segment, reached));
            reached.Clear();
            return await scans.ScanOddAsync(asked.Project, segment, after, limit);
        }
    }

    private async Task ReadAsync(
        Func<long, int, Task<IReadOnlyList<CustomerRow>>> scan, Asked asked, Dictionary<IChannel, AudienceTally> tallies, CancellationToken cancellation)
    {
        long after = 0;
        while (await scan(after, Chunk) is { Count: > 0 } rows)
        {
            cancellation.ThrowIfCancellationRequested();
            after = rows[^1].Number;
            await AddAsync(asked, rows, tallies);
        }
    }

    private async Task AddAsync(Asked asked, IReadOnlyList<CustomerRow> rows, Dictionary<IChannel, AudienceTally> tallies)
    {
        foreach (var (channel, tally) in tallies)
        {
            var reached = new List<(long Customer, string Address)>();
            foreach (var row in rows)
            {
                var reach = channel.Reach(new Recipient(row.Id, row.Document, asked.Settings.DialCode));
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
                    reached.Add((row.Number, reach.Address));
                }
            }

            var suppressed = reached.Count == 0 ? null : await suppressions.FindAsync(asked.Project, channel.Type, reached.Select(static one => one.Address).ToHashSet(), asked.Topic);
            var contacts = asked.IsCapped(channel.Type) ? await caps.ReadAsync(asked.Settings.FrequencyCaps, reached.Select(one => (channel.Type, one.Customer)), asked.Now) : null;
            foreach (var (customer, address) in reached)
            {
                if (suppressed!.TryGetValue(address, out var reason))
                {
                    tally.Suppress(reason);
                }
                else if (contacts?.IsReached(channel.Type, customer) is true)
                {
                    tally.Skip(SkipReasons.FrequencyCap);
                }
                else
                {
                    tally.Reach(asked.Once ? address : null);
                }
            }
        }
    }

    /// <summary>What is estimated.</summary>
    private sealed record Asked(int Project, DistributionDraft Draft, ProjectSettings Settings, DateTimeOffset Now)
    {
        public string? Topic => Draft.Topic;

        public bool Once { get; } = Courtesy.WritesToAddressesOnce(Draft);

        public bool IsCapped(string channel) => !Draft.Transactional && Settings.FrequencyCaps.Any(cap => cap.Concerns(channel));
    }
}
