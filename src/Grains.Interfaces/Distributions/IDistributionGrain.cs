using Marketing.Activity;
using Marketing.Clients;

namespace Marketing.Distributions;

/// <summary>
/// One distribution: its draft, its lifecycle and its control. Keyed by project and distribution id. Never on the path of a message.
/// </summary>
[Alias("distribution"), GrainInterfaceType("distribution")]
public interface IDistributionGrain : IGrainWithStringKey
{
    /// <summary>Creates it as a draft, complete or not. Repeating it changes nothing; with another fingerprint it is refused as <see cref="DistributionResult.KeyReused"/>, and after a deletion as <see cref="DistributionResult.Deleted"/>.</summary>
    [Alias("create")]
    Task<DistributionResult> CreateAsync(DistributionDraft draft, CommandContext context);

    /// <summary>The distribution, or null.</summary>
    [Alias("find")]
    Task<Distribution?> FindAsync();

    /// <summary>
    /// Replaces the draft. Drafts, paused and live ones and those counting down can be edited; the change applies to every message not yet handed over.
    /// Type, trigger and audience are fixed once it was activated, except during the countdown. Another <c>starts_at</c> during the countdown moves its end,
    /// and leaves at least what is left of the countdown, or a whole one when it was waiting for the start.
    /// </summary>
    /// <param name="draft">What takes its place.</param>
    /// <param name="version">The version the author had; with another one it is refused as <see cref="DistributionResult.Overtaken"/>, unless the draft is there already. Null: whatever there is.</param>
    [Alias("edit")]
    Task<DistributionResult> EditAsync(DistributionDraft draft, long? version = null);

    /// <summary>What is still missing, field by field, and what its author may want to look at; null when there is no such distribution.</summary>
    [Alias("validate")]
    Task<DraftReview?> ValidateAsync();

    /// <summary>
    /// Manual: starts the countdown (after the segment's synchronisation), which ends at <c>starts_at</c> at the earliest. Automatic: sets it live; when this returned, every event accepted later is matched.
    /// Also resumes one that was paused after failures. Repeating it changes nothing.
    /// </summary>
    [Alias("activate")]
    Task<DistributionResult> ActivateAsync();

    /// <summary>Stops hand-off within a second; messages that become due wait. An automatic one matches nothing while paused. Repeating it changes nothing.</summary>
    [Alias("pause")]
    Task<DistributionResult> PauseAsync();

    /// <summary>Goes on where it was paused, with what was left of the countdown. Repeating it changes nothing.</summary>
    [Alias("resume")]
    Task<DistributionResult> ResumeAsync();

    /// <summary>Ends it: messages not handed over are canceled. During the countdown nothing is sent at all. Final. Repeating it changes nothing.</summary>
    [Alias("stop")]
    Task<DistributionResult> StopAsync();

    /// <summary>A new draft with the same content under another name.</summary>
    [Alias("duplicate")]
    Task<DistributionResult> DuplicateAsync(string newId, CommandContext context);

    /// <summary>Deletes it with its messages; refused while it is live or sending.</summary>
    [Alias("delete")]
    Task<DistributionResult> DeleteAsync();

    /// <summary>The messages rendered for one customer. Consumes and sends nothing.</summary>
    /// <param name="customerId">By id or source id; a made-up customer when null.</param>
    /// <param name="channel">Only this channel; null for all.</param>
    [Alias("preview"), Orleans.Concurrency.AlwaysInterleave]
    Task<PreviewResult> PreviewAsync(string? customerId, string? channel = null);

    /// <summary>Sends to the given addresses through the named channel (all channels when null), rendered for a customer; counted nowhere.</summary>
    [Alias("test"), OneAttempt, Orleans.Concurrency.AlwaysInterleave]
    Task<TestSendResult> TestAsync(TestSend test, CommandContext context);

    /// <summary>Size of the audience and who would be skipped and why, as of now; null when there is no such distribution.</summary>
    [Alias("audience"), Orleans.Concurrency.AlwaysInterleave]
    Task<AudienceEstimate?> EstimateAudienceAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Queues failed messages again: the given ones, or all. Returns how many; null when there is no such distribution. Repeating it with the same
    /// idempotency key or request id returns the same.
    /// </summary>
    /// <param name="messageIds">Which ones; null for all.</param>
    /// <param name="context">Who asks; null: a repetition is not recognised.</param>
    [Alias("retry")]
    Task<int?> RetryFailedAsync(IReadOnlyList<string>? messageIds, CommandContext? context = null);

    /// <summary>A lane found nothing more to do: is the distribution complete? A hint.</summary>
    [Alias("check-complete"), Orleans.Concurrency.OneWay]
    Task CheckCompleteAsync();

    /// <summary>A channel gave up on a message after its last attempt and asks for the distribution to be paused.</summary>
    [Alias("report-exhausted")]
    Task ReportExhaustedAsync(string channelType, string reason);

    /// <summary>
    /// A lane has messages whose action cannot give what it is to give: the distribution pauses with the reason, and goes on by itself when there is something again. Only from lanes. Repeating it changes nothing.
    /// </summary>
    [Alias("report-shortage"), Orleans.Concurrency.OneWay]
    Task ReportShortageAsync(string reason);

    /// <summary>A lane gave something out: is enough left? A hint; repeating it changes nothing.</summary>
    [Alias("check-supplies"), Orleans.Concurrency.OneWay]
    Task CheckSuppliesAsync();

    /// <summary>Goes on with whatever was interrupted by a crash: countdown, snapshot. A hint; repeating it changes nothing.</summary>
    [Alias("resume-work"), Orleans.Concurrency.OneWay]
    Task RecoverAsync();
}

/// <summary>Reads over the distributions of one project. Keyed by project number.</summary>
[Alias("distribution-queries"), GrainInterfaceType("distribution-queries")]
public interface IDistributionQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>What a builder can offer: triggers × actions × channels × variables, as wire JSON.</summary>
    [Alias("catalog")]
    Task<RawJson> CatalogAsync();

    /// <summary>A page of distributions.</summary>
    [Alias("list")]
    Task<Page<Distribution>> ListAsync(DistributionListQuery query, CancellationToken cancellation = default);

    /// <summary>A page of distributions without their templates, and with the segments they name.</summary>
    [Alias("summaries")]
    Task<Page<DistributionSummary>> SummariesAsync(DistributionListQuery query, CancellationToken cancellation = default);

    /// <summary>What keeps a draft that is not stored from being activated, and what its author may want to look at.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="distributionId">The distribution that is to become it, whose name it may have; null for a new one.</param>
    [Alias("validate-draft")]
    Task<DraftReview> ValidateAsync(DistributionDraft draft, string? distributionId);

    /// <summary>The messages of a draft that is not stored, rendered as those of a stored one. Consumes and sends nothing.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="customerId">By id or source id; a made-up customer when null.</param>
    /// <param name="channel">Only this channel; null for all.</param>
    [Alias("preview-draft")]
    Task<PreviewResult> PreviewAsync(DistributionDraft draft, string? customerId, string? channel);

    /// <summary>A page of messages; null when there is no such distribution.</summary>
    [Alias("messages")]
    Task<Page<Message>?> MessagesAsync(string distributionId, MessageListQuery query, CancellationToken cancellation = default);

    /// <summary>How a message was tried; null when there is no such distribution, or it has no such message.</summary>
    [Alias("attempts")]
    Task<MessageAttempts?> AttemptsAsync(string distributionId, string messageId);

    /// <summary>A message as it was or will be sent, rendered now. Consumes and sends nothing.</summary>
    [Alias("render")]
    Task<RenderedMessage> RenderAsync(string distributionId, string messageId);

    /// <summary>The limits of what the project's account may send, as they are set now, and how much of them was used; empty where there are none.</summary>
    [Alias("message-limits")]
    Task<IReadOnlyList<Projects.MessageLimit>> MessageLimitsAsync();

    /// <summary>Totals and series; null when there is no such distribution.</summary>
    [Alias("analytics")]
    Task<Analytics?> AnalyticsAsync(string distributionId, AnalyticsQuery query, CancellationToken cancellation = default);

    /// <summary>The distributions that go on, those with the given ids, and those that were created or changed since, as they are now.</summary>
    [Alias("changes")]
    Task<ProjectChanges> ChangesAsync(IReadOnlyList<string> ids, DateTimeOffset since, CancellationToken cancellation = default);

    /// <summary>Figures of the distributions that a campaign has, by its id; empty when it has none.</summary>
    [Alias("of-campaign")]
    Task<CampaignPerformance> OfCampaignAsync(string campaignId, CancellationToken cancellation = default);

    /// <summary>What happened, newest first unless ascending: lifecycle and messages; null when there is no such distribution.</summary>
    [Alias("activity")]
    Task<Page<DistributionEvent>?> ActivityAsync(string distributionId, ActivityQuery query, CancellationToken cancellation = default);
}
