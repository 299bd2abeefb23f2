using Marketing.Api;
using Xunit;

namespace Marketing.Search;

[Collection(ApiTests.Name)]
public sealed class SearchApiTests(ApiHost api)
{
    [Fact]
    public async Task Everything_with_a_name_is_found_by_it()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"id":"c-1","source_id":"Shop-77","name":"Spring Winter","email":"Jo@Example.com","phone":"+48 (600) 123-456"}""");
        await shop.NewCustomerAsync("""{"id":"spring-id","name":"Somebody"}""");
        await other.NewCustomerAsync("""{"name":"Spring of others"}""");
        var segment = await shop.NewSegmentAsync("Early spring");
        (await shop.PostAsync("/v1/campaigns", Samples.Campaign)).Ok();
        var distribution = await shop.NewDistributionAsync("""{"name":"News of SPRING"}""");

        var found = (await shop.GetAsync("/v1/search?q=spring")).Ok();
        Shape.Is(found, "object customers segments campaigns distributions");
        Assert.Equal(["spring-id", "c-1"], Shape.Texts(found.GetProperty("customers"), "id"));
        Assert.Equal([segment], Shape.Texts(found.GetProperty("segments"), "id"));
        Assert.Equal(["Spring"], Shape.Texts(found.GetProperty("campaigns"), "name"));
        Assert.Equal([distribution], Shape.Texts(found.GetProperty("distributions"), "id"));

        async Task<string[]> CustomersAsync(string text) => Shape.Texts((await shop.GetAsync($"/v1/search?q={Uri.EscapeDataString(text)}")).Ok().GetProperty("customers"), "id");
        Assert.Equal(["c-1"], await CustomersAsync("Shop-7"));
        Assert.Equal(["c-1"], await CustomersAsync("JO@ex"));
        Assert.Equal(["c-1"], await CustomersAsync("SPRING W"));
        Assert.Equal(["c-1"], await CustomersAsync("+48 600"));
        Assert.Equal(["c-1"], await CustomersAsync("0048-600123"));
        Assert.Empty(await CustomersAsync("600"));
        (await shop.PutAsync("/v1/customers/c-1", """{"phone":"+1 555 0100"}""")).Ok();
        Assert.Empty(await CustomersAsync("+48 600"));
        Assert.Equal(["c-1"], await CustomersAsync("1555"));
        Assert.Empty(await CustomersAsync("pring"));
        Assert.Empty(await CustomersAsync("%%"));
        Assert.Empty(await CustomersAsync("' OR 1=1 --"));
        Assert.Equal(0, (await other.GetAsync("/v1/search?q=Early")).Ok().GetProperty("segments").GetArrayLength());
    }

    [Fact]
    public async Task There_are_ten_of_each_at_most()
    {
        using var shop = await api.NewProjectAsync();
        for (var i = 0; i < 12; i++)
        {
            await shop.NewCustomerAsync($$"""{"name":"Many {{i}}"}""");
        }

        Assert.Equal(10, (await shop.GetAsync("/v1/search?q=many")).Ok().GetProperty("customers").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=a")]
    [InlineData("?q=%20a%20")]
    public async Task A_letter_is_not_enough(string query)
    {
        using var shop = await api.NewProjectAsync();
        (await shop.GetAsync($"/v1/search{query}")).Error(400, "invalid_query_params");
        (await shop.GetAsync($"/v1/search?q={new string('a', 101)}")).Error(400, "invalid_query_params");
    }
}
