using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Products;

[Collection(ApiTests.Name)]
public sealed class ProductApiTests(ApiHost api)
{
    private const string Product = "id source_id name price attributes metadata image_url created_at updated_at object skus";
    private const string Sku = "id source_id product_id sku price currency attributes image_url metadata created_at updated_at object";

    [Fact]
    public async Task A_product_and_its_skus_have_the_documented_shape()
    {
        using var shop = await api.NewProjectAsync();
        var made = (await shop.PostAsync("/v1/products", """{"source_id":"pear","name":"Pear","price":120,"attributes":["size"],"metadata":{"ripe":null}}""")).Ok();
        Shape.Is(made, Product);
        Assert.StartsWith("prod_", made.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(("product", 120, """["size"]""", """{"ripe":null}"""), (
            made.GetProperty("object").GetString(), made.GetProperty("price").GetInt32(), made.GetProperty("attributes").GetRawText(), made.GetProperty("metadata").GetRawText()));
        Assert.All((string[])["image_url", "updated_at"], field => Assert.Equal(JsonValueKind.Null, made.GetProperty(field).ValueKind));

        var sku = (await shop.PostAsync("/v1/products/pear/skus", """{"source_id":"pear-s","sku":"Small pear","price":90,"currency":"EUR","attributes":{"size":"s"}}""")).Ok();
        Shape.Is(sku, Sku);
        Assert.StartsWith("sku_", sku.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal((made.GetProperty("id").GetString(), "EUR", """{"size":"s"}"""), (
            sku.GetProperty("product_id").GetString(), sku.GetProperty("currency").GetString(), sku.GetProperty("attributes").GetRawText()));

        var read = (await shop.GetAsync($"/v1/products/{made.GetProperty("id").GetString()}")).Ok();
        var listed = Shape.List((await shop.GetAsync("/v1/products")).Ok(), "products", "total")[0];
        foreach (var product in (JsonElement[])[read, listed])
        {
            Assert.Equal(sku.GetRawText(), Shape.List(product.GetProperty("skus"), "data", "total")[0].GetRawText());
        }

        Assert.Equal(sku.GetRawText(), (await shop.GetAsync("/v1/skus/pear-s")).Ok().GetRawText());
        Assert.Equal(sku.GetRawText(), Shape.List((await shop.GetAsync("/v1/products/pear/skus")).Ok(), "skus", "total")[0].GetRawText());
    }

    [Fact]
    public async Task What_is_given_changes_and_the_rest_stays()
    {
        using var shop = await api.NewProjectAsync();
        var id = (await shop.PostAsync("/v1/products", """{"source_id":"pear","name":"Pear","price":120,"attributes":["size"],"metadata":{"a":1}}"""))["id"];
        var changed = (await shop.PutAsync("/v1/products/pear", """{"source_id":"other","price":null,"metadata":{"b":2}}""")).Ok();
        Assert.Equal((id, "pear", "Pear", JsonValueKind.Null, """{"a":1,"b":2}""", JsonValueKind.String), (
            changed.GetProperty("id").GetString(), changed.GetProperty("source_id").GetString(), changed.GetProperty("name").GetString(),
            changed.GetProperty("price").ValueKind, changed.GetProperty("metadata").GetRawText(), changed.GetProperty("updated_at").ValueKind));

        // By source id, and what changes nothing is no change.
        var same = (await shop.PostAsync("/v1/products", """{"source_id":"pear","name":"Pear"}""")).Ok();
        Assert.Equal(changed.GetRawText(), same.GetRawText());
        Assert.Equal(1, (await shop.GetAsync("/v1/products")).Ok().GetProperty("total").GetInt32());

        await shop.PostAsync("/v1/products/pear/skus", """{"source_id":"s","sku":"Small","price":1}""");
        var sku = (await shop.PutAsync($"/v1/products/{id}/skus/s", """{"currency":"PLN","attributes":{"size":"s"}}""")).Ok();
        Assert.Equal(("Small", 1, "PLN"), (sku.GetProperty("sku").GetString(), sku.GetProperty("price").GetInt32(), sku.GetProperty("currency").GetString()));
        Assert.Equal(sku.GetProperty("id").GetString(), (await shop.PostAsync("/v1/products/pear/skus", """{"source_id":"s","price":2}"""))["id"]);
        (await shop.PutAsync("/v1/products/none", "{}")).Error(404, "not_found");
        (await shop.PutAsync("/v1/products/pear/skus/none", "{}")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_product_goes_with_its_skus_and_for_good()
    {
        using var shop = await api.NewProjectAsync();
        await shop.PostAsync("/v1/products", """{"id":"pear"}""");
        await shop.PostAsync("/v1/products", """{"id":"apple"}""");
        await shop.PostAsync("/v1/products/pear/skus", """{"id":"small"}""");
        await shop.PostAsync("/v1/products/pear/skus", """{"id":"large"}""");
        Assert.Equal("product", (await shop.DeleteAsync("/v1/products/none/skus/small")).Error(404, "not_found").GetProperty("resource_type").GetString());
        (await shop.DeleteAsync("/v1/products/apple/skus/small")).Error(404, "not_found");
        Assert.Equal(204, (await shop.DeleteAsync("/v1/products/pear/skus/small")).Status);
        (await shop.GetAsync("/v1/skus/small")).Error(404, "not_found");

        Assert.Equal(204, (await shop.DeleteAsync("/v1/products/pear?force=false")).Status);
        (await shop.DeleteAsync("/v1/products/pear")).Error(404, "not_found");
        (await shop.GetAsync("/v1/skus/large")).Error(404, "not_found");
        Assert.Equal(1, (await shop.GetAsync("/v1/products")).Ok().GetProperty("total").GetInt32());

        // The ids are free again.
        Assert.Equal(0, (await shop.PostAsync("/v1/products", """{"id":"pear"}""")).Ok().GetProperty("skus").GetProperty("total").GetInt32());
        (await shop.PostAsync("/v1/products/apple/skus", """{"id":"large"}""")).Ok();
    }

    [Fact]
    public async Task What_somebody_else_has_is_named()
    {
        using var shop = await api.NewProjectAsync();
        await shop.PostAsync("/v1/products", """{"id":"pear","source_id":"p"}""");
        var taken = (await shop.PostAsync("/v1/products", """{"id":"apple","source_id":"p"}""")).Error(400, "duplicate_source_id");
        Assert.Equal("Product with source_id: 'p' already exists", taken.GetProperty("details").GetString());
        await shop.PostAsync("/v1/products", """{"id":"apple"}""");
        await shop.PostAsync("/v1/products/pear/skus", """{"id":"small","source_id":"s"}""");
        var elsewhere = (await shop.PostAsync("/v1/products/apple/skus", """{"source_id":"s"}""")).Error(400, "invalid_payload");
        Assert.Equal("The SKU is one of the product pear", elsewhere.GetProperty("details").GetString());
        (await shop.PutAsync("/v1/products/apple/skus/small", """{"price":1}""")).Error(404, "not_found");
        (await shop.PostAsync("/v1/products/apple/skus", """{"id":"other","source_id":"s"}""")).Error(400, "duplicate_source_id");
    }

    [Theory]
    [InlineData("""{"price":-1}""", "Payload property '.price' must be >= 0")]
    [InlineData("""{"price":1.5}""", "Payload property '.price' must be integer")]
    [InlineData("""{"attributes":"size"}""", "Payload property '.attributes' must be array")]
    [InlineData("""{"attributes":[1]}""", "Payload property '.attributes[0]' must be string")]
    [InlineData("""{"metadata":[]}""", "Payload property '.metadata' must be object")]
    [InlineData("""{"source_id":""}""", "Payload property '.source_id' must NOT have fewer than 1 characters")]
    public async Task A_field_that_cannot_be_so_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(details, (await shop.PostAsync("/v1/products", body)).Error(400, "invalid_payload").GetProperty("details").GetString());
        Assert.Equal(0, (await shop.GetAsync("/v1/products")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_request_made_again_with_its_key_makes_nothing_more()
    {
        using var shop = await api.NewProjectAsync();
        (string, string) key = ("Idempotency-Key", "k");
        const string body = """{"name":"Pear"}""";
        var id = (await shop.PostAsync("/v1/products", body, key))["id"];
        await shop.PutAsync($"/v1/products/{id}", """{"price":5}""");
        var again = (await shop.PostAsync("/v1/products", body, key)).Ok();
        Assert.Equal((id, 5), (again.GetProperty("id").GetString(), again.GetProperty("price").GetInt32()));
        (await shop.PostAsync("/v1/products", """{"name":"Apple"}""", key)).Error(409, "idempotency_key_reused");
        Assert.Equal(1, (await shop.GetAsync("/v1/products")).Ok().GetProperty("total").GetInt32());

        await shop.DeleteAsync($"/v1/products/{id}");
        (await shop.PostAsync("/v1/products", body, key)).Error(404, "not_found");
        Assert.Equal(0, (await shop.GetAsync("/v1/products")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_key_stands_for_one_request_whatever_product_it_is_about()
    {
        using var shop = await api.NewProjectAsync();
        (string, string) key = ("Idempotency-Key", "k");
        await shop.PostAsync("/v1/products", """{"id":"pear"}""");
        await shop.PostAsync("/v1/products", """{"id":"apple"}""");
        var sku = (await shop.PostAsync("/v1/products/pear/skus", """{"sku":"Small"}""", key))["id"];
        Assert.Equal(sku, (await shop.PostAsync("/v1/products/pear/skus", """{"sku":"Small"}""", key))["id"]);
        (await shop.PostAsync("/v1/products/apple/skus", """{"sku":"Small"}""", key)).Error(409, "idempotency_key_reused");
        Assert.Equal(1, (await shop.GetAsync("/v1/products/pear/skus")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Metadata_does_not_grow_beyond_its_limit_piece_by_piece()
    {
        using var shop = await api.NewProjectAsync();
        var part = new string('x', 30_000);
        (await shop.PostAsync("/v1/products", $$$"""{"id":"pear","metadata":{"a":"{{{part}}}"}}""")).Ok();
        (await shop.PutAsync("/v1/products/pear", $$$"""{"metadata":{"b":"{{{part}}}"}}""")).Ok();
        var refused = (await shop.PutAsync("/v1/products/pear", $$$"""{"name":"x","metadata":{"c":"{{{part}}}"}}""")).Error(400, "invalid_payload");
        Assert.Equal("Payload property '.metadata' must NOT become larger than 65536 bytes", refused.GetProperty("details").GetString());
        Assert.Equal(JsonValueKind.Null, (await shop.GetAsync("/v1/products/pear")).Ok().GetProperty("name").ValueKind);
    }

    [Fact]
    public async Task A_list_shows_some_skus_of_each_product_and_how_many_there_are()
    {
        using var shop = await api.NewProjectAsync();
        await shop.PostAsync("/v1/products", """{"id":"pear"}""");
        await shop.PostAsync("/v1/products", """{"id":"apple"}""");
        await Parallel.ForEachAsync(Enumerable.Range(0, 103), async (at, _) => (await shop.PostAsync("/v1/products/pear/skus", $$"""{"id":"k{{at}}"}""")).Ok());
        var listed = (await shop.GetAsync("/v1/products")).Ok().GetProperty("products");
        Assert.Equal((100, 103), (listed[0].GetProperty("skus").GetProperty("data").GetArrayLength(), listed[0].GetProperty("skus").GetProperty("total").GetInt32()));
        Assert.Equal(0, listed[1].GetProperty("skus").GetProperty("total").GetInt32());
        Assert.Equal(103, (await shop.GetAsync("/v1/products/pear")).Ok().GetProperty("skus").GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Lists_are_paged_in_order_and_limited_by_when_products_were_made()
    {
        using var shop = await api.NewProjectAsync();
        for (var at = 0; at < 5; at++)
        {
            await shop.PostAsync("/v1/products", $$"""{"id":"p{{at}}"}""");
            await shop.PostAsync("/v1/products/p0/skus", $$"""{"id":"k{{at}}"}""");
        }

        await shop.PutAsync("/v1/products/p1", """{"name":"changed"}""");
        await shop.PutAsync("/v1/products/p0/skus/k1", """{"sku":"changed"}""");
        Assert.Equal(["p0", "p1"], await IdsAsync(shop, "/v1/products?limit=2", "products"));
        Assert.Equal(["p4", "p3"], await IdsAsync(shop, "/v1/products?limit=2&order=-created_at", "products"));
        Assert.Equal(["p2", "p3"], await IdsAsync(shop, "/v1/products?limit=2&page=2&order=created_at", "products"));
        Assert.Equal("p1", (await IdsAsync(shop, "/v1/products?order=-updated_at", "products"))[0]);
        Assert.Equal(["k2", "k3"], await IdsAsync(shop, "/v1/products/p0/skus?limit=2&page=2&order=created_at", "skus"));
        Assert.Equal("k1", (await IdsAsync(shop, "/v1/products/p0/skus?order=-updated_at", "skus"))[0]);
        Assert.Empty(await IdsAsync(shop, "/v1/products/p1/skus", "skus"));

        var third = (await shop.GetAsync("/v1/products/p2"))["created_at"];
        Assert.Equal(["p3", "p4"], await IdsAsync(shop, $"/v1/products?start_date={third}", "products"));
        Assert.Equal(["p1", "p0"], await IdsAsync(shop, $"/v1/products?end_date={third}&order=-created_at", "products"));
        Assert.Equal(2, (await shop.GetAsync($"/v1/products?limit=1&end_date={third}")).Ok().GetProperty("total").GetInt32());
        (await shop.GetAsync("/v1/products?order=name")).Error(400, "invalid_query_params");
    }

    private static async Task<string[]> IdsAsync(ProjectClient shop, string path, string dataRef) =>
        Shape.Texts((await shop.GetAsync(path)).Ok().GetProperty(dataRef), "id");
}
