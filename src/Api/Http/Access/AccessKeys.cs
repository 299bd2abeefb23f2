using System.Security.Cryptography;
using System.Text;
using Marketing.Projects;

namespace Marketing.Http;

/// <summary>Resolves keys.</summary>
internal sealed class AccessKeys(IGrainFactory grains, TimeProvider clock)
{
    public const string Server = "server";
    public const string Client = "client";
    public const string Management = "management";

    private const int MaxCredential = 200;

    private readonly RememberedAnswers<AccessKey> _keys = new(clock);

    /// <summary>The key behind the credentials, or null when they are wrong or of another kind.</summary>
    public async ValueTask<AccessKey?> AuthenticateAsync(string kind, string? appId, string? token)
    {
        if (appId is not { Length: > 0 and <= MaxCredential } || token is not { Length: > 0 and <= MaxCredential })
        {
            return null;
        }

        return await FindAsync(kind, appId) is { } key && Matches(key, token) ? key : null;
    }

    /// <summary>The key with an application id, or null when there is none of the kind.</summary>
    public async ValueTask<AccessKey?> FindAsync(string kind, string appId)
    {
        // There is one management key; its answer does not depend on the id that was sent.
        var key = kind == Management
            ? await _keys.FindAsync("\nmanagement", grains.ProjectDirectory.ManagementKeyAsync)
            : await _keys.FindAsync(appId, () => grains.ProjectDirectory.ResolveKeyAsync(appId));
        return key is not null && key.Kind == kind && string.Equals(key.AppId, appId, StringComparison.Ordinal) ? key : null;
    }

    /// <summary>The next request with this application id asks again: what the key opens was changed here.</summary>
    public void Forget(string appId) => _keys.Forget(appId);

    private static bool Matches(AccessKey key, string token)
    {
        Span<byte> utf8 = stackalloc byte[MaxCredential * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(token, utf8)], hash);
        return CryptographicOperations.FixedTimeEquals(hash, key.TokenHash);
    }
}
