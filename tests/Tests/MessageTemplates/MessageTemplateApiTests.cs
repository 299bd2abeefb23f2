using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.MessageTemplates;

[Collection(ApiTests.Name)]
public sealed class MessageTemplateApiTests(ApiHost api)
{
    private const string First = """{"name":"Spring","template":{"subject":"One","html":"<p>{{ unsubscribe_url }}</p>","from_name":"Shop"}}""";
    private const string Second = """{"name":"Spring","template":{"subject":"Two","blocks":{"blocks":[{"type":"divider"}],"footer":{}}}}""";

    [Fact]
    public async Task A_document_becomes_html_that_goes_out_as_the_document_would()
    {
        using var shop = await api.NewProjectAsync();
        await shop.PutAsync("/v1/branding", Samples.Brand);
        const string blocks = """
            {"version":1,"blocks":[{"type":"heading","content":[{"type":"text","text":"Hello "},{"type":"variable","name":"customer.name","fallback":"friend"}]},
             {"type":"qr","value":"{{ voucher.code }}"},{"type":"columns","columns":[{"blocks":[{"type":"qr","value":"{{ customer.id }}"}]},{"blocks":[{"type":"divider"}]}]}],"footer":{}}
            """;
        var copied = (await shop.PostAsync("/v1/message-templates/html", $$$"""{"template":{"blocks":{{{blocks}}}}}""")).Ok();
        Shape.Is(copied, "object html lost_pictures");
        var html = copied.GetProperty("html").GetString()!;
        Assert.Equal(1, copied.GetProperty("lost_pictures").GetInt32());
        Assert.Contains("src=\"{{ voucher.qr_url }}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("cid:", html, StringComparison.Ordinal);
        Assert.Contains("{{ customer.id }}", html, StringComparison.Ordinal);
        Assert.Contains("Porcelanowa 23", html, StringComparison.Ordinal);
        Assert.Equal(0, (await shop.GetAsync("/v1/message-templates")).Ok().GetProperty("total").GetInt32());

        // One customer gets the same by either, but for the picture that is drawn.
        var plain = """{"version":1,"blocks":[{"type":"heading","content":[{"type":"variable","name":"customer.name","fallback":"friend"}]}],"footer":{}}""";
        var byHand = (await shop.PostAsync("/v1/message-templates/html", $$$"""{"template":{"blocks":{{{plain}}}}}""")).Ok().GetProperty("html").GetRawText();
        Assert.Equal(await ShownAsync(shop, $"\"blocks\":{plain}"), await ShownAsync(shop, $"\"html\":{byHand}"));

        Assert.Contains("'blocks'", (await shop.PostAsync("/v1/message-templates/html", """{"template":{"html":"<p>x</p>"}}""")).Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_change_is_a_version()
    {
        using var shop = await api.NewProjectAsync();
        var made = (await shop.PostAsync("/v1/message-templates", First)).Ok();
        Shape.Is(made, "id object name version newest_version template created_at");
        var path = $"/v1/message-templates/{made.GetProperty("id").GetString()}";

        var changed = await shop.PutAsync(path, Second);
        Assert.Equal((2, "\"2\""), (changed.Ok().GetProperty("version").GetInt32(), changed.Header("ETag")));
        Assert.Equal(2, (await shop.PutAsync(path, Second)).Ok().GetProperty("version").GetInt32());
        Assert.Equal("Two", (await shop.GetAsync(path)).Ok().GetProperty("template").GetProperty("subject").GetString());
        var earlier = (await shop.GetAsync($"{path}/versions/1")).Ok();
        Assert.Equal(("One", 1, 2), (earlier.GetProperty("template").GetProperty("subject").GetString(), earlier.GetProperty("version").GetInt32(), earlier.GetProperty("newest_version").GetInt32()));
        (await shop.GetAsync($"{path}/versions/3")).Error(404, "not_found");

        var late = await shop.SendAsync("PUT", path, First, ("If-Match", "\"1\""));
        late.Error(412, "version_changed");
        Assert.Equal("\"2\"", late.Header("ETag"));
        var listed = Assert.Single(Shape.List((await shop.GetAsync("/v1/message-templates")).Ok(), "data", "total").EnumerateArray());
        Shape.Is(listed, "id object name version newest_version created_at updated_at");

        Assert.Contains("name", (await shop.PostAsync("/v1/message-templates", First)).Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
        Assert.Equal(204, (await shop.DeleteAsync(path)).Status);
        (await shop.GetAsync($"{path}/versions/1")).Error(404, "not_found");
        (await shop.PutAsync(path, First)).Error(404, "not_found");
    }

    [Fact]
    public async Task A_request_made_again_with_its_key_makes_nothing_more()
    {
        using var shop = await api.NewProjectAsync();
        (string, string) key = ("Idempotency-Key", "k");
        var id = (await shop.PostAsync("/v1/message-templates", First, key))["id"];
        Assert.Equal(id, (await shop.PostAsync("/v1/message-templates", First, key))["id"]);
        (await shop.PostAsync("/v1/message-templates", Second, key)).Error(409, "idempotency_key_reused");
        Assert.Equal(1, (await shop.GetAsync("/v1/message-templates")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_distribution_keeps_the_version_that_it_was_saved_with()
    {
        using var shop = await api.NewProjectAsync();
        var template = (await shop.PostAsync("/v1/message-templates", First))["id"];
        var id = await shop.NewDistributionAsync(Draft($$"""{"saved":{"id":"{{template}}"},"reply_to":"a@shop.example"}"""));
        var path = $"/v1/distributions/{id}";
        (await shop.PutAsync($"/v1/message-templates/{template}", Second)).Ok();

        var kept = (await shop.GetAsync(path)).Ok().GetProperty("channels")[0].GetProperty("template");
        Assert.Equal((1, "One", "Shop", "a@shop.example"), (
            kept.GetProperty("saved").GetProperty("version").GetInt32(), kept.GetProperty("subject").GetString(), kept.GetProperty("from_name").GetString(), kept.GetProperty("reply_to").GetString()));

        // As it was read, it may be sent back; also when the template is gone.
        (await shop.DeleteAsync($"/v1/message-templates/{template}")).Ok(204);
        Assert.Equal("One", Subject((await shop.PutAsync(path, Draft(kept.GetRawText()))).Ok()));
        Assert.Equal("One", Subject((await shop.PostAsync($"{path}/duplicate")).Ok()));
        (await shop.PostAsync("/v1/distributions", Draft(kept.GetRawText()))).Error(400, "invalid_payload");
    }

    [Fact]
    public async Task A_version_can_be_named_and_no_other_content_beside_it()
    {
        using var shop = await api.NewProjectAsync();
        var template = (await shop.PostAsync("/v1/message-templates", First))["id"];
        (await shop.PutAsync($"/v1/message-templates/{template}", Second)).Ok();
        Assert.Equal("One", Subject((await shop.PostAsync("/v1/distributions", Draft($$"""{"saved":{"id":"{{template}}","version":1} }"""))).Ok()));
        foreach (var wrong in new[] { $$"""{"saved":{"id":"{{template}}","version":3} }""", """{"saved":{"id":"mtpl_none"}}""", $$"""{"saved":{"id":"{{template}}"},"subject":"Mine"}""" })
        {
            var problem = Assert.Single((await shop.PostAsync("/v1/distributions", Draft(wrong))).Error(400, "invalid_payload").GetProperty("problems").EnumerateArray());
            Assert.StartsWith("channels[0].template", problem.GetProperty("field").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal("Two", (await shop.PostAsync("/v1/distributions/preview", $$"""{"distribution":{{Draft($$"""{"saved":{"id":"{{template}}"} }""")}} }"""))
            .Ok().GetProperty("messages").GetProperty("email").GetProperty("subject").GetString());
    }

    private static string Draft(string template) =>
        $$"""{"type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"e"},"action":{"type":"plain_message"},"channels":[{"type":"email","template":{{template}} }]}""";

    private static string? Subject(JsonElement distribution) => distribution.GetProperty("channels")[0].GetProperty("template").GetProperty("subject").GetString();

    // The way out is another one each time.
    private static async Task<string> ShownAsync(ProjectClient shop, string content)
    {
        var preview = (await shop.PostAsync(
            "/v1/distributions/preview",
            $$$"""{"distribution":{"type":"manual","action":{"type":"plain_message"},"channels":[{"type":"email","template":{"subject":"x",{{{content}}}}}]},"channel":"email"}""")).Ok();
        return System.Text.RegularExpressions.Regex.Replace(preview.GetProperty("messages").GetProperty("email").GetProperty("html").GetString()!, "/u/[^\"]*", "");
    }
}
