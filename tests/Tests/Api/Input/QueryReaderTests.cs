using Marketing.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Marketing.Api;

public sealed class QueryReaderTests
{
    [Fact]
    public async Task Nothing_given_means_ten_on_the_first_page()
    {
        var query = await ReadAsync("");
        Assert.Equal((10, 1, "-created_at"), (query.Limit(), query.Page(99), query.Order("-created_at", "created_at")));
    }

    [Theory]
    [InlineData("created_at[before]=2026-01-02&created_at[after]=2026-01-01")]
    [InlineData("[created_at][before]=2026-01-02&[created_at][after]=2026-01-01")]
    [InlineData("created_at%5Bbefore%5D=2026-01-02T00:00:00Z&created_at%5Bafter%5D=2026-01-01T01:00:00+01:00")]
    public async Task A_range_is_written_in_brackets(string text)
    {
        var range = (await ReadAsync(text)).Range("created_at");
        Assert.Equal(new TimeRange(Day(2), Day(1)), range);
    }

    [Theory]
    [InlineData("filters[created_at][conditions][$before]=2026-01-02")]
    [InlineData("filters[created_at][conditions][$before][0]=2026-01-02&filters[junction]=OR")]
    public async Task A_filter_is_written_in_brackets(string text)
    {
        var query = await ReadAsync(text);
        query.RefuseFiltersExcept("created_at");
        Assert.Equal(new TimeRange(Day(2), null), query.FilterRange("created_at"));
    }

    [Theory]
    [InlineData("ids=a&ids=b")]
    [InlineData("ids[0]=a&ids[1]=b")]
    [InlineData("ids[]=a&ids[]=b")]
    public async Task A_list_is_written_in_three_ways(string text) => Assert.Equal(["a", "b"], (await ReadAsync(text)).Texts("ids"));

    [Theory]
    [InlineData("limit=0", ".limit")]
    [InlineData("limit=101", ".limit")]
    [InlineData("limit=1e1", ".limit")]
    [InlineData("limit=99999999999999999999", ".limit")]
    [InlineData("page=0", ".page")]
    [InlineData("page=-1", ".page")]
    [InlineData("order=id", ".order")]
    [InlineData("created_at[before]=soon", ".created_at")]
    [InlineData("filters[name][conditions][$is]=x", ".filters[name]")]
    [InlineData("name=%00", ".name")]
    public async Task A_refusal_names_the_parameter(string text, string name)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => UseAllAsync(text));
        Assert.Equal("invalid_query_params", refused.Error.Key);
        Assert.Contains($"Property {name} ", refused.Error.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_beyond_the_last_has_a_key_of_its_own()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => UseAllAsync("page=100"));
        Assert.Equal((400, "page_over_limit"), (refused.Error.Status, refused.Error.Key));
    }

    private static async Task UseAllAsync(string text)
    {
        var query = await ReadAsync(text);
        query.Limit();
        query.Page(99);
        query.Order("-created_at", "created_at");
        query.Range("created_at");
        query.RefuseFiltersExcept("created_at");
    }

    private static async Task<QueryReader> ReadAsync(string text)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString($"?{text}");
        return (await QueryReader.BindAsync(context))!;
    }

    private static DateTimeOffset Day(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);
}
