using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;

namespace Marketing.Testing;

/// <summary>
/// Customers who do something all the time. Each event is repeated under its key until it is accepted, and every answer on the way is remembered.
/// </summary>
public sealed class SteadyEvents : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan BeforeRepeat = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<EngineProcess> _apis;
    private readonly string _event;
    private readonly int _customers;
    private readonly ConcurrentDictionary<int, DateTimeOffset> _accepted = new();
    private readonly ConcurrentDictionary<int, DateTimeOffset> _begun = new();
    private readonly ConcurrentQueue<RefusedCall> _refused = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writers;
    private int _next = -1;

    private SteadyEvents(IReadOnlyList<EngineProcess> apis, string name, int customers, int writers, TimeSpan pause)
    {
        (_apis, _event, _customers) = (apis, name, customers);
        var stop = _stop.Token;
        _writers = Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() => WriteAsync(pause, stop))));
    }

    /// <summary>The numbers of the events that were answered 2xx, and when.</summary>
    public IReadOnlyDictionary<int, DateTimeOffset> Accepted => _accepted;

    /// <summary>When each event was said for the first time.</summary>
    public IReadOnlyDictionary<int, DateTimeOffset> Begun => _begun;

    /// <summary>Every call that was answered otherwise, or not at all.</summary>
    public IReadOnlyCollection<RefusedCall> Refused => _refused;

    /// <param name="apis">Taken in turn.</param>
    /// <param name="name">The custom event.</param>
    /// <param name="customers">Of c-0 … c-(customers-1), in turn.</param>
    /// <param name="writers">How many at the same time.</param>
    /// <param name="pause">Of each writer between two events.</param>
    public static SteadyEvents Start(IReadOnlyList<EngineProcess> apis, string name, int customers, int writers, TimeSpan pause) =>
        new(apis, name, customers, writers, pause);

    /// <summary>Makes no more events; those under way are still repeated until they are accepted.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _writers;
    }

    /// <summary>Ends without waiting for what is under way: the processes may be gone.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    private async Task WriteAsync(TimeSpan pause, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(pause);
        while (!stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _next);
            _begun[number] = DateTimeOffset.UtcNow;
            await Wait.UntilAsync(
                () => AcceptedAsync(number), Patience, () => string.Create(CultureInfo.InvariantCulture, $"Event {number} was not accepted: {_refused.LastOrDefault()}"));
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<bool> AcceptedAsync(int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events")
        {
            Content = JsonContent.Create(new { @event = _event, customer = new { source_id = $"c-{number % _customers}" }, metadata = new { number } }),
        };
        request.Headers.Add("Idempotency-Key", $"{_event}-{number}");
        var api = _apis[number % _apis.Count];
        var start = DateTimeOffset.UtcNow;
        try
        {
            using var response = await api.Http.SendAsync(request);
            if (response.IsSuccessStatusCode)
            {
                _accepted[number] = DateTimeOffset.UtcNow;
                return true;
            }

            var text = await response.Content.ReadAsStringAsync();
            _refused.Enqueue(new RefusedCall(start, DateTimeOffset.UtcNow, api.Name, (int)response.StatusCode, response.Headers.RetryAfter is not null, text));
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            _refused.Enqueue(new RefusedCall(start, DateTimeOffset.UtcNow, api.Name, Status: 0, SaysWhen: false, lost.Message));
        }

        await Task.Delay(BeforeRepeat);
        return false;
    }
}

/// <summary>A call that was not answered 2xx.</summary>
/// <param name="Start">When it was made.</param>
/// <param name="End">When it was over.</param>
/// <param name="Api">By which process.</param>
/// <param name="Status">0: not answered.</param>
/// <param name="SaysWhen">Whether Retry-After was there.</param>
/// <param name="Text">The body, or what broke.</param>
public sealed record RefusedCall(DateTimeOffset Start, DateTimeOffset End, string Api, int Status, bool SaysWhen, string Text);
