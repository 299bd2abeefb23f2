using Marketing.Api;
using Xunit;

namespace Marketing.Vouchers;

[Collection(ApiTests.Name)]
public sealed class VoucherListTests(ApiHost api)
{
    [Fact]
    public async Task Vouchers_are_listed_by_when_they_changed_last()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"C","voucher":{"gift":{"amount":1}}}""")).Ok();
        foreach (var code in new[] { "A", "B", "D" })
        {
            (await shop.PostAsync($"/v1/campaigns/C/vouchers/{code}", "{}")).Ok();
        }

        (await shop.PostAsync("/v1/vouchers/E", """{"gift":{"amount":1}}""")).Ok();
        string? before = null;
        foreach (var code in new[] { "E", "B", "A" })
        {
            // Changes of one millisecond have no order.
            for (var (at, now) = (1, before); now == before; at++, now = (await shop.GetAsync($"/v1/vouchers/{code}"))["updated_at"])
            {
                (await shop.PutAsync($"/v1/vouchers/{code}", $$$"""{"metadata":{"a":{{{at}}}}}""")).Ok();
            }

            before = (await shop.GetAsync($"/v1/vouchers/{code}"))["updated_at"];
        }

        var changed = (await shop.GetAsync("/v1/vouchers/B"))["updated_at"];
        Assert.Equal("A B E", await CodesAsync(shop, "updated_at[after]=2020-01-01"));
        Assert.Equal("E B A", await CodesAsync(shop, "updated_at[after]=2020-01-01&order=updated_at"));
        Assert.Equal("B", await CodesAsync(shop, "updated_at[after]=2020-01-01&limit=1&page=2"));
        Assert.Equal("A B", await CodesAsync(shop, "updated_at[after]=2020-01-01&campaign=C"));
        Assert.Equal("E", await CodesAsync(shop, $"updated_at[before]={changed}"));
        Assert.Equal("A", await CodesAsync(shop, $"updated_at[after]={changed}"));
        Assert.Equal("", await CodesAsync(shop, "updated_at[before]=2020-01-01"));
        Assert.Equal(3, (await shop.GetAsync("/v1/vouchers?updated_at[after]=2020-01-01&limit=1")).Ok().GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("/v1/vouchers?updated_at[after]=2020-01-01&order=created_at", "order")]
    [InlineData("/v1/vouchers?updated_at[after]=2020-01-01&created_at[after]=2020-01-01", "updated_at")]
    [InlineData("/v1/vouchers?updated_at[after]=2020-01-01&customer=c", "updated_at")]
    [InlineData("/v1/vouchers?filters[code][conditions][$is][0]=A", "filters[code]")]
    [InlineData("/v1/publications?filters[result][conditions][$is][0]=SUCCESS", "filters[result]")]
    public async Task What_no_index_finds_is_refused(string path, string named)
    {
        using var shop = await api.NewProjectAsync();
        Assert.StartsWith($"Property .{named} ", (await shop.GetAsync(path)).Error(400, "invalid_query_params").GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    private static async Task<string> CodesAsync(ProjectClient shop, string query) =>
        string.Join(' ', Shape.Texts((await shop.GetAsync($"/v1/vouchers?{query}")).Ok().GetProperty("vouchers"), "code"));
}
