using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Distributions;

[Collection(ApiTests.Name)]
public sealed class DistributionApiTests(ApiHost api)
{
    private const string ReadyToGo = """
        {"name":"Visits","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"visit"},"action":{"type":"plain_message"},
         "channels":[{"type":"email","template":{"subject":"Hi {{ customer.name }}","html":"<p>Hello</p>"}}],"delay":"PT0.1S"}
        """;

    [Fact]
    public async Task A_draft_may_be_incomplete_and_says_what_is_missing()
    {
        using var shop = await api.NewProjectAsync();
        var draft = (await shop.PostAsync("/v1/distributions", "{}")).Ok();
        Shape.Is(draft, "id object version status channels created_at messages progress");
        Assert.Equal(("distribution", "draft"), (draft.GetProperty("object").GetString(), draft.GetProperty("status").GetString()));
        Shape.Is(draft.GetProperty("messages"), "audience queued retrying sending sent failed skipped canceled recovered uncertain");

        var id = draft.GetProperty("id").GetString();
        var validation = (await shop.PostAsync($"/v1/distributions/{id}/validate")).Ok();
        Shape.Is(validation, "valid problems warnings");
        Assert.False(validation.GetProperty("valid").GetBoolean());
        var error = (await shop.PostAsync($"/v1/distributions/{id}/activate")).Error(400, "invalid_payload");
        Shape.Has(error, "code key message details request_id resource_id resource_type problems");
        Assert.Contains("channels", Shape.Texts(error.GetProperty("problems"), "field"));
    }

    [Fact]
    public async Task What_was_written_is_read_back()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync();
        await shop.PutAsync($"/v1/distributions/{id}", Samples.Distribution);
        var read = (await shop.GetAsync($"/v1/distributions/{id}")).Ok();
        var written = JsonElement.Parse(Samples.Distribution);
        foreach (var field in written.EnumerateObject().Where(field => field.Name is not ("starts_at" or "ends_at" or "channels")))
        {
            Assert.True(JsonElement.DeepEquals(field.Value, read.GetProperty(field.Name)), $"{field.Name}: {read.GetProperty(field.Name)}");
        }

        Assert.Equal("2026-01-01T00:00:00.000Z", read.GetProperty("starts_at").GetString());
        var email = read.GetProperty("channels")[0].GetProperty("template");
        Assert.Equal("Hi {{ customer.name }}", email.GetProperty("subject").GetString());
        Assert.Equal("""{"a":"{{ customer.id }}"}""", read.GetProperty("channels")[1].GetProperty("template").GetProperty("payload").GetRawText());
    }

    [Fact]
    public async Task An_automatic_distribution_lives_pauses_resumes_and_stops()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync(ReadyToGo);
        Assert.Equal("live", (await shop.PostAsync($"/v1/distributions/{id}/activate"))["status"]);
        (await shop.DeleteAsync($"/v1/distributions/{id}")).Error(409, "invalid_distribution_state");
        Assert.Equal("paused", (await shop.PostAsync($"/v1/distributions/{id}/pause"))["status"]);
        Assert.Equal("live", (await shop.PostAsync($"/v1/distributions/{id}/resume"))["status"]);
        Assert.Equal("stopped", (await shop.PostAsync($"/v1/distributions/{id}/stop"))["status"]);
        var error = (await shop.PostAsync($"/v1/distributions/{id}/activate")).Error(409, "invalid_distribution_state");
        Assert.Equal(("distribution", id), (error.GetProperty("resource_type").GetString(), error.GetProperty("resource_id").GetString()));
        (await shop.DeleteAsync($"/v1/distributions/{id}")).Ok(204);
        (await shop.GetAsync($"/v1/distributions/{id}")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_manual_distribution_counts_down()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"source_id":"s","email":"a@example.com"}""");
        var id = await shop.NewDistributionAsync("""
            {"name":"Once","type":"manual","audience":{"customer":"s"},"action":{"type":"plain_message"},
             "channels":[{"type":"email","template":{"subject":"Hi","text":"Hello"}}]}
            """);
        var activated = (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        Assert.Equal("scheduled", activated.GetProperty("status").GetString());
        Assert.InRange(
            activated.GetProperty("sends_at").GetDateTimeOffset() - activated.GetProperty("activated_at").GetDateTimeOffset(),
            TimeSpan.FromMinutes(9.9), TimeSpan.FromMinutes(10.1));
        var audience = (await shop.GetAsync($"/v1/distributions/{id}/audience")).Ok();
        Shape.Is(audience, "customers channels syncing");
        Assert.Equal(1, audience.GetProperty("channels").GetProperty("email").GetProperty("reachable").GetInt32());
    }

    [Fact]
    public async Task An_event_becomes_a_message_with_figures_and_a_log()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync(ReadyToGo);
        await shop.PostAsync($"/v1/distributions/{id}/activate");
        await shop.PostAsync("/v1/events", """{"event":"visit","customer":{"source_id":"s","email":"a@example.com","name":"Ann"}}""");
        await shop.UntilAsync($"/v1/distributions/{id}", body => body.GetProperty("messages").GetProperty("sent").GetInt32() == 1);

        var messages = Shape.List((await shop.GetAsync($"/v1/distributions/{id}/messages?status=sent&channel=email&customer=s")).Ok(), "data", "has_more");
        var message = Assert.Single(messages.EnumerateArray());
        Shape.Is(message, "id object customer_id channel address status attempts recovered uncertain created_at due_at finished_at event_id");
        Assert.Equal(("message", "sent"), (message.GetProperty("object").GetString(), message.GetProperty("status").GetString()));

        var analytics = (await shop.GetAsync($"/v1/distributions/{id}/analytics?interval=hour")).Ok();
        Shape.Is(analytics, "totals series interval zone");
        Assert.Equal(1, analytics.GetProperty("totals").GetProperty("email").GetProperty("sent").GetInt32());

        var activity = Shape.List((await shop.GetAsync($"/v1/distributions/{id}/activity")).Ok(), "data", "has_more");
        Assert.Contains("message.sent", Shape.Texts(activity, "type"));
        var recorded = Shape.List((await shop.GetAsync($"/v1/distributions/{id}/activity?order=recorded")).Ok(), "data", "has_more");
        Assert.Equal(Shape.Texts(activity, "id").Order(StringComparer.Ordinal), Shape.Texts(recorded, "id").Order(StringComparer.Ordinal));
        Assert.Equal(0, (await shop.PostAsync($"/v1/distributions/{id}/messages/retry")).Ok().GetProperty("retried").GetInt32());
    }

    [Fact]
    public async Task A_preview_is_rendered_for_a_customer()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync(ReadyToGo);
        await shop.NewCustomerAsync("""{"source_id":"s","name":"Ann","email":"a@example.com"}""");
        var preview = (await shop.PostAsync($"/v1/distributions/{id}/preview", """{"customer":{"source_id":"s"}}""")).Ok();
        Shape.Is(preview, "messages");
        Assert.Equal("Hi Ann", preview.GetProperty("messages").GetProperty("email").GetProperty("subject").GetString());
        Assert.Equal("customer", (await shop.PostAsync($"/v1/distributions/{id}/preview", """{"customer":"nobody"}""")).Error(404, "not_found")
            .GetProperty("resource_type").GetString());
        (await shop.PostAsync($"/v1/distributions/{id}/preview", "{}")).Error(400, "invalid_payload");
    }

    [Fact]
    public async Task A_test_send_reports_each_address()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync(ReadyToGo);
        var test = (await shop.PostAsync($"/v1/distributions/{id}/test", """{"addresses":["me@example.com","you@example.com"]}""")).Ok();
        Assert.All(test.GetProperty("attempts").EnumerateArray(), attempt => Shape.Has(attempt, "channel address sent"));
        Assert.Equal(["me@example.com", "you@example.com"], Shape.Texts(test.GetProperty("attempts"), "address"));
        Assert.Equal(0, (await shop.GetAsync($"/v1/distributions/{id}")).Ok().GetProperty("messages").GetProperty("audience").GetInt32());
    }

    [Fact]
    public async Task A_test_send_to_what_cannot_be_one_mailbox_is_refused_by_its_place()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync(ReadyToGo);
        var refused = (await shop.PostAsync($"/v1/distributions/{id}/test", """{"addresses":["me@example.com","a@x.com, b@x.com"]}""")).Error(400, "invalid_payload");
        Assert.Contains("addresses[1]", refused.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_duplicate_is_a_draft_of_its_own()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync(ReadyToGo);
        await shop.PostAsync($"/v1/distributions/{id}/activate");
        var copy = (await shop.PostAsync($"/v1/distributions/{id}/duplicate")).Ok();
        Assert.NotEqual(id, copy.GetProperty("id").GetString());
        Assert.Equal("draft", copy.GetProperty("status").GetString());
        Assert.Equal("PT0.1S", copy.GetProperty("delay").GetString());
    }

    [Fact]
    public async Task Distributions_are_listed_by_what_they_are()
    {
        using var shop = await api.NewProjectAsync();
        var live = await shop.NewDistributionAsync(ReadyToGo);
        var draft = await shop.NewDistributionAsync("""{"name":"Alpha","type":"manual"}""");
        await shop.PostAsync($"/v1/distributions/{live}/activate");
        async Task ShowsAsync(string query, params string[] ids) =>
            Assert.Equal(ids, Shape.Texts(Shape.List((await shop.GetAsync($"/v1/distributions{query}")).Ok(), "distributions", "total has_more"), "id"));

        await ShowsAsync("", draft, live);
        await ShowsAsync("?order=name", draft, live);
        await ShowsAsync("?order=-name", live, draft);
        await ShowsAsync("?status=live", live);
        await ShowsAsync("?type=manual", draft);
        await ShowsAsync("?trigger=customer.custom_event", live);
        await ShowsAsync("?channel=email", live);
        await ShowsAsync("?text=ALPH", draft);
        await ShowsAsync("?limit=1&page=2", live);
        await ShowsAsync("?created_at[before]=2001-01-01");
        (await shop.GetAsync("/v1/distributions?status=happy")).Error(400, "invalid_query_params");
    }

    [Fact]
    public async Task The_catalogue_is_there()
    {
        using var shop = await api.NewProjectAsync();
        var triggers = (await shop.GetAsync("/v1/distributions/catalog")).Ok().GetProperty("triggers").EnumerateArray().ToDictionary(static trigger => trigger.GetProperty("type").GetString()!);
        Assert.Contains("customer.custom_event", triggers.Keys);
        Assert.Contains("loyalty_tier_id", triggers["customer.loyalty.tier.joined"].GetProperty("optional").EnumerateArray().Select(static field => field.GetString()));
        Assert.DoesNotContain("loyalty_tier_id", triggers["customer.custom_event"].GetProperty("optional").EnumerateArray().Select(static field => field.GetString()));
    }

    [Fact]
    public async Task The_log_is_streamed_while_it_happens_and_goes_on_where_it_broke_off()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync(ReadyToGo);
        var first = "";
        using (var stream = await shop.OpenStreamAsync($"/v1/distributions/{id}/activity/stream"))
        {
            Assert.StartsWith("retry:", await stream.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await shop.PostAsync($"/v1/distributions/{id}/activate");
            first = await NextIdAsync(stream);
            await shop.PostAsync($"/v1/distributions/{id}/pause");
            Assert.NotEqual(first, await NextIdAsync(stream));
        }

        using var again = await shop.OpenStreamAsync($"/v1/distributions/{id}/activity/stream", ("Last-Event-ID", first));
        Assert.NotEqual(first, await NextIdAsync(again));
        while (!(await again.ReadLineAsync(TestContext.Current.CancellationToken))!.StartsWith(": ", StringComparison.Ordinal))
        {
            // A silent stream shows that it is alive.
        }

        (await shop.GetAsync("/v1/distributions/distr_none/activity/stream")).Error(404, "not_found");
    }

    private static async Task<string> NextIdAsync(StreamReader stream)
    {
        while (true)
        {
            var line = await stream.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new EndOfStreamException();
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                return line[4..];
            }
        }
    }
}
