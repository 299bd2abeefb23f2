using Microsoft.Extensions.Options;

namespace Marketing.Channels.Webhooks;

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
