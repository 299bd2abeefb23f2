using Span = System.Diagnostics.Activity;

namespace Marketing.Channels.Webhooks;

/// <summary>A message that waits for its turn at its receiver.</summary>
/// <param name="webhook">Where it goes and how.</param>
/// <param name="message">What goes.</param>
/// <param name="secret">Signs it.</param>
/// <param name="since">When it got in line; a timestamp of the queue's clock.</param>
/// <param name="recall">What may call it back until it has begun.</param>
internal sealed class WebhookSubmission(
    CompiledWebhook webhook, OutboundMessage message, string secret, long since, Recall? recall)
    : Submission(since, recall)
{
    public CompiledWebhook Webhook => webhook;

    public OutboundMessage Message => message;

    public string Secret => secret;

    /// <summary>The span it is sent in, if anybody follows.</summary>
    public Span? Span { get; } = System.Diagnostics.Activity.Current;
}
