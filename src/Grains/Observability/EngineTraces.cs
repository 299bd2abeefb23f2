using System.Diagnostics;
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

    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>The time a change waits for its transaction.</summary>
    public static Span? StartCommit() => Source.StartActivity(Commit);

    public static void End(Span? commit, CommitOutcome outcome) => commit?.SetTag(Outcome, outcome.Name);
}
