using System.Text;
using Marketing.Projects;
using Marketing.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Xunit;

namespace Marketing.Channels.Email;

/// <summary>The channel as the host registers it, over a sink of its own.</summary>
internal sealed class EmailHarness : IAsyncDisposable
{
    public static readonly ChannelDefinition Welcome = Channel(new ChannelTemplate
    {
        Subject = "Hello {{ customer.name }}",
        Html = "<p>Dear {{ customer.name }}</p>",
        Text = "Dear {{ customer.name }}",
        FromName = "The Shop",
    });

    private readonly ServiceProvider _services;

    private EmailHarness(SmtpSinkOptions? sink, Dictionary<string, string?> settings, bool outbox)
    {
        Sink = SmtpSink.Start(sink);
        var defaults = new Dictionary<string, string?>
        {
            ["Distributions:Email:Host"] = outbox ? null : SmtpSink.Host,
            ["Distributions:Email:Port"] = $"{Sink.Port}",
            ["Distributions:Email:From"] = "news@shop.example",
        };
        foreach (var (key, value) in settings)
        {
            defaults[$"Distributions:Email:{key}"] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddSingleton<IConnections>(Connections);

        // Nothing is tracked here, so nothing is signed.
        services.AddSingleton(new SignedLinks(null!, Options.Create(new LinkOptions())));
        services.AddSingleton<ISendSlots>(new FakeSlots(Clock));
        services.AddSingleton<SendGates>();
        services.Configure<Webhooks.WebhookOptions>(options => options.AllowPrivateNetworks = AllowsPrivate);
        services.AddEmailChannel(new ConfigurationBuilder().AddInMemoryCollection(defaults).Build());
        _services = services.BuildServiceProvider();
        Channels = _services.GetRequiredService<IChannel>();
    }

    public SmtpSink Sink { get; }

    public FakeConnections Connections { get; } = new();

    /// <summary>Whether mail servers of connections may be on this machine.</summary>
    public bool AllowsPrivate { get; set; } = true;

    public IProvider Provider => _services.GetRequiredService<IProvider>();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero));

    public LogLines Log { get; } = new();

    public IChannel Channels { get; }

    public static EmailHarness Start(SmtpSinkOptions? sink = null, params (string Key, string? Value)[] settings) =>
        new(sink, settings.ToDictionary(setting => setting.Key, setting => setting.Value), outbox: false);

    public static EmailHarness Outbox(string directory) =>
        new(sink: null, new Dictionary<string, string?> { ["OutboxDirectory"] = directory }, outbox: true);

    public static ChannelDefinition Channel(ChannelTemplate template) => new() { Type = "email", Template = template };

    public static OutboundMessage Message(
        string email = "ada@example.com", string? name = "Ada", ChannelDefinition? channel = null, string id = "msg_1", string? unsubscribe = null) => new()
        {
            MessageId = id,
            ProjectId = "proj_1",
            DistributionId = "dist_1",
            DistributionName = "Welcome",
            Channel = channel ?? Welcome,
            Recipient = new Recipient("cust_1", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { id = "cust_1", name, email })),
            Trigger = new TriggerOccurrence { EventId = "evcus_1", Type = "customer.created", CreatedAt = DateTimeOffset.UnixEpoch },
            UnsubscribeUrl = unsubscribe,
        };

    public Task<DeliveryOutcome> DeliverAsync(OutboundMessage message) => Channels.DeliverAsync(message);

    /// <summary>Delivers and returns what arrived, parsed and as text.</summary>
    public async Task<(MimeMessage Mail, string Raw)> ArrivesAsync(OutboundMessage message)
    {
        Assert.IsType<DeliveryOutcome.Sent>(await DeliverAsync(message));
        var raw = Sink.Received[^1].Text!;
        return (await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(raw)), TestContext.Current.CancellationToken), raw);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Sink.DisposeAsync();
        Log.Dispose();
    }
}
