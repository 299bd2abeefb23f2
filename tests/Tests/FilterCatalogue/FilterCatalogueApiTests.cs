using Marketing.Api;
using Xunit;

namespace Marketing.FilterCatalogue;

[Collection(ApiTests.Name)]
public sealed class FilterCatalogueApiTests(ApiHost api)
{
    [Fact]
    public async Task It_has_the_fields_of_customers_and_what_the_shop_calls_its_own()
    {
        using var shop = await api.NewProjectAsync();
        using var operators = api.Management();
        var managed = $"/management/v1/projects/{shop.Project.Id}";
        (await operators.PostAsync($"{managed}/metadata-schemas", """
            {"related_object":"customer","properties":{"plan":{"type":"string","array":false,"optional":true,"eq":["gold","silver"]},"visits":{"type":"number","array":false,"optional":true}}}
            """)).Ok();
        (await operators.PostAsync($"{managed}/custom-event-schemas", """{"name":"review written","schema":{"properties":{}}}""")).Ok();
        (await shop.PostAsync("/v1/segments", """
            {"name":"A","type":"passive","filter":{"junction":"and","metadata.plan":{"conditions":{"$is":["gold"]}},"metadata.color":{"conditions":{"$has_value":true}},
             "events.visit.count":{"conditions":{"$more_than":[2]}}}}
            """)).Ok();

        var found = (await shop.GetAsync("/v1/filters/catalogue")).Ok();
        Shape.Is(found, "object subject subjects fields patterns operators metadata events");
        var fields = found.GetProperty("fields").EnumerateArray().ToDictionary(field => field.GetProperty("name").GetString()!, field => field.GetProperty("kind").GetString());
        Assert.Equal(("text", "date", "number"), (fields["email"], fields["birthdate"], fields["summary.orders.total_amount"]));
        Assert.DoesNotContain("birthday", fields.Keys);
        Assert.Contains("events.NAME.count", Shape.Texts(found.GetProperty("patterns"), "name"));
        Assert.Contains("metadata.KEY", Shape.Texts(found.GetProperty("patterns"), "name"));
        Assert.Equal(
            """[{"name":"metadata.color","kind":"any","sources":["segment"]},{"name":"metadata.plan","kind":"text","sources":["schema","segment"],"type":"string","list":false,"values":["gold","silver"]},"""
            + """{"name":"metadata.visits","kind":"number","sources":["schema"],"type":"number","list":false}]""",
            found.GetProperty("metadata").GetRawText());
        Assert.Equal("""["review written","visit"]""", found.GetProperty("events").GetRawText());
    }

    [Fact]
    public async Task Whatever_it_offers_is_understood()
    {
        using var shop = await api.NewProjectAsync();
        var found = (await shop.GetAsync("/v1/filters/catalogue")).Ok();
        var operators = found.GetProperty("operators").EnumerateArray().ToList();
        foreach (var field in found.GetProperty("fields").EnumerateArray().Concat(found.GetProperty("patterns").EnumerateArray()))
        {
            var kind = field.GetProperty("kind").GetString();
            var fitting = operators.Where(one => one.GetProperty("kinds").EnumerateArray().Any(other => other.GetString() == kind)).ToList();
            var conditions = string.Join(',', fitting.Select(one => $"\"{one.GetProperty("name").GetString()}\":{Value(one.GetProperty("takes").GetString()!, kind!)}"));
            (await shop.PostAsync("/v1/segments/preview", $$$"""{"filter":{"{{{field.GetProperty("name").GetString()}}}":{"conditions": { {{{conditions}}} } } } }""")).Ok();
        }
    }

    [Fact]
    public async Task Other_subjects_have_their_own_fields_and_unknown_ones_none()
    {
        using var shop = await api.NewProjectAsync();
        var found = (await shop.GetAsync("/v1/filters/catalogue?subject=product")).Ok();
        Assert.Contains("price", Shape.Texts(found.GetProperty("fields"), "name"));
        Assert.DoesNotContain("email", Shape.Texts(found.GetProperty("fields"), "name"));
        Assert.Equal("customer", found.GetProperty("subjects")[0].GetString());
        (await shop.GetAsync("/v1/filters/catalogue?subject=weather")).Error(400, "invalid_query_params");
    }

    private static string Value(string takes, string kind) => takes switch
    {
        "flag" => "true",
        "value" when kind == "number" => "[1]",
        "value" when kind == "date" => "[\"2026-01-01\"]",
        "value" or "text" => "[\"x\"]",
        "date" => "[\"2026-01-01\"]",
        "year" => "[2026]",
        "places" => "[{\"lat\":52,\"lng\":21,\"radius\":1}]",
        _ => "[1]",
    };
}
