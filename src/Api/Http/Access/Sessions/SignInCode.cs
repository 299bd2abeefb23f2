using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Marketing.Http;

/// <summary>
/// The code of the link that the first start prints: it signs one browser in, once, within an hour. Known to this process only, which is the one that the link leads to.
/// </summary>
internal sealed class SignInCode(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private Issued? _issued;

    /// <summary>A code for a key, in place of the one before.</summary>
    public string Issue(string appId)
    {
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        _issued = new Issued(appId, Hash(code), clock.GetUtcNow() + Lifetime);
        return code;
    }

    /// <summary>The application id of the key that a code was issued for, the first time that it is asked with the right code; otherwise null.</summary>
    public string? Use(string code)
    {
        var issued = _issued;
        return issued is not null && issued.Until > clock.GetUtcNow() && CryptographicOperations.FixedTimeEquals(issued.Hash, Hash(code))
            && Interlocked.CompareExchange(ref _issued, null, issued) == issued
                ? issued.AppId
                : null;
    }

    private static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));

    private sealed record Issued(string AppId, byte[] Hash, DateTimeOffset Until);
}
