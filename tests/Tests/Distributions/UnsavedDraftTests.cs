using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Distributions;

/// <summary>An editor looks at what is not stored yet.</summary>
[Collection(ApiTests.Name)]
public sealed class UnsavedDraftTests(ApiHost api)
{
    private const string Draft = """
        {"name":"Visits","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"visit"},"action":{"type":"plain_message"},
         "channels":[{"type":"email","template":{"subject":"Hi {{ customer.name }}","html":"<p style=\"color:red\">Hello {{ customer.name }}</p><script>alert(1)</script>"}},
          {"type":"webhook","template":{"event_name":"n","target_url":"https://example.com/h"}}]}
        """;

    [Fact]
    public async Task It_is_rendered_as_it_would_be_stored()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"source_id":"ann","name":"Ann <b>","email":"a@example.com"}""");
        var id = await shop.NewDistributionAsync(Draft);
        var stored = (await shop.PostAsync($"/v1/distributions/{id}/preview", """{"customer":"ann"}""")).Ok().GetProperty("messages").GetProperty("email");
        var unsaved = (await shop.PostAsync("/v1/distributions/preview", $$"""{"distribution":{{Draft}},"customer":"ann","channel":"email"}""")).Ok().GetProperty("messages");
        Shape.Is(unsaved, "email");
        Assert.True(JsonElement.DeepEquals(stored, unsaved.GetProperty("email")), unsaved.GetRawText());
        Assert.Contains("Hello Ann &lt;b&gt;", stored.GetProperty("html").GetString(), StringComparison.Ordinal);

        Shape.Is((await shop.PostAsync("/v1/distributions/preview", $$"""{"distribution":{{Draft}}}""")).Ok().GetProperty("messages"), "email webhook");
        (await shop.PostAsync("/v1/distributions/preview", $$"""{"distribution":{{Draft}},"customer":"nobody"}""")).Error(404, "not_found");
        (await shop.PostAsync("/v1/distributions/preview", $$"""{"distribution":{{Draft}},"channel":"sms"}""")).Error(400, "invalid_payload");
        (await shop.PostAsync("/v1/distributions/preview", """{"customer":"ann"}""")).Error(400, "invalid_payload");
        Assert.Equal(1, (await shop.GetAsync("/v1/distributions")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_channel_is_shown_although_another_one_is_not_ready()
    {
        using var shop = await api.NewProjectAsync();
        var draft = """{"channels":[{"type":"webhook","template":{}},{"type":"email","template":{"subject":"Hi","text":"Hello"}}]}""";
        Assert.Equal("Hello", (await shop.PostAsync("/v1/distributions/preview", $$"""{"distribution":{{draft}},"channel":"email"}""")).Ok()
            .GetProperty("messages").GetProperty("email").GetProperty("text").GetString());
        var refused = (await shop.PostAsync("/v1/distributions/preview", $$"""{"distribution":{{draft}},"channel":"webhook"}""")).Error(400, "invalid_payload");
        Assert.All(Shape.Texts(refused.GetProperty("problems"), "field"), field => Assert.StartsWith("channels[0]", field, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_problems_have_a_place_and_a_kind()
    {
        using var shop = await api.NewProjectAsync();
        var taken = await shop.NewDistributionAsync("""{"name":"Taken"}""");
        var draft = """
            {"name":"Taken","type":"manual","audience":{"segment_id":"seg_none"},
             "channels":[{"type":"email","template":{"subject":"Hi","html":"<p>\n{{ customer.nam }}</p>"}}]}
            """;
        async Task<Dictionary<string, JsonElement>> ProblemsAsync(string query)
        {
            var answer = (await shop.PostAsync($"/v1/distributions/validate{query}", draft)).Ok();
            Assert.False(answer.GetProperty("valid").GetBoolean());
            return answer.GetProperty("problems").EnumerateArray().ToDictionary(problem => problem.GetProperty("field").GetString()!);
        }

        var problems = await ProblemsAsync("");
        string Code(string field) => problems[field].GetProperty("code").GetString()!;
        Assert.Equal(("taken", "not_found", "required"), (Code("name"), Code("audience.segment_id"), Code("action.type")));
        var template = problems["channels[0].template.html"];
        Assert.Equal(("template", 2), (Code("channels[0].template.html"), template.GetProperty("line").GetInt32()));
        Assert.InRange(template.GetProperty("column").GetInt32(), 1, 20);
        Assert.DoesNotContain("name", (await ProblemsAsync($"?id={taken}")).Keys);
        Assert.True((await shop.PostAsync("/v1/distributions/validate", Draft)).Ok().GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task The_page_of_a_mail_runs_nothing()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"source_id":"ann","name":"Ann"}""");
        var id = await shop.NewDistributionAsync(Draft);
        var page = await shop.GetAsync($"/v1/distributions/{id}/preview.html?channel=email&customer=ann");
        Assert.Equal((200, "text/html"), (page.Status, page.MediaType));
        Assert.Equal("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:", page.Header("Content-Security-Policy"));
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
        Assert.Equal(
            (await shop.PostAsync($"/v1/distributions/{id}/preview", """{"customer":"ann"}""")).Ok().GetProperty("messages").GetProperty("email").GetProperty("html").GetString(), page.Text);

        var payload = await shop.GetAsync($"/v1/distributions/{id}/preview.html?channel=webhook");
        Assert.Contains("<pre", payload.Text, StringComparison.Ordinal);
        Assert.Contains("&quot;url&quot;: &quot;https://example.com/h&quot;", payload.Text, StringComparison.Ordinal);
        (await shop.GetAsync($"/v1/distributions/{id}/preview.html?customer=nobody")).Error(404, "not_found");
        (await shop.GetAsync($"/v1/distributions/{id}/preview.html?channel=sms")).Error(400, "invalid_payload");
        (await shop.GetAsync("/v1/distributions/distr_none/preview.html")).Error(404, "not_found");
    }
}
