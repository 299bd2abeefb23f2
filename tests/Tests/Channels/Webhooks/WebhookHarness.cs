using System.Net;
using Marketing.Observability;
using Marketing.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.Channels.Webhooks;

/// <summary>A webhook channel over real sockets, on a clock the test moves.</summary>
internal sealed class WebhookHarness : IDisposable
{
    public const string Secret = "secretKey";

    private readonly WebhookTransport _transport;
    private readonly ProviderHttp _http;

    public WebhookHarness(
        Action<WebhookOptions>? configure = null, string secret = Secret, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var options = new WebhookOptions { AllowPrivateNetworks = true };
        configure?.Invoke(options);
        var wrapped = Options.Create(options);
        _transport = resolve is null
            ? new WebhookTransport(wrapped, Clock)
            : new WebhookTransport(wrapped, Clock, new GuardedConnector(options.AllowPrivateNetworks, resolve));
        Queues = new HostQueues(wrapped, Clock);
        _http = new ProviderHttp(wrapped, Clock);
        Slots = new FakeSlots(Clock);
        Lines = new ConnectionLines(Connections, new SendGates(Slots, Clock), _http, wrapped, Clock, NullLogger<ConnectionWorker>.Instance);
        Provider = new WebhookProvider(wrapped, _transport, Clock, NullLogger<WebhookProvider>.Instance);
        Channel = new WebhookChannel(
            wrapped, new OneSecret(secret), _transport, Queues, Connections, Lines, Provider, Clock, Unheard.Metrics, NullLogger<WebhookWorker>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public IChannel Channel { get; }

    public HostQueues Queues { get; }

    public FakeConnections Connections { get; } = new();

    public FakeSlots Slots { get; }

    public ConnectionLines Lines { get; }

    public WebhookProvider Provider { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<DeliveryOutcome> DeliverAsync(HttpSink sink) => DeliverAsync(Webhook.Message(Webhook.Template(sink)));

    public Task<DeliveryOutcome> DeliverAsync(OutboundMessage message) => Channel.DeliverAsync(message);

    public void Dispose()
    {
        Queues.Dispose();
        _transport.Dispose();
        _http.Dispose();
    }

    private sealed class OneSecret(string secret) : IWebhookSecrets
    {
        public string Get(string projectId) => secret;
    }
}
