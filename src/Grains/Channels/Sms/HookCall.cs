using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Marketing.Channels.Sms;

/// <summary>A call of a provider to the address of a connection, as it arrived.</summary>
/// <param name="Url">The public address with its query, as the provider called it.</param>
/// <param name="Headers">By names in lower case.</param>
/// <param name="Body">The bytes.</param>
internal sealed record HookCall(string Url, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The values of a form in the body.</summary>
    public IReadOnlyDictionary<string, string> Form => Pairs(Encoding.UTF8.GetString(Body.Span));

    /// <summary>The values of the query.</summary>
    public IReadOnlyDictionary<string, string> Query => Pairs(Url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? Url[(at + 1)..] : "");

    /// <summary>The body as JSON; null where it is none.</summary>
    public JsonElement? Json()
    {
        try
        {
            return Body.IsEmpty ? null : JsonElement.Parse(Body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The claims of a token that is signed with a secret by HMAC; null where it is not.</summary>
    public static JsonElement? Claims(string? token, string? secret)
    {
        if (token?.Split('.') is not [var header, var payload, var signature] || string.IsNullOrEmpty(secret)
            || !Base64Url.IsValid(header) || !Base64Url.IsValid(payload) || !Base64Url.IsValid(signature))
        {
            return null;
        }

        try
        {
            var signed = Encoding.ASCII.GetBytes($"{header}.{payload}");
            var key = Encoding.UTF8.GetBytes(secret);
            var right = JsonElement.Parse(Base64Url.DecodeFromChars(header)).GetProperty("alg").GetString() switch
            {
                "HS256" => HMACSHA256.HashData(key, signed),
                "HS384" => HMACSHA384.HashData(key, signed),
                "HS512" => HMACSHA512.HashData(key, signed),
                _ => null,
            };
            return right is not null && CryptographicOperations.FixedTimeEquals(right, Base64Url.DecodeFromChars(signature)) ? JsonElement.Parse(Base64Url.DecodeFromChars(payload)) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether two texts are one, in a time that does not tell where they differ.</summary>
    public static bool AreSame(string? given, string right) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(right));

    /// <summary>The SHA-256 of bytes, in hexadecimal digits.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static Dictionary<string, string> Pairs(string text)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            pairs.TryAdd(Decoded(at < 0 ? pair : pair[..at]), at < 0 ? "" : Decoded(pair[(at + 1)..]));
        }

        return pairs;
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
