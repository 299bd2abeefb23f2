using System.Text;
using Marketing.Api;
using Xunit;

namespace Marketing.Connections;

[Collection(ApiTests.Name)]
public sealed class ConnectionApiTests(ApiHost api)
{
    private const string Shown = "id object name type provider status default rate_limit settings receipts_url credentials_set created_at";

    [Fact]
    public async Task A_connection_is_made_read_changed_paused_and_deleted_and_never_shows_its_credentials()
    {
        using var shop = await api.NewProjectAsync();
        var made = (await shop.PostAsync("/v1/channels", Samples.Channel)).Ok();
        Shape.Is(made, Shown);
        var id = made.GetProperty("id").GetString();
        Assert.StartsWith("chan_", id, StringComparison.Ordinal);
        Assert.Equal(["user", "password"], made.GetProperty("credentials_set").EnumerateArray().Select(name => name.GetString()));

        var changed = await shop.PutAsync($"/v1/channels/{id}", """{"name":"Letters","credentials":{"password":"another"},"rate_limit":0}""");
        Assert.Equal(("Letters", "active"), (changed["name"], changed["status"]));
        Assert.False(changed.Ok().TryGetProperty("rate_limit", out _));
        Assert.Equal(made.GetProperty("settings").GetRawText(), changed.Ok().GetProperty("settings").GetRawText());
        Assert.Equal(changed.Text, (await shop.PutAsync($"/v1/channels/{id}", """{"name":"Letters"}""")).Text);
        Assert.Equal("paused", (await shop.PostAsync($"/v1/channels/{id}/pause"))["status"]);
        Assert.Equal("paused", (await shop.GetAsync($"/v1/channels/{id}"))["status"]);
        Assert.Equal("active", (await shop.PostAsync($"/v1/channels/{id}/resume"))["status"]);
        var listed = await shop.GetAsync("/v1/channels");
        Assert.Equal(["Letters"], Shape.Texts(Shape.List(listed.Ok(), "data", "total"), "name"));
        Assert.All([made.GetRawText(), changed.Text, listed.Text], text => Assert.False(text.Contains("\"secret\"", StringComparison.Ordinal) || text.Contains("another", StringComparison.Ordinal), text));

        // Sent back as it was read, it stays what it is.
        Assert.Equal("Letters", (await shop.PutAsync($"/v1/channels/{id}", (await shop.GetAsync($"/v1/channels/{id}")).Text))["name"]);
        (await shop.DeleteAsync($"/v1/channels/{id}")).Ok(204);
        Assert.Equal("channel", (await shop.GetAsync($"/v1/channels/{id}")).Error(404, "not_found").GetProperty("resource_type").GetString());
        foreach (var verb in new[] { "test", "pause", "resume" })
        {
            (await shop.PostAsync($"/v1/channels/{id}/{verb}")).Error(404, "not_found");
        }

        (await shop.DeleteAsync($"/v1/channels/{id}")).Error(404, "not_found");
        (await shop.PutAsync($"/v1/channels/{id}", Samples.Channel)).Error(404, "not_found");
    }

    [Fact]
    public async Task Credentials_are_protected_where_they_are_stored()
    {
        using var shop = await api.NewProjectAsync();
        await shop.PostAsync("/v1/channels", Samples.Channel.Replace("\"secret\"", "\"hunter2-and-more\"", StringComparison.Ordinal));
        var stored = api.Data.EnumerateFiles("data.db*").Select(file =>
        {
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return Encoding.Latin1.GetString(copy.ToArray());
        }).ToArray();
        Assert.Contains(stored, text => text.Contains("smtp.example.com", StringComparison.Ordinal));
        Assert.DoesNotContain(stored, text => text.Contains("hunter2-and-more", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"type":"email","provider":"smtp"}""", "Payload must have required property 'name'")]
    [InlineData("""{"name":"x","type":"fax","provider":"smtp"}""", "Payload property '.type' must be one of email")]
    [InlineData("""{"name":"x","type":"email","provider":"post"}""", "Payload property '.provider' must be one of smtp")]
    [InlineData("""{"name":"x","type":"email","provider":"smtp"}""", "Payload property '.settings.host' is required Payload property '.settings.from' is required")]
    [InlineData("""{"name":"x","type":"email","provider":"smtp","settings":{"host":"a b","from":"x"}}""", "Payload property '.settings.from' must be an address such as Shop <news@example.com> Payload property '.settings.host' must be the name or the address of a server")]
    [InlineData("""{"name":"x","type":"email","provider":"smtp","settings":{"host":"h","from":"a@b.example","port":0}}""", "Payload property '.settings.port' must be 1 to 65535")]
    [InlineData("""{"name":"x","type":"email","provider":"smtp","settings":{"host":"h","from":"a@b.example","prot":25}}""", "Payload property '.settings.prot' is not known here; did you mean 'port'?")]
    [InlineData("""{"name":"x","type":"email","provider":"smtp","settings":{"host":"h","from":"a@b.example"},"credentials":{"user":"me"}}""", "Payload property '.credentials' must have user and password together, or neither")]
    [InlineData("""{"name":"x","type":"email","provider":"smtp","settings":{"host":"h","from":"a@b.example"},"credentials":{"user":1,"password":"x"}}""", "Payload property '.credentials.user' must be string")]
    [InlineData("""{"name":"x","type":"email","provider":"smtp","settings":{"host":"h","from":"a@b.example"},"rate_limit":10001}""", "Payload property '.rate_limit' must be <= 10000")]
    public async Task What_is_missing_or_wrong_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.StartsWith(details, (await shop.PostAsync("/v1/channels", body)).Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_connection_of_a_type_is_the_default_and_names_are_unique()
    {
        using var shop = await api.NewProjectAsync();
        var first = (await shop.PostAsync("/v1/channels", Named("One", "false")))["id"];
        (await shop.PostAsync("/v1/channels", Named("One", "false"))).Error(409, "duplicate_found");
        var second = (await shop.PostAsync("/v1/channels", Named("Two", "true")))["id"];
        Assert.False((await shop.GetAsync($"/v1/channels/{first}")).Ok().GetProperty("default").GetBoolean());
        Assert.True((await shop.GetAsync($"/v1/channels/{second}")).Ok().GetProperty("default").GetBoolean());
        (await shop.PutAsync($"/v1/channels/{first}", """{"default":true}""")).Ok();
        Assert.False((await shop.GetAsync($"/v1/channels/{second}")).Ok().GetProperty("default").GetBoolean());
        (await shop.PutAsync($"/v1/channels/{first}", """{"type":"sms"}""")).Error(400, "invalid_payload");
    }

    [Fact]
    public async Task A_request_made_again_with_its_key_makes_nothing_more()
    {
        using var shop = await api.NewProjectAsync();
        (string, string) key = ("Idempotency-Key", "k");
        var id = (await shop.PostAsync("/v1/channels", Samples.Channel, key))["id"];
        Assert.Equal(id, (await shop.PostAsync("/v1/channels", Samples.Channel, key))["id"]);
        (await shop.PostAsync("/v1/channels", Named("Other", "false"), key)).Error(409, "idempotency_key_reused");
        await shop.DeleteAsync($"/v1/channels/{id}");
        (await shop.PostAsync("/v1/channels", Samples.Channel, key)).Error(404, "not_found");
        Assert.Equal(0, (await shop.GetAsync("/v1/channels")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_draft_that_names_a_connection_needs_it_to_be_there_and_keeps_it_there_once_it_is_live()
    {
        using var shop = await api.NewProjectAsync();
        var id = (await shop.PostAsync("/v1/channels", Named("Mine", "false")))["id"];
        using var other = await api.NewProjectAsync();
        var theirs = (await other.PostAsync("/v1/channels", Named("Theirs", "false")))["id"];
        foreach (var unknown in new[] { "chan_none", theirs })
        {
            var draft = await shop.NewDistributionAsync(Draft($"D {unknown}", unknown));
            var problem = (await shop.PostAsync($"/v1/distributions/{draft}/validate")).Ok().GetProperty("problems")[0];
            Assert.Equal(("channels[0].connection", "there is no such connection of the type email"), (problem.GetProperty("field").GetString(), problem.GetProperty("message").GetString()));
        }

        var distribution = await shop.NewDistributionAsync(Draft("Live", id));
        (await shop.PostAsync($"/v1/distributions/{distribution}/activate")).Ok();
        Assert.Contains(distribution, (await shop.DeleteAsync($"/v1/channels/{id}")).Error(409, "channel_in_use").GetProperty("details").GetString(), StringComparison.Ordinal);
        (await shop.PostAsync($"/v1/distributions/{distribution}/stop")).Ok();
        (await shop.DeleteAsync($"/v1/channels/{id}")).Ok(204);
    }

    [Fact]
    public async Task A_test_of_a_server_that_must_not_be_called_says_so()
    {
        using var shop = await api.NewProjectAsync();
        var id = (await shop.PostAsync("/v1/channels", """{"name":"x","type":"email","provider":"smtp","settings":{"host":"127.0.0.1","from":"a@b.example"}}"""))["id"];
        var test = (await shop.PostAsync($"/v1/channels/{id}/test")).Ok();
        Shape.Is(test, "object ok detail");
        Assert.Equal((false, "The mail server's address is private or reserved."), (test.GetProperty("ok").GetBoolean(), test.GetProperty("detail").GetString()));
    }

    private static string Named(string name, string isDefault) =>
        $$"""{"name":"{{name}}","type":"email","provider":"smtp","settings":{"host":"smtp.example.com","from":"a@b.example"},"default":{{isDefault}}}""";

    private static string Draft(string name, string connection) => $$$"""
        {"name":"{{{name}}}","type":"automatic","trigger":{"type":"customer.order.paid"},"action":{"type":"plain_message"},
         "channels":[{"type":"email","connection":"{{{connection}}}","template":{"subject":"Hi","text":"x"}}]}
        """;
}
