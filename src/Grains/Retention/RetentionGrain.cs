using System.Diagnostics;
using Marketing.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Retention;

[GrainType("retention")]
internal sealed partial class RetentionGrain(
    IRetentionStore store, IEnumerable<IExpiry> expiries, IEnumerable<IForgetting> forgetting, ICommitter committer, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<RetentionGrain> logger)
    : Grain, IRetentionGrain
{
    // A few milliseconds of the database; sending waits no longer than for a commit of others.
    private const int AtOnce = 500;
    private const int EntriesAtOnce = 1_000;

    // They may be a quarter of a megabyte each.
    private const int ExpiredAtOnce = 50;

    // Numbers follow time only within a silo, which has blocks of a hundred thousand of them.
    private const int MostYoungParts = 1_000;

    // Less than its caller's patience; the next call goes on.
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private DateTimeOffset _next;
    private long _lastEntry;
    private int _youngParts;

    public async Task RunAsync()
    {
        var now = clock.GetUtcNow();
        if (now < _next)
        {
            return;
        }

        try
        {
            var since = clock.GetTimestamp();

            // Messages before the activity that brought them.
            var isDone = await ExpiredAsync(now, since) && await OthersAsync(now, since) && await OperationsAsync(now - options.Value.IdempotencyKeys, since)
                && (options.Value.Messages is not { } messages || await MessagesAsync(now - messages, since))
                && (options.Value.Activity is not { } activity || await ActivityAsync(now - activity, since));
            _next = isDone ? now + Every : now;
        }
        catch (StorageUnavailableException away)
        {
            LogAway(away);
        }
    }

    private Task<bool> ExpiredAsync(DateTimeOffset now, long since) => RepeatAsync(
        async () =>
        {
            var expired = await store.ExpiredRowsAsync(now, ExpiredAtOnce);
            foreach (var project in expired.GroupBy(row => row.Project))
            {
                // Where somebody else was faster, what is left is found again.
                var commit = new Commit { Project = project.Key };
                foreach (var (_, removal) in project)
                {
                    if (expiries.FirstOrDefault(expiry => expiry.Table == removal.Table) is { } expiry)
                    {
                        var end = new Commit { Project = project.Key };
                        await expiry.AddEndAsync(end, removal.Row.Id);
                        await committer.CommitAsync(end);
                    }
                    else
                    {
                        commit.Rows.Add(removal);
                    }
                }

                if (commit.Rows.Count > 0)
                {
                    await committer.CommitAsync(commit);
                }
            }

            return expired.Count == ExpiredAtOnce;
        },
        since);

    private async Task<bool> OthersAsync(DateTimeOffset now, long since)
    {
        foreach (var feature in forgetting)
        {
            if (!await RepeatAsync(() => feature.ForgetSomeAsync(now), since))
            {
                return false;
            }
        }

        return true;
    }

    private Task<bool> OperationsAsync(DateTimeOffset before, long since) =>
        RepeatAsync(async () => await store.DeleteOperationsAsync(before, AtOnce) == AtOnce, since);

    private async Task<bool> MessagesAsync(DateTimeOffset before, long since)
    {
        foreach (var distribution in await store.DistributionsWithMessagesAsync(before))
        {
            if (!await RepeatAsync(async () => await store.DeleteMessagesAsync(distribution, before, AtOnce) > 0, since))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> ActivityAsync(DateTimeOffset before, long since)
    {
        var isDone = await RepeatAsync(
            async () =>
            {
                var part = await store.DeleteActivityAsync(_lastEntry, before, EntriesAtOnce);
                (_lastEntry, _youngParts) = (part.Last ?? 0, part.Old > 0 ? 0 : _youngParts + 1);
                return part.Last is not null && _youngParts < MostYoungParts;
            },
            since);
        if (isDone)
        {
            (_lastEntry, _youngParts) = (0, 0);
        }

        return isDone;
    }

    // Rests as long as it works, so that it never has more than half of anything. Whether it came to the end.
    private async Task<bool> RepeatAsync(Func<Task<bool>> deletesSome, long since)
    {
        while (true)
        {
            var begun = Stopwatch.GetTimestamp();
            if (!await deletesSome())
            {
                return true;
            }

            if (clock.GetElapsedTime(since) > LongestRun)
            {
                return false;
            }

            await Task.Delay(Stopwatch.GetElapsedTime(begun));
        }
    }

    [LoggerMessage(LogLevel.Warning, "What is to be forgotten waits for the database")]
    private partial void LogAway(Exception exception);
}
