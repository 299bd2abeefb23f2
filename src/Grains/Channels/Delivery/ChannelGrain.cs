using System.Threading.Channels;
using Marketing.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Marketing.Channels;

[GrainType("channel"), StatelessWorker(1), Reentrant]
internal sealed partial class ChannelGrain(
    ChannelRegistry channels, RunningHandOffs handOffs, IAddressCheck addresses, ICommitter committer, INumbers numbers, TimeProvider clock, ILogger<ChannelGrain> logger) : Grain, IChannelGrain
{
    // How long outcomes wait for each other while more are to come. Nobody waits for them, and every transaction saved is time to send;
    // but what is not recorded is uncertain after a crash, so it is not long.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(5);

    private readonly OutcomeRecorder _recorder = new(committer, numbers, clock, logger);

    public async Task<DeliveryResult> DeliverAsync(DeliveryBatch batch)
    {
        var channel = channels.Find(this.GetPrimaryKeyString())!;

        // Off the grain's scheduler: rendering and sending need both cores, and nothing there touches the grain's state.
        return await Task.Run(async () =>
        {
            using var handOff = handOffs.Find(batch.HandOff);
            return await DeliverAsync(channel, batch, handOff);
        });
    }

    private async Task<DeliveryResult> DeliverAsync(IChannel channel, DeliveryBatch batch, RunningHandOff handOff)
    {
        using var span = HandOffTraces.StartHandOff(channel.Type, batch);
        var settled = Channel.CreateUnbounded<(DeliveryItem Item, DeliveryOutcome Outcome, TimeSpan Took)>();
        handOff.Recall.LookAgain = id => LookAgainAsync(channel, batch, id);
        var sends = batch.Messages.Select(item => SendAsync(channel, item, handOff.Recall, settled.Writer)).ToArray();
        handOff.Started();
        var all = Task.WhenAll(sends);
        all.ContinueWith(_ => settled.Writer.Complete(), TaskScheduler.Default).Ignore();

        string? exhausted = null;
        Exception? unrecorded = null;
        while (await settled.Reader.WaitToReadAsync())
        {
            if (!all.IsCompleted)
            {
                await Task.Delay(Gather, clock);
            }

            // Whatever settled meanwhile is recorded together; a slow recipient does not keep the others' outcomes in the air.
            var outcomes = new List<RecordedOutcome>();
            var calledBack = 0;
            while (settled.Reader.TryRead(out var next))
            {
                var move = OutcomeRules.Move(channel, batch, next.Item, next.Outcome, clock.GetUtcNow(), next.Took);
                outcomes.Add(new RecordedOutcome(move, OutcomeRules.Suppression(channel, next.Item, next.Outcome, clock.GetUtcNow())));
                calledBack += next.Outcome is DeliveryOutcome.NotBegun ? 1 : 0;

                if (channel.PausesWhenExhausted && move.To == MessageStatus.Failed && next.Outcome is DeliveryOutcome.TemporaryFailure)
                {
                    exhausted = move.Reason ?? "gave up";
                }
            }

            try
            {
                await _recorder.RecordAsync(outcomes, batch.Project, new LaneFence(batch.Distribution, batch.Lane, batch.Epoch), batch.Accounts);
            }
            catch (Exception failure)
            {
                // What is still in the air is waited for and recorded all the same: the lane that hears of this takes up what is not.
                unrecorded = failure;
            }

            handOff.Recorded(outcomes.Count, calledBack);
        }

        await all;
        if (unrecorded is not null)
        {
            throw new InvalidOperationException("Not all outcomes could be recorded.", unrecorded);
        }

        return new DeliveryResult(exhausted);
    }

    // Asked for few, which waited: the list may have grown since.
    private async Task<DeliveryOutcome?> LookAgainAsync(IChannel channel, DeliveryBatch batch, string messageId)
    {
        if (batch.Messages.FirstOrDefault(item => item.Message.MessageId == messageId)?.Message is not { AddressOverride: null } message || channel.Reach(message.Recipient).Address is not { } address)
        {
            return null;
        }

        try
        {
            return await addresses.WhyNotAsync(batch.Project, channel.Type, address, message.Topic) is { } reason ? new DeliveryOutcome.Skipped(SkipReasons.OfSuppression(reason)) : null;
        }
        catch (StorageUnavailableException)
        {
            // It cannot be told: as if it had never been taken.
            return DeliveryOutcome.NotBegun.Instance;
        }
    }

    private async Task SendAsync(IChannel channel, DeliveryItem item, Recall recall, ChannelWriter<(DeliveryItem, DeliveryOutcome, TimeSpan)> settled)
    {
        using var span = HandOffTraces.StartMessage(item.Message);
        DeliveryOutcome outcome;
        var began = clock.GetTimestamp();
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

        HandOffTraces.End(span, outcome);
        await settled.WriteAsync((item, outcome, clock.GetElapsedTime(began)));
    }

    [LoggerMessage(LogLevel.Error, "Channel {Channel} threw while delivering {MessageId}")]
    private partial void LogDefect(Exception exception, string channel, string messageId);
}
