namespace Marketing.Channels.Webhooks;

/// <summary>A webhook that goes over a connection.</summary>
/// <param name="Webhook">Where it goes and how.</param>
/// <param name="Message">What goes.</param>
/// <param name="Secret">Signs it.</param>
internal sealed record WebhookItem(CompiledWebhook Webhook, OutboundMessage Message, string Secret) : ProviderItem(Message.MessageId);
