using Marketing.Catalogue;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Loyalties;

/// <summary>How far a night is stands in the members themselves: who is done has a later day. So it may end anywhere and be begun again by anybody.</summary>
[GrainType("loyalty-night")]
internal sealed partial class LoyaltyNightGrain(
    ITableStore<MemberRow> members, MemberNights nights, CardRemoval removal, MembersAhead ahead, Catalogues catalogues, TimeProvider clock, ILogger<LoyaltyNightGrain> logger) : Grain, ILoyaltyNightGrain
{
    private const int Part = 500;
    private const int AtOnce = 32;

    // Others have their turn; the rest comes with the next call.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly AheadWalk _walk = new();

    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task RunAsync()
    {
        var started = clock.GetTimestamp();
        var catalogue = await catalogues.GetAsync(Project);
        var due = MemberRow.Stored(MemberBooks.Today(catalogue, clock.GetUtcNow()));
        TablePlace? place = null;
        var (done, failed) = (0, 0);
        for (var more = true; more && clock.GetElapsedTime(started) < Longest;)
        {
            var rows = await members.WalkAsync(Project, place, Part);
            var now = rows.Where(row => row.DueOn <= due).ToList();
            more = now.Count == Part;
            place = now.Count == 0 ? null : new TablePlace(now[^1].DueOn.ToUnixTimeMilliseconds(), now[^1].Number);
            if (now.Any(row => LoyaltyProgram.Of(catalogue, row.Campaign) is null))
            {
                // A programme is older than its members: one that is not known now is gone.
                catalogue = await catalogues.FreshAsync(Project);
            }

            await removal.RemoveAsync(Project, [.. now.Where(row => LoyaltyProgram.Of(catalogue, row.Campaign) is null).Select(static row => row.Number)]);

            foreach (var part in now.Where(row => LoyaltyProgram.Of(catalogue, row.Campaign) is not null).Select(static row => row.Customer).Distinct().Chunk(AtOnce))
            {
                try
                {
                    done += await nights.SettleAsync(Project, part, isNight: true);
                }
                catch (Exception failure) when (failure is not StorageUnavailableException)
                {
                    // They are due still, and come again; one who cannot be settled holds up no other.
                    failed += part.Length;
                    LogFailing(failure, Project);
                }
            }
        }

        var isCut = place is not null && clock.GetElapsedTime(started) >= Longest;
        try
        {
            done += await ahead.LookAsync(catalogue, _walk, () => clock.GetElapsedTime(started) < Longest);
        }
        catch (Exception failure) when (failure is not StorageUnavailableException)
        {
            LogFailing(failure, Project);
        }

        if (done > 0 || failed > 0)
        {
            LogNight(Project, done, failed);
        }

        if (isCut && done > 0)
        {
            // Not a minute later, but after whoever waits by now. Where nobody can be settled, a minute is soon enough.
            this.AsReference<ILoyaltyNightGrain>().RunAsync().Ignore();
        }
    }

    [LoggerMessage(LogLevel.Information, "Loyalty programmes of project {Project}: a day has come for {Done} customers; {Failed} are tried again")]
    private partial void LogNight(int project, int done, int failed);

    [LoggerMessage(LogLevel.Error, "Members of project {Project} cannot be looked at; they are tried again")]
    private partial void LogFailing(Exception exception, int project);
}
