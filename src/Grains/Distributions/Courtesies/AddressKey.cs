using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Marketing.Distributions.Courtesies;

/// <summary>What stands for an address of a channel where it only has to be told from others: 16 bytes of a digest, so that who was written to cannot be read from it.</summary>
internal static class AddressKey
{
    private const int Length = 16;

    public static string Of(string channel, string address)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{channel}\n{address}"), digest);
        return Base64Url.EncodeToString(digest[..Length]);
    }
}
