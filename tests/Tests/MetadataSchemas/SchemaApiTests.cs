using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.MetadataSchemas;

[Collection(ApiTests.Name)]
public sealed class SchemaApiTests(ApiHost api) : IDisposable
{
    private readonly ApiClient _operators = api.Management();

    [Fact]
    public async Task A_schema_is_created_with_the_management_key_and_read_with_the_projects()
    {
        using var shop = await api.NewProjectAsync();
        var made = (await _operators.PostAsync(Path(shop), """
            {"related_object":"reward","properties":{"region":{"type":"string","array":true,"optional":false,"eq":["EMEA","APAC"],"max_length":9},"worth":{"type":"number","optional":true,"array":false,"eq":[105.5],"lt":9.5}}}
            """)).Ok();
        Shape.Is(made, "id related_object properties allow_defined_only created_at updated_at object");
        Assert.StartsWith("ms_", made.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (made.GetProperty("allow_defined_only").ValueKind, made.GetProperty("updated_at").ValueKind));
        Assert.Equal("""{"object_type":null,"max_length":9,"type":"string","array":true,"optional":false,"eq":["EMEA","APAC"]}""", made.GetProperty("properties").GetProperty("region").GetRawText());
        Assert.Equal("""{"object_type":null,"type":"number","array":false,"optional":true,"eq":[105.5],"lt":9.5}""", made.GetProperty("properties").GetProperty("worth").GetRawText());
        Assert.Equal(made.GetRawText(), (await _operators.GetAsync($"{Path(shop)}/{made.GetProperty("id").GetString()}")).Ok().GetRawText());
        Assert.Equal(1, Shape.List((await _operators.GetAsync(Path(shop))).Ok(), "data", "total").GetArrayLength());

        var read = (await shop.GetAsync("/v1/metadata-schemas/reward")).Ok();
        Shape.Is(read, "id related_object properties allow_defined_only created_at updated_at object");
        Assert.Equal("""{"objectType":null,"maxLength":9,"type":"string","array":true,"optional":false,"eq":["EMEA","APAC"]}""", read.GetProperty("properties").GetProperty("region").GetRawText());
        Assert.Equal(read.GetRawText(), (await shop.GetAsync($"/v1/metadata-schemas/{made.GetProperty("id").GetString()}")).Ok().GetRawText());
        Assert.Equal(["reward"], Shape.Texts(Shape.List((await shop.GetAsync("/v1/metadata-schemas")).Ok(), "schemas", "total"), "related_object"));
        Assert.Equal("metadata_schema", (await shop.GetAsync("/v1/metadata-schemas/customer")).Error(404, "not_found").GetProperty("resource_type").GetString());
    }

    [Fact]
    public async Task Definitions_that_are_given_replace_theirs_and_the_others_stay()
    {
        using var shop = await api.NewProjectAsync();
        var path = $"{Path(shop)}/{(await _operators.PostAsync(Path(shop), Samples.MetadataSchema))["id"]}";
        var changed = (await _operators.PutAsync(path, """{"allow_defined_only":true,"properties":{"kind":{"type":"string","array":true,"optional":true},"new":{"type":"date","array":false,"optional":true,"deleted":true}}}""")).Ok();
        Assert.Equal(["kind", "worth", "new"], changed.GetProperty("properties").EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"object_type":null,"type":"string","array":true,"optional":true}""", changed.GetProperty("properties").GetProperty("kind").GetRawText());
        Assert.True(changed.GetProperty("properties").GetProperty("new").GetProperty("deleted").GetBoolean());
        Assert.True(changed.GetProperty("allow_defined_only").GetBoolean());
        Assert.Equal(changed.GetRawText(), (await _operators.PutAsync(path, """{"properties":{"kind":{"type":"string","array":true,"optional":true}}}""")).Ok().GetRawText());

        Assert.Equal(["properties.kind.type: is fixed: string"], Problems(await _operators.PutAsync(path, """{"properties":{"kind":{"type":"number","array":false,"optional":true}}}""")));
        (await _operators.DeleteAsync(path)).Ok(204);
        (await _operators.GetAsync(path)).Error(404, "not_found");
        (await _operators.DeleteAsync(path)).Error(404, "not_found");
        (await _operators.PutAsync(path, Samples.MetadataSchemaChange)).Error(404, "not_found");
        (await _operators.PostAsync(Path(shop), Samples.MetadataSchema)).Ok();
    }

    [Fact]
    public async Task There_is_one_schema_of_a_resource_and_one_of_an_event()
    {
        using var shop = await api.NewProjectAsync();
        await _operators.PostAsync(Path(shop), """{"related_object":"customer","properties":{}}""");
        var error = (await _operators.PostAsync(Path(shop), """{"related_object":"customer","properties":{}}""")).Error(409, "duplicate_found");
        Assert.Equal(("Duplicated metadata schema exists with related_object customer", "customer", "metadata schema"), (
            error.GetProperty("details").GetString(), error.GetProperty("resource_id").GetString(), error.GetProperty("resource_type").GetString()));

        var events = Path(shop, "custom-event-schemas");
        var made = (await _operators.PostAsync(events, """{"name":"customer","schema":{"properties":{"stars":{"type":"number","optional":true}}}}""")).Ok();
        Shape.Is(made, "id name schema created_at object");
        Assert.Equal("""{"properties":{"stars":{"type":"number","optional":true}}}""", made.GetProperty("schema").GetRawText());
        Assert.Equal("Duplicated custom_event_schema exists with name customer", (await _operators.PostAsync(events, """{"name":"customer","schema":{"properties":{}}}""")).Error(409, "duplicate_found").GetProperty("details").GetString());
        var path = $"{events}/{made.GetProperty("id").GetString()}";
        var changed = (await _operators.PutAsync(path, """{"schema":{"properties":{"stars":{"type":"string","optional":false},"gone":{"type":"date","optional":true,"deleted":true}}}}""")).Ok();
        Assert.Equal("""{"properties":{"stars":{"type":"string","optional":false},"gone":{"type":"date","optional":true,"deleted":true}}}""", changed.GetProperty("schema").GetRawText());
        Shape.Is(changed, "id name schema created_at updated_at object");
        Assert.Equal(changed.GetRawText(), (await _operators.GetAsync(path)).Ok().GetRawText());
        Assert.Equal(["customer"], Shape.Texts(Shape.List((await _operators.GetAsync(events)).Ok(), "data", "total"), "name"));

        // Of the other kind it is none.
        (await _operators.GetAsync($"{Path(shop)}/{made.GetProperty("id").GetString()}")).Error(404, "not_found");
        Assert.Equal(1, (await shop.GetAsync("/v1/metadata-schemas")).Ok().GetProperty("total").GetInt32());
        (await _operators.DeleteAsync(path)).Ok(204);
        (await _operators.GetAsync(path)).Error(404, "not_found");
    }

    [Theory]
    [InlineData("""{"properties":{}}""", "Payload must have required property 'related_object'")]
    [InlineData("""{"related_object":"customer"}""", "Payload must have required property 'properties'")]
    [InlineData("""{"related_object":" ","properties":{}}""", "Payload property '.related_object' must NOT be blank")]
    [InlineData("""{"related_object":"customer","properties":{"a":{}}}""", "Payload property '.properties.a' must have required property 'type'")]
    [InlineData("""{"related_object":"customer","properties":{"a":7}}""", "Payload property '.properties.a' must be object")]
    [InlineData("""{"related_object":"customer","properties":{"Size":{"type":"number","eq":["x"]}}}""", "Payload property '.properties.Size.eq[0]' must be number")]
    [InlineData("""{"related_object":"customer","properties":{"a":{"type":"string","eq":[1]}}}""", "Payload property '.properties.a.eq[0]' must be string")]
    [InlineData("""{"related_object":"customer","properties":{"a":{"type":"number","lt":1e400}}}""", "Payload property '.properties.a.lt' must be number")]
    [InlineData("""{"related_object":"customer","properties":{"a":{"type":"string","min_length":-1}}}""", "Payload property '.properties.a.min_length' must be >= 0")]
    public async Task What_is_missing_or_wrong_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(details, (await _operators.PostAsync(Path(shop), body)).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    [Fact]
    public async Task All_that_is_wrong_with_definitions_is_told_with_its_place()
    {
        using var shop = await api.NewProjectAsync();
        (await _operators.PostAsync(Path(shop), """{"related_object":"address","properties":{"city":{"type":"string","optional":true,"array":false},"more":{"type":"object","object_type":"unknown"}}}""")).Ok();
        Assert.Equal(
            [
                "properties.a.type: must be one of: string, number, object, date, datetime, geopoint, boolean, image_url", "properties.b.min_length: is for the type string",
                "properties.c.lt: is for the type number", "properties.c.object_type: is for the type object", "properties.d.min_length: must not be greater than max_length",
                "properties.e.object_type: must be the name of a nested object that is defined", "properties.f.object_type: must be the name of a nested object that is defined",
            ],
            Problems(await _operators.PostAsync(Path(shop), """
                {"related_object":"customer","properties":{"a":{"type":"text"},"b":{"type":"number","min_length":1},"c":{"type":"string","lt":1,"object_type":"address"},"d":{"type":"string","min_length":3,"max_length":2},
                 "e":{"type":"object","object_type":"none"},"f":{"type":"object","object_type":"customer"},"g":{"type":"object","object_type":"address"},"h":{"type":"object"}}}
                """)));
        Assert.Equal(
            ["properties.b.object_type: must be null: a nested object has no other objects that are defined"],
            Problems(await _operators.PostAsync(Path(shop), """{"related_object":"house","properties":{"b":{"type":"object","object_type":"address"}}}""")));
        Assert.Equal(
            ["schema.properties.a.type: must be one of: string, number, date, datetime, boolean"],
            Problems(await _operators.PostAsync(Path(shop, "custom-event-schemas"), """{"name":"x","schema":{"properties":{"a":{"type":"geopoint","optional":true}}}}""")));

        var hundred = string.Join(',', Enumerable.Range(0, 100).Select(at => $$"""  "k{{at}}":{"type":"string"}  """));
        var id = (await _operators.PostAsync(Path(shop), $$"""{"related_object":"customer","properties":{ {{hundred}} } }"""))["id"];
        Assert.Equal(
            ["properties: must not become more than 100, those that were removed included"],
            Problems(await _operators.PutAsync($"{Path(shop)}/{id}", """{"properties":{"one more":{"type":"string"}}}""")));
        Assert.Equal("project", (await _operators.PostAsync("/management/v1/projects/proj_none/metadata-schemas", Samples.MetadataSchema)).Error(404, "not_found").GetProperty("resource_type").GetString());
    }

    public void Dispose() => _operators.Dispose();

    private static string Path(ProjectClient shop, string kind = "metadata-schemas") => $"/management/v1/projects/{shop.Project.Id}/{kind}";

    private static string[] Problems(Answer answer) =>
    [
        .. answer.Error(400, "invalid_payload").GetProperty("problems").EnumerateArray()
            .Select(problem => $"{problem.GetProperty("field").GetString()}: {problem.GetProperty("message").GetString()}"),
    ];
}
