using System.Buffers.Binary;

namespace Marketing.Images;

/// <summary>What a file is, by its content: what it is called and said to be counts for nothing.</summary>
/// <param name="ContentType">Its type.</param>
/// <param name="Extension">What its address ends in.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record ImageKind(string ContentType, string Extension, int Width, int Height)
{
    private const int LargestSide = 20_000;

    /// <summary>Null where it is no PNG, JPEG or GIF.</summary>
    public static ImageKind? Of(ReadOnlySpan<byte> file)
    {
        var kind = Png(file) ?? Gif(file) ?? Jpeg(file);
        return kind is { Width: > 0 and <= LargestSide, Height: > 0 and <= LargestSide } ? kind : null;
    }

    private static ImageKind? Png(ReadOnlySpan<byte> file) =>
        file.Length >= 33 && file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) && file[12..].StartsWith("IHDR"u8)
            ? new ImageKind("image/png", "png", BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]))
            : null;

    private static ImageKind? Gif(ReadOnlySpan<byte> file) =>
        file.Length >= 14 && (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8))
            ? new ImageKind("image/gif", "gif", BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]))
            : null;

    // The segments are walked to the one with the size; what is compressed comes after it.
    private static ImageKind? Jpeg(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]))
        {
            return null;
        }

        for (var at = 2; at + 9 < file.Length && file[at] == 0xff;)
        {
            var marker = file[at + 1];
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
            {
                return new ImageKind("image/jpeg", "jpg", BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            }

            // Markers without a length, and bytes that only fill.
            at += marker is 0xff ? 1 : marker is 0x01 or (>= 0xd0 and <= 0xd8) ? 2 : 2 + Math.Max((ushort)2, BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]));
        }

        return null;
    }
}
