using System.Threading.Channels;
using Marketing.Observability;
using Marketing.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Marketing.Channels;

[GrainType("channel"), StatelessWorker(1), Reentrant]
internal sealed partial class ChannelGrain(ChannelRegistry channels, ICommitter committer, TimeProvider clock, ILogger<ChannelGrain> logger) : Grain, IChannelGrain
{
    // How long outcomes wait for each other while more are to come. Nobody waits for them, and every transaction saved is time to send;
    // but what is not recorded is uncertain after a crash, so it is not long.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<long, RunningHandOff> _running = [];

    public async Task<DeliveryResult> DeliverAsync(DeliveryBatch batch)
    {
        var channel = channels.Find(this.GetPrimaryKeyString())!;
        var handOff = new RunningHandOff();
        _running.Add(batch.HandOff, handOff);
        try
        {
            // Off the grain's scheduler: rendering and sending need both cores, and nothing there touches the grain's state.
            return await Task.Run(() => DeliverAsync(channel, batch, handOff));
        }
        finally
        {
            handOff.Over();
            _running.Remove(batch.HandOff);
        }
    }

    public Task RecallAsync(long handOff) => _running.TryGetValue(handOff, out var running) ? running.CallBackAsync() : Task.CompletedTask;

    private async Task<DeliveryResult> DeliverAsync(IChannel channel, DeliveryBatch batch, RunningHandOff handOff)
    {
        using var span = EngineTraces.StartHandOff(channel.Type, batch);
        var settled = Channel.CreateUnbounded<(DeliveryItem Item, DeliveryOutcome Outcome)>();
        var sends = batch.Messages.Select(item => SendAsync(channel, item, handOff.Recall, settled.Writer)).ToArray();
        handOff.Started();
        var window = channel.WindowOf(batch.Messages[0].Message.Channel);
        var all = Task.WhenAll(sends);
        all.ContinueWith(_ => settled.Writer.Complete(), TaskScheduler.Default).Ignore();

        string? exhausted = null;
        while (await settled.Reader.WaitToReadAsync())
        {
            if (!all.IsCompleted)
            {
                await Task.Delay(Gather, clock);
            }

            // Whatever settled meanwhile is recorded together; a slow recipient does not keep the others' outcomes in the air.
            var commit = new Commit { Project = batch.Project, Fence = new LaneFence(batch.Distribution, batch.Lane, batch.Epoch) };
            var calledBack = 0;
            while (settled.Reader.TryRead(out var next))
            {
                var move = OutcomeRules.Move(channel, batch, next.Item, next.Outcome, clock.GetUtcNow());
                commit.Moves.Add(move);
                calledBack += next.Outcome is DeliveryOutcome.NotBegun ? 1 : 0;
                if (OutcomeRules.Suppression(channel, next.Item, next.Outcome, clock.GetUtcNow()) is { } suppression)
                {
                    commit.Suppressions.Add(suppression);
                }

                if (channel.PausesWhenExhausted && move.To == MessageStatus.Failed && next.Outcome is DeliveryOutcome.TemporaryFailure)
                {
                    exhausted = move.Reason ?? "gave up";
                }
            }

            await RecordAsync(commit, batch);
            window?.Return(commit.Moves.Count);
            handOff.Recorded(calledBack);
        }

        await all;
        return new DeliveryResult(exhausted);
    }

    private async Task SendAsync(IChannel channel, DeliveryItem item, Recall recall, ChannelWriter<(DeliveryItem, DeliveryOutcome)> settled)
    {
        using var span = EngineTraces.StartMessage(item.Message);
        DeliveryOutcome outcome;
        try
        {
            outcome = await channel.DeliverAsync(item.Message, recall);
        }
        catch (Exception bug)
        {
            // A channel that throws is a defect of ours; the message is not lost for it.
            LogDefect(bug, channel.Type, item.Message.MessageId);
            outcome = new DeliveryOutcome.TemporaryFailure($"internal error: {bug.GetType().Name}");
        }

        EngineTraces.End(span, outcome);
        await settled.WriteAsync((item, outcome));
    }

    // An outcome that is known must not be lost to a database that is away for a moment: that would send again what was sent.
    private async Task RecordAsync(Commit commit, DeliveryBatch batch)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (await committer.CommitAsync(commit) == CommitOutcome.Fenced)
                {
                    LogFenced(batch.Distribution, batch.Lane, batch.Epoch);
                }

                return;
            }
            catch (StorageClosedException)
            {
                // The process is ending: what was not recorded stays marked as being handed over and is uncertain at the next start.
                LogClosed(batch.Distribution, batch.Lane);
                return;
            }
            catch (StorageUnavailableException away)
            {
                if (attempt == 0)
                {
                    LogAway(away.Message, batch.Distribution, batch.Lane);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), clock);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Channel {Channel} threw while delivering {MessageId}")]
    private partial void LogDefect(Exception exception, string channel, string messageId);

    [LoggerMessage(LogLevel.Warning, "Outcomes of lane {Lane} of distribution {Distribution} came too late: epoch {Epoch} is over")]
    private partial void LogFenced(int distribution, int lane, long epoch);

    [LoggerMessage(LogLevel.Warning, "Outcomes of lane {Lane} of distribution {Distribution} were not recorded before the end")]
    private partial void LogClosed(int distribution, int lane);

    [LoggerMessage(LogLevel.Warning, "Outcomes of lane {Lane} of distribution {Distribution} wait for the database: {Reason}")]
    private partial void LogAway(string reason, int distribution, int lane);
}
