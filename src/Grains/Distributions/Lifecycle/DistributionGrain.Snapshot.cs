using Marketing.Customers;
using Marketing.Distributions.Triggers;
using Marketing.Segments;
using Marketing.Storage;

namespace Marketing.Distributions;

/// <summary>How an audience becomes messages.</summary>
internal sealed partial class DistributionGrain
{
    private const int SnapshotChunk = 10_000;

    private async Task<bool> SnapshotStepAsync()
    {
        var draft = State.View!.Draft;
        var isManual = draft.Type == "manual";
        if (isManual && draft.Audience!.Customer is { } customer)
        {
            await OweOneAsync(customer);
        }
        else if (!isManual && draft.StartsAt - clock.GetUtcNow() is { } early && early > TimeSpan.Zero)
        {
            WorkAfter(early);
            return false;
        }
        else if (DistributionEntry.Follows(draft.Trigger))
        {
            if (!(draft.EndsAt <= clock.GetUtcNow()) && await earlierCodes.OweAsync(_project, State.View.Number, State.SnapshotPlace) is { } place)
            {
                State.SnapshotPlace = place;
                WakeLanes();
                return true;
            }
        }
        else if (isManual || !(draft.EndsAt <= clock.GetUtcNow()))
        {
            var segment = (await catalogues.FreshAsync(_project)).Segments.Find(isManual ? draft.Audience!.SegmentId! : draft.Trigger!.SegmentId!);
            if (segment is { Synced: false } or { Unreadable: not null })
            {
                // Members that the synchronisation has yet to find would be behind the cursor.
                WorkAfter(segment.Unreadable is null ? SegmentPoll : UnreadableSegmentPoll);
                return false;
            }

            var now = clock.GetUtcNow();
            long? reached = segment is null ? null : await queue.SnapshotAsync(new AudienceChunk
            {
                Project = _project,
                Distribution = State.View.Number,
                Segment = segment.Number,
                AfterCustomer = State.SnapshotCursor,
                Limit = SnapshotChunk,
                Channels = [.. draft.Channels.Select(channel => channel.Type!)],
                Occurrence = isManual ? Occurrences.Manual : Occurrences.Member,
                SkipAlreadyOwed = !isManual,
                Lanes = routing.Lanes,
                DueAt = now + (isManual ? TimeSpan.Zero : draft.Delay ?? TimeSpan.Zero),
                Now = now,
            });
            if (reached is { } cursor)
            {
                // Kept in memory between saves: a chunk done again after a crash changes nothing.
                State.SnapshotCursor = cursor;
                WakeLanes();
                return true;
            }
        }

        State.SnapshotPending = false;
        await SaveAsync(null, null);
        WakeLanes();
        return true;
    }

    private async Task OweOneAsync(string customer)
    {
        var row = await customers.FindAsync(_project, customer);
        if (row is null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var commit = new Commit { Project = _project };
        foreach (var channel in State.View!.Draft.Channels)
        {
            commit.Messages.Add(new MessageInsert(
                State.View.Number, await numbers.NextAsync(NumberSequence.Messages), routing.LaneOf(row.Number), row.Number, Occurrences.Manual, channel.Type!, now, now));
        }

        await committer.CommitAsync(commit);
    }
}
