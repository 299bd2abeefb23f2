using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Marketing.Exports;

/// <summary>What opens the file of an export without a key: the project, until when, and both with the export's id signed by a secret that only the export has.</summary>
public static class ExportToken
{
    private const int HeadBytes = sizeof(int) + sizeof(long);
    private const int Bytes = HeadBytes + HMACSHA256.HashSizeInBytes;

    private static readonly int Length = Base64Url.GetEncodedLength(Bytes);

    /// <summary>A token.</summary>
    /// <param name="secret">Of the export.</param>
    /// <param name="project">Its project.</param>
    /// <param name="id">Its id.</param>
    /// <param name="until">From then on it opens nothing.</param>
    public static string Write(byte[] secret, int project, string id, DateTimeOffset until)
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteInt32BigEndian(bytes, project);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(sizeof(int)), until.ToUnixTimeMilliseconds());
        Sign(secret, bytes.AsSpan(0, HeadBytes), id, bytes.AsSpan(HeadBytes));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The project a token says it is of; null where it can be none. Whether it is genuine only its project can tell.</summary>
    public static int? ProjectOf(string token) => Read(token) is { } bytes ? BinaryPrimitives.ReadInt32BigEndian(bytes) : null;

    /// <summary>Whether a token is genuine and has not expired.</summary>
    public static bool Opens(string token, byte[] secret, int project, string id, DateTimeOffset now)
    {
        if (Read(token) is not { } bytes || BinaryPrimitives.ReadInt32BigEndian(bytes) != project || BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(sizeof(int))) <= now.ToUnixTimeMilliseconds())
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(secret, bytes.AsSpan(0, HeadBytes), id, expected);
        return CryptographicOperations.FixedTimeEquals(expected, bytes.AsSpan(HeadBytes));
    }

    private static byte[]? Read(string token)
    {
        var bytes = new byte[Bytes];
        return token.Length == Length && Base64Url.DecodeFromChars(token, bytes, out _, out var written) == OperationStatus.Done && written == Bytes ? bytes : null;
    }

    private static void Sign(byte[] secret, ReadOnlySpan<byte> head, string id, Span<byte> signature) =>
        HMACSHA256.HashData(secret, (byte[])[.. head, .. Encoding.UTF8.GetBytes(id)], signature);
}
