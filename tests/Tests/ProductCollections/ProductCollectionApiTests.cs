using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.ProductCollections;

[Collection(ApiTests.Name)]
public sealed class ProductCollectionApiTests(ApiHost api)
{
    private const string Path = "/v1/product-collections";

    [Fact]
    public async Task A_static_collection_has_the_products_and_skus_it_was_created_with()
    {
        using var shop = await ShopAsync();
        var made = (await shop.PostAsync(Path, """{"name":"Fruit","type":"STATIC","products":[{"id":"pear","object":"product"},{"id":"pear-s","object":"sku","product_id":"pear"},{"id":"pear","object":"product"}]}""")).Ok();
        Shape.Is(made, "id name type products created_at object");
        Assert.StartsWith("pc_", made.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("""[{"id":"pear","object":"product"},{"id":"pear-s","product_id":"pear","object":"sku"}]""", made.GetProperty("products").GetRawText());
        var path = $"{Path}/{made.GetProperty("id").GetString()}";

        var changed = (await shop.PutAsync(path, """{"name":"Pears"}""")).Ok();
        Shape.Is(changed, "id name type products created_at updated_at object");
        Assert.Equal(changed.GetRawText(), (await shop.PutAsync(path, changed.GetRawText())).Ok().GetRawText());
        Assert.Equal(changed.GetRawText(), (await shop.GetAsync(path)).Ok().GetRawText());
        Assert.Equal(
            ["type: is fixed: STATIC", "products: are fixed: a collection keeps those it was created with", "filter: is for collections of type AUTO_UPDATE"],
            Problems(await shop.PutAsync(path, """{"type":"AUTO_UPDATE","filter":{"junction":"and"},"products":[]}""")));

        var listed = Shape.List((await shop.GetAsync($"{path}/products?order=created_at")).Ok(), "data", "total");
        Assert.Equal(["pear", "pear-s"], Shape.Texts(listed, "id"));
        Shape.Is(listed[0], "id source_id name price attributes metadata image_url created_at updated_at object");
        Assert.Equal("pear", listed[1].GetProperty("product").GetProperty("id").GetString());
        await shop.DeleteAsync("/v1/products/pear/skus/pear-s");
        Assert.Equal(("pear", 1), OnlyOne((await shop.GetAsync($"{path}/products")).Ok()));
    }

    [Fact]
    public async Task A_collection_with_a_filter_follows_products_and_skus_and_its_filter()
    {
        using var shop = await ShopAsync();
        var made = (await shop.PostAsync(Path, """{"name":"Dear","type":"AUTO_UPDATE","filter":{"junction":"or","price":{"conditions":{"$more_than":[500]}},"metadata.kind":{"conditions":{"$is":"gift"}}}}""")).Ok();
        Shape.Is(made, "id name type filter created_at object");
        var path = $"{Path}/{made.GetProperty("id").GetString()}";
        Assert.Equal(["plum-l", "plum"], Shape.Texts((await shop.GetAsync($"{path}/products")).Ok().GetProperty("data"), "id"));

        (await shop.PutAsync("/v1/products/pear", """{"metadata":{"kind":"gift"}}""")).Ok();
        Assert.Equal(["pear", "plum", "plum-l"], Shape.Texts((await shop.GetAsync($"{path}/products?order=created_at")).Ok().GetProperty("data"), "id"));
        (await shop.PutAsync(path, """{"filter":{"junction":"AND","object":{"conditions":{"$is":"sku"}},"attributes.size":{"conditions":{"$is":"s"}}}}""")).Ok();
        Assert.Equal(("pear-s", 1), OnlyOne((await shop.GetAsync($"{path}/products")).Ok()));
        (await shop.PutAsync(path, """{"filter":{"junction":"and","attributes":{"conditions":{"$is":"size"}},"price":{"conditions":{"$less_than":[1000]}}}}""")).Ok();
        Assert.Equal(("pear", 1), OnlyOne((await shop.GetAsync($"{path}/products")).Ok()));
    }

    [Fact]
    public async Task Pages_go_over_products_and_skus_together()
    {
        using var shop = await ShopAsync();
        var made = (await shop.PostAsync(Path, """{"name":"All","type":"AUTO_UPDATE","filter":{"junction":"and","id":{"conditions":{"$has_value":true}}}}""")).Ok();
        var path = $"{Path}/{made.GetProperty("id").GetString()}/products";
        var all = (await shop.GetAsync($"{path}?order=created_at")).Ok();
        Assert.Equal(["pear", "pear-s", "plum", "plum-l", "nameless"], Shape.Texts(all.GetProperty("data"), "id"));
        Assert.Equal(["nameless", "plum-l", "plum", "pear-s", "pear"], Shape.Texts((await shop.GetAsync(path)).Ok().GetProperty("data"), "id"));

        var second = (await shop.GetAsync($"{path}?order=created_at&limit=2&page=2")).Ok();
        Assert.Equal(["plum", "plum-l"], Shape.Texts(second.GetProperty("data"), "id"));
        Assert.Equal(5, second.GetProperty("total").GetInt32());
        var after = all.GetProperty("data")[2].GetProperty("created_at").GetString();
        Assert.DoesNotContain("plum", Shape.Texts((await shop.GetAsync($"{path}?order=created_at&starting_after={after}")).Ok().GetProperty("data"), "id"));

        (await shop.PutAsync("/v1/products/plum", """{"name":"Big plum"}""")).Ok();
        Assert.Equal("plum", Shape.Texts((await shop.GetAsync($"{path}?order=-updated_at&limit=1")).Ok().GetProperty("data"), "id")[0]);
        (await shop.GetAsync($"{path}?page=101")).Error(400, "page_over_limit");
    }

    [Fact]
    public async Task Collections_are_listed_newest_first_and_deleted_for_good()
    {
        using var shop = await api.NewProjectAsync();
        foreach (var name in new[] { "one", "two", "three" })
        {
            (await shop.PostAsync(Path, $$"""{"name":"{{name}}","type":"STATIC"}""")).Ok();
        }

        var listed = Shape.List((await shop.GetAsync($"{Path}?limit=2")).Ok(), "data", "total");
        Assert.Equal(["three", "two"], Shape.Texts(listed, "name"));
        var path = $"{Path}/{listed[0].GetProperty("id").GetString()}";
        (await shop.DeleteAsync(path)).Ok(204);
        foreach (var gone in new[] { await shop.GetAsync(path), await shop.DeleteAsync(path), await shop.PutAsync(path, "{}"), await shop.GetAsync($"{path}/products") })
        {
            Assert.Equal("products_collection", gone.Error(404, "not_found").GetProperty("resource_type").GetString());
        }

        Assert.Equal(["two", "one"], Shape.Texts((await shop.GetAsync(Path)).Ok().GetProperty("data"), "name"));
    }

    [Fact]
    public async Task Two_collections_have_two_names()
    {
        using var shop = await api.NewProjectAsync();
        var id = (await shop.PostAsync(Path, Samples.Collection))["id"];
        Assert.Equal("Duplicated products_collection exists with name Dear", (await shop.PostAsync(Path, Samples.Collection)).Error(409, "duplicate_found").GetProperty("details").GetString());
        var other = (await shop.PostAsync(Path, """{"name":"Other","type":"STATIC"}"""))["id"];
        Assert.Equal(id, (await shop.PutAsync($"{Path}/{other}", """{"name":"Dear"}""")).Error(409, "duplicate_found").GetProperty("resource_id").GetString());
    }

    [Fact]
    public async Task A_request_made_again_with_its_key_makes_nothing_more()
    {
        using var shop = await api.NewProjectAsync();
        (string, string) key = ("Idempotency-Key", "k");
        var id = (await shop.PostAsync(Path, Samples.Collection, key))["id"];
        Assert.Equal(id, (await shop.PostAsync(Path, Samples.Collection, key))["id"]);
        (await shop.PostAsync(Path, """{"name":"Other","type":"STATIC"}""", key)).Error(409, "idempotency_key_reused");
        (await shop.DeleteAsync($"{Path}/{id}")).Ok(204);
        (await shop.PostAsync(Path, Samples.Collection, key)).Error(404, "not_found");
        Assert.Equal(0, (await shop.GetAsync(Path)).Ok().GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("""{"type":"STATIC"}""", "Payload must have required property 'name'")]
    [InlineData("""{"name":"x"}""", "Payload must have required property 'type'")]
    [InlineData("""{"name":1,"type":"STATIC"}""", "Payload property '.name' must be string")]
    [InlineData("""{"name":"x","type":"DYNAMIC"}""", "Payload property '.type' must be equal to one of the allowed values: STATIC, AUTO_UPDATE")]
    [InlineData("""{"name":"x","type":"AUTO_UPDATE"}""", "Payload must have required property 'filter'")]
    [InlineData("""{"name":"x","type":"STATIC","filter":{}}""", "Payload property '.filter' is for collections of type AUTO_UPDATE")]
    [InlineData("""{"name":"x","type":"STATIC","products":[{"id":"pear"}]}""", "Payload property '.products[0]' must have required property 'object'")]
    [InlineData("""{"name":"x","type":"AUTO_UPDATE","filter":{"junction":"xor","price":{"conditions":{"$is":1}}}}""", """Payload property '.filter.junction' must be "and" or "or".""")]
    public async Task What_is_missing_or_wrong_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(details, (await shop.PostAsync(Path, body)).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_with_its_place()
    {
        using var shop = await ShopAsync();
        Assert.Equal(
            ["products[0].id: must be the id of a product that there is", "products[2].product_id: must be pear, whose SKU it is", "products[3].id: must be the id of a sku that there is"],
            Problems(await shop.PostAsync(
                Path,
                """{"name":"x","type":"STATIC","products":[{"id":"none","object":"product"},{"id":"pear","object":"product"},{"id":"pear-s","object":"sku","product_id":"plum"},{"id":"pear","object":"sku"}]}""")));
        var problems = Problems(await shop.PostAsync(Path, """{"name":"x","type":"AUTO_UPDATE","filter":{"prize":{"conditions":{"$is":1}},"price":{"conditions":{"$starts_with":"1"}}}}"""));
        Assert.Equal(["filter", "filter.prize", "filter.price.conditions.$starts_with"], problems.Select(problem => problem.Split(':')[0]));
        Assert.Contains("did you mean 'price'?", problems[1], StringComparison.Ordinal);
        var many = string.Join(',', Enumerable.Range(0, 2_001).Select(at => $$"""{"id":"p{{at}}","object":"product"}"""));
        Assert.Equal(
            "Payload property '.products' must NOT have more than 2000 items",
            (await shop.PostAsync(Path, $$"""{"name":"x","type":"STATIC","products":[{{many}}]}""")).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    private async Task<ProjectClient> ShopAsync()
    {
        var shop = await api.NewProjectAsync();
        foreach (var (path, body) in new[]
        {
            ("/v1/products", """{"id":"pear","source_id":"Pear","name":"Pear","price":100,"attributes":["size"]}"""),
            ("/v1/products/pear/skus", """{"id":"pear-s","sku":"Small pear","price":90,"attributes":{"size":"s"}}"""),
            ("/v1/products", """{"id":"plum","name":"Plum","price":1000,"attributes":["size"]}"""),
            ("/v1/products/plum/skus", """{"id":"plum-l","sku":"Large plum","price":1100,"attributes":{"size":"l"}}"""),
            ("/v1/products", """{"id":"nameless"}"""),
        })
        {
            // Each at an instant of its own, so that their order is one.
            var made = DateTimeOffset.Parse((await shop.PostAsync(path, body))["created_at"], System.Globalization.CultureInfo.InvariantCulture);
            SpinWait.SpinUntil(() => DateTimeOffset.UtcNow >= made.AddMilliseconds(1), TimeSpan.FromSeconds(1));
        }

        return shop;
    }

    private static string[] Problems(Answer answer) =>
    [
        .. answer.Error(400, "invalid_payload").GetProperty("problems").EnumerateArray()
            .Select(problem => $"{problem.GetProperty("field").GetString()}: {problem.GetProperty("message").GetString()}"),
    ];

    private static (string?, int) OnlyOne(JsonElement list) => (Assert.Single(list.GetProperty("data").EnumerateArray()).GetProperty("id").GetString(), list.GetProperty("total").GetInt32());
}
