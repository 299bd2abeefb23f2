using System.Net.Http.Headers;
using Marketing.Api;
using Marketing.Pictures;
using Xunit;

namespace Marketing.Images;

[Collection(ApiTests.Name)]
public sealed class ImageApiTests(ApiHost api)
{
    private static readonly byte[] Gif = [.. "GIF89a"u8, 3, 0, 2, 0, 0, 0, 0, .. new byte[20]];
    private static readonly byte[] Jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 5, 0, 7, 3, .. new byte[20]];

    [Fact]
    public async Task A_picture_is_uploaded_and_everybody_gets_it()
    {
        using var shop = await api.NewProjectAsync();
        var png = Code128.Of("A-1")!.ToPng();
        var made = (await UploadAsync(shop, png, "böots.jpg", "image/jpeg")).Ok();
        Shape.Is(made, "id object name url content_type width height bytes created_at");
        Assert.Equal(("böots.jpg", "image/png", 120, png.Length), (
            made.GetProperty("name").GetString(), made.GetProperty("content_type").GetString(), made.GetProperty("height").GetInt32(), made.GetProperty("bytes").GetInt32()));
        Assert.Equal(made.GetRawText(), (await UploadAsync(shop, png, "again.png", "image/png")).Ok().GetRawText());

        var url = new Uri(made.GetProperty("url").GetString()!);
        Assert.EndsWith(".png", url.AbsolutePath, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = api.Address };
        using var shown = await http.GetAsync(url.AbsolutePath, TestContext.Current.CancellationToken);
        Assert.Equal(png, await shown.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("image/png", shown.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", shown.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(shown.Headers.CacheControl is { Public: true, MaxAge.TotalDays: 365 });

        var path = $"/v1/images/{made.GetProperty("id").GetString()}";
        Assert.Equal(made.GetRawText(), (await shop.GetAsync("/v1/images")).Ok().GetProperty("data")[0].GetRawText());
        Assert.Equal(204, (await shop.DeleteAsync(path)).Status);
        (await shop.GetAsync(path)).Error(404, "not_found");
        Assert.Equal(404, (int)(await http.GetAsync(url.AbsolutePath, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task What_is_no_picture_by_its_content_is_refused()
    {
        using var shop = await api.NewProjectAsync();
        foreach (var file in new byte[][] { "<svg onload=\"alert(1)\"/>"u8.ToArray(), [], [0x89, 0x50], "GIF89a"u8.ToArray(), [.. Code128.Of("A")!.ToPng(), .. new byte[StoredImage.MostBytes]] })
        {
            Assert.Contains("'file' must be a PNG, JPEG or GIF", (await UploadAsync(shop, file, "a.png", "image/png")).Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
        }

        (await UploadAsync(shop, new byte[StoredImage.MostBytes + (100 * 1024)], "a.png", "image/png")).Error(413, "payload_too_large");
        (await shop.PostAsync("/v1/images", "{}")).Error(415, "unsupported_media_type");
    }

    [Fact]
    public void Sizes_are_read_of_each_kind()
    {
        Assert.Equal(new ImageKind("image/gif", "gif", 3, 2), ImageKind.Of(Gif));
        Assert.Equal(new ImageKind("image/jpeg", "jpg", 7, 5), ImageKind.Of(Jpeg));
        Assert.Null(ImageKind.Of([0xff, 0xd8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]));
    }

    private static Task<Answer> UploadAsync(ApiClient shop, byte[] file, string name, string type)
    {
        var bytes = new ByteArrayContent(file);
        bytes.Headers.ContentType = new MediaTypeHeaderValue(type);
        return shop.SendAsync("POST", "/v1/images", new MultipartFormDataContent { { bytes, "file", name } });
    }
}
