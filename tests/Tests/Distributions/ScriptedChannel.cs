using System.Collections.Concurrent;
using System.Text.Json;
using Marketing.Behaviour;
using Marketing.Channels;
using Marketing.Storage;
using Marketing.Templates;

namespace Marketing.Distributions;

/// <summary>
/// A channel that ends in memory: remembers what it was handed and answers as told, message by message. Three attempts, twenty
/// milliseconds apart, unless a test sets its own schedule.
/// </summary>
internal sealed class ScriptedChannel(string type, bool pausesWhenExhausted) : IChannel
{
    private readonly ConcurrentQueue<OutboundMessage> _received = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<Task<DeliveryOutcome>>>> _scripts = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Type => type;

    public bool PausesWhenExhausted => pausesWhenExhausted;

    public TimeSpan DeferralLimit { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The waits between attempts; there is one attempt more than waits.</summary>
    public TimeSpan[] Waits { get; set; } = [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20)];

    /// <summary>How long every hand-off takes.</summary>
    public TimeSpan Pace { get; set; }

    public IReadOnlyList<OutboundMessage> ReceivedFor(string distribution) => [.. _received.Where(message => message.DistributionId == distribution)];

    /// <summary>The next attempts to reach this customer end so; after that they succeed.</summary>
    public void Answer(Shop shop, string customer, params DeliveryOutcome[] outcomes)
    {
        foreach (var outcome in outcomes)
        {
            Script(shop, customer, () => Task.FromResult(outcome));
        }
    }

    public void Throw(Shop shop, string customer) => Script(shop, customer, () => throw new InvalidOperationException("The channel is broken."));

    /// <summary>The next attempt does not end before <see cref="Release"/>.</summary>
    public void Hang(Shop shop, string customer, DeliveryOutcome? outcome = null) => Script(shop, customer, async () =>
    {
        await _released.Task;
        return outcome ?? new DeliveryOutcome.Sent();
    });

    public void Release() => _released.TrySetResult();

    public IEnumerable<FieldProblem> Validate(ChannelDefinition channel, TemplateScope scope) => [];

    public Reachability Reach(Recipient recipient) => pausesWhenExhausted
        ? new Reachability(null, null)
        : recipient.Email is null ? new Reachability(null, SkipReasons.NoAddress) : new Reachability(recipient.Email.ToLowerInvariant(), null);

    public RawJson Preview(OutboundMessage message) => new(JsonSerializer.SerializeToUtf8Bytes(new { customer = message.Recipient.Id }));

    public TimeSpan? RetryDelay(int failedAttempts) => failedAttempts <= Waits.Length ? Waits[failedAttempts - 1] : null;

    public async Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, Recall? recall = null)
    {
        _received.Enqueue(message);
        await Task.Delay(Pace);
        return _scripts.TryGetValue(Key(message.ProjectId, message.Recipient.Id), out var script) && script.TryDequeue(out var next)
            ? await next()
            : new DeliveryOutcome.Sent();
    }

    private void Script(Shop shop, string customer, Func<Task<DeliveryOutcome>> next) =>
        _scripts.GetOrAdd(Key(shop.ProjectId, customer), _ => new()).Enqueue(next);

    private static string Key(string project, string customer) => $"{project}/{customer}";
}
