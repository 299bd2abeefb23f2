using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Channels.Email;

[Collection(ApiTests.Name)]
public sealed class BlocksApiTests(ApiHost api)
{
    [Theory]
    [InlineData("""{"blocks":[{"type":"marquee"}]}""", ".channels[0].template.blocks.blocks[0].type")]
    [InlineData("""{"blocks":[{"text":"x"}]}""", ".channels[0].template.blocks.blocks[0].text")]
    [InlineData("""{"blocks":[{"type":"divider","href":"https://a.example"}]}""", ".channels[0].template.blocks.blocks[0].href")]
    [InlineData("""{"blocks":[{"type":"divider","color":"red"}]}""", ".channels[0].template.blocks.blocks[0].color")]
    [InlineData("""{"blocks":[{"type":"divider","color":"#12345g"}]}""", ".channels[0].template.blocks.blocks[0].color")]
    [InlineData("""{"blocks":[{"type":"button","text":"x","href":"javascript:alert(1)"}]}""", ".channels[0].template.blocks.blocks[0].href")]
    [InlineData("""{"blocks":[{"type":"image","src":"mailto:a@b.example"}]}""", ".channels[0].template.blocks.blocks[0].src")]
    [InlineData("""{"blocks":[{"type":"text","content":[{"type":"paragraph","content":[{"type":"text","text":"x","marks":{"link":"ftp://a"}}]}]}]}""", ".channels[0].template.blocks.blocks[0].content[0].content[0].marks.link")]
    [InlineData("""{"blocks":[{"type":"heading","content":[{"type":"variable","name":"a }} b"}]}]}""", ".channels[0].template.blocks.blocks[0].content[0].name")]
    [InlineData("""{"blocks":[{"type":"columns","columns":[{"blocks":[]}]}]}""", ".channels[0].template.blocks.blocks[0].columns")]
    [InlineData("""{"blocks":[{"type":"columns","columns":[{"share":50},{"share":60}]}]}""", ".channels[0].template.blocks.blocks[0].columns")]
    [InlineData("""{"blocks":[{"type":"columns","columns":[{"blocks":[{"type":"columns","columns":[{},{}]}]},{}]}]}""", ".channels[0].template.blocks.blocks[0].columns[0].blocks[0].type")]
    [InlineData("""{"settings":{"width":100}}""", ".channels[0].template.blocks.settings.width")]
    [InlineData("""{"version":2}""", ".channels[0].template.blocks.version")]
    public async Task What_is_no_document_is_refused_with_its_place(string document, string place)
    {
        using var shop = await api.NewProjectAsync();
        var details = (await shop.PostAsync("/v1/distributions", Draft(document))).Error(400, "invalid_payload").GetProperty("details").GetString();
        Assert.StartsWith($"Payload property '{place}'", details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_is_answered_as_it_was_written()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync(Draft(MailDocuments.Everything));
        var read = (await shop.GetAsync($"/v1/distributions/{id}")).Ok().GetProperty("channels")[0].GetProperty("template").GetProperty("blocks");
        Assert.Equal(Sorted(JsonElement.Parse(MailDocuments.Everything)), Sorted(read));
        Assert.Equal(200, (await shop.PutAsync($"/v1/distributions/{id}", Draft(read.GetRawText()))).Status);
    }

    [Fact]
    public async Task Without_an_unsubscribe_link_a_mail_of_blocks_does_not_go_out()
    {
        using var shop = await api.NewProjectAsync();
        const string button = """{"type":"button","text":"Stop","href":"{{ unsubscribe_url }}"}""";
        Assert.Contains("channels[0].template.blocks", await ProblemsAsync(shop, """{"blocks":[{"type":"divider"}]}"""));
        Assert.DoesNotContain("channels[0].template.blocks", await ProblemsAsync(shop, """{"blocks":[{"type":"divider"}],"footer":{}}"""));
        Assert.DoesNotContain("channels[0].template.blocks", await ProblemsAsync(shop, $$"""{"blocks":[{{button}}]}"""));
    }

    [Fact]
    public async Task What_is_missing_in_a_block_is_told_and_may_be_missing_in_a_draft()
    {
        using var shop = await api.NewProjectAsync();
        const string unfinished = """{"blocks":[{"type":"button"},{"type":"columns","columns":[{"blocks":[{"type":"image"}]},{}]},{"type":"social","links":[{"network":"x"}]},{"type":"qr"}],"footer":{}}""";
        Assert.Equal(200, (await shop.PostAsync("/v1/distributions", Draft(unfinished))).Status);
        var missing = (await ReviewAsync(shop, unfinished)).GetProperty("problems").EnumerateArray().Where(problem => problem.GetProperty("code").GetString() == "required").Select(problem => problem.GetProperty("field").GetString());
        Assert.Equal(
            ["blocks[0].text", "blocks[0].href", "blocks[1].columns[0].blocks[0].src", "blocks[2].links[0].url", "blocks[3].value"],
            missing.Where(field => field!.StartsWith("channels", StringComparison.Ordinal)).Select(field => field!["channels[0].template.blocks.".Length..]));
    }

    [Fact]
    public async Task A_variable_that_there_is_not_is_told_where_it_stands()
    {
        using var shop = await api.NewProjectAsync();
        var problems = (await ReviewAsync(shop, """{"blocks":[{"type":"divider"},{"type":"heading","content":[{"type":"text","text":"x"},{"type":"variable","name":"customer.nmae"}]}],"footer":{}}""")).GetProperty("problems");
        var problem = Assert.Single(problems.EnumerateArray(), one => one.GetProperty("code").GetString() == "template");
        Assert.Equal("channels[0].template.blocks.blocks[1].content[1].name", problem.GetProperty("field").GetString());
        Assert.Contains("Did you mean 'name'?", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_html_is_warned_of()
    {
        using var shop = await api.NewProjectAsync();
        var text = new string('x', 15_000);
        var paragraph = $$"""{"type":"paragraph","content":[{"type":"text","text":"{{text}}"}]}""";
        string Document(int paragraphs) => $$"""{"blocks":[{"type":"text","content":[{{string.Join(',', Enumerable.Repeat(paragraph, paragraphs))}}]}],"footer":{} }""";
        Assert.Empty((await ReviewAsync(shop, Document(5))).GetProperty("warnings").EnumerateArray());
        var warning = Assert.Single((await ReviewAsync(shop, Document(6))).GetProperty("warnings").EnumerateArray());
        Assert.Equal(("channels[0].template.blocks", "long"), (warning.GetProperty("field").GetString(), warning.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_preview_shows_drawn_codes_in_the_page()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync(Draft(MailDocuments.Codes));
        var page = (await shop.GetAsync($"/v1/distributions/{id}/preview.html")).Text;
        Assert.Equal(2, page.Split("src=\"data:image/png;base64,").Length - 1);
        Assert.DoesNotContain("cid:", page, StringComparison.Ordinal);
    }

    private static string Draft(string document) =>
        $$"""{"name":"Blocks","type":"manual","audience":{"customer":"c"},"action":{"type":"plain_message"},"channels":[{"type":"email","template":{"subject":"Hi","blocks":{{document}} } }]}""";

    private static async Task<JsonElement> ReviewAsync(ProjectClient shop, string document) => (await shop.PostAsync("/v1/distributions/validate", Draft(document))).Ok();

    private static async Task<IEnumerable<string?>> ProblemsAsync(ProjectClient shop, string document) =>
        (await ReviewAsync(shop, document)).GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("field").GetString()).ToArray();

    private static string Sorted(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => $"{field.Name}:{Sorted(field.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Sorted))}]",
        _ => value.GetRawText(),
    };
}
