using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Marketing.Testing;

namespace Marketing.Bench.Chaos;

/// <summary>
/// What a shop sends while things happen: manual distributions to everybody, a new one whenever the last ones run dry, and two that events start, one by
/// mail and one by webhook. More than receivers as slow as these take at once.
/// </summary>
internal sealed class ChaosLoad(EngineCluster cluster, Workload work) : IAsyncDisposable
{
    public const int MailConnections = 16;
    public const int HookConnections = 64;

    private const int Customers = 300;
    private const int EnoughMail = 200;
    private const int HookWriters = 8;
    private const string Visit = "visit";
    private const string Review = "review";

    private static readonly string[] States = ["queued", "retrying", "sending", "sent", "failed", "skipped", "canceled"];
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookClosely = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Writing = TimeSpan.FromMilliseconds(130);
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromSeconds(40);

    private readonly ConcurrentQueue<ChaosDistribution> _distributions = new();
    private readonly ConcurrentQueue<ChaosCommand> _commands = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentBag<Task> _watching = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _feeding = Task.CompletedTask;

    public IReadOnlyCollection<ChaosDistribution> Distributions => _distributions;

    public IReadOnlyCollection<ChaosCommand> Commands => _commands;

    /// <summary>What was wrong with the figures on the way.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    public ChaosDistribution Hooks { get; private set; } = null!;

    public ChaosDistribution Mails { get; private set; } = null!;

    public SteadyEvents Visits { get; private set; } = null!;

    public SteadyEvents Reviews { get; private set; } = null!;

    public int Owed { get; private set; }

    public async Task BeginAsync()
    {
        await work.OpenAsync(cluster, Customers);
        Hooks = await TriggeredAsync(Visit, HookConnections, new
        {
            type = "webhook",
            template = new { event_name = "visited", target_url = $"{work.Hooks.Url}visits", payload = new { number = "{{ event.metadata.number }}" }, raw_payload = true },
        });
        Mails = await TriggeredAsync(Review, MailConnections, new
        {
            type = "email",
            template = new { subject = "Review {{ event.metadata.number }}", text = "Thank you {{ customer.name }}" },
        });
        Visits = SteadyEvents.Start(cluster.Apis, Visit, Customers, HookWriters, Writing);
        Reviews = SteadyEvents.Start(cluster.Apis, Review, Customers, writers: 1, Writing);
        await AddManualAsync();
        _feeding = FeedAsync(_stop.Token);
    }

    /// <summary>Pauses one that sends, and resumes it after a while.</summary>
    public async Task PauseAsync(Random random, TimeSpan length)
    {
        var candidates = _distributions.Where(distribution => distribution is { IsOver: false, Pending: > 0 }).ToList();
        if (candidates.Count == 0)
        {
            return;
        }

        var distribution = candidates[random.Next(candidates.Count)];
        if (await CommandAsync(distribution, "pause") is not { } command)
        {
            return;
        }

        distribution.IsPaused = true;
        await Task.Delay(length);
        command.Resumed = DateTimeOffset.UtcNow;
        await cluster.Shop.PostAsync($"/v1/distributions/{distribution.Id}/resume", new { });
        command.ResumedFor = DateTimeOffset.UtcNow;
        distribution.IsPaused = false;
    }

    /// <summary>Stops the manual one that has most to send.</summary>
    public async Task StopAsync()
    {
        var distribution = _distributions.Where(candidate => candidate is { IsManual: true, IsOver: false }).MaxBy(candidate => candidate.Queued);
        if (distribution is not null)
        {
            await CommandAsync(distribution, "stop");
        }
    }

    /// <summary>Nothing is added any more; answers when nothing is owed, or when that took too long.</summary>
    public async Task<bool> EndAsync(TimeSpan patience)
    {
        await _stop.CancelAsync();
        await _feeding;
        await Task.WhenAll(Visits.StopAsync(), Reviews.StopAsync());
        await Task.WhenAll(_watching);
        var watch = Stopwatch.StartNew();
        while (_distributions.Any(distribution => distribution.IsManual ? !distribution.IsOver || distribution.Pending > 0 : distribution.Pending > 0))
        {
            if (watch.Elapsed > patience)
            {
                return false;
            }

            await LookAsync();
            await Task.Delay(Look);
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
        foreach (var events in (SteadyEvents?[])[Visits, Reviews])
        {
            await (events?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task FeedAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await LookAsync();
            if (_distributions.Where(distribution => distribution is { IsManual: true, IsPaused: false }).Sum(distribution => distribution.Pending) < EnoughMail)
            {
                await AddManualAsync();
            }

            await Task.Delay(Look, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // As the shop sees it: the states add up at any moment.
    private async Task LookAsync()
    {
        foreach (var distribution in _distributions.Where(candidate => candidate is { IsOver: false } or { Pending: > 0 } or { IsManual: false }))
        {
            var view = await cluster.Shop.GetAsync($"/v1/distributions/{distribution.Id}");
            var counts = view.GetProperty("messages");
            var (audience, sum) = (Count(counts, "audience"), States.Sum(state => Count(counts, state)));
            if (audience != sum)
            {
                _wrong.Enqueue($"{distribution.Id} shows {counts}");
            }

            distribution.Queued = Count(counts, "queued");
            distribution.Pending = distribution.Queued + Count(counts, "retrying") + Count(counts, "sending");
            distribution.IsOver = view.GetProperty("status").GetString() is "sent" or "stopped";
        }
    }

    // Null when it had come to its end meanwhile.
    private async Task<ChaosCommand?> CommandAsync(ChaosDistribution distribution, string name)
    {
        if ((await cluster.Shop.GetAsync($"/v1/distributions/{distribution.Id}")).GetProperty("messages") is var counts && Count(counts, "queued") + Count(counts, "sending") == 0)
        {
            return null;
        }

        var connections = distribution.Connections * cluster.Silos.Count(silo => silo.IsRunning);
        var asked = DateTimeOffset.UtcNow;
        await cluster.Shop.PostAsync($"/v1/distributions/{distribution.Id}/{name}", new { });
        var command = new ChaosCommand(distribution, name, asked, DateTimeOffset.UtcNow, connections);
        cluster.Note($"{command} was answered");
        _commands.Enqueue(command);
        _watching.Add(WatchAsync(command));
        return command;
    }

    private async Task WatchAsync(ChaosCommand command)
    {
        while (DateTimeOffset.UtcNow < command.Resumed && DateTimeOffset.UtcNow - command.Answered < LongestQuiet)
        {
            if (Count((await cluster.Shop.GetAsync($"/v1/distributions/{command.Distribution.Id}")).GetProperty("messages"), "sending") == 0)
            {
                command.Quiet = DateTimeOffset.UtcNow - command.Answered;
                return;
            }

            await Task.Delay(LookClosely);
        }

        if (command.Resumed == DateTimeOffset.MaxValue)
        {
            command.Quiet = LongestQuiet;
            _wrong.Enqueue($"{command}: still sending after {LongestQuiet}");
        }
    }

    private async Task AddManualAsync()
    {
        await work.DraftManualAsync();
        await cluster.Shop.ActivateAsync(work.Manual);
        Owed += Customers;
        _distributions.Enqueue(new ChaosDistribution(work.Manual, IsManual: true, MailConnections) { Pending = Customers });
    }

    private async Task<ChaosDistribution> TriggeredAsync(string name, int connections, object channel)
    {
        var id = await cluster.Shop.DistributionAsync(new
        {
            name,
            type = "automatic",
            trigger = new { type = "customer.custom_event", custom_event = name },
            action = new { type = "plain_message" },
            channels = new[] { channel },
        });
        var distribution = new ChaosDistribution(id, IsManual: false, connections);
        _distributions.Enqueue(distribution);
        return distribution;
    }

    private static int Count(JsonElement counts, string state) => counts.GetProperty(state).GetInt32();
}
