using System.Text.Json;
using Marketing.Api;
using Marketing.Storage.Relational;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Exports;

[Collection(ApiTests.Name)]
public sealed class ExportApiTests(ApiHost api)
{
    private static readonly string[] Customers =
    [
        """
        {"id":"c-1","source_id":"s-1","name":"Ann, \"the first\"","email":"ann@example.com","phone":"555","birthdate":"1990-01-31","description":"one\r\ntwo",
         "address":{"city":"Łódź","line_1":"a","postal_code":"90-001"},"metadata":{"plan":"gold","age":30,"tags":["a","b"]}}
        """,
        """{"id":"c-2","source_id":"s-2","name":"Émile","metadata":{"plan":"silver"}}""",
        """{"id":"c-3","name":"Bob","email":"bob@example.com","metadata":{"plan":"gold"}}""",
        """{"id":"c-4"}""",
    ];

    [Fact]
    public async Task Customers_are_as_their_list_has_them()
    {
        using var shop = await CustomersAsync();
        await shop.PostAsync("/v1/orders", """{"source_id":"o","amount":1250,"status":"PAID","customer":{"id":"c-1"}}""");
        var rows = await shop.RowsAsync(
            "customer",
            """
            {"fields":["id","source_id","name","email","phone","birthdate","birthday","description","address_city","address_line_1","address_line_2","address_postal_code","created_at",
             "updated_at","orders_total_amount","orders_total_count","orders_last_order_date","redemptions_total_redeemed","loyalty_points","metadata"]}
            """);
        var listed = (await shop.GetAsync("/v1/customers?limit=100")).Ok().GetProperty("customers").EnumerateArray().ToDictionary(customer => customer.GetProperty("id").GetString()!);
        Assert.Equal(listed.Keys.Order(), rows.Select(row => row["id"]).Order());
        Assert.All(rows, row =>
        {
            var customer = listed[row["id"]];
            foreach (var field in new[] { "source_id", "name", "email", "phone", "birthdate", "description", "created_at", "updated_at", "metadata" })
            {
                Assert.Equal(field == "metadata" && !customer.TryGetProperty("metadata", out _) ? "{}" : Text(customer, field), row[field]);
            }

            Assert.Equal(row["birthdate"], row["birthday"]);
            foreach (var part in new[] { "city", "line_1", "line_2", "postal_code" })
            {
                Assert.Equal(Text(customer, "address", part), row[$"address_{part}"]);
            }

            Assert.Equal(Text(customer, "summary", "orders", "total_amount"), row["orders_total_amount"]);
            Assert.Equal(Text(customer, "summary", "orders", "total_count"), row["orders_total_count"]);
            Assert.Equal(Text(customer, "summary", "orders", "last_order_date"), row["orders_last_order_date"]);
            Assert.Equal(Text(customer, "summary", "redemptions", "total_redeemed"), row["redemptions_total_redeemed"]);
            Assert.Equal(Text(customer, "loyalty", "points"), row["loyalty_points"]);
        });
        Assert.Equal("1250", rows.Single(row => row["id"] == "c-1")["orders_total_amount"]);
    }

    [Fact]
    public async Task So_are_orders_products_and_skus()
    {
        using var shop = await CustomersAsync();
        await shop.PostAsync("/v1/orders", """{"source_id":"o-1","amount":1000,"discount_amount":100,"status":"PAID","customer":{"id":"c-1"},"metadata":{"a":"=x"}}""");
        await shop.PostAsync("/v1/orders", """{"source_id":"o-2","status":"CREATED"}""");
        await shop.PostAsync("/v1/products", Samples.Product);
        await shop.PostAsync("/v1/products", """{"source_id":"p-2"}""");
        await shop.PostAsync("/v1/products/p-1/skus", Samples.Sku);

        foreach (var (kind, path, list, fields) in new[]
        {
            ("order", "/v1/orders", "orders", "id source_id created_at updated_at status amount discount_amount items_discount_amount total_discount_amount total_amount customer_id referrer_id"),
            ("product", "/v1/products", "products", "id name price image_url source_id created_at updated_at"),
            ("sku", "/v1/products/p-1/skus", "skus", "id sku product_id currency price image_url source_id created_at updated_at"),
        })
        {
            var listed = (await shop.GetAsync($"{path}?order=created_at")).Ok().GetProperty(list).EnumerateArray().ToList();
            var rows = await shop.RowsAsync(kind, $$"""{"order":"created_at","fields":["{{fields.Replace(" ", "\",\"", StringComparison.Ordinal)}}"]}""");
            Assert.NotEmpty(listed);
            Assert.Equal(
                listed.Select(item => string.Join('|', fields.Split(' ').Select(field => Text(item, field)))), rows.Select(row => string.Join('|', fields.Split(' ').Select(field => row[field]))));
        }

        Assert.Equal("[\"size\"]", (await shop.RowsAsync("product"))[0]["attributes"]);
        Assert.Equal("""{"size":"s"}""", Assert.Single(await shop.RowsAsync("sku"))["attributes"]);
    }

    [Fact]
    public async Task Without_parameters_there_are_the_documented_columns()
    {
        using var shop = await CustomersAsync();
        Assert.StartsWith("name,source_id\r\n", await shop.ContentAsync("""{"exported_object":"customer"}"""), StringComparison.Ordinal);
        Assert.Equal("id,source_id,status\r\n", await shop.ContentAsync("""{"exported_object":"order"}"""));
        Assert.Equal("id,name,price,image_url,source_id,attributes,created_at\r\n", await shop.ContentAsync("""{"exported_object":"product","parameters":{"order":"-name"}}"""));
        Assert.Equal("id,sku,product_id,currency,price,image_url,source_id,attributes,created_at\r\n", await shop.ContentAsync("""{"exported_object":"sku","parameters":{"fields":[]}}"""));
        Assert.Equal("status\r\n", await shop.ContentAsync("""{"parameters":{"fields":["status"]}}""", "/v1/orders/export"));
    }

    [Fact]
    public async Task Attributes_of_the_shop_are_columns_of_their_own()
    {
        using var shop = await CustomersAsync();
        var rows = await shop.RowsAsync("customer", """{"fields":["id","metadata.plan","metadata.age","metadata.tags","metadata.none"]}""");
        Assert.Equal(("gold", "30", "[\"a\",\"b\"]", ""), (rows[0]["metadata.plan"], rows[0]["metadata.age"], rows[0]["metadata.tags"], rows[0]["metadata.none"]));
        Assert.Equal("", rows[3]["metadata.plan"]);
    }

    [Theory]
    [InlineData("""{"metadata.plan":{"conditions":{"$is":["gold"]}}}""", "c-1 c-3")]
    [InlineData("""{"junction":"and","metadata.plan":{"conditions":{"$is":["gold"]}},"email":{"conditions":{"$starts_with":["bob"]}}}""", "c-3")]
    [InlineData("""{"junction":"OR","metadata.plan":{"conditions":{"$is":["silver"]}},"city":{"conditions":{"$is":["Łódź"]}}}""", "c-1 c-2")]
    [InlineData("""{"junction":"and"}""", "c-1 c-2 c-3 c-4")]
    [InlineData("""{"created_at":{"conditions":{"$before":["2020-01-01"]}}}""", "")]
    [InlineData("""{"created_at":{"conditions":{"$less_than_ago":[1]}},"source_id":{"conditions":{"$has_value":true}}}""", "c-1 c-2")]
    public async Task Filters_say_who_is_in_it(string filters, string ids)
    {
        using var shop = await CustomersAsync();
        var rows = await shop.RowsAsync("customer", $$"""{"fields":["id"],"filters":{{filters}},"order":"id"}""");
        Assert.Equal(ids, string.Join(' ', rows.Select(row => row["id"])));
    }

    [Fact]
    public async Task Filters_are_about_the_object_that_is_exported()
    {
        using var shop = await CustomersAsync();
        await shop.PostAsync("/v1/orders", """{"source_id":"o-1","amount":1000,"status":"PAID"}""");
        await shop.PostAsync("/v1/orders", """{"source_id":"o-2","amount":10,"status":"PAID"}""");
        await shop.PostAsync("/v1/products", Samples.Product);
        Assert.Equal("o-1", Assert.Single(await shop.RowsAsync("order", """{"filters":{"amount":{"conditions":{"$more_than":[500]}},"status":{"conditions":{"$in":["PAID","CREATED"]}}}}"""))["source_id"]);
        Assert.Single(await shop.RowsAsync("product", """{"filters":{"price":{"conditions":{"$is":[100]}}}}"""));
        Assert.Empty(await shop.RowsAsync("product", """{"filters":{"price":{"conditions":{"$is":[101]}}}}"""));
        (await shop.PostAsync("/v1/exports", """{"exported_object":"order","parameters":{"filters":{"email":{"conditions":{"$is":["x"]}}}}}""")).Error(400, "invalid_payload");
    }

    [Theory]
    [InlineData("name", "c-4 c-1 c-3 c-2")]
    [InlineData("-name", "c-2 c-3 c-1 c-4")]
    [InlineData("created_at", "c-1 c-2 c-3 c-4")]
    [InlineData("-created_at", "c-4 c-3 c-2 c-1")]
    [InlineData("-id", "c-4 c-3 c-2 c-1")]
    [InlineData("source_id", "c-3 c-4 c-1 c-2")]
    public async Task It_is_sorted_as_was_asked(string order, string ids)
    {
        using var shop = await CustomersAsync();
        Assert.Equal(ids, string.Join(' ', (await shop.RowsAsync("customer", $$"""{"fields":["id"],"order":"{{order}}"}""")).Select(row => row["id"])));
    }

    [Fact]
    public async Task It_looks_as_the_reference_has_it()
    {
        using var shop = await CustomersAsync();
        const string Body = """{"exported_object":"customer","parameters":{"order":"-name","fields":["id"],"filters":{"junction":"and"}}}""";
        var made = (await shop.PostAsync("/v1/exports", Body)).Ok();
        Shape.Is(made, "id object created_at status channel result user_id exported_object parameters");
        Assert.Equal(("export", "SCHEDULED", "API", JsonValueKind.Null, JsonValueKind.Null), (
            made.GetProperty("object").GetString(), made.GetProperty("status").GetString(), made.GetProperty("channel").GetString(), made.GetProperty("result").ValueKind,
            made.GetProperty("user_id").ValueKind));
        Assert.StartsWith("exp_", made.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("""{"order":"-name","fields":["id"],"filters":{"junction":"and"}}""", made.GetProperty("parameters").GetRawText());
        await shop.ExportedAsync("""{"exported_object":"order"}""");
        var list = Shape.List((await shop.GetAsync("/v1/exports?order=created_at&limit=1")).Ok(), "exports", "total");
        Assert.Equal(made.GetProperty("id").GetString(), Assert.Single(list.EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(2, (await shop.GetAsync("/v1/exports?order=-status")).Ok().GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("""{}""", "invalid_payload", "exported_object")]
    [InlineData("""{"exported_object":"nothing"}""", "invalid_payload", "allowed values [ suppression, customer, order, product, sku, voucher, ")]
    [InlineData("""{"exported_object":"order","parameters":{"fields":["id","email"]}}""", "invalid_export_fields", "Allowed fields: id, source_id, created_at")]
    [InlineData("""{"exported_object":"order","parameters":{"fields":["metadata."]}}""", "invalid_export_fields", "metadata")]
    [InlineData("""{"exported_object":"order","parameters":{"order":"amount"}}""", "invalid_payload", "parameters.order")]
    [InlineData("""{"exported_object":"order","parameters":{"filters":{"junction":"xor"}}}""", "invalid_payload", "parameters.filters.junction")]
    [InlineData("""{"exported_object":"order","parameters":{"filters":{"status":{"conditions":{"$redeemed":[1]}}}}}""", "invalid_payload", "parameters.filters.status")]
    [InlineData("""{"exported_object":"order","parameters":{"fields":"id"}}""", "invalid_payload", ".parameters.fields")]
    public async Task What_cannot_be_is_refused_with_the_field_named(string body, string key, string named)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Contains(named, (await shop.PostAsync("/v1/exports", body)).Error(400, key).GetProperty("details").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await shop.GetAsync("/v1/exports")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_link_opens_the_file_and_nothing_else()
    {
        using var shop = await CustomersAsync();
        var (one, other) = (await shop.ExportedAsync("""{"exported_object":"customer"}"""), await shop.ExportedAsync("""{"exported_object":"order"}"""));
        var url = ExportCalls.UrlOf(one);
        Assert.StartsWith(api.Address.GetLeftPart(UriPartial.Authority), url, StringComparison.Ordinal);
        var file = await ExportCalls.FetchAsync(url);
        Assert.Equal((200, "text/csv"), (file.Status, file.MediaType));
        Assert.Equal("no-store", file.Header("Cache-Control"));
        Assert.Equal((200, ""), ((await ExportCalls.FetchAsync(url, "HEAD")).Status, (await ExportCalls.FetchAsync(url, "HEAD")).Text));
        Assert.Equal(file.Text, (await ExportCalls.FetchAsync(url)).Text);

        var token = url[(url.IndexOf("token=", StringComparison.Ordinal) + 6)..];
        var path = url[..^token.Length];
        foreach (var at in new[] { 3, 10, 20, 40, token.Length - 2 })
        {
            var altered = $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";
            (await ExportCalls.FetchAsync(path + altered)).Error(401, "unauthorized");
        }

        (await ExportCalls.FetchAsync(path)).Error(401, "unauthorized");
        (await ExportCalls.FetchAsync($"{path}x")).Error(401, "unauthorized");
        (await ExportCalls.FetchAsync(ExportCalls.UrlOf(other).Split('?')[0] + $"?token={token}")).Error(401, "unauthorized");
        (await ExportCalls.FetchAsync($"{api.Address.GetLeftPart(UriPartial.Authority)}/v1/customers?token={token}")).Error(401, "unauthorized");
        (await ExportCalls.FetchAsync(path + token, "DELETE")).Error(401, "unauthorized");
    }

    [Fact]
    public async Task A_deleted_one_is_gone_with_its_file()
    {
        using var shop = await CustomersAsync();
        var export = await shop.ExportedAsync("""{"exported_object":"customer"}""");
        var path = $"/v1/exports/{export.GetProperty("id").GetString()}";
        Assert.NotEqual(0, await PartsAsync(shop));
        (await shop.DeleteAsync(path)).Ok(204);
        (await shop.GetAsync(path)).Error(404, "not_found");
        (await shop.DeleteAsync(path)).Error(404, "not_found");
        (await ExportCalls.FetchAsync(ExportCalls.UrlOf(export))).Error(401, "unauthorized");
        Assert.Equal(0, await PartsAsync(shop));
    }

    [Fact]
    public async Task A_repetition_makes_one_export()
    {
        using var shop = await api.NewProjectAsync();
        var key = ("Idempotency-Key", "export");
        var first = (await shop.PostAsync("/v1/exports", """{"exported_object":"order"}""", key)).Ok().GetProperty("id").GetString();
        Assert.Equal(first, (await shop.PostAsync("/v1/exports", """{"exported_object":"order"}""", key)).Ok().GetProperty("id").GetString());
        (await shop.PostAsync("/v1/exports", """{"exported_object":"customer"}""", key)).Error(409, "idempotency_key_reused");
        (await shop.DeleteAsync($"/v1/exports/{first}")).Ok(204);
        (await shop.PostAsync("/v1/exports", """{"exported_object":"order"}""", key)).Error(404, "not_found");
    }

    private async Task<ProjectClient> CustomersAsync()
    {
        var shop = await api.NewProjectAsync();
        foreach (var customer in Customers)
        {
            await shop.NewCustomerAsync(customer);
        }

        return shop;
    }

    private async Task<int> PartsAsync(ProjectClient shop)
    {
        var query = new SqlQuery("SELECT count(*) FROM export_parts WHERE project = ?1").Bind(shop.Project.Number);
        return (int)(await api.Services.GetRequiredService<ISqlDatabase>().PointAsync(session => session.NumberAsync(query)))!;
    }

    // As a cell has it.
    private static string Text(JsonElement value, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return "";
            }
        }

        return value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.String => value.GetString()!,
            _ => value.GetRawText(),
        };
    }
}
