using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Api;
using Marketing.Channels.Email.Feedback;
using Marketing.Channels.Sms;
using Xunit;

namespace Marketing.Connections;

/// <summary>What mail services tell, from the call to what becomes of messages and addresses.</summary>
public sealed class MailFeedbackApiTests(MailApiHost api) : IClassFixture<MailApiHost>
{
    public static TheoryData<string> Services() => [.. FeedbackSamples.Services];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Who_does_not_exist_or_complains_is_written_to_no_more_and_the_message_says_so(string service)
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        var hook = await ConnectAsync(shop, service);

        // Soft ones suppress nobody.
        Assert.Equal(200, await CallAsync(hook, api.Samples.Soft(service, "soft@example.com")));
        Assert.Empty(await SuppressedAsync(shop));
        Assert.Equal(200, await CallAsync(hook, api.Samples.Hard(service, "Gone@Example.com")));
        Assert.Equal(200, await CallAsync(hook, api.Samples.Complaint(service, "angry@example.com", message: null)));
        Assert.Equal(["angry@example.com complained", "gone@example.com bounced"], await SuppressedAsync(shop));
        Assert.Empty(await SuppressedAsync(other));

        // Told again it changes nothing, also for who is off the list again: what is known of a message, and of nobody's.
        (await shop.DeleteAsync("/v1/suppressions/email/gone@example.com")).Ok(204);
        (await shop.DeleteAsync("/v1/suppressions/email/angry@example.com")).Ok(204);
        Assert.Equal(200, await CallAsync(hook, api.Samples.Hard(service, "Gone@Example.com")));
        Assert.Equal(200, await CallAsync(hook, api.Samples.Complaint(service, "angry@example.com", message: null)));
        Assert.Empty(await SuppressedAsync(shop));

        // Others are refused.
        var forged = api.Samples.Hard(service, "victim@example.com") with { Headers = new Dictionary<string, string>() };
        Assert.Equal(403, await CallAsync(hook, service == "ses" ? forged with { Body = "{}"u8.ToArray() } : forged));
        Assert.Equal(403, await CallAsync(await ConnectAsync(other, "http"), api.Samples.Hard("postmark", "victim@example.com")));
        Assert.Empty(await SuppressedAsync(shop));
    }

    [Fact]
    public async Task A_message_shows_the_worst_that_was_told_of_it_in_whatever_order_it_comes()
    {
        using var shop = await api.NewProjectAsync();
        var hook = await ConnectAsync(shop, "http");
        var (distribution, message) = await SentAsync(shop);
        foreach (var (call, delivery) in new[]
        {
            (api.Samples.Delivered("http", "ada@example.com", message), "delivered"), (api.Samples.Soft("http", "ada@example.com", message), "soft_bounced"),
            (api.Samples.Delivered("http", "ada@example.com", message), "soft_bounced"), (api.Samples.Complaint("http", "ada@example.com", message), "complained"),
            (api.Samples.Hard("http", "ada@example.com", message), "complained"),
        })
        {
            Assert.Equal(200, await CallAsync(hook, call));
            var shown = (await shop.GetAsync($"/v1/distributions/{distribution}/messages")).Ok().GetProperty("data")[0];
            Assert.Equal(("sent", delivery), (shown.GetProperty("status").GetString(), shown.GetProperty("delivery").GetString()));
        }

        Assert.Equal(["ada@example.com complained"], await SuppressedAsync(shop));
    }

    [Fact]
    public async Task What_a_service_needs_is_checked_when_it_is_entered()
    {
        using var shop = await api.NewProjectAsync();
        foreach (var (service, field) in new[]
        {
            ("ses", "settings.feedback_topic"), ("sendgrid", "settings.feedback_key"), ("postmark", "credentials.feedback_secret"), ("http", "credentials.feedback_secret"), ("other", "settings.feedback"),
        })
        {
            var error = (await shop.PostAsync("/v1/channels", ConnectionOf(service, "{}", "{}"))).Error(400, "invalid_payload");
            Assert.Equal(field, error.GetProperty("problems")[0].GetProperty("field").GetString());
        }
    }

    private static async Task<(string Distribution, string Message)> SentAsync(ProjectClient shop)
    {
        await shop.NewCustomerAsync("""{"source_id":"ada","name":"Ada","email":"ada@example.com"}""");
        var id = await shop.NewDistributionAsync("""
            {"name":"Seen","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"seen"},"action":{"type":"plain_message"},
             "channels":[{"type":"email","template":{"subject":"Hi","html":"<a href=\"{{ unsubscribe_url }}\">z</a>"}}]}
            """);
        (await shop.PostAsync($"/v1/channels/{(await shop.GetAsync("/v1/channels")).Ok().GetProperty("data")[0].GetProperty("id").GetString()}/resume")).Ok();
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        (await shop.PostAsync("/v1/events", """{"event":"seen","customer":{"source_id":"ada"}}""")).Ok();
        var sent = await shop.UntilAsync($"/v1/distributions/{id}/messages", list => list.GetProperty("data").EnumerateArray().Any(message => message.GetProperty("status").GetString() == "sent"));
        return (id, sent.GetProperty("data")[0].GetProperty("id").GetString()!);
    }

    private async Task<string> ConnectAsync(ProjectClient shop, string service)
    {
        var (settings, credentials) = api.Samples.Entered(service);
        var made = (await shop.PostAsync("/v1/channels", ConnectionOf(service, JsonSerializer.Serialize(settings), JsonSerializer.Serialize(credentials)))).Ok();
        return new Uri(made.GetProperty("receipts_url").GetString()!).PathAndQuery;
    }

    private string ConnectionOf(string service, string settings, string credentials)
    {
        var all = JsonNode.Parse(settings)!.AsObject();
        (all["host"], all["port"], all["security"], all["from"], all["feedback"]) = ("127.0.0.1", api.Sink.Port, "none", "Shop <news@shop.example>", service);
        return $$"""{"name":"{{service}}","type":"email","provider":"smtp","settings":{{all.ToJsonString()}},"credentials":{{credentials}} }""";
    }

    private async Task<int> CallAsync(string hook, HookCall call)
    {
        using var provider = api.Anonymous();
        return (await provider.SendAsync("POST", hook, new ByteArrayContent(call.Body.ToArray()), [.. call.Headers.Select(header => (header.Key, header.Value))])).Status;
    }

    private static async Task<IEnumerable<string>> SuppressedAsync(ProjectClient shop) => (await shop.GetAsync("/v1/suppressions?limit=100")).Ok().GetProperty("data").EnumerateArray()
        .Select(row => $"{row.GetProperty("address").GetString()} {row.GetProperty("reason").GetString()}").Order(StringComparer.Ordinal);
}
