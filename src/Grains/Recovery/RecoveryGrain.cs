using Marketing.AsyncActions;
using Marketing.Connections;
using Marketing.Distributions;
using Marketing.Distributions.Lanes;
using Marketing.Exports;
using Marketing.Loyalties;
using Marketing.Projects;
using Marketing.Referrals;
using Marketing.Retention;
using Marketing.Segments;
using Marketing.Storage;
using Marketing.Webhooks;
using Microsoft.Extensions.Logging;

namespace Marketing.Recovery;

[GrainType("recovery")]
internal sealed partial class RecoveryGrain(
    IMessageQueue queue, ISegmentStore segments, IDistributionStore distributions, IAsyncActionStore actions, ITableStore<ExportRow> exports, ITableStore<NightRow> nights, ITableStore<DebtRow> debts, ITableStore<ConnectionRow> connections, ISendoutStore sendouts, CustomerReviews reviews, LaneSignals signals,
    TimeProvider clock, ILogger<RecoveryGrain> logger)
    : Grain, IRecoveryGrain, IRemindable
{
    private const string Reminder = "recovery";

    // Two at a time are worked on; the rest has its turn when it comes round again.
    private const int MostExports = 1_000;

    // A row of each project that has a loyalty programme.
    private const int MostNights = 100_000;

    // Connections with a mailbox that is read.
    private const int MostMailboxes = 10_000;

    // Those that could not be settled are tried later, and so stand last.
    private const int MostDebts = 10_000;

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
            // Also what is due before this comes round again: a grain sets its own clock, which ended with its silo.
            var soon = clock.GetUtcNow() + Every + Every;
            foreach (var (project, id) in await distributions.UnfinishedAsync(soon, Shard, IRecoveryGrain.Shards))
            {
                GrainFactory.Distribution(project, id).RecoverAsync().Ignore();
            }

            foreach (var (project, id) in await segments.UnfinishedAsync(Shard, IRecoveryGrain.Shards))
            {
                GrainFactory.Segment(project, id).ResumeAsync().Ignore();
            }

            if (Shard == 0)
            {
                // A change of the time zone that was cut short goes on when the directory is in memory.
                GrainFactory.ProjectDirectory.ListAsync().Ignore();

                // One walk over the lanes costs the same for all of them as for a quarter.
                foreach (var (project, distribution, lane) in await queue.DueLanesAsync(soon))
                {
                    signals.Wake(project, distribution, lane);
                }

                foreach (var (project, id) in await actions.UnfinishedAsync())
                {
                    GrainFactory.AsyncAction(project, id).ResumeAsync().Ignore();
                }

                foreach (var (project, id) in await exports.PendingAsync(MostExports))
                {
                    GrainFactory.Export(project, id).ResumeAsync().Ignore();
                }

                foreach (var (project, _) in await nights.PendingAsync(MostNights))
                {
                    GrainFactory.LoyaltyNight(project).RunAsync().Ignore();
                }

                foreach (var (project, id) in await connections.PendingAsync(MostMailboxes))
                {
                    GrainFactory.BounceMailbox(project, id).LookAsync().Ignore();
                }

                foreach (var (project, customer) in (await debts.PendingAsync(MostDebts)).Select(static debt => (debt.Project, DebtRow.CustomerOf(debt.Id))).Distinct())
                {
                    GrainFactory.ReferralDebts(project, customer).SettleAsync().Ignore();
                }

                foreach (var (project, id) in await sendouts.OwingAsync(soon))
                {
                    GrainFactory.Webhook(project, id).WakeAsync().Ignore();
                }

                GrainFactory.GetGrain<IRetentionGrain>(0).RunAsync().Ignore();
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
