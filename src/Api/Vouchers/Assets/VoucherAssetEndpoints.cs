using System.Buffers.Binary;
using System.Buffers.Text;
using Marketing.Http;
using Marketing.Pictures;
using QRCoder;

namespace Marketing.Vouchers.Assets;

/// <summary>
/// Pictures of codes, for mails and tills. The token in the link is the only credential: whoever has a mail can see the code in it anyway. What a link shows does not change, so it may be kept for good.
/// </summary>
internal static class VoucherAssetEndpoints
{
    private const int TokenLength = 32;
    private const int PixelsOfModule = 8;

    public static void MapVoucherAssets(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/assets").ExcludeFromDescription();
        group.MapGet("/qr/{name}", (string name, HttpContext http, ProjectCache projects, IGrainFactory grains) => ShowAsync(name, http, projects, grains, Qr));
        group.MapGet("/barcode/{name}", (string name, HttpContext http, ProjectCache projects, IGrainFactory grains) => ShowAsync(name, http, projects, grains, Barcode));
    }

    private static async Task<IResult> ShowAsync(string name, HttpContext http, ProjectCache projects, IGrainFactory grains, Func<string, bool, IResult?> draw)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (token, kind) = dot < 0 ? (name, "png") : (name[..dot], name[(dot + 1)..]);
        if (kind is not ("png" or "svg") || await CodeAsync(token, projects, grains) is not { } code || draw(code, kind == "svg") is not { } picture)
        {
            return ApiError.ForStatus(404);
        }

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return picture;
    }

    // The token says the project, signed with the rest.
    private static async ValueTask<string?> CodeAsync(string token, ProjectCache projects, IGrainFactory grains)
    {
        Span<byte> read = stackalloc byte[TokenLength];
        if (token.Length != TokenLength || !Base64Url.TryDecodeFromChars(token, read, out _))
        {
            return null;
        }

        var number = BinaryPrimitives.ReadInt32BigEndian(read);
        return await projects.AnyAsync(project => project.Number == number) ? await grains.VoucherQueries(number).CodeOfAssetAsync(token) : null;
    }

    private static IResult Qr(string code, bool isSvg)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(code, QRCodeGenerator.ECCLevel.M, forceUtf8: code.Any(letter => letter > '\x7f'));
        return isSvg
            ? Results.Text(new SvgQRCode(data).GetGraphic(PixelsOfModule), "image/svg+xml")
            : Results.Bytes(new PngByteQRCode(data).GetGraphic(PixelsOfModule), "image/png");
    }

    private static IResult? Barcode(string code, bool isSvg) => Code128.Of(code) is not { } barcode ? null
        : isSvg ? Results.Text(barcode.ToSvg(), "image/svg+xml")
        : Results.Bytes(barcode.ToPng(), "image/png");
}
