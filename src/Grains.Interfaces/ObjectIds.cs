using System.Security.Cryptography;
using System.Text;

namespace Marketing;

/// <summary>Ids of objects: a prefix (<c>cust_</c>, <c>ord_</c>) and 24 letters and digits.</summary>
public static class ObjectIds
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>A new one that nobody can guess.</summary>
    public static string New(string prefix) => prefix + RandomNumberGenerator.GetString(Alphabet, 24);

    /// <summary>
    /// The id an object gets that is created under a source id only: the same for the same project and source id, wherever it is computed, so
    /// that two callers who create the object at once meet in one grain. An object that was created with an id of its own has that one instead.
    /// </summary>
    public static string FromSource(string prefix, int project, string sourceId)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{prefix}\n{project}\n{sourceId}"), hash);
        return prefix + string.Create(24, hash.ToArray(), static (span, bytes) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Alphabet[bytes[i] % Alphabet.Length];
            }
        });
    }
}
