using System.Collections.Concurrent;

namespace Marketing.Http;

/// <summary>
/// Answers to who may come in, kept for 30 seconds, refusals included: authentication must cost a dictionary look-up, and a flood of wrong credentials must not become a
/// flood of grain calls. What was right goes on working for five minutes while nobody can be asked.
/// </summary>
internal sealed class RememberedAnswers<T>(TimeProvider clock)
    where T : class
{
    private const int Capacity = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    // What a request with credentials that were right waits for an answer, and how long others then do not ask again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Apart, so that made-up names cannot push out the real ones.
    private readonly ConcurrentDictionary<string, Remembered> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Remembered> _unknown = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<T?>>> _loading = new(StringComparer.Ordinal);

    /// <summary>What is known by a name, or null.</summary>
    /// <param name="name">Of what is asked for.</param>
    /// <param name="ask">Asks whoever knows, when that was not done lately.</param>
    public ValueTask<T?> FindAsync(string name, Func<Task<T?>> ask)
    {
        if ((_known.TryGetValue(name, out var remembered) || _unknown.TryGetValue(name, out remembered)) && remembered.Until > clock.GetTimestamp())
        {
            return ValueTask.FromResult(remembered.Answer);
        }

        // Many requests with the same new name ask once.
        var answer = _loading.GetOrAdd(name, name => new Lazy<Task<T?>>(() => LoadAsync(name, ask))).Value;
        return new ValueTask<T?>(
            _known.TryGetValue(name, out var last) && clock.GetElapsedTime(last.At) < Grace ? UnlessAwayAsync(answer, name, last) : answer);
    }

    /// <summary>The next one who wants to know asks.</summary>
    public void Forget(string name)
    {
        _known.TryRemove(name, out _);
        _unknown.TryRemove(name, out _);
    }

    private async Task<T?> UnlessAwayAsync(Task<T?> answer, string name, Remembered last)
    {
        try
        {
            return await answer.WaitAsync(Patience, clock);
        }
        catch (Exception failure) when (failure is TimeoutException || Outages.IsOutage(failure))
        {
            _known.TryUpdate(name, last with { Until = After(Pause) }, last);
            return last.Answer;
        }
    }

    private async Task<T?> LoadAsync(string name, Func<Task<T?>> ask)
    {
        // Off the caller's stack: a call that completes at once must not finish before it is in the table it removes itself from.
        await Task.Yield();
        try
        {
            var answer = await ask();
            var (into, other) = answer is null ? (_unknown, _known) : (_known, _unknown);
            other.TryRemove(name, out _);
            if (into.Count >= Capacity)
            {
                into.Clear();
            }

            into[name] = new Remembered(answer, clock.GetTimestamp(), After(Lifetime));
            return answer;
        }
        finally
        {
            _loading.TryRemove(name, out _);
        }
    }

    private long After(TimeSpan time) => clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);

    /// <param name="Answer">What was said.</param>
    /// <param name="At">When, as a timestamp.</param>
    /// <param name="Until">How long nobody asks again.</param>
    private sealed record Remembered(T? Answer, long At, long Until);
}
