using System.Globalization;
using System.Text.Json;

namespace Marketing.Testing;

/// <summary>
/// A manual distribution by mail to everybody and an automatic one by webhook under a stream of events, with the sinks that judge what became of them.
/// </summary>
public sealed class Workload : IAsyncDisposable
{
    private const string Event = "visit";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly List<string> _manuals = [];

    private Workload(HttpSink hooks) => Hooks = hooks;

    public SmtpSink Mails { get; } = SmtpSink.Start(new SmtpSinkOptions { KeepText = false });

    public HttpSink Hooks { get; }

    public EngineCluster Cluster { get; private set; } = null!;

    public Ledger Ledger { get; private set; } = null!;

    /// <summary>The newest manual distribution, by mail.</summary>
    public string Manual => _manuals[^1];

    /// <summary>The segment of all customers.</summary>
    public string Everybody { get; private set; } = "";

    /// <summary>The automatic one, by webhook.</summary>
    public string Automatic { get; private set; } = "";

    public SteadyEvents Events { get; private set; } = null!;

    /// <summary>How many the manual one is for.</summary>
    public int Customers { get; private set; }

    public static async Task<Workload> CreateAsync() => new(await HttpSink.StartAsync());

    /// <summary>What silos need to know of the sinks.</summary>
    public Dictionary<string, string> Settings(params (string Key, string Value)[] more)
    {
        Dictionary<string, string> settings = new()
        {
            ["Distributions:Email:Host"] = SmtpSink.Host,
            ["Distributions:Email:Port"] = Mails.Port.ToString(CultureInfo.InvariantCulture),
            ["Distributions:Email:From"] = "shop@example.com",
            ["Distributions:Email:Security"] = "None",
            ["Distributions:Webhooks:AllowPrivateNetworks"] = "true",
            ["Distributions:ManualDelay"] = "00:00:00",
            ["Distributions:BatchSize"] = "50",
        };
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        return settings;
    }

    /// <summary>Imports customers, and nothing is sent to them yet.</summary>
    public async Task OpenAsync(EngineCluster cluster, int customers)
    {
        (Cluster, Customers) = (cluster, customers);
        Ledger = new Ledger(cluster.Database, Mails, Hooks);
        await cluster.Shop.ImportCustomersAsync(0, customers);
        Everybody = await cluster.Shop.SegmentAsync("Everybody", "source_id", "$starts_with", "c-");
        await cluster.Shop.SyncedAsync(Everybody);
    }

    /// <summary>Imports customers, makes both distributions and lets the events begin. The manual one waits to be activated.</summary>
    public async Task BeginAsync(EngineCluster cluster, int customers, int writers = 4)
    {
        await OpenAsync(cluster, customers);
        await DraftManualAsync();
        Automatic = await cluster.Shop.DistributionAsync(new
        {
            name = "On visit",
            type = "automatic",
            trigger = new { type = "customer.custom_event", custom_event = Event },
            action = new { type = "plain_message" },
            channels = new[]
            {
                new
                {
                    type = "webhook",
                    template = new { event_name = "visited", target_url = $"{Hooks.Url}visits", payload = new { number = "{{ event.metadata.number }}" }, raw_payload = true },
                },
            },
        });
        Events = SteadyEvents.Start(cluster.Apis, Event, customers, writers, TimeSpan.FromMilliseconds(20));
    }

    /// <summary>Activates the manual one and answers once so many of its mails have arrived.</summary>
    public async Task SendAsync(int arrived)
    {
        await Cluster.Shop.ActivateAsync(Manual);
        await Mails.WaitForAsync(arrived, TimeSpan.FromSeconds(20));
    }

    /// <summary>A webhook for each customer as soon as it is activated.</summary>
    public Task<string> DraftHooksAsync() => Cluster.Shop.DraftAsync(new
    {
        name = "Hooks for everybody",
        type = "automatic",
        trigger = new { type = "customer.segment.entered", segment_id = Everybody, include_current_members = true },
        action = new { type = "plain_message" },
        channels = new[] { new { type = "webhook", template = new { event_name = "joined", target_url = $"{Hooks.Url}joined", payload = new { }, raw_payload = true } } },
    });

    /// <summary>Another manual distribution to everybody.</summary>
    /// <param name="uncertain">What becomes of a message whose hand-off a crash interrupted.</param>
    public async Task DraftManualAsync(string uncertain = "resend") => _manuals.Add(await Cluster.Shop.DraftAsync(new
    {
        uncertain,
        name = $"Everybody {_manuals.Count}",
        type = "manual",
        audience = new { segment_id = Everybody },
        action = new { type = "plain_message" },
        channels = new[] { new { type = "email", template = new { subject = $"Manual {_manuals.Count} {{{{ customer.name }}}}", text = "Hello {{ customer.name }}" } } },
    }));

    /// <summary>Waits until everybody was served, under events; then lets those end, and waits until nothing is owed any more.</summary>
    public async Task FinishAsync()
    {
        foreach (var manual in _manuals)
        {
            await Cluster.Shop.UntilAsync($"/v1/distributions/{manual}", view => view.GetProperty("status").GetString() == "sent", Patience);
        }

        Cluster.Note("the events end");
        await Events.StopAsync();
        await Cluster.Shop.UntilAsync($"/v1/distributions/{Automatic}", view => Pending(view.GetProperty("messages")) == 0, Patience);
    }

    /// <summary>What is wrong at the end: with what arrived, with the figures, and with what was accepted.</summary>
    public async Task<List<string>> ViolationsAsync()
    {
        var comparison = await Ledger.CompareAsync();
        List<string> wrong = [.. comparison.Violations, .. await Ledger.ImbalancesAsync()];
        var mails = Mails.Received.Select(mail => mail.Subject).Distinct().Count();
        if (mails != Customers * _manuals.Count)
        {
            wrong.Add($"{mails} of {Customers * _manuals.Count} manual mails arrived");
        }

        var visits = Hooks.Requests.Select(NumberOf).ToHashSet();
        var lost = Events.Accepted.Keys.Where(number => !visits.Contains(number)).Order().ToList();
        if (lost.Count > 0)
        {
            wrong.Add($"accepted, but started nothing: events {string.Join(' ', lost)}");
        }

        var messages = comparison.Rows.GroupBy(row => row.Distribution).Select(rows => rows.Count()).Order().ToList();
        List<int> owed = [Events.Accepted.Count, .. _manuals.Select(_ => Customers)];
        if (!messages.SequenceEqual(owed.Order()))
        {
            wrong.Add($"{string.Join(" and ", messages)} messages for {Customers} customers and {Events.Accepted.Count} events");
        }

        return wrong;
    }

    /// <summary>Of the event that started a webhook.</summary>
    public static int NumberOf(SinkRequest hook)
    {
        using var body = JsonDocument.Parse(hook.Body);
        var number = body.RootElement.GetProperty("number");
        return number.ValueKind == JsonValueKind.Number ? number.GetInt32() : int.Parse(number.GetString()!, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (Events is not null)
        {
            await Events.DisposeAsync();
        }

        await Mails.DisposeAsync();
        await Hooks.DisposeAsync();
    }

    private static int Pending(JsonElement counts) =>
        counts.GetProperty("queued").GetInt32() + counts.GetProperty("retrying").GetInt32() + counts.GetProperty("sending").GetInt32();
}
