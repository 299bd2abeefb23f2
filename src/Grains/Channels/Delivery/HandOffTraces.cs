using System.Diagnostics;
using Marketing.Observability;
using Span = System.Diagnostics.Activity;

namespace Marketing.Channels;

/// <summary>Spans of hand-offs.</summary>
internal static class HandOffTraces
{
    /// <summary>The delivery of a batch: a trace of its own, whatever woke the lane.</summary>
    public static Span? StartHandOff(string channel, DeliveryBatch batch)
    {
        if (!EngineTraces.Source.HasListeners())
        {
            return null;
        }

        Span.Current = null;
        var span = EngineTraces.Source.StartActivity(EngineTraces.HandOff, ActivityKind.Consumer);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(EngineTraces.Channel, channel);
            span.SetTag(EngineTraces.DistributionId, batch.Messages[0].Message.DistributionId);
            span.SetTag(EngineTraces.MessageCount, batch.Messages.Count);
        }

        return span;
    }

    /// <summary>One message of a batch that is recorded.</summary>
    public static Span? StartMessage(OutboundMessage message)
    {
        if (Span.Current is not { Recorded: true } batch || batch.Source != EngineTraces.Source)
        {
            return null;
        }

        var span = EngineTraces.Source.StartActivity(EngineTraces.HandOffMessage, ActivityKind.Producer);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(EngineTraces.Channel, message.Channel.Type);
            span.SetTag(EngineTraces.DistributionId, message.DistributionId);
            span.SetTag("messaging.message.id", message.MessageId);
            span.SetTag("distributions.attempt", message.Attempt);
            span.SetTag(EngineTraces.RequestId, message.Trigger.GroupId);
        }

        return span;
    }

    /// <summary>How it ended, without the reason: receivers quote addresses in theirs.</summary>
    public static void End(Span? message, DeliveryOutcome outcome)
    {
        if (message is { IsAllDataRequested: true })
        {
            message.SetTag(EngineTraces.Outcome, outcome.GetType().Name);
            if (outcome is not (DeliveryOutcome.Sent or DeliveryOutcome.Skipped or DeliveryOutcome.NotBegun))
            {
                message.SetStatus(ActivityStatusCode.Error);
            }
        }
    }
}
