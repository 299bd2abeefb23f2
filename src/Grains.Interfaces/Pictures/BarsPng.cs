using System.Buffers.Binary;
using System.IO.Compression;

namespace Marketing.Pictures;

/// <summary>Upright bars as PNG, one bit a pixel: nothing else is needed of the format.</summary>
internal static class BarsPng
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <param name="bars">From left to right; true is black.</param>
    /// <param name="width">Of a bar in pixels.</param>
    /// <param name="height">In pixels.</param>
    public static byte[] Write(bool[] bars, int width, int height)
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, bars.Length * width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 1;
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, Pixels(bars, width, height));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    // Each row begins with its filter, which is none.
    private static byte[] Pixels(bool[] bars, int width, int height)
    {
        var row = new byte[1 + (((bars.Length * width) + 7) / 8)];
        for (var pixel = 0; pixel < bars.Length * width; pixel++)
        {
            row[1 + (pixel / 8)] |= (byte)((bars[pixel / width] ? 0 : 1) << (7 - (pixel % 8)));
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var line = 0; line < height; line++)
            {
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(number);
    }

    // As the format asks for; a picture is small.
    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        const uint polynomial = 0xedb88320;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : polynomial);
            }
        }

        return crc;
    }
}
