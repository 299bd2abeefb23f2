namespace Marketing.Webhooks;

/// <summary>The webhooks of a project: which events are posted where. Keyed by project number. When a change is answered, every silo decides by it.</summary>
[Alias("webhooks"), GrainInterfaceType("webhooks")]
public interface IWebhooksGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Creates a webhook under the id that is given, with a secret that is in this answer and nowhere else. Repeating the request changes nothing and answers the webhook as it is, with the secret it
    /// was made with; when it was deleted since, <see cref="WebhookResult.Deleted"/>.
    /// </summary>
    /// <param name="id"><c>wh_…</c></param>
    /// <param name="draft">What it is to be; target and events are required.</param>
    /// <param name="context">Who asks.</param>
    [Alias("create")]
    Task<WebhookResult> CreateAsync(string id, WebhookDraft draft, CommandContext context);

    /// <summary>
    /// Changes what is given. One that is enabled again goes on with what it owed when it was disabled; nothing is owed of what happened meanwhile. Repeating it changes nothing.
    /// </summary>
    [Alias("change")]
    Task<WebhookResult> ChangeAsync(string id, WebhookDraft draft);

    /// <summary>Deletes the webhook with its log, and what it owes. False when there is none.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync(string id);

    /// <summary>
    /// Makes a new secret, which is in this answer and nowhere else. Sendouts carry a signature of the one before as well until the overlap is over; one from before that ends at once. Repeating the
    /// request makes no other.
    /// </summary>
    /// <param name="id">The webhook.</param>
    /// <param name="overlap">For how long the secret before holds: nothing up to <see cref="Webhook.LongestOverlap"/>.</param>
    /// <param name="context">Who asks.</param>
    [Alias("rotate-secret")]
    Task<WebhookResult> RotateSecretAsync(string id, TimeSpan overlap, CommandContext context);

    /// <summary>The webhook, or null.</summary>
    [Alias("find")]
    Task<Webhook?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>All of them, in the order in which they were created.</summary>
    [Alias("list")]
    Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellation = default);
}
