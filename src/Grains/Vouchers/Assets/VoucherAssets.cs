using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Marketing.Projects;

namespace Marketing.Vouchers.Assets;

/// <summary>
/// Links to pictures of codes. A link says which voucher and is signed, so that nobody finds the code of another one by counting; it does not say the code, and does not expire, because a mail may be read years later.
/// </summary>
internal sealed class VoucherAssets(SignedLinks links)
{
    private const int Length = sizeof(int) + sizeof(long);
    private const int SignatureLength = 12;

    private static ReadOnlySpan<byte> Kind => "voucher asset"u8;

    /// <summary>Loads the secret; asked for before anything is signed.</summary>
    public ValueTask PrepareAsync() => links.PrepareAsync();

    private string TokenOf(int project, long voucher)
    {
        Span<byte> token = stackalloc byte[Length + SignatureLength];
        BinaryPrimitives.WriteInt32BigEndian(token, project);
        BinaryPrimitives.WriteInt64BigEndian(token[sizeof(int)..], voucher);
        Sign(project, token[..Length]).CopyTo(token[Length..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The number of the voucher; null where the token is not one of the project's.</summary>
    public long? Read(int project, string token)
    {
        Span<byte> read = stackalloc byte[Length + SignatureLength];
        if (!Base64Url.TryDecodeFromChars(token, read, out var written) || written != read.Length || BinaryPrimitives.ReadInt32BigEndian(read) != project)
        {
            return null;
        }

        return CryptographicOperations.FixedTimeEquals(Sign(project, read[..Length]), read[Length..]) ? BinaryPrimitives.ReadInt64BigEndian(read[sizeof(int)..]) : null;
    }

    public VoucherLinks LinksOf(int project, long voucher)
    {
        var token = TokenOf(project, voucher);
        return new VoucherLinks(token, links.Url($"/assets/qr/{token}.png"), links.Url($"/assets/barcode/{token}.png"));
    }

    private ReadOnlySpan<byte> Sign(int project, ReadOnlySpan<byte> payload) => links.Sign(project, [.. Kind, .. payload]).AsSpan(0, SignatureLength);
}
