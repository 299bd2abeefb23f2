using Span = System.Diagnostics.Activity;

namespace Marketing.Channels.Webhooks;

/// <summary>A message that waits for its turn at its receiver.</summary>
/// <param name="webhook">Where it goes and how.</param>
/// <param name="message">What goes.</param>
/// <param name="secret">Signs it.</param>
/// <param name="since">When it got in line; a timestamp of the queue's clock.</param>
/// <param name="cancellation">Ends the sending, not the waiting.</param>
internal sealed class WebhookSubmission(
    CompiledWebhook webhook, OutboundMessage message, string secret, long since, CancellationToken cancellation)
{
    // What follows an outcome is short, so it runs at once: a change of thread here would leave a connection waiting.
    private readonly TaskCompletionSource<DeliveryOutcome> _outcome = new();

    public CompiledWebhook Webhook => webhook;

    public OutboundMessage Message => message;

    public string Secret => secret;

    public long Since => since;

    public CancellationToken Cancellation => cancellation;

    /// <summary>The span it is sent in, if anybody follows.</summary>
    public Span? Span { get; } = System.Diagnostics.Activity.Current;

    public Task<DeliveryOutcome> Outcome => _outcome.Task;

    /// <summary>With an outcome, or with what kept it from having one.</summary>
    public void Settle(DeliveryOutcome? outcome, Exception? failure)
    {
        if (failure is not null)
        {
            _outcome.SetException(failure);
            return;
        }

        _outcome.SetResult(outcome!);
    }
}
