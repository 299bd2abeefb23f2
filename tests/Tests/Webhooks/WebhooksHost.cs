using Marketing.Api;

namespace Marketing.Webhooks;

/// <summary>An API whose webhooks may lead to this machine, and that tries twice again, soon.</summary>
public sealed class WebhooksHost : ApiHost
{
    protected override IEnumerable<string> Arguments =>
    [
        "--Distributions:Webhooks:AllowPrivateNetworks=true", "--Distributions:Webhooks:Retries:0=00:00:00.2", "--Distributions:Webhooks:Retries:1=00:00:00.4",
        "--Distributions:Webhooks:Timeout=00:00:02",
    ];
}
