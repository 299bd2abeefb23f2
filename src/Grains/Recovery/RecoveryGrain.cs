using Marketing.Distributions;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Recovery;

[GrainType("recovery")]
internal sealed partial class RecoveryGrain(
    IMessageQueue queue, ISegmentStore segments, IDistributionStore distributions, IAsyncActionStore actions, CustomerReviews reviews, LaneSignals signals,
    TimeProvider clock, ILogger<RecoveryGrain> logger)
    : Grain, IRecoveryGrain, IRemindable
{
    private const string Reminder = "recovery";
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ReviewEvery = TimeSpan.FromSeconds(1);

    private int Shard => (int)this.GetPrimaryKeyLong();

    public async Task StartAsync()
    {
        await this.RegisterOrUpdateReminder(Reminder, Every, Every);
        await RecoverAsync();
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (Shard == 0)
        {
            this.RegisterGrainTimer(ReviewAsync, new GrainTimerCreationOptions(ReviewEvery, ReviewEvery) { KeepAlive = true, Interleave = true });
        }

        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => RecoverAsync();

    private async Task RecoverAsync()
    {
        try
        {
            foreach (var row in (await distributions.UnfinishedAsync()).Where(row => row.Number % IRecoveryGrain.Shards == Shard))
            {
                GrainFactory.Distribution(row.Project, row.Id).RecoverAsync().Ignore();
            }

            foreach (var row in (await segments.UnfinishedAsync()).Where(row => row.Number % IRecoveryGrain.Shards == Shard))
            {
                GrainFactory.Segment(row.Project, row.Id).ResumeAsync().Ignore();
            }

            // Also those that are due before this comes round again: a lane sets its own clock, which ended with its silo.
            foreach (var (project, distribution, lane) in await queue.DueLanesAsync(clock.GetUtcNow() + Every + Every))
            {
                if (distribution % IRecoveryGrain.Shards == Shard)
                {
                    signals.Wake(project, distribution, lane);
                }
            }

            if (Shard == 0)
            {
                // A change of the time zone that was cut short goes on when the directory is in memory.
                await GrainFactory.ProjectDirectory.ListAsync();
                foreach (var (project, id) in await actions.UnfinishedAsync())
                {
                    GrainFactory.AsyncAction(project, id).ResumeAsync().Ignore();
                }
            }
        }
        catch (StorageUnavailableException away)
        {
            LogAway(away, Shard);
        }
    }

    private async Task ReviewAsync()
    {
        try
        {
            await reviews.RunAsync();
        }
        catch (StorageUnavailableException away)
        {
            LogAway(away, Shard);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Recovery shard {Shard} waits for the database")]
    private partial void LogAway(Exception exception, int shard);
}
