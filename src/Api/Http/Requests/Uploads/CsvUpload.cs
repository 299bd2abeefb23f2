namespace Marketing.Http;

/// <summary>The part <c>file</c> of a multipart upload, as UTF-8. Handlers take it as a parameter.</summary>
internal sealed class CsvUpload(byte[] file)
{
    public static readonly UploadedPart Form = new(
        "file", "CSV in UTF-8, or in the charset of the part's content type; separated by comma, semicolon, tab or |. The first row names the columns.");

    public byte[] File { get; } = file;

    public static async ValueTask<CsvUpload?> BindAsync(HttpContext context)
    {
        var uploaded = await UploadedFile.ReadAsync(context, "multipart/form-data with the CSV file as its part 'file'");
        return new CsvUpload(UploadedText.ToUtf8(uploaded.Bytes, uploaded.Charset));
    }
}
