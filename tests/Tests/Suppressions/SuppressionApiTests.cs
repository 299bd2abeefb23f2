using Marketing.Api;
using Xunit;

namespace Marketing.Suppressions;

[Collection(ApiTests.Name)]
public sealed class SuppressionApiTests(ApiHost api)
{
    [Fact]
    public async Task An_address_is_suppressed_listed_and_taken_off()
    {
        using var shop = await api.NewProjectAsync();
        var added = (await shop.PostAsync("/v1/suppressions", """{"channel":"email","address":"Ann@Example.com","reason":"bounced"}""")).Ok();
        Shape.Is(added, "channel address reason created_at object");
        Assert.Equal("ann@example.com", added.GetProperty("address").GetString());
        Assert.Equal("bounced", (await shop.PostAsync("/v1/suppressions", Samples.Suppression))["reason"]);

        var list = (await shop.GetAsync("/v1/suppressions?channel=email&address=ANN@example.com")).Ok();
        Assert.Equal(["ann@example.com"], Shape.Texts(Shape.List(list, "data", "total has_more"), "address"));
        (await shop.DeleteAsync("/v1/suppressions/email/ann%40example.com")).Ok(204);
        (await shop.DeleteAsync("/v1/suppressions/email/ann%40example.com")).Error(404, "not_found");
    }

    [Fact]
    public async Task Who_unsubscribes_in_one_spelling_of_the_domain_is_on_the_list_in_all()
    {
        using var shop = await api.NewProjectAsync();
        using var anybody = api.Anonymous();
        using var button = Form();
        Assert.Equal(200, (await anybody.SendAsync("POST", await LinkAsync(shop, "plain@münchen.de"), button)).Status);

        Assert.Equal("unsubscribed", (await shop.PostAsync("/v1/suppressions", """{"channel":"email","address":"Plain@XN--MNCHEN-3YA.de","reason":"unsubscribed"}"""))["reason"]);
        foreach (var spelling in new[] { "plain@M%C3%9CNCHEN.de", "plain@m%C3%BCnchen.de", "plain@xn--mnchen-3ya.de" })
        {
            Assert.Equal(1, (await shop.GetAsync($"/v1/suppressions?address={spelling}")).Ok().GetProperty("total").GetInt32());
        }

        (await shop.DeleteAsync("/v1/suppressions/email/plain@m%C3%BCnchen.de")).Ok(204);
        Assert.Equal(0, (await shop.GetAsync("/v1/suppressions")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task What_is_suppressed_for_all_channels_is_another_entry_than_for_one()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/suppressions", """{"channel":"email","address":"ann@example.com","reason":"complained"}""")).Ok();
        Assert.Equal("all", (await shop.PostAsync("/v1/suppressions", """{"channel":"all","address":" Ann@Example.com "}"""))["channel"]);
        Assert.Equal("+48501234567", (await shop.PostAsync("/v1/suppressions", """{"channel":"all","address":"+48 501-234-567"}"""))["address"]);
        Assert.Equal(3, (await shop.GetAsync("/v1/suppressions")).Ok().GetProperty("total").GetInt32());
        Assert.Equal(2, (await shop.GetAsync("/v1/suppressions?channel=all")).Ok().GetProperty("total").GetInt32());
        Assert.Equal(["email"], Shape.Texts((await shop.GetAsync("/v1/suppressions?reason=complained&address=ANN@example.com")).Ok().GetProperty("data"), "channel"));
        (await shop.GetAsync("/v1/suppressions?reason=angry")).Error(400, "invalid_query_params");
        (await shop.DeleteAsync("/v1/suppressions/all/" + Uri.EscapeDataString("+48 501 234 567"))).Ok(204);
        (await shop.DeleteAsync("/v1/suppressions/all/ANN@example.com")).Ok(204);
        Assert.Equal(["email"], Shape.Texts((await shop.GetAsync("/v1/suppressions")).Ok().GetProperty("data"), "channel"));
    }

    [Fact]
    public async Task Suppressions_are_imported_from_json_and_a_row_that_does_not_fit_costs_no_other()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/suppressions", """{"channel":"email","address":"ann@example.com","reason":"complained"}""")).Ok();
        const string rows = """[{"channel":"email","address":"Ann@example.com"},{"channel":"all","address":"bob@example.com","reason":"unsubscribed"},{"channel":"mail","address":"c@example.com"},{"channel":"email","address":"d@example.com","reason":"angry"},{"channel":"email","address":" "},{"channel":"email","address":"e@example.com","topic":"top_none"}]""";
        var job = (await shop.PostAsync("/v1/suppressions/import", rows)).Ok(202).GetProperty("async_action_id").GetString();
        var result = (await shop.UntilAsync($"/v1/async-actions/{job}", action => action.GetProperty("status").GetString() == "DONE")).GetProperty("result");
        Assert.Equal((2, 4), (result.GetProperty("done_count").GetInt32(), result.GetProperty("failed_count").GetInt32()));
        Assert.Equal(["channel", "reason", "address", "topic"], result.GetProperty("failed").EnumerateArray().Select(failed => failed.GetProperty("reason").GetString()!.Split(' ')[0]));
        Assert.Equal(["all bob@example.com unsubscribed", "email ann@example.com complained"], await ListedAsync(shop));
        (await shop.PostAsync("/v1/suppressions/import", "{}")).Error(400, "invalid_payload");
        (await shop.PostAsync("/v1/suppressions/import", """[{"channel":"email","adress":"a@example.com"}]""")).Error(400, "invalid_payload");
    }

    [Fact]
    public async Task A_row_whose_fields_are_no_texts_suppresses_nothing()
    {
        using var shop = await api.NewProjectAsync();
        const string rows = """[{"channel":"email","address":"a@example.com","topic":["x"]},{"channel":"email","address":"b@example.com","reason":5},{"channel":"email","address":{}},{"channel":true,"address":"d@example.com"},{"channel":"email","address":"e@example.com","topic":null,"reason":null}]""";
        var job = (await shop.PostAsync("/v1/suppressions/import", rows)).Ok(202).GetProperty("async_action_id").GetString();
        var result = (await shop.UntilAsync($"/v1/async-actions/{job}", action => action.GetProperty("status").GetString() == "DONE")).GetProperty("result");
        Assert.Equal(["topic must be string", "reason must be string", "address must be string", "channel must be string"], Shape.Texts(result.GetProperty("failed"), "reason"));
        Assert.Equal(["email e@example.com manual"], await ListedAsync(shop));
    }

    [Fact]
    public async Task A_list_that_was_exported_can_be_imported_elsewhere()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        foreach (var body in new[] { """{"channel":"email","address":"ann@example.com","reason":"complained"}""", """{"channel":"sms","address":"+48501234567"}""", """{"channel":"all","address":"a@münchen.de","reason":"bounced"}""", """{"channel":"email","address":"=ann@example.com"}""", """{"channel":"email","address":"-ann@example.com"}""" })
        {
            (await shop.PostAsync("/v1/suppressions", body)).Ok();
        }

        var file = await ExportedAsync(shop, "{}");
        Assert.StartsWith("channel,address,reason,topic,created_at\r\n", file, StringComparison.Ordinal);
        Assert.Equal(2, (await ExportedAsync(shop, """{"filters":{"reason":{"conditions":{"$is":["complained"]}}}}""")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        var job = (await other.UploadAsync("/v1/suppressions/importCSV", System.Text.Encoding.UTF8.GetBytes(file))).Ok(202).GetProperty("async_action_id").GetString();
        var result = (await other.UntilAsync($"/v1/async-actions/{job}", action => action.GetProperty("status").GetString() == "DONE")).GetProperty("result");
        Assert.Equal((5, 0), (result.GetProperty("done_count").GetInt32(), result.GetProperty("failed_count").GetInt32()));
        Assert.Equal(await ListedAsync(shop), await ListedAsync(other));
    }

    private static async Task<string> ExportedAsync(ProjectClient shop, string parameters)
    {
        var id = (await shop.PostAsync("/v1/exports", $$"""{"exported_object":"suppression","parameters":{{parameters}}}""")).Ok().GetProperty("id").GetString();
        var done = await shop.UntilAsync($"/v1/exports/{id}", export => export.GetProperty("status").GetString() == "DONE");
        return (await shop.GetAsync(new Uri(done.GetProperty("result").GetProperty("url").GetString()!).PathAndQuery)).Text;
    }

    private static async Task<IEnumerable<string>> ListedAsync(ProjectClient shop) => (await shop.GetAsync("/v1/suppressions")).Ok().GetProperty("data").EnumerateArray()
        .Select(row => $"{row.GetProperty("channel").GetString()} {row.GetProperty("address").GetString()} {row.GetProperty("reason").GetString()}").Order(StringComparer.Ordinal);

    [Fact]
    public async Task Opening_an_unsubscribe_link_changes_nothing()
    {
        using var shop = await api.NewProjectAsync();
        using var anybody = api.Anonymous();
        var link = await LinkAsync(shop, "ann@example.com");
        var page = await anybody.GetAsync(link);
        Assert.Equal((200, "text/html"), (page.Status, page.MediaType));
        Assert.DoesNotContain("ann@example.com", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Header("Set-Cookie"));
        Assert.Equal(0, (await shop.GetAsync("/v1/suppressions")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Asking_for_the_headers_of_an_unsubscribe_link_changes_nothing()
    {
        using var shop = await api.NewProjectAsync();
        using var anybody = api.Anonymous();
        var link = await LinkAsync(shop, "ann@example.com");
        var headers = await anybody.SendAsync("HEAD", link);
        Assert.Equal((200, "text/html", ""), (headers.Status, headers.MediaType, headers.Text));
        Assert.Equal(404, (await anybody.SendAsync("HEAD", "/u/1.a.b")).Status);
        Assert.Equal(0, (await shop.GetAsync("/v1/suppressions")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_button_and_the_one_click_request_unsubscribe()
    {
        using var shop = await api.NewProjectAsync();
        using var anybody = api.Anonymous();
        using var button = Form();
        Assert.Equal(200, (await anybody.SendAsync("POST", await LinkAsync(shop, "ann@example.com"), button)).Status);
        using var oneClick = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };
        Assert.Equal(200, (await anybody.SendAsync("POST", await LinkAsync(shop, "bob@example.com"), oneClick)).Status);
        var list = (await shop.GetAsync("/v1/suppressions")).Ok().GetProperty("data");
        Assert.Equal(["bob@example.com", "ann@example.com"], Shape.Texts(list, "address"));
        Assert.Equal(["unsubscribed", "unsubscribed"], Shape.Texts(list, "reason"));
    }

    [Fact]
    public async Task A_post_that_does_not_mean_it_changes_nothing()
    {
        using var shop = await api.NewProjectAsync();
        using var anybody = api.Anonymous();
        var link = await LinkAsync(shop, "ann@example.com");
        Assert.Equal(400, (await anybody.PostAsync(link)).Status);
        Assert.Equal(400, (await anybody.PostAsync(link, "{}")).Status);
        Assert.Equal(0, (await shop.GetAsync("/v1/suppressions")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_made_up_or_changed_link_is_refused()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        using var anybody = api.Anonymous();
        var link = await LinkAsync(shop, "ann@example.com");
        var token = link[3..];
        string[] wrong =
        [
            "/u/x", "/u/1", "/u/1.", "/u/999999999.a.b", "/u/99999999999999999999.a.b", "/u/-1.a.b", $"/u/{other.Project.Number}{token[token.IndexOf('.', StringComparison.Ordinal)..]}",
            link[..^4], $"/u/{new string('1', 2_000)}", $"/u/{shop.Project.Number}.%00.b", "/u/1.%F0%9F%98%80.x",
        ];
        foreach (var path in wrong)
        {
            using var form = Form();
            Assert.InRange((await anybody.GetAsync(path)).Status, 400, 404);
            Assert.InRange((await anybody.SendAsync("POST", path, form)).Status, 400, 404);
        }

        Assert.Equal(0, (await shop.GetAsync("/v1/suppressions")).Ok().GetProperty("total").GetInt32());
        Assert.Equal(0, (await other.GetAsync("/v1/suppressions")).Ok().GetProperty("total").GetInt32());
    }

    private static FormUrlEncodedContent Form() => new([new("List-Unsubscribe", "One-Click")]);

    private async Task<string> LinkAsync(ProjectClient shop, string address) => $"/u/{await api.UnsubscribeTokenAsync(shop.Project.Number, address)}";
}
