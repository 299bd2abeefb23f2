using System.Text.RegularExpressions;
using Marketing.Api;
using Xunit;

namespace Marketing.Suppressions;

/// <summary>The page on which who reads chooses, as a browser without scripts uses it.</summary>
[Collection(ApiTests.Name)]
public sealed partial class PreferencePageTests(ApiHost api)
{
    [Fact]
    public async Task Who_reads_chooses_topics_and_may_come_back()
    {
        using var shop = await api.NewProjectAsync();
        using var reader = api.Anonymous();
        var (news, sales) = (await TopicAsync(shop, "News", "Once a week"), await TopicAsync(shop, "Sales <b>", null));
        var page = $"/p/{await api.UnsubscribeTokenAsync(shop.Project.Number, "ann@example.com")}";
        var first = await reader.GetAsync(page);
        Assert.Equal((200, "text/html"), (first.Status, first.MediaType));
        Assert.Equal(["channel", "topic", "topic"], Ticked(first.Text));
        Assert.Contains("Sales &lt;b&gt;", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@example.com", first.Text, StringComparison.Ordinal);
        Assert.Empty(await ListedAsync(shop));

        Assert.Equal(["channel", "topic"], Ticked(await ChooseAsync(reader, page, [news, sales], [sales], channel: true)));
        Assert.Equal([$"email unsubscribed {news}"], await ListedAsync(shop));
        Assert.Equal(["topic"], Ticked(await ChooseAsync(reader, page, [news, sales], [sales], channel: false)));
        Assert.Equal(["email unsubscribed ", $"email unsubscribed {news}"], await ListedAsync(shop));
        Assert.Equal(["channel", "topic", "topic"], Ticked(await ChooseAsync(reader, page, [news, sales], [news, sales], channel: true)));
        Assert.Empty(await ListedAsync(shop));

        // A topic that was not on the page stays as it is; nothing at all is no choice.
        await ChooseAsync(reader, page, [news], [], channel: true);
        Assert.Equal([$"email unsubscribed {news}"], await ListedAsync(shop));
        Assert.Equal(400, (await reader.PostAsync(page)).Status);
        Assert.Equal(404, (await reader.GetAsync(page[..^3])).Status);
        Assert.Equal(404, (await reader.GetAsync("/p/1.a.b")).Status);
    }

    [Fact]
    public async Task Nobody_chooses_an_address_back_that_mail_comes_back_from()
    {
        using var shop = await api.NewProjectAsync();
        using var reader = api.Anonymous();
        var page = $"/p/{await api.UnsubscribeTokenAsync(shop.Project.Number, "ann@example.com")}";
        (await shop.PostAsync("/v1/suppressions", """{"channel":"all","address":"ann@example.com","reason":"bounced"}""")).Ok();
        Assert.Contains("disabled", (await reader.GetAsync(page)).Text, StringComparison.Ordinal);
        await ChooseAsync(reader, page, [], [], channel: true);
        await ChooseAsync(reader, page, [], [], channel: false);
        Assert.Equal(["all bounced "], await ListedAsync(shop));
    }

    [Fact]
    public async Task Nor_one_that_the_project_took_off_after_they_had_themselves()
    {
        using var shop = await api.NewProjectAsync();
        using var reader = api.Anonymous();
        var page = $"/p/{await api.UnsubscribeTokenAsync(shop.Project.Number, "ann@example.com")}";
        await ChooseAsync(reader, page, [], [], channel: false);
        Assert.Equal(["email unsubscribed "], await ListedAsync(shop));
        Assert.Equal("complained", (await shop.PostAsync("/v1/suppressions", """{"channel":"email","address":"ann@example.com","reason":"complained"}"""))["reason"]);
        Assert.Contains("disabled", (await reader.GetAsync(page)).Text, StringComparison.Ordinal);
        await ChooseAsync(reader, page, [], [], channel: true);
        Assert.Equal(["email complained "], await ListedAsync(shop));

        // And by an import, which names no reason.
        var bob = $"/p/{await api.UnsubscribeTokenAsync(shop.Project.Number, "bob@example.com")}";
        await ChooseAsync(reader, bob, [], [], channel: false);
        var job = (await shop.PostAsync("/v1/suppressions/import", """[{"channel":"email","address":"bob@example.com"}]""")).Ok(202).GetProperty("async_action_id").GetString();
        await shop.UntilAsync($"/v1/async-actions/{job}", action => action.GetProperty("status").GetString() == "DONE");
        await ChooseAsync(reader, bob, [], [], channel: true);
        Assert.Equal(["email complained ", "email manual "], await ListedAsync(shop));
    }

    [Theory]
    [InlineData("de-AT,en;q=0.5", "de", "Worüber möchten Sie etwas hören?")]
    [InlineData("en-GB,de;q=0.9", "en", "What do you want to hear about?")]
    [InlineData("fr", "en", "What do you want to hear about?")]
    public async Task The_page_is_in_the_language_of_who_reads(string accepted, string language, string heading)
    {
        using var shop = await api.NewProjectAsync();
        using var reader = api.Anonymous();
        var token = await api.UnsubscribeTokenAsync(shop.Project.Number, "ann@example.com");
        var page = (await reader.SendAsync("GET", $"/p/{token}", (string?)null, ("Accept-Language", accepted))).Text;
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains(heading, System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", (await reader.SendAsync("GET", $"/u/{token}", (string?)null, ("Accept-Language", accepted))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_message_about_a_topic_one_click_unsubscribes_from_that_and_the_estimate_and_the_next_message_say_so()
    {
        using var shop = await api.NewProjectAsync();
        using var reader = api.Anonymous();
        var news = await TopicAsync(shop, "News", null);
        await shop.NewCustomerAsync("""{"source_id":"ann","name":"Ann","email":"ann@example.com"}""");
        var about = await LiveAsync(shop, "About", news);
        var plain = await LiveAsync(shop, "Plain", null);
        (await shop.PostAsync("/v1/events", """{"event":"seen","customer":{"source_id":"ann"}}""")).Ok();
        var mail = await MailAsync(shop, about);
        var one = UnsubscribeHeader().Match(mail).Groups[1].Value;
        Assert.Contains($"/p/{one}", mail.Replace("=\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("<b>News</b>", (await reader.GetAsync($"/u/{one}")).Text, StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        Assert.Equal(200, (await reader.SendAsync("POST", $"/u/{one}", form)).Status);
        Assert.Equal([$"email unsubscribed {news}"], await ListedAsync(shop));

        (await shop.PostAsync("/v1/events", """{"event":"seen","customer":{"source_id":"ann"}}""")).Ok();
        var skipped = await SettledAsync(shop, about, 2);
        Assert.Equal(["opted_out"], skipped.Where(message => message.Status == "skipped").Select(message => message.Reason));
        Assert.Equal(["sent", "sent"], (await SettledAsync(shop, plain, 2)).Select(message => message.Status));

        // Before it is sent.
        var manual = await shop.NewDistributionAsync($$$"""{"name":"Later","type":"manual","topic":"{{{news}}}","audience":{"customer":"ann"},"action":{"type":"plain_message"},"channels":[{"type":"email","template":{"subject":"Hi","html":"<p>{{ unsubscribe_url }}</p>"}}]}""");
        Assert.Equal(1, (await shop.GetAsync($"/v1/distributions/{manual}/audience")).Ok().GetProperty("channels").GetProperty("email").GetProperty("skipped").GetProperty("opted_out").GetInt32());

        // What names it keeps it; without it its links mean everything.
        (await shop.DeleteAsync($"/v1/topics/{news}")).Error(409, "topic_in_use");
        (await shop.PostAsync($"/v1/distributions/{about}/stop")).Ok();
        await shop.UntilAsync($"/v1/distributions/{about}", one => one.GetProperty("status").GetString() == "stopped");
        (await shop.DeleteAsync($"/v1/topics/{news}")).Ok(204);
        using var again = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        Assert.Equal(200, (await reader.SendAsync("POST", $"/u/{one}", again)).Status);
        Assert.Equal(["email unsubscribed ", $"email unsubscribed {news}"], await ListedAsync(shop));
    }

    [Fact]
    public async Task A_topic_has_a_name_of_its_own_and_a_distribution_names_one_that_there_is()
    {
        using var shop = await api.NewProjectAsync();
        var made = (await shop.PostAsync("/v1/topics", Samples.Topic)).Ok();
        Shape.Is(made, "id name description created_at object");
        var id = made.GetProperty("id").GetString()!;
        Assert.StartsWith("top_", id, StringComparison.Ordinal);
        (await shop.PostAsync("/v1/topics", Samples.Topic)).Error(409, "duplicate_found");
        (await shop.PostAsync("/v1/topics", """{"name":" "}""")).Error(400, "invalid_payload");
        (await shop.PostAsync("/v1/topics", $$"""{"name":"{{new string('x', 101)}}"}""")).Error(400, "invalid_payload");
        Assert.False((await shop.PutAsync($"/v1/topics/{id}", """{"name":"Arrivals","description":""}""")).Ok().TryGetProperty("description", out _));
        Assert.Equal("Arrivals", (await shop.GetAsync($"/v1/topics/{id}"))["name"]);
        var draft = await shop.NewDistributionAsync("""{"name":"D","topic":"top_none"}""");
        Assert.Contains("topic", Shape.Texts((await shop.PostAsync($"/v1/distributions/{draft}/validate")).Ok().GetProperty("problems"), "field"));
        (await shop.DeleteAsync($"/v1/topics/{id}")).Ok(204);
        (await shop.DeleteAsync($"/v1/topics/{id}")).Error(404, "not_found");
    }

    private static async Task<string> TopicAsync(ProjectClient shop, string name, string? description) =>
        (await shop.PostAsync("/v1/topics", System.Text.Json.JsonSerializer.Serialize(description is null ? new { name } : (object)new { name, description }))).Ok().GetProperty("id").GetString()!;

    private static async Task<string> LiveAsync(ProjectClient shop, string name, string? topic)
    {
        var id = await shop.NewDistributionAsync($$$"""
            {"name":"{{{name}}}",{{{(topic is null ? "" : $"\"topic\":\"{topic}\",")}}}"type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"seen"},"action":{"type":"plain_message"},
             "channels":[{"type":"email","template":{"subject":"Hi","html":"<a href=\"{{ unsubscribe_url }}\">z</a><a href=\"{{ preferences_url }}\">p</a>"}}]}
            """);
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        return id;
    }

    private async Task<string> MailAsync(ProjectClient shop, string distribution)
    {
        var sent = await shop.UntilAsync($"/v1/distributions/{distribution}/messages", list => list.GetProperty("data").EnumerateArray().Any(message => message.GetProperty("status").GetString() == "sent"));
        return await File.ReadAllTextAsync(Path.Combine(api.Data.FullName, "outbox", $"{sent.GetProperty("data")[0].GetProperty("id").GetString()}.eml"), TestContext.Current.CancellationToken);
    }

    private static async Task<List<(string? Status, string? Reason)>> SettledAsync(ProjectClient shop, string distribution, int count) =>
    [
        .. (await shop.UntilAsync(
                $"/v1/distributions/{distribution}/messages", list => list.GetProperty("data").EnumerateArray().Count(message => message.GetProperty("status").GetString() is "sent" or "skipped") == count))
            .GetProperty("data").EnumerateArray().Select(message => (message.GetProperty("status").GetString(), message.TryGetProperty("reason", out var reason) ? reason.GetString() : null)),
    ];

    private static async Task<string> ChooseAsync(ApiClient reader, string page, string[] shown, string[] wanted, bool channel)
    {
        List<KeyValuePair<string, string>> fields = [new("shown", ""), .. shown.Select(id => new KeyValuePair<string, string>("shown", id)), .. wanted.Select(id => new KeyValuePair<string, string>("topic", id))];
        using var form = new FormUrlEncodedContent(channel ? [.. fields, new("channel", "on")] : fields);
        var answer = await reader.SendAsync("POST", page, form);
        Assert.Equal(200, answer.Status);
        return answer.Text;
    }

    private static IEnumerable<string> Ticked(string page) => Box().Matches(page).Where(box => box.Value.Contains(" checked", StringComparison.Ordinal)).Select(box => box.Groups[1].Value);

    private static async Task<IEnumerable<string>> ListedAsync(ProjectClient shop) => (await shop.GetAsync("/v1/suppressions")).Ok().GetProperty("data").EnumerateArray()
        .Select(row => $"{row.GetProperty("channel").GetString()} {row.GetProperty("reason").GetString()} {(row.TryGetProperty("topic", out var topic) ? topic.GetString() : "")}").Order(StringComparer.Ordinal);

    [GeneratedRegex("<input type=\"checkbox\" name=\"([a-z]+)\"[^>]*>")]
    private static partial Regex Box();

    [GeneratedRegex(@"List-Unsubscribe:\s+<[^>]*?/u/([^>]+)>")]
    private static partial Regex UnsubscribeHeader();
}
