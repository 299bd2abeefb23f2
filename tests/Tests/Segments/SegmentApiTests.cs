using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Segments;

[Collection(ApiTests.Name)]
public sealed class SegmentApiTests(ApiHost api)
{
    private const string Documented = "id name created_at updated_at type filter initial_sync_status object";

    [Fact]
    public async Task A_dynamic_segment_has_the_documented_shape_and_fills_itself()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"source_id":"in","email":"a@example.com"}""");
        await shop.NewCustomerAsync("""{"source_id":"out"}""");
        var id = await shop.NewSegmentAsync();

        var segment = await shop.UntilAsync($"/v1/segments/{id}", body => body.GetProperty("initial_sync_status").GetString() == "DONE");
        Shape.Has(segment, Documented);
        Assert.Equal("auto-update", segment.GetProperty("type").GetString());
        Assert.Equal("""{"junction":"and","email":{"conditions":{"$has_value":true}}}""", segment.GetProperty("filter").GetRawText());
        Assert.Equal(["in"], Shape.Texts((await shop.GetAsync($"/v1/customers?segment_id={id}")).Ok().GetProperty("customers"), "source_id"));
    }

    [Fact]
    public async Task A_static_segment_has_no_filter()
    {
        using var shop = await api.NewProjectAsync();
        var member = await shop.NewCustomerAsync("""{"source_id":"m"}""");
        var segment = (await shop.PostAsync("/v1/segments", $$"""{"name":"VIP","type":"static","customers":["{{member}}"]}""")).Ok();
        Shape.Has(segment, Documented);
        Assert.Equal(JsonValueKind.Null, segment.GetProperty("filter").ValueKind);
        var segments = Shape.List((await shop.GetAsync($"/v1/customers/{member}/segments")).Ok(), "data", "total");
        Shape.Is(Assert.Single(segments.EnumerateArray()), "id name object");
    }

    [Theory]
    [InlineData("""{"type":"static","customers":[]}""", "Payload must have required property 'name'")]
    [InlineData("""{"name":"x","customers":[]}""", "Payload must have required property 'type'")]
    [InlineData("""{"name":"x","type":"static"}""", "Payload must have required property 'customers'")]
    [InlineData("""{"name":"x","type":"passive"}""", "Payload must have required property 'filter'")]
    [InlineData("""{"name":"x","type":"smart"}""", "Payload property '.type' must be equal to one of the allowed values: static, passive, auto-update")]
    [InlineData(
        """{"name":"x","type":"dynamic"}""",
        "Payload property '.type' must be 'passive' or 'auto-update' for a dynamic segment; entering and leaving it are events only for 'auto-update'")]
    [InlineData("""{"name":"x","type":"static","customers":[1]}""", "Payload property '.customers[0]' must be string")]
    public async Task What_is_wrong_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(details, (await shop.PostAsync("/v1/segments", body)).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    [Fact]
    public async Task An_unknown_operator_is_named()
    {
        using var shop = await api.NewProjectAsync();
        var answer = await shop.PostAsync("/v1/segments", """{"name":"x","type":"passive","filter":{"email":{"conditions":{"$sounds_like":"a"}}}}""");
        Assert.Contains(".filter", answer.Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_of_a_filter_are_named_with_what_would_be_right()
    {
        using var shop = await api.NewProjectAsync();
        const string Filter = """{"nmae":{"conditions":{"$is":"a"}},"email":{"conditions":{"$contain":"a"}}}""";
        var created = await shop.PostAsync("/v1/segments", $$"""{"name":"x","type":"passive","filter":{{Filter}}}""");
        var changed = await shop.PutAsync($"/v1/segments/{await PassiveAsync(shop)}", $$"""{"filter":{{Filter}}}""");
        foreach (var error in new[] { created.Error(400, "invalid_payload"), changed.Error(400, "invalid_payload") })
        {
            var details = error.GetProperty("details").GetString();
            Assert.Contains("Payload property '.filter.nmae' 'nmae' is not a customer field a filter can read; did you mean 'name'?", details, StringComparison.Ordinal);
            Assert.Contains("'.filter.email.conditions.$contain' '$contain' is not an operator; did you mean '$contains'?", details, StringComparison.Ordinal);
            Assert.Equal(["filter.nmae", "filter.email.conditions.$contain"], Shape.Texts(error.GetProperty("problems"), "field"));
        }
    }

    [Fact]
    public async Task A_passive_segment_is_changed_and_fills_itself_anew()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"source_id":"with","email":"a@example.com"}""");
        await shop.NewCustomerAsync("""{"source_id":"without"}""");
        var id = await PassiveAsync(shop);
        await shop.UntilAsync($"/v1/segments/{id}", body => body.GetProperty("initial_sync_status").GetString() == "DONE");

        var changed = (await shop.PutAsync($"/v1/segments/{id}", """{"name":"Unreachable","filter":{"email":{"conditions":{"$is_unknown":true}}}}""")).Ok();
        Shape.Has(changed, Documented);
        Assert.Equal(("Unreachable", "passive"), (changed.GetProperty("name").GetString(), changed.GetProperty("type").GetString()));
        var segment = await shop.UntilAsync($"/v1/segments/{id}", body => body.GetProperty("initial_sync_status").GetString() == "DONE");
        Assert.Equal(["without"], Shape.Texts((await shop.GetAsync($"/v1/customers?segment_id={id}")).Ok().GetProperty("customers"), "source_id"));

        // As it was read.
        Assert.Equal("Unreachable", (await shop.PutAsync($"/v1/segments/{id}", segment.GetRawText())).Ok().GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_cannot_change_is_refused()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewSegmentAsync();
        (await shop.PutAsync($"/v1/segments/{id}", """{"filter":{"email":{"conditions":{"$is_unknown":true}}}}""")).Error(409, "invalid_segment_state");
        var fixedType = (await shop.PutAsync($"/v1/segments/{id}", """{"type":"static"}""")).Error(400, "invalid_payload");
        Assert.Equal("Payload property '.type' is fixed: auto-update", fixedType.GetProperty("details").GetString());
        (await shop.PutAsync($"/v1/segments/{id}", """{"customers":["c"]}""")).Error(400, "invalid_payload");
        (await shop.PutAsync("/v1/segments/seg_none", """{"name":"x"}""")).Error(404, "not_found");
    }

    [Fact]
    public async Task Segments_are_listed_newest_first_and_filtered()
    {
        using var shop = await api.NewProjectAsync();
        var first = await shop.NewSegmentAsync("first");
        var second = await shop.NewSegmentAsync("second");
        var list = (await shop.GetAsync("/v1/segments")).Ok();
        Assert.Equal([second, first], Shape.Texts(Shape.List(list, "data", "total"), "id"));
        Assert.Equal([first, second], Shape.Texts((await shop.GetAsync("/v1/segments?order=created_at")).Ok().GetProperty("data"), "id"));
        Assert.Equal([first], Shape.Texts((await shop.GetAsync($"/v1/segments?ids[0]={first}")).Ok().GetProperty("data"), "id"));
        Assert.Equal(0, (await shop.GetAsync("/v1/segments?filters[created_at][conditions][$before][0]=2000-01-01")).Ok().GetProperty("total").GetInt32());
        (await shop.GetAsync("/v1/segments?filters[name][conditions][$is][0]=first")).Error(400, "invalid_query_params");
    }

    private static async Task<string> PassiveAsync(ProjectClient shop) =>
        (await shop.PostAsync("/v1/segments", """{"name":"Reachable","type":"passive","filter":{"email":{"conditions":{"$has_value":true}}}}""")).Ok().GetProperty("id").GetString()!;

    [Fact]
    public async Task A_segment_is_deleted_once()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewSegmentAsync();
        (await shop.DeleteAsync($"/v1/segments/{id}")).Ok(204);
        var error = (await shop.DeleteAsync($"/v1/segments/{id}")).Error(404, "not_found");
        Assert.Equal($"Cannot find segment with id {id}", error.GetProperty("details").GetString());
    }
}
