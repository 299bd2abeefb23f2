using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Marketing.Projects;

namespace Marketing.Http;

/// <summary>
/// Resolves keys, remembering the answers for 30 seconds, refusals included: authentication must cost a dictionary look-up, and a
/// flood of wrong keys must not become a flood of grain calls. A key that was right goes on working for five minutes while the directory cannot be asked.
/// </summary>
internal sealed class AccessKeys(IGrainFactory grains, TimeProvider clock)
{
    public const string Server = "server";
    public const string Client = "client";
    public const string Management = "management";

    private const int Capacity = 10_000;
    private const int MaxCredential = 200;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    // What a request with a key that was right waits for the directory, and how long others then do not ask again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Apart, so that made-up ids cannot push out the real ones.
    private readonly ConcurrentDictionary<string, Remembered> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Remembered> _unknown = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<AccessKey?>>> _loading = new(StringComparer.Ordinal);

    /// <summary>The key behind the credentials, or null when they are wrong or of another kind.</summary>
    public async ValueTask<AccessKey?> AuthenticateAsync(string kind, string? appId, string? token)
    {
        if (appId is not { Length: > 0 and <= MaxCredential } || token is not { Length: > 0 and <= MaxCredential })
        {
            return null;
        }

        var key = await FindAsync(kind, appId);
        return key is not null && key.Kind == kind && string.Equals(key.AppId, appId, StringComparison.Ordinal) && Matches(key, token) ? key : null;
    }

    private static bool Matches(AccessKey key, string token)
    {
        Span<byte> utf8 = stackalloc byte[MaxCredential * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(token, utf8)], hash);
        return CryptographicOperations.FixedTimeEquals(hash, key.TokenHash);
    }

    private ValueTask<AccessKey?> FindAsync(string kind, string appId)
    {
        // There is one management key; its answer does not depend on the id that was sent.
        var name = kind == Management ? "\nmanagement" : appId;
        if ((_known.TryGetValue(name, out var remembered) || _unknown.TryGetValue(name, out remembered)) && remembered.Until > clock.GetTimestamp())
        {
            return ValueTask.FromResult(remembered.Key);
        }

        // Many requests with the same new key ask once.
        var answer = _loading.GetOrAdd(name, name => new Lazy<Task<AccessKey?>>(() => LoadAsync(name, kind))).Value;
        return new ValueTask<AccessKey?>(
            _known.TryGetValue(name, out var last) && clock.GetElapsedTime(last.At) < Grace ? UnlessAwayAsync(answer, name, last) : answer);
    }

    private async Task<AccessKey?> UnlessAwayAsync(Task<AccessKey?> answer, string name, Remembered last)
    {
        try
        {
            return await answer.WaitAsync(Patience, clock);
        }
        catch (Exception failure) when (failure is TimeoutException || Outages.IsOutage(failure))
        {
            _known.TryUpdate(name, last with { Until = After(Pause) }, last);
            return last.Key;
        }
    }

    private async Task<AccessKey?> LoadAsync(string name, string kind)
    {
        // Off the caller's stack: a call that completes at once must not finish before it is in the table it removes itself from.
        await Task.Yield();
        try
        {
            var key = kind == Management ? await grains.ProjectDirectory.ManagementKeyAsync() : await grains.ProjectDirectory.ResolveKeyAsync(name);
            var (into, other) = key is null ? (_unknown, _known) : (_known, _unknown);
            other.TryRemove(name, out _);
            if (into.Count >= Capacity)
            {
                into.Clear();
            }

            into[name] = new Remembered(key, clock.GetTimestamp(), After(Lifetime));
            return key;
        }
        finally
        {
            _loading.TryRemove(name, out _);
        }
    }

    private long After(TimeSpan time) => clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);

    /// <param name="Key">The answer.</param>
    /// <param name="At">When it was given, as a timestamp.</param>
    /// <param name="Until">How long nobody asks again.</param>
    private sealed record Remembered(AccessKey? Key, long At, long Until);
}
