using System.Text;
using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.MetadataSchemas;

/// <summary>Nothing is written that is not as the schemas say, by whatever way it comes; without them everything is.</summary>
[Collection(ApiTests.Name)]
public sealed class EnforcementTests(ApiHost api) : IDisposable
{
    private const string Plan = """{"plan":{"type":"string","optional":false,"array":false,"eq":["gold","silver"]},"age":{"type":"number","optional":true,"array":false}}""";

    private readonly ApiClient _operators = api.Management();

    [Theory]
    [InlineData("customer", "/v1/customers", """{"source_id":"x","metadata":M}""", "metadata.")]
    [InlineData("customer", "/v1/events", """{"event":"e","customer":{"source_id":"x","metadata":M}}""", "customer.metadata.")]
    [InlineData("customer", "/v1/events", """{"event":"e","customer":{"metadata":M}}""", "customer.metadata.")]
    [InlineData("customer", "/v1/orders", """{"source_id":"x","customer":{"source_id":"c","metadata":M}}""", "customer.metadata.")]
    [InlineData("customer", "/client/v1/customers", """{"source_id":"x","metadata":M}""", "metadata.")]
    [InlineData("customer", "/client/v1/events", """{"event":"e","customer":{"source_id":"x","metadata":M}}""", "customer.metadata.")]
    [InlineData("order", "/v1/orders", """{"source_id":"x","metadata":M}""", "metadata.")]
    [InlineData("order", "/v1/orders", """{"source_id":"x","customer":{"source_id":"c"},"metadata":M}""", "metadata.")]
    [InlineData("order_item", "/v1/orders", """{"source_id":"x","items":[{"amount":1,"metadata":{"plan":"gold"}},{"amount":1,"metadata":M}]}""", "items[1].metadata.")]
    [InlineData("order_item", "/v1/orders", """{"source_id":"x","customer":{"source_id":"c"},"items":[{"amount":1,"metadata":M}]}""", "items[0].metadata.")]
    [InlineData("product", "/v1/products", """{"source_id":"x","metadata":M}""", "metadata.")]
    [InlineData("sku", "/v1/products/p/skus", """{"source_id":"x","metadata":M}""", "metadata.")]
    [InlineData("event", "/v1/events", """{"event":"e","customer":{"source_id":"x"},"metadata":M}""", "metadata.")]
    [InlineData("event", "/client/v1/events", """{"event":"e","customer":{"source_id":"x"},"metadata":M}""", "metadata.")]
    public async Task Metadata_is_refused_before_anything_is_written(string resource, string path, string body, string field)
    {
        using var shop = await api.NewProjectAsync(settings => settings with { ClientCreateCustomer = true });
        using var browser = shop.ClientSide();
        ApiClient caller = path.StartsWith("/client", StringComparison.Ordinal) ? browser : shop;
        (await shop.PostAsync("/v1/products", """{"source_id":"p"}""")).Ok();
        await DefineAsync(shop, resource, resource == "event" ? Plan.Replace(""","array":false""", "", StringComparison.Ordinal).Replace(""","eq":["gold","silver"]""", "", StringComparison.Ordinal) : Plan);

        var error = (await caller.PostAsync(path, body.Replace("M", """{"plan":1,"age":"old"}""", StringComparison.Ordinal))).Error(400, "metadata_validation_failed");
        Assert.Equal("Metadata validation failed", error.GetProperty("message").GetString());
        Assert.Equal([$"{field}plan", $"{field}age"], Shape.Texts(error.GetProperty("problems"), "field"));
        Assert.Contains($"{(field == "metadata." ? "" : field)}age: must be a number (actual value is 'old')", error.GetProperty("details").GetString(), StringComparison.Ordinal);
        Assert.Equal([$"{field}plan"], Shape.Texts((await caller.PostAsync(path, body.Replace("M", "{}", StringComparison.Ordinal))).Error(400, "metadata_validation_failed").GetProperty("problems"), "field"));
        Assert.Equal([$"{field}plan"], Shape.Texts((await caller.PostAsync(path, body.Replace("M", "null", StringComparison.Ordinal))).Error(400, "metadata_validation_failed").GetProperty("problems"), "field"));
        Assert.Equal((0, 0, 1), (await CountAsync(shop, "customers"), await CountAsync(shop, "orders"), await CountAsync(shop, "products")));

        (await caller.PostAsync(path, body.Replace("M", """{"plan":"gold","age":7,"more":true}""", StringComparison.Ordinal))).Ok();
        using var other = await api.NewProjectAsync();
        (await other.PostAsync("/v1/products", """{"source_id":"p"}""")).Ok();
        (await other.PostAsync(path.Replace("/client", "", StringComparison.Ordinal), body.Replace("M", """{"plan":1}""", StringComparison.Ordinal))).Ok();
    }

    [Theory]
    [InlineData("customer", "/v1/customers", "/v1/customers/x")]
    [InlineData("order", "/v1/orders", "/v1/orders/x")]
    [InlineData("product", "/v1/products", "/v1/products/x")]
    [InlineData("sku", "/v1/products/p/skus", "/v1/products/p/skus/x")]
    public async Task A_change_may_leave_out_what_is_there_and_is_not_asked_about_what_it_does_not_say(string resource, string path, string one)
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/products", """{"source_id":"p"}""")).Ok();
        (await shop.PostAsync(path, """{"source_id":"old","metadata":{"age":"unknown"}}""")).Ok();
        await DefineAsync(shop, resource, Plan);
        (await shop.PostAsync(path, """{"source_id":"x","metadata":{"plan":"gold"}}""")).Ok();
        (await shop.PutAsync(one, """{"metadata":{"age":7}}""")).Ok();
        (await shop.PostAsync(path, """{"source_id":"x"}""")).Ok();
        (await shop.PutAsync(one, """{"metadata":{"plan":null}}""")).Error(400, "metadata_validation_failed");
        Assert.Equal("""{"plan":"gold","age":7}""", (await shop.GetAsync(resource == "sku" ? "/v1/skus/x" : one)).Ok().GetProperty("metadata").GetRawText());

        // What was stored before the schema is left alone until somebody speaks of its metadata.
        var old = one[..^1] + "old";
        (await shop.PutAsync(old, """{"name":"new","sku":"new"}""")).Ok();
        Assert.Equal(["metadata.plan"], Shape.Texts((await shop.PutAsync(old, """{"metadata":{"age":1}}""")).Error(400, "metadata_validation_failed").GetProperty("problems"), "field"));
        (await shop.PutAsync(old, """{"metadata":{"plan":"silver"}}""")).Ok();
    }

    [Fact]
    public async Task A_schema_is_in_force_for_the_next_call_and_so_is_its_end()
    {
        using var shop = await api.NewProjectAsync();
        const string Body = """{"source_id":"x","metadata":{"size":{"w":"wide"}}}""";
        (await shop.PostAsync("/v1/customers", Body)).Ok();
        await DefineAsync(shop, "size", """{"w":{"type":"number"}}""");
        var path = await DefineAsync(shop, "customer", """{"size":{"type":"object","object_type":"size"}}""");
        Assert.Equal(["metadata.size.w"], Shape.Texts((await shop.PostAsync("/v1/customers", Body)).Error(400, "metadata_validation_failed").GetProperty("problems"), "field"));
        (await _operators.PutAsync(path, """{"allow_defined_only":true,"properties":{"size":{"type":"object","deleted":true}}}""")).Ok();
        Assert.Equal(["metadata.size"], Shape.Texts((await shop.PostAsync("/v1/customers", Body)).Error(400, "metadata_validation_failed").GetProperty("problems"), "field"));
        (await _operators.PutAsync(path, """{"allow_defined_only":false,"properties":{}}""")).Ok();
        (await shop.PostAsync("/v1/customers", Body)).Ok();
        (await _operators.PutAsync(path, """{"properties":{"size":{"type":"object","object_type":"size"}}}""")).Ok();
        (await shop.PostAsync("/v1/customers", Body)).Error(400, "metadata_validation_failed");
        (await _operators.DeleteAsync(path)).Ok(204);
        (await shop.PostAsync("/v1/customers", Body)).Ok();
    }

    [Fact]
    public async Task A_request_that_was_taken_before_is_answered_again_whatever_the_schemas_say_now()
    {
        using var shop = await api.NewProjectAsync();
        (string, string) Key(string key) => ("Idempotency-Key", key);
        foreach (var (path, body) in new[]
        {
            ("/v1/customers", """{"metadata":{"a":1}}"""), ("/v1/products", """{"metadata":{"a":1}}"""), ("/v1/orders", """{"metadata":{"a":1}}"""),
            ("/v1/orders", """{"customer":{"source_id":"c"},"metadata":{"a":1}}"""), ("/v1/events", """{"event":"e","customer":{"source_id":"c"},"metadata":{"a":1}}"""),
        })
        {
            (await shop.PostAsync(path, body, Key(body + path))).Ok();
        }

        foreach (var resource in new[] { "customer", "product", "order", "event" })
        {
            await DefineAsync(shop, resource, """{"a":{"type":"string","optional":false}}""", "e");
        }

        foreach (var (path, body) in new[]
        {
            ("/v1/customers", """{"metadata":{"a":1}}"""), ("/v1/products", """{"metadata":{"a":1}}"""), ("/v1/orders", """{"metadata":{"a":1}}"""),
            ("/v1/orders", """{"customer":{"source_id":"c"},"metadata":{"a":1}}"""), ("/v1/events", """{"event":"e","customer":{"source_id":"c"},"metadata":{"a":1}}"""),
        })
        {
            (await shop.PostAsync(path, body, Key(body + path))).Ok();
            (await shop.PostAsync(path, body)).Error(400, "metadata_validation_failed");
        }
    }

    [Fact]
    public async Task Of_many_events_each_is_refused_by_itself()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"id":"other-id","source_id":"b","metadata":{"plan":"gold"}}""");
        await DefineAsync(shop, "customer", Plan);
        await DefineAsync(shop, "event", """{"stars":{"type":"number","optional":false}}""", "review");
        const string Body = """
            [{"event":"review","customer":{"source_id":"a","metadata":{"plan":"gold"}},"metadata":{"stars":5}},{"event":"review","customer":{"source_id":"a"},"metadata":{"stars":"5"}},
             {"event":"other","customer":{"source_id":"a"},"metadata":{"stars":"5"}},{"event":"review","customer":{"source_id":"a","metadata":{"age":"x"}}},
             {"event":"review","customer":{"source_id":"new"},"metadata":{"stars":1}},{"event":"other","customer":{"source_id":"b"}}]
            """;
        for (var time = 0; time < 2; time++)
        {
            // The second time nothing is recorded again.
            var outcomes = (await shop.PostAsync("/v1/events/bulk", Body, ("Idempotency-Key", "bulk"))).Ok();
            Assert.Equal([200, 400, 200, 400, 400, 200], outcomes.EnumerateArray().Select(outcome => outcome.GetProperty("status").GetInt32()));
            Assert.Equal(["metadata.stars"], Fields(outcomes[1]));
            Assert.Equal(["customer.metadata.age", "metadata.stars"], Fields(outcomes[3]));
            Assert.Equal(["customer.metadata.plan"], Fields(outcomes[4]));
        }

        Assert.Equal(2, await CountAsync(shop, "customers"));
        var activity = (await shop.GetAsync("/v1/customers/a/activity")).Ok().GetProperty("data");
        Assert.Equal(2, activity.EnumerateArray().Count(entry => entry.GetProperty("type").GetString() == "customer.custom_event"));

        static string[] Fields(JsonElement outcome) => Shape.Texts(outcome.GetProperty("error").GetProperty("problems"), "field");
    }

    [Fact]
    public async Task Files_are_read_by_the_types_of_their_columns_and_rows_that_do_not_fit_are_named()
    {
        using var shop = await api.NewProjectAsync();
        await DefineAsync(shop, "customer", """{"plan":{"type":"string","optional":false},"age":{"type":"number"},"vip":{"type":"boolean"},"tags":{"type":"number","array":true},"since":{"type":"date"}}""");
        const string File = "Source_id,Plan,plan2,plan,age,vip,tags,since\na,,1,gold,41.5,TRUE,\"1, 2\",2026-01-31\nb,,1,,1,,,\nc,,,gold,old,,x,31.01.2026\n";
        const string Why = "metadata.plan: must be a string, property is required";
        var trial = (await shop.UploadAsync("/v1/customers/importCSV?dry_run=true", Encoding.UTF8.GetBytes(File.Replace("Plan,plan2,", "Title,plan2,", StringComparison.Ordinal)))).Ok();
        Assert.Equal([$"2 plan {Why}", "3 age"], Failures(trial).Select(failure => failure[..Math.Min(failure.Length, failure.StartsWith('2') ? 200 : 5)]));
        var result = await ImportAsync(shop, "/v1/customers/importCSV", File.Replace("Plan,plan2,", "Title,plan2,", StringComparison.Ordinal), 202);
        Assert.Equal(Failures(trial), Failures(result));
        Assert.Contains("metadata.since: must be a date, YYYY-MM-DD (actual value is '31.01.2026')", Failures(result)[1], StringComparison.Ordinal);
        Assert.Equal("""{"plan2":"1","plan":"gold","age":41.5,"vip":true,"tags":[1,2],"since":"2026-01-31"}""", (await shop.GetAsync("/v1/customers/a")).Ok().GetProperty("metadata").GetRawText());
        Assert.Equal(1, await CountAsync(shop, "customers"));
        Assert.Equal([$"1 plan {Why}"], Failures(await ImportAsync(shop, "/v1/customers/importCSV?empty=clear", "Source_id,plan\na,\n", 202)));

        await DefineAsync(shop, "product", """{"weight":{"type":"number","optional":false}}""");
        await DefineAsync(shop, "sku", """{"shelf":{"type":"number"}}""");
        Assert.Equal(
            ["2 weight metadata.weight: must be a number, property is required (actual value is 'heavy')"],
            Failures(await ImportAsync(shop, "/v1/products/importCSV", "Source_id,weight\np,1.5\nq,heavy\n")));
        Assert.Equal("""{"weight":1.5}""", (await shop.GetAsync("/v1/products/p")).Ok().GetProperty("metadata").GetRawText());
        Assert.Equal(["1 shelf metadata.shelf: must be a number (actual value is 'top')"], Failures(await ImportAsync(shop, "/v1/skus/importCSV", "Product_id,Source_id,shelf\np,s,top\np,t,4\n")));
    }

    [Theory]
    [InlineData("customer", "/v1/customers/bulk/async", """[{"source_id":"a","metadata":{"plan":"gold"}},{"source_id":"b","metadata":{"age":"x"}}]""", 2)]
    [InlineData("customer", "/v1/customers/metadata/async", """{"source_ids":["b","c"],"metadata":{"plan":"lead"}}""", 1, 2)]
    [InlineData("product", "/v1/products/bulk/async", """[{"source_id":"a","metadata":{"plan":"gold"}},{"source_id":"b","metadata":{"age":"x"}}]""", 2)]
    [InlineData("product", "/v1/products/metadata/async", """{"source_ids":["b"],"metadata":{"plan":"lead"}}""", 1)]
    [InlineData("order", "/v1/orders/import", """[{"source_id":"a","metadata":{"plan":"gold"}},{"source_id":"b","metadata":{"age":"x"}}]""", 2)]
    [InlineData("order_item", "/v1/orders/import", """[{"source_id":"b","customer":{"source_id":"c"},"items":[{"metadata":{"plan":"lead"}}]}]""", 1)]
    [InlineData("customer", "/v1/orders/import", """[{"source_id":"b","customer":{"source_id":"c"}}]""", 1)]
    public async Task Rows_of_json_are_checked_one_by_one(string resource, string path, string body, params int[] failed)
    {
        using var shop = await api.NewProjectAsync();
        await DefineAsync(shop, resource, Plan);
        var started = await shop.PostAsync(path, body);
        var result = await ResultAsync(shop, started["async_action_id"]);
        Assert.Equal(failed, result.GetProperty("failed").EnumerateArray().Select(row => row.GetProperty("row").GetInt32()));
        Assert.All(result.GetProperty("failed").EnumerateArray(), row => Assert.Contains("metadata.plan: must be a string, property is required, must be equal to one of gold,silver", row.GetProperty("reason").GetString(), StringComparison.Ordinal));
        Assert.Equal(404, (await shop.GetAsync($"/v1/{path.Split('/')[2]}/b")).Status);
    }

    public void Dispose() => _operators.Dispose();

    private async Task<string> DefineAsync(ProjectClient shop, string resource, string properties, string name = "e")
    {
        var path = $"/management/v1/projects/{shop.Project.Id}/{(resource == "event" ? "custom-event-schemas" : "metadata-schemas")}";
        var body = resource == "event" ? $$$"""{"name":"{{{name}}}","schema":{"properties":{{{properties}}} } }""" : $$$"""{"related_object":"{{{resource}}}","properties":{{{properties}}} }""";
        return $"{path}/{(await _operators.PostAsync(path, body)).Ok().GetProperty("id").GetString()}";
    }

    private static async Task<int> CountAsync(ProjectClient shop, string what) => (await shop.GetAsync($"/v1/{what}")).Ok().GetProperty("total").GetInt32();

    private static string[] Failures(JsonElement result) =>
        [.. result.GetProperty("failed").EnumerateArray().Select(row => $"{row.GetProperty("row").GetInt32()} {row.GetProperty("column").GetString()} {row.GetProperty("reason").GetString()}")];

    private static async Task<JsonElement> ImportAsync(ProjectClient shop, string path, string file, int status = 200) =>
        await ResultAsync(shop, (await shop.UploadAsync(path, Encoding.UTF8.GetBytes(file))).Ok(status).GetProperty("async_action_id").GetString()!);

    private static async Task<JsonElement> ResultAsync(ProjectClient shop, string job) =>
        (await shop.UntilAsync($"/v1/async-actions/{job}", body => body.GetProperty("status").GetString() == "DONE")).GetProperty("result");
}
