using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Marketing.Http;

/// <summary>
/// An OAuth token as it is sent: the number of the project and an id, by which its hash is found, and 256 bits that nobody can guess. To callers it is a text without a meaning.
/// </summary>
internal sealed record BearerToken
{
    private const int IdBytes = 8;
    private const int SecretBytes = 32;
    private const int Bytes = sizeof(int) + IdBytes + SecretBytes;
    private const string Scheme = "Bearer ";

    private static readonly int Length = Base64Url.GetEncodedLength(Bytes);

    private BearerToken(string text, byte[] bytes)
    {
        Text = text;
        Project = BinaryPrimitives.ReadInt32BigEndian(bytes);
        Id = Convert.ToHexStringLower(bytes.AsSpan(sizeof(int), IdBytes));
        Hash = SHA256.HashData(bytes);
    }

    /// <summary>The token itself: a secret, for its caller only.</summary>
    public string Text { get; }

    public int Project { get; }

    public string Id { get; }

    public byte[] Hash { get; }

    /// <summary>What it is remembered by.</summary>
    public string Name => $"{Project}/{Id}";

    public static BearerToken New(int project)
    {
        var bytes = RandomNumberGenerator.GetBytes(Bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes, project);
        return new BearerToken(Base64Url.EncodeToString(bytes), bytes);
    }

    /// <summary>A token, when the text can be one.</summary>
    public static BearerToken? TryRead(string text)
    {
        var bytes = new byte[Bytes];
        return text.Length == Length && Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done && written == Bytes
            ? new BearerToken(text, bytes)
            : null;
    }

    /// <summary>The token of a header <c>Authorization</c>, when it can be one.</summary>
    public static BearerToken? TryReadHeader(string value) =>
        value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? TryRead(value[Scheme.Length..].Trim(' ')) : null;

    /// <summary>What logs may show of it.</summary>
    public override string ToString() => Name;
}
