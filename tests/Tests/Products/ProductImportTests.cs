using System.Text;
using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Products;

[Collection(ApiTests.Name)]
public sealed class ProductImportTests(ApiHost api)
{
    [Fact]
    public async Task A_file_makes_and_changes_products_and_names_the_rows_that_do_not_fit()
    {
        using var shop = await api.NewProjectAsync();
        await shop.PostAsync("/v1/products", """{"source_id":"pear","name":"Pear","price":100,"metadata":{"a":1}}""");
        var result = await ImportAsync(
            shop, "/v1/products/importCSV", "PRODUCTS.IMPORT_CSV",
            "name;source_id;price;attributes;image_url;season\nBig pear;pear;;;;autumn\nApple;apple;250;size, colour;https://shop.example/a.png;\nPlum;plum;2.50;;;\n;;1;;;\nToo;few\nNut;;7;;;\n");
        Assert.Equal("3 product(s) imported successfully, 3 failed.", result.GetProperty("message").GetString());
        Assert.Equal(
            ["3: price must be a whole number of minor units, such as 1250 for 12.50", "4: name is required where there is no source_id", "5: line 6: too few fields, 2 for 6 columns"],
            result.GetProperty("failed").EnumerateArray().Select(row => $"{row.GetProperty("row").GetInt32()}: {row.GetProperty("reason").GetString()}"));

        var pear = (await shop.GetAsync("/v1/products/pear")).Ok();
        Assert.Equal(("Big pear", 100, """{"a":1,"season":"autumn"}"""), (
            pear.GetProperty("name").GetString(), pear.GetProperty("price").GetInt32(), pear.GetProperty("metadata").GetRawText()));
        var apple = (await shop.GetAsync("/v1/products/apple")).Ok();
        Assert.Equal((250, """["size","colour"]"""), (apple.GetProperty("price").GetInt32(), apple.GetProperty("attributes").GetRawText()));
        Assert.Equal(3, (await shop.GetAsync("/v1/products")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_file_of_skus_finds_their_products()
    {
        using var shop = await api.NewProjectAsync();
        var id = (await shop.PostAsync("/v1/products", """{"source_id":"pear"}"""))["id"];
        var result = await ImportAsync(
            shop, "/v1/skus/importCSV", "SKUS.IMPORT_CSV",
            $"product_id,sku,source_id,price,currency,attributes,shelf\npear,Small,s,90,EUR,\"{{'size':'s'}}\",7\n{id},Large,l,190,EUR,\"{{\"\"size\"\":\"\"l\"\"}}\",\nnone,Lost,x,1,,,\n,Lost,y,1,,,\npear,Odd,z,1,,size,\n");
        Assert.Equal("2 sku(s) imported successfully, 3 failed.", result.GetProperty("message").GetString());
        Assert.Equal(
            ["3: there is no such product", "4: product_id is required", "5: attributes must be a JSON object, such as {'color':'blue'}"],
            result.GetProperty("failed").EnumerateArray().Select(row => $"{row.GetProperty("row").GetInt32()}: {row.GetProperty("reason").GetString()}"));

        var skus = (await shop.GetAsync("/v1/products/pear/skus?order=created_at")).Ok().GetProperty("skus");
        Assert.Equal(["s", "l"], Shape.Texts(skus, "source_id"));
        Assert.Equal(("""{"size":"s"}""", """{"shelf":"7"}""", """{"size":"l"}"""), (
            skus[0].GetProperty("attributes").GetRawText(), skus[0].GetProperty("metadata").GetRawText(), skus[1].GetProperty("attributes").GetRawText()));
    }

    [Fact]
    public async Task Bulk_updates_make_what_is_missing_and_leave_what_is_not_given()
    {
        using var shop = await api.NewProjectAsync();
        await shop.PostAsync("/v1/products", """{"source_id":"pear","name":"Pear","price":100}""");
        var update = await DoneAsync(shop, (await shop.PostAsync("/v1/products/bulk/async", """[{"source_id":"pear","price":110},{"source_id":"apple","name":"Apple"},{"source_id":"pear","price":120}]""")).Ok(202), "PRODUCTS.BULK_UPDATE");
        Assert.Equal((3, 0), (update.GetProperty("done_count").GetInt32(), update.GetProperty("failed_count").GetInt32()));
        await DoneAsync(shop, (await shop.PostAsync("/v1/products/metadata/async", """{"source_ids":["pear","plum"],"metadata":{"season":"autumn"}}""")).Ok(202), "PRODUCTS.METADATA_UPDATE");

        var pear = (await shop.GetAsync("/v1/products/pear")).Ok();
        Assert.Equal(("Pear", 120, """{"season":"autumn"}"""), (
            pear.GetProperty("name").GetString(), pear.GetProperty("price").GetInt32(), pear.GetProperty("metadata").GetRawText()));
        Assert.Equal(["apple", "pear", "plum"], Shape.Texts((await shop.GetAsync("/v1/products")).Ok().GetProperty("products"), "source_id").Order());
        Assert.Equal(
            "Payload property '[1]' must have required property 'source_id'",
            (await shop.PostAsync("/v1/products/bulk/async", """[{"source_id":"a"},{"name":"x"}]""")).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    [Fact]
    public async Task A_file_of_something_else_is_refused_as_a_whole()
    {
        using var shop = await api.NewProjectAsync();
        var started = (await shop.UploadAsync("/v1/products/importCSV", "Kunde,Ort\nann,Oslo\n"u8.ToArray())).Ok();
        var job = await shop.UntilAsync($"/v1/async-actions/{started.GetProperty("async_action_id").GetString()}", body => body.GetProperty("status").GetString() == "FAILED");
        Assert.StartsWith("The header row names none of the known columns", job.GetProperty("result").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await shop.GetAsync("/v1/products")).Ok().GetProperty("total").GetInt32());
    }

    private static async Task<JsonElement> ImportAsync(ProjectClient shop, string path, string type, string file) =>
        await DoneAsync(shop, (await shop.UploadAsync(path, Encoding.UTF8.GetBytes(file))).Ok(), type);

    private static async Task<JsonElement> DoneAsync(ProjectClient shop, JsonElement started, string type)
    {
        var job = await shop.UntilAsync($"/v1/async-actions/{started.GetProperty("async_action_id").GetString()}", body => body.GetProperty("status").GetString() == "DONE");
        Assert.Equal(type, job.GetProperty("type").GetString());
        return job.GetProperty("result");
    }
}
