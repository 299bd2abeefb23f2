using System.Security.Cryptography;
using Marketing.OAuth;
using Marketing.Projects;

namespace Marketing.Http;

/// <summary>Resolves OAuth tokens. Whoever made one holds it; its project knows its hash.</summary>
internal sealed class AccessTokens(IGrainFactory grains, AccessKeys keys, TimeProvider clock)
{
    private readonly RememberedAnswers<OAuthToken> _tokens = new(clock);

    /// <summary>A token that is good, or null.</summary>
    public async ValueTask<OAuthToken?> FindAsync(BearerToken token) =>
        await _tokens.FindAsync(token.Name, () => grains.OAuth(token.Project).FindAsync(token.Id)) is { } known
        && known.ExpiresAt > clock.GetUtcNow() && CryptographicOperations.FixedTimeEquals(known.Hash, token.Hash)
            ? known
            : null;

    /// <summary>The key that the token stands for, or null when either of them is good for nothing.</summary>
    public async ValueTask<(OAuthToken Token, AccessKey Key)?> AuthenticateAsync(string authorization)
    {
        // Whoever deletes the key ends its tokens.
        return BearerToken.TryReadHeader(authorization) is { } token && await FindAsync(token) is { } known
            && await keys.FindAsync(AccessKeys.Server, known.AppId) is { } key && key.Project?.Number == token.Project
                ? (known, key)
                : null;
    }

    /// <summary>What this process knows of a token is asked for again. Other processes know it for half a minute.</summary>
    public void Forget(BearerToken token) => _tokens.Forget(token.Name);
}
