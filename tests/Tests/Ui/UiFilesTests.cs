using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Marketing.Api;
using Xunit;

namespace Marketing.Ui;

/// <summary>The manager's files, as a browser gets them.</summary>
public sealed partial class UiFilesTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task The_page_is_at_every_address_below_ui_and_asks_every_time()
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        var page = await http.GetStringAsync("/ui/", TestContext.Current.CancellationToken);
        Assert.Contains("<div id=\"app\">", page, StringComparison.Ordinal);
        foreach (var path in (string[])["/ui", "/ui/distributions", "/ui/distributions/distr_1/edit/summary?x=1"])
        {
            using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, "text/html", "no-cache"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.ToString()));
            Assert.Equal(page, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Its_parts_are_kept_for_good_and_compressed()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = api.Address };
        var parts = Part().Matches(await http.GetStringAsync("/ui/", TestContext.Current.CancellationToken)).Select(match => match.Value).ToList();
        Assert.Contains(parts, part => part.EndsWith(".js", StringComparison.Ordinal));
        Assert.Contains(parts, part => part.EndsWith(".css", StringComparison.Ordinal));
        foreach (var part in parts)
        {
            var plain = await http.GetByteArrayAsync(part, TestContext.Current.CancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Get, part) { Headers = { { "Accept-Encoding", "gzip, br;q=0.9" } } };
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
            await using var brotli = new BrotliStream(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
            using var read = new MemoryStream();
            await brotli.CopyToAsync(read, TestContext.Current.CancellationToken);
            Assert.Equal(plain, read.ToArray());
        }
    }

    [Fact]
    public async Task What_a_browser_has_is_not_sent_again()
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        using var first = await http.GetAsync("/ui/", TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/ui/") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var answer = await http.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_part_of_an_earlier_build_is_gone_and_not_the_page()
    {
        using var anybody = api.Anonymous();
        (await anybody.GetAsync("/ui/assets/index-00000000.js")).Error(404, "not_found");
        Assert.Equal(405, (await anybody.PostAsync("/ui/distributions", "{}")).Status);
        Assert.Equal((200, ""), (await anybody.SendAsync("HEAD", "/ui/") is var head ? head.Status : 0, head.Text));
    }

    [GeneratedRegex("/ui/assets/[^\"]+")]
    private static partial Regex Part();
}
