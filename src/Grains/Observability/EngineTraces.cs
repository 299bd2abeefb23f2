using System.Diagnostics;
using Marketing.Channels;
using Marketing.Storage;
using Span = System.Diagnostics.Activity;

namespace Marketing.Observability;

/// <summary>
/// Spans of the engine's own. A request and the hand-offs it leads to are different traces, because between them there is only the message row
/// and it may lie for weeks: the request id on both sides joins them. Addresses, names and what receivers answer never get here.
/// </summary>
internal static class EngineTraces
{
    public const string SourceName = "Distributions";

    /// <summary>On the request and on each message: the id that the caller got as <c>X-Request-Id</c> and events have as <c>group_id</c>.</summary>
    public const string RequestId = "distributions.request.id";

    public const string Channel = "distributions.channel";
    public const string DistributionId = "distributions.distribution.id";
    public const string MessageCount = "messaging.batch.message_count";
    public const string Outcome = "distributions.outcome";

    public const string HandOff = "handoff";
    public const string HandOffMessage = "handoff message";
    public const string Commit = "commit";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The time a change waits for its transaction.</summary>
    public static Span? StartCommit() => Source.StartActivity(Commit);

    public static void End(Span? commit, CommitOutcome outcome) => commit?.SetTag(Outcome, outcome.Name);

    /// <summary>The delivery of a batch: a trace of its own, whatever woke the lane.</summary>
    public static Span? StartHandOff(string channel, DeliveryBatch batch)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        Span.Current = null;
        var span = Source.StartActivity(HandOff, ActivityKind.Consumer);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(Channel, channel);
            span.SetTag(DistributionId, batch.Messages[0].Message.DistributionId);
            span.SetTag(MessageCount, batch.Messages.Count);
        }

        return span;
    }

    /// <summary>One message of a batch that is recorded.</summary>
    public static Span? StartMessage(OutboundMessage message)
    {
        if (Span.Current is not { Recorded: true } batch || batch.Source != Source)
        {
            return null;
        }

        var span = Source.StartActivity(HandOffMessage, ActivityKind.Producer);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(Channel, message.Channel.Type);
            span.SetTag(DistributionId, message.DistributionId);
            span.SetTag("messaging.message.id", message.MessageId);
            span.SetTag("distributions.attempt", message.Attempt);
            span.SetTag(RequestId, message.Trigger.GroupId);
        }

        return span;
    }

    /// <summary>How it ended, without the reason: receivers quote addresses in theirs.</summary>
    public static void End(Span? message, DeliveryOutcome outcome)
    {
        if (message is { IsAllDataRequested: true })
        {
            message.SetTag(Outcome, outcome.GetType().Name);
            if (outcome is not (DeliveryOutcome.Sent or DeliveryOutcome.Skipped or DeliveryOutcome.NotBegun))
            {
                message.SetStatus(ActivityStatusCode.Error);
            }
        }
    }
}
