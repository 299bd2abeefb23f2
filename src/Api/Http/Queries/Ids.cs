using System.Security.Cryptography;
using System.Text;

namespace Marketing.Http;

/// <summary>Makes the ids of new objects: a prefix and 24 letters and digits, or for background jobs 18 hexadecimal digits.</summary>
internal static class Ids
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Length = 24;
    private const int MaxLength = 64;

    // What imports of customers took before they had the limit of the API.
    private const int LongestStored = 1_000;

    /// <summary>The same for the same project, kind and key.</summary>
    public static string Derived(string prefix, int project, string key)
    {
        var hash = SHA512.HashData(Encoding.UTF8.GetBytes($"{prefix}\n{project}\n{key}"));
        return prefix + string.Create(Length, hash, static (text, hash) =>
        {
            for (var at = 0; at < text.Length; at++)
            {
                // Two bytes a character keep the small bias of the remainder far away from mattering.
                text[at] = Alphabet[((hash[2 * at] << 8) | hash[(2 * at) + 1]) % Alphabet.Length];
            }
        });
    }

    /// <summary>
    /// Whether an id out of a path can be one of ours at all. Checked before a grain is addressed: a key of any length and alphabet
    /// would reach storage.
    /// </summary>
    public static bool CanBe(string prefix, string id) =>
        id.Length <= MaxLength && id.StartsWith(prefix, StringComparison.Ordinal) && !id.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>A customer, order or address out of a path; null when it is longer than any that was ever stored.</summary>
    public static string? Reference(string fromPath) => fromPath.Length <= LongestStored ? fromPath : null;

    private static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create(Alphabet + "_-");
}
