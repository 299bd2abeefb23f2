using System.Text.Json;
using Marketing.Channels.Sms;
using Marketing.Channels.Tools;
using Marketing.Channels.Webhooks;
using Marketing.Templates;
using Marketing.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Channels;

/// <summary>The channels whose providers are called over HTTP, in front of a stub of one.</summary>
internal sealed class ProviderHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ProviderHarness(HttpSink stub, ServiceProvider services) => (Stub, _services) = (stub, services);

    public HttpSink Stub { get; }

    public FakeConnections Connections => _services.GetRequiredService<FakeConnections>();

    public ProviderRegistry Providers => _services.GetRequiredService<ProviderRegistry>();

    public string BaseUrl => Stub.Url.GetLeftPart(UriPartial.Authority);

    public static async Task<ProviderHarness> StartAsync(string? outbox = null, TimeSpan? timeout = null)
    {
        var services = new ServiceCollection().AddLogging(logging => logging.ClearProviders());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<FakeConnections>();
        services.AddSingleton<IConnections>(provider => provider.GetRequiredService<FakeConnections>());
        services.AddSingleton<ISendSlots, FakeSlots>();
        services.AddSingleton<IReceiptAddresses, Addresses>();
        services.AddSingleton<SendGates>();
        services.AddSingleton(provider => new ProviderHttp(provider.GetRequiredService<IOptions<WebhookOptions>>(), TimeProvider.System) { Timeout = timeout ?? TimeSpan.FromSeconds(15) });
        services.AddSingleton<ConnectionLines>();
        services.AddSingleton<ProviderRegistry>();
        services.AddSingleton<TemplateEngine>();
        services.Configure<WebhookOptions>(options =>
        {
            options.AllowPrivateNetworks = true;

            // A line that is bad on purpose is not given up.
            options.BreakerThreshold = timeout is null ? options.BreakerThreshold : 100_000;
        });
        services.Configure<Email.EmailOptions>(options => options.OutboxDirectory = outbox ?? "nowhere");
        services.AddSmsChannel().AddTools();
        return new ProviderHarness(await HttpSink.StartAsync(), services.BuildServiceProvider());
    }

    public IChannel Channel(string type) => _services.GetServices<IChannel>().Single(channel => channel.Type == type);

    public Task<DeliveryOutcome> DeliverAsync(OutboundMessage message) => Channel(message.Channel.Type!).DeliverAsync(message);

    public Task<ConnectionCheck> TestAsync(ChannelConnection connection) =>
        _services.GetRequiredService<ConnectionLines>().TestAsync(connection, Providers.Find(connection.Type, connection.Provider)!);

    public static OutboundMessage Message(string type, string? connection = "chan_1", string id = "msg_1", object? customer = null, object? data = null, ChannelTemplate? template = null) => new()
    {
        MessageId = id,
        Project = 1,
        ProjectId = "proj_1",
        DistributionId = "distr_1",
        DistributionName = "Codes",
        Channel = new ChannelDefinition { Type = type, Connection = connection, Template = template },
        Recipient = new Recipient("cust_1", JsonSerializer.SerializeToUtf8Bytes(customer ?? new { id = "cust_1", source_id = "src_1", name = "Ada", email = "Ada@Example.com", phone = "501 234 567" }), "48"),
        Trigger = new TriggerOccurrence
        {
            EventId = "evcus_1",
            Type = "customer.segment.entered",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Data = JsonSerializer.SerializeToUtf8Bytes(data ?? new
            {
                voucher = new { code = "CODE-1", value = "$10.00", qr_url = "https://shop.example/qr.png" },
                publication = new { created_at = "2026-11-28T10:00:00.000Z" },
            }),
        },
    };

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Stub.DisposeAsync();
    }

    private sealed class Addresses : IReceiptAddresses
    {
        public string? Of(ChannelConnection connection, string? messageId) => $"https://engine.example/hooks/channels/1/{connection.Id}?m={messageId}";
    }
}
