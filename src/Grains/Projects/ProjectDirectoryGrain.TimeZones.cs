using Microsoft.Extensions.Logging;

namespace Marketing.Projects;

/// <summary>A new time zone is a change of every filter that reads the calendar: each segment is told, until all have been.</summary>
internal sealed partial class ProjectDirectoryGrain
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    private IGrainTimer? _retry;
    private TimeSpan _retryAfter = FirstRetry;

    // A segment that is created meanwhile looks again when its row is written, which comes before this reads the rows or after the zone was stored.
    private async Task TellSegmentsAsync(StoredProject project)
    {
        try
        {
            while (project.EarlierTimeZone is not null)
            {
                var told = project.TimeZone;
                foreach (var follower in followers)
                {
                    await follower.FollowAsync(project.Number);
                }

                if (told == project.TimeZone)
                {
                    project.EarlierTimeZone = null;
                    await WriteAsync();
                }
            }

            _retryAfter = FirstRetry;
        }
        catch (Exception trouble)
        {
            LogTrouble(trouble, project.Id, _retryAfter);
            TellSegmentsAfter(_retryAfter);
            _retryAfter = _retryAfter * 2 < LongestRetry ? _retryAfter * 2 : LongestRetry;
        }
    }

    private void TellSegmentsAfter(TimeSpan wait)
    {
        _retry?.Dispose();
        _retry = this.RegisterGrainTimer(
            async () =>
            {
                foreach (var project in store.State.Projects.Where(project => project.EarlierTimeZone is not null).ToArray())
                {
                    await TellSegmentsAsync(project);
                }
            },
            new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    [LoggerMessage(LogLevel.Warning, "Segments of project {ProjectId} could not be told of its time zone; they are in {Wait}")]
    private partial void LogTrouble(Exception exception, string projectId, TimeSpan wait);
}
