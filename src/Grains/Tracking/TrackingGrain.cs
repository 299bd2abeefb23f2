using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.Tracking;

[GrainType("tracking"), StatelessWorker, Reentrant]
internal sealed class TrackingGrain(TrackedLinks links, ITableStore<VisitRow> store, ICommitter committer, INumbers numbers, TimeProvider clock) : Grain, ITrackingGrain
{
    // Of one message: whoever asks for its picture for ever writes no more than this.
    private const long MostNoted = 100;

    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<bool> OpenAsync(string token, MailVisit visit)
    {
        await links.PrepareAsync();
        if (links.Read(Project, token) is not { Url: "" } link)
        {
            return false;
        }

        await NoteAsync(link, visit, isClick: false);
        return true;
    }

    public async Task<string?> FollowAsync(string token, MailVisit visit)
    {
        await links.PrepareAsync();
        if (links.Read(Project, token) is not { Url.Length: > 0 } link)
        {
            return null;
        }

        await NoteAsync(link, visit, isClick: true);
        return link.Url;
    }

    private async Task NoteAsync(TrackedLink link, MailVisit visit, bool isClick)
    {
        if (TrackingFigures.DistributionOf(link.Message) is not { } distribution)
        {
            return;
        }

        while (true)
        {
            var now = clock.GetStoredNow();
            var isMachine = VisitRules.IsMachine(visit, link.SentAt, now);
            var present = await store.FindAsync(Project, link.Message);
            var before = present ?? new VisitRow(await numbers.NextAsync(VisitTable.Visits.Numbers), link.Message, 0, null, 0, null, 0, null, 0, now, now + VisitTable.Kept);
            var after = After(before, isMachine, isClick, now);
            if (after == before)
            {
                return;
            }

            var commit = new Commit { Project = Project };
            commit.Rows.Add(VisitTable.Visits.Save(after));
            foreach (var (key, isFirst) in new[]
            {
                (TrackingFigures.Opened(distribution), before.OpenedAt is null && after.OpenedAt is not null),
                (TrackingFigures.Clicked(distribution), before.ClickedAt is null && after.ClickedAt is not null),
                (TrackingFigures.Machine(distribution), before.MachineAt is null && after.MachineAt is not null),
            })
            {
                if (isFirst)
                {
                    commit.Tallies.Add(new Tally(key, 1));
                }
            }

            // Somebody else may have noted something meanwhile.
            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                return;
            }
        }
    }

    // Who follows a link has opened the mail, whether its pictures were loaded or not.
    private static VisitRow After(VisitRow row, bool isMachine, bool isClick, DateTimeOffset now) =>
        isMachine ? row.Machines >= MostNoted ? row : row with { MachineAt = row.MachineAt ?? now, Machines = row.Machines + 1 }
        : isClick ? row.Clicks >= MostNoted ? row : row with { ClickedAt = row.ClickedAt ?? now, Clicks = row.Clicks + 1, OpenedAt = row.OpenedAt ?? now, Opens = Math.Max(1, row.Opens) }
        : row.Opens >= MostNoted ? row : row with { OpenedAt = row.OpenedAt ?? now, Opens = row.Opens + 1 };
}
