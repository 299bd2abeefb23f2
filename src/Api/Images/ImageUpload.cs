using Marketing.Http;

namespace Marketing.Images;

/// <summary>The part <c>file</c> of a multipart upload, as it was sent. Handlers take it as a parameter.</summary>
internal sealed class ImageUpload(string? name, byte[] file)
{
    public static readonly UploadedPart Form = new("file", "A PNG, JPEG or GIF.");

    private const int LongestName = 200;

    /// <summary>What the file is called where it comes from, in one line.</summary>
    public string? Name { get; } = name;

    public byte[] File { get; } = file;

    public static async ValueTask<ImageUpload?> BindAsync(HttpContext context)
    {
        var uploaded = await UploadedFile.ReadAsync(context, "multipart/form-data with the picture as its part 'file'");
        var name = string.Concat((uploaded.Name ?? "").Where(static letter => !char.IsControl(letter))).Trim();
        return new ImageUpload(name.Length == 0 ? null : PlainText.Start(name, LongestName), uploaded.Bytes);
    }
}
