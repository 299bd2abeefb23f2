using Marketing.Channels;
using Marketing.Distributions.Actions;
using Marketing.Distributions.Lanes;
using Marketing.Distributions.Triggers;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.Templates;

namespace Marketing.Distributions.Evidence;

/// <summary>What there is to say of single messages: where they go, how they were tried, what they look like.</summary>
internal sealed class MessageEvidence(
    IEvidenceStore store, ChannelRegistry channels, MessageComposer composer, CodeMessages codes, ActionRegistry actions, TrialRendering rendering, ProjectSettingsCache settings, TimeProvider clock)
{
    /// <summary>The same messages with the addresses of their customers as they are now.</summary>
    public async Task<IReadOnlyList<Message>> AddressedAsync(int project, int distribution, IReadOnlyList<Message> messages)
    {
        var numbers = messages.Where(static message => message.CustomerId is not null).Select(NumberOf).ToList();
        if (numbers.Count == 0)
        {
            return messages;
        }

        var dialCode = (await settings.OfAsync(project)).DialCode;
        var recipients = (await store.RecipientsAsync(distribution, numbers)).ToDictionary(static recipient => recipient.Message);
        return [.. messages.Select(message => recipients.TryGetValue(NumberOf(message), out var recipient) && channels.Find(message.Channel) is { } channel
            ? message with { Address = channel.Reach(new Recipient(recipient.Id, recipient.Document, dialCode)).Address }
            : message)];
    }

    public async Task<MessageAttempts?> AttemptsAsync(int distribution, string messageId)
    {
        if (await FindAsync(distribution, messageId) is not { } found)
        {
            return null;
        }

        var stored = await store.AttemptsAsync(distribution, found.Source.Number);
        var attempts = stored.Select(static (attempt, place) => new MessageAttempt
        {
            Number = place + 1,
            StartedAt = attempt.Began,
            FinishedAt = attempt.Began + attempt.Took,
            DurationMs = (long)attempt.Took.TotalMilliseconds,
            Outcome = attempt.Became switch { MessageStatus.Sent => "sent", MessageStatus.Failed => "failed", _ => "retrying" },
            Answer = attempt.Answer,
        }).ToList();

        // Of one that was sent at the first attempt the row is all that is kept.
        if (found.View is { Status: "sent", FinishedAt: { } sentAt } && !stored.Any(static attempt => attempt.Became == MessageStatus.Sent))
        {
            attempts.Add(new MessageAttempt { Number = attempts.Count + 1, FinishedAt = sentAt, Outcome = "sent" });
        }

        return new MessageAttempts(found.View, attempts);
    }

    public async Task<RenderedMessage> RenderAsync(int project, Distribution distribution, string messageId)
    {
        if (await FindAsync(distribution.Number, messageId) is not { } found)
        {
            return new RenderedMessage.NotFound("message");
        }

        if (found.Source.CustomerDocument is null)
        {
            return new RenderedMessage.NotFound("customer");
        }

        var entry = new DistributionEntry { Number = distribution.Number, Id = distribution.Id, Status = distribution.Status, Draft = distribution.Draft };
        if (channels.Find(found.View.Channel) is not { } channel || await composer.ComposeAsync(project, entry, found.Source) is not { } message)
        {
            return new RenderedMessage.Invalid(new FieldProblem("channels", $"the distribution has no channel {found.View.Channel} any more"));
        }

        var shown = await ShownAsync(project, entry, message);
        try
        {
            var content = await rendering.RunAsync(() => channel.Preview(shown.Outbound));
            return new RenderedMessage.Done(found.View, content, clock.GetUtcNow()) { IsAnew = found.View.Attempts > 0 || found.View.Uncertain || found.View.Status == "sent" };
        }
        catch (TemplateRenderException problem)
        {
            return new RenderedMessage.Invalid(new FieldProblem(problem.Field ?? "template", problem.Message));
        }
        catch (RenderingBusyException)
        {
            return new RenderedMessage.Busy();
        }
    }

    // A code that there is no reason to write about any more is shown as an example, like one that is yet to be given.
    private async Task<OutgoingMessage> ShownAsync(int project, DistributionEntry entry, OutgoingMessage message) => entry.FollowsCodes
        ? (await codes.PlanAsync(project, entry, new DeliveryPlan([message], []), clock.GetUtcNow())).Outgoing is [var shown] ? shown : message
        : message.Showing(await actions.Of(entry.Draft.Action!.Type!).ShownAsync(project, entry, message));

    private async Task<StoredMessage?> FindAsync(int distribution, string messageId) =>
        MessageIds.TryParse(messageId, out var owner, out var number) && owner == distribution ? await store.FindAsync(distribution, number) : null;

    private static long NumberOf(Message message) => MessageIds.TryParse(message.Id, out _, out var number) ? number : 0;
}
