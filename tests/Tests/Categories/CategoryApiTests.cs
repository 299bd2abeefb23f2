using Marketing.Api;
using Xunit;

namespace Marketing.Categories;

[Collection(ApiTests.Name)]
public sealed class CategoryApiTests(ApiHost api)
{
    [Fact]
    public async Task Categories_are_listed_by_their_place()
    {
        using var shop = await api.NewProjectAsync();
        foreach (var (name, place) in new[] { ("second", 2), ("first", 1), ("third", 3) })
        {
            Shape.Is((await shop.PostAsync("/v1/categories", $$"""{"name":"{{name}}","hierarchy":{{place}}}""")).Ok(), "id name hierarchy created_at object");
        }

        var listed = Shape.List((await shop.GetAsync("/v1/categories")).Ok(), "data", "total");
        Assert.Equal(["first", "second", "third"], Shape.Texts(listed, "name"));
        var id = listed[2].GetProperty("id").GetString();
        Assert.StartsWith("cat_", id, StringComparison.Ordinal);

        var changed = (await shop.PutAsync($"/v1/categories/{id}", """{"name":"new","hierarchy":0}""")).Ok();
        Shape.Is(changed, "id name hierarchy created_at updated_at object");
        Assert.Equal(changed.GetRawText(), (await shop.PutAsync($"/v1/categories/{id}", """{"name":"new","hierarchy":0}""")).Ok().GetRawText());
        Assert.Equal(changed.GetRawText(), (await shop.GetAsync($"/v1/categories/{id}")).Ok().GetRawText());
        Assert.Equal("new", (await shop.GetAsync("/v1/categories")).Ok().GetProperty("data")[0].GetProperty("name").GetString());

        Assert.Equal(204, (await shop.DeleteAsync($"/v1/categories/{id}")).Status);
        Assert.Equal("category", (await shop.GetAsync($"/v1/categories/{id}")).Error(404, "not_found").GetProperty("resource_type").GetString());
        (await shop.DeleteAsync($"/v1/categories/{id}")).Error(404, "not_found");
        (await shop.PutAsync($"/v1/categories/{id}", Samples.Category)).Error(404, "not_found");
        Assert.Equal(2, (await shop.GetAsync("/v1/categories")).Ok().GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("""{"hierarchy":1}""", "Payload must have required property 'name'")]
    [InlineData("""{"name":"x"}""", "Payload must have required property 'hierarchy'")]
    [InlineData("""{"name":"x","hierarchy":"1"}""", "Payload property '.hierarchy' must be integer")]
    public async Task What_is_missing_or_wrong_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(details, (await shop.PostAsync("/v1/categories", body)).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    [Fact]
    public async Task A_request_made_again_with_its_key_makes_nothing_more()
    {
        using var shop = await api.NewProjectAsync();
        (string, string) key = ("Idempotency-Key", "k");
        var id = (await shop.PostAsync("/v1/categories", Samples.Category, key))["id"];
        Assert.Equal(id, (await shop.PostAsync("/v1/categories", Samples.Category, key))["id"]);
        (await shop.PostAsync("/v1/categories", """{"name":"other","hierarchy":1}""", key)).Error(409, "idempotency_key_reused");
        await shop.DeleteAsync($"/v1/categories/{id}");
        (await shop.PostAsync("/v1/categories", Samples.Category, key)).Error(404, "not_found");
        Assert.Equal(0, (await shop.GetAsync("/v1/categories")).Ok().GetProperty("total").GetInt32());
    }
}
