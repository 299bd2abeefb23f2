using Marketing.Api;
using Xunit;

namespace Marketing.Vouchers.Assets;

[Collection(ApiTests.Name)]
public sealed class VoucherAssetTests(ApiHost api)
{
    [Fact]
    public async Task A_code_has_pictures_that_anybody_with_the_link_sees()
    {
        using var shop = await api.NewProjectAsync();
        using var anybody = api.Anonymous();
        var assets = (await shop.PostAsync("/v1/vouchers/VIP-1", Samples.Voucher)).Ok().GetProperty("assets");
        foreach (var (kind, begins) in new[] { ("qr", "\x89PNG"), ("barcode", "\x89PNG") })
        {
            var link = new Uri(assets.GetProperty(kind).GetProperty("url").GetString()!).AbsolutePath;
            Assert.Equal($"/assets/{kind}/{assets.GetProperty(kind).GetProperty("id").GetString()}.png", link);
            var picture = await anybody.GetAsync(link);
            Assert.Equal((200, "image/png"), (picture.Status, picture.MediaType));
            Assert.Equal(begins[1..], picture.Text[1..4]);
            Assert.Contains("immutable", picture.Header("Cache-Control"), StringComparison.Ordinal);
            var drawing = await anybody.GetAsync(link.Replace(".png", ".svg", StringComparison.Ordinal));
            Assert.Equal((200, "image/svg+xml"), (drawing.Status, drawing.MediaType));
            Assert.StartsWith("<svg", drawing.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_link_that_was_altered_shows_nothing()
    {
        using var shop = await api.NewProjectAsync();
        using var anybody = api.Anonymous();
        var id = (await shop.PostAsync("/v1/vouchers/VIP-1", Samples.Voucher)).Ok().GetProperty("assets").GetProperty("qr").GetProperty("id").GetString()!;
        var other = (await shop.PostAsync("/v1/vouchers/VIP-2", Samples.Voucher)).Ok().GetProperty("assets").GetProperty("qr").GetProperty("id").GetString()!;
        foreach (var link in new[] { $"{other[..16]}{id[16..]}.png", $"{id}.gif", "x.png", $"{id[..31]}{(id[31] == 'A' ? 'B' : 'A')}.png", $"{new string('_', 32)}.png" })
        {
            (await anybody.GetAsync($"/assets/qr/{link}")).Error(404, "not_found");
        }

        await shop.DeleteAsync("/v1/vouchers/VIP-1");
        (await anybody.GetAsync($"/assets/qr/{id}.png")).Error(404, "not_found");
    }
}
