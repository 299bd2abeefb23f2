using Marketing.Pictures;
using QRCoder;

namespace Marketing.Channels.Email;

/// <summary>Draws codes for mails.</summary>
internal static class CodeDrawing
{
    private const int PixelsOfModule = 6;

    // As much as a QR code holds at this level of correction is more than anybody scans.
    private const int MostLetters = 1_000;

    /// <summary>A PNG; null where there is none of this text.</summary>
    public static byte[]? Draw(bool isQr, string text)
    {
        if (text.Length is 0 or > MostLetters)
        {
            return null;
        }

        if (!isQr)
        {
            return Code128.Of(text)?.ToPng();
        }

        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: text.Any(static letter => letter > '\x7f'));
        return new PngByteQRCode(data).GetGraphic(PixelsOfModule);
    }
}
