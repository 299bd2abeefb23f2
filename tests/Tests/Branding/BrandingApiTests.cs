using Marketing.Api;
using Xunit;

namespace Marketing.Branding;

[Collection(ApiTests.Name)]
public sealed class BrandingApiTests(ApiHost api)
{
    private const string Mail = """
        {"name":"Mail","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"seen"},"action":{"type":"plain_message"},
         "channels":[{"type":"email","template":{"subject":"Hi","blocks":{"header":{},"blocks":[{"type":"divider"}],"footer":{} } } }]}
        """;

    [Fact]
    public async Task A_project_has_one_set_of_details()
    {
        using var shop = await api.NewProjectAsync(branded: false);
        using var operators = api.Management();
        var path = $"/management/v1/projects/{shop.Project.Id}/branding";
        Assert.Equal(0, (await operators.GetAsync(path)).Ok().GetProperty("total").GetInt32());

        var made = (await operators.PostAsync(path, Samples.Brand)).Ok();
        var id = made.GetProperty("id").GetString()!;
        Assert.StartsWith("brd_", id, StringComparison.Ordinal);
        Shape.Is(made, "id brand address contact");
        Shape.Is(made.GetProperty("brand"), "name privacy_policy_url terms_of_use_url permission_reminder website_url logo_url");
        Assert.Equal("branding_exist", (await operators.PostAsync(path, Samples.Brand)).Error(409, "branding_exist").GetProperty("key").GetString());
        Assert.Equal(made.GetRawText(), (await operators.GetAsync(path)).Ok().GetProperty("data")[0].GetRawText());
        Assert.Equal(made.GetRawText(), (await operators.GetAsync($"{path}/{id}")).Ok().GetRawText());

        Assert.Equal(204, (await operators.DeleteAsync($"{path}/{id}")).Status);
        Assert.Equal("branding_details", (await operators.GetAsync($"{path}/{id}")).Error(404, "not_found").GetProperty("resource_type").GetString());
        (await operators.DeleteAsync($"{path}/{id}")).Error(404, "not_found");
        (await operators.PutAsync($"{path}/{id}", Samples.Brand)).Error(404, "not_found");
    }

    [Fact]
    public async Task Only_what_is_given_changes_and_null_takes_away()
    {
        using var shop = await api.NewProjectAsync(branded: false);
        var id = (await shop.PutAsync("/v1/branding", Samples.Brand)).Ok().GetProperty("id").GetString();
        var changed = (await shop.PutAsync("/v1/branding", """{"brand":{"website_url":null},"contact":{"email":"other@shop.example"}}""")).Ok();
        Assert.Equal(id, changed.GetProperty("id").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, changed.GetProperty("brand").GetProperty("website_url").ValueKind);
        Assert.Equal(("Shop", "other@shop.example", "+48 32"), (
            changed.GetProperty("brand").GetProperty("name").GetString(), changed.GetProperty("contact").GetProperty("email").GetString(), changed.GetProperty("contact").GetProperty("phone").GetString()));
        Assert.Equal(changed.GetRawText(), (await shop.GetAsync("/v1/branding")).Ok().GetRawText());
    }

    [Theory]
    [InlineData("""{"address":{},"contact":{}}""", "Payload must have required property 'brand'")]
    [InlineData("""{"brand":{"name":"x"},"address":{"street":"s","city":"c"},"contact":{"email":"a@b.example"}}""", "Payload property '.address' must have required property 'country'")]
    [InlineData("""{"brand":{"name":"x"},"address":{"street":"s","city":"c","country":"d"},"contact":{"email":"nobody"}}""", "Payload property '.contact.email' must be an email address")]
    [InlineData("""{"brand":{"name":"x","website_url":"javascript://x"},"address":{"street":"s","city":"c","country":"d"},"contact":{"email":"a@b.example"}}""", "Payload property '.brand.website_url' must be the address of a page")]
    public async Task What_is_missing_or_wrong_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync(branded: false);
        Assert.Equal(details, (await shop.PutAsync("/v1/branding", body)).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    [Fact]
    public async Task Mail_does_not_go_live_without_details_and_then_says_who_writes()
    {
        using var shop = await api.NewProjectAsync(branded: false);
        var id = await shop.NewDistributionAsync(Mail);
        var problem = Assert.Single((await shop.PostAsync($"/v1/distributions/{id}/activate")).Error(400, "invalid_payload").GetProperty("problems").EnumerateArray());
        Assert.Equal("branding", problem.GetProperty("field").GetString());
        Assert.Contains("PUT /v1/branding", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Porcelanowa", (await shop.GetAsync($"/v1/distributions/{id}/preview.html")).Text, StringComparison.Ordinal);

        (await shop.PutAsync("/v1/branding", Samples.Brand)).Ok();
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        var shown = (await shop.GetAsync($"/v1/distributions/{id}/preview.html")).Text;
        Assert.Contains("Porcelanowa 23, 40-246 Katowice, Silesia, Poland", shown, StringComparison.Ordinal);
        Assert.Contains("src=\"https://shop.example/logo.png\"", shown, StringComparison.Ordinal);

        // What is live says at once who writes by now.
        (await shop.PutAsync("/v1/branding", """{"address":{"street":"Other street 1"}}""")).Ok();
        Assert.Contains("Other street 1", (await shop.GetAsync($"/v1/distributions/{id}/preview.html")).Text, StringComparison.Ordinal);
    }
}
