using System.Text;
using System.Text.Json;
using Marketing.Api;

using Xunit;

namespace Marketing.Connections;

/// <summary>Text messages from the draft to what the provider reports.</summary>
[Collection(ApiTests.Name)]
public sealed class SmsApiTests(ApiHost api)
{
    [Theory]
    [InlineData("Hello", "GSM-7", 1, "")]
    [InlineData("Hello “you”", "UCS-2", 1, "“ ”")]
    public async Task A_text_is_counted(string text, string encoding, int segments, string unusual)
    {
        using var shop = await api.NewProjectAsync();
        var count = (await shop.PostAsync("/v1/sms/count", JsonSerializer.Serialize(new { text }))).Ok();
        Shape.Is(count, "object encoding segments length per_segment left ucs2_characters");
        Assert.Equal((encoding, segments), (count.GetProperty("encoding").GetString(), count.GetProperty("segments").GetInt32()));
        Assert.Equal(unusual.Split(' ', StringSplitOptions.RemoveEmptyEntries), count.GetProperty("ucs2_characters").EnumerateArray().Select(item => item.GetString()));
        (await shop.PostAsync("/v1/sms/count", "{}")).Error(400, "invalid_payload");
    }

    [Fact]
    public async Task Without_a_connection_messages_go_to_the_outbox_with_the_projects_prefix()
    {
        using var shop = await api.NewProjectAsync(settings => settings with { DialCode = "48" });
        var distribution = await LiveAsync(shop);
        await shop.NewCustomerAsync("""{"source_id":"s-1","name":"Ada","phone":"501 234 567"}""");
        await shop.NewCustomerAsync("""{"source_id":"s-2","name":"Bob"}""");
        await shop.PostAsync("/v1/orders", """{"source_id":"o-1","amount":100,"status":"PAID","customer":{"source_id":"s-1"}}""");
        await shop.PostAsync("/v1/orders", """{"source_id":"o-2","amount":100,"status":"PAID","customer":{"source_id":"s-2"}}""");
        var messages = await SettledAsync(shop, distribution, 2);
        Assert.Equal(["sent", "skipped"], Shape.Texts(messages, "status").Order());
        var id = messages.EnumerateArray().Single(message => message.GetProperty("status").GetString() == "sent").GetProperty("id").GetString();
        var written = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(api.Data.FullName, "outbox", $"{id}.sms.json"), TestContext.Current.CancellationToken));
        Assert.Equal(("+48501234567", "Hi Ada"), (written.GetProperty("to").GetString(), written.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task What_the_provider_reports_is_shown_and_who_says_stop_is_written_to_no_more()
    {
        using var shop = await api.NewProjectAsync();
        var made = (await shop.PostAsync("/v1/channels", Connection)).Ok();
        var hook = new Uri(made.GetProperty("receipts_url").GetString()!).PathAndQuery;
        using var provider = api.Anonymous();

        Assert.Equal(200, (await CallAsync(provider, hook, """{"id":"msg_0000000100000000000000ff","status":"delivered"}""")).Status);
        Assert.Equal(403, (await CallAsync(provider, hook, """{"id":"msg_1","status":"delivered"}""", "guess")).Status);
        Assert.Equal(403, (await provider.PostAsync(hook, "{}")).Status);
        Assert.Equal(403, (await CallAsync(provider, hook + "x", "{}")).Status);
        Assert.Equal(404, (await provider.PostAsync("/hooks/channels/999999/chan_1", "{}")).Status);
        Assert.Equal(404, (await provider.PostAsync("/hooks/channels/x/y", "{}")).Status);

        Assert.Equal(200, (await CallAsync(provider, hook, """{"from":"+48501234567","text":"Stop"}""")).Status);
        var suppressed = Assert.Single((await shop.GetAsync("/v1/suppressions?channel=sms")).Ok().GetProperty("data").EnumerateArray());
        Assert.Equal(("+48501234567", "unsubscribed"), (suppressed.GetProperty("address").GetString(), suppressed.GetProperty("reason").GetString()));
        await shop.DeleteAsync($"/v1/channels/{made.GetProperty("id").GetString()}");

        var distribution = await LiveAsync(shop);
        await shop.NewCustomerAsync("""{"source_id":"s-1","name":"Ada","phone":"+48 501 234 567"}""");
        await shop.NewCustomerAsync("""{"source_id":"s-2","name":"Bob","phone":"+48 501 234 568"}""");
        await shop.PostAsync("/v1/orders", """{"source_id":"o-1","amount":100,"status":"PAID","customer":{"source_id":"s-1"}}""");
        await shop.PostAsync("/v1/orders", """{"source_id":"o-2","amount":100,"status":"PAID","customer":{"source_id":"s-2"}}""");
        var messages = (await SettledAsync(shop, distribution, 2)).EnumerateArray().ToDictionary(message => message.GetProperty("status").GetString()!);
        Assert.Equal("unsubscribed", messages["skipped"].GetProperty("reason").GetString());

        // Of the one that was sent it is told that it did not arrive, and then that it did: what has arrived stays.
        var id = messages["sent"].GetProperty("id").GetString();
        hook = new Uri((await shop.PostAsync("/v1/channels", Connection)).Ok().GetProperty("receipts_url").GetString()!).PathAndQuery;
        Assert.False(messages["sent"].TryGetProperty("delivery", out _));
        foreach (var (status, delivery) in new[] { ("undelivered", "undelivered"), ("delivered", "delivered"), ("undelivered", "delivered") })
        {
            Assert.Equal(200, (await CallAsync(provider, hook, $$"""{"id":"{{id}}","status":"{{status}}","reason":"away"}""")).Status);
            var message = (await shop.GetAsync($"/v1/distributions/{distribution}/messages?status=sent")).Ok().GetProperty("data")[0];
            Assert.Equal((delivery, delivery == "undelivered"), (message.GetProperty("delivery").GetString(), message.TryGetProperty("delivery_reason", out _)));
        }
    }

    [Fact]
    public async Task A_suppressed_number_is_found_however_it_is_written()
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal("+48501234567", (await shop.PostAsync("/v1/suppressions", """{"channel":"sms","address":"+48 501-234-567"}"""))["address"]);
        (await shop.DeleteAsync("/v1/suppressions/sms/" + Uri.EscapeDataString("+48 501 234 567"))).Ok(204);
    }

    [Fact]
    public async Task A_text_is_previewed_with_what_it_takes_and_its_length_is_checked()
    {
        using var shop = await api.NewProjectAsync();
        var customer = await shop.NewCustomerAsync("""{"source_id":"s-1","name":"Ada","phone":"+48501234567"}""");
        var id = await shop.NewDistributionAsync(Draft);
        var preview = (await shop.PostAsync($"/v1/distributions/{id}/preview", $$"""{"customer":"{{customer}}"}""")).Ok().GetProperty("messages").GetProperty("sms");
        Assert.Equal(("Hi Ada", "+48501234567", "GSM-7", 1), (preview.GetProperty("text").GetString(), preview.GetProperty("to").GetString(), preview.GetProperty("encoding").GetString(), preview.GetProperty("segments").GetInt32()));
        var attempts = (await shop.PostAsync($"/v1/distributions/{id}/test", """{"addresses":["+12015550123"]}""")).Ok();
        Assert.Contains("\"sent\":true", attempts.GetRawText().Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        (await shop.PostAsync($"/v1/distributions/{id}/test", """{"addresses":["ada@example.com"]}""")).Error(400, "invalid_payload");

        var wrong = await shop.NewDistributionAsync(Draft.Replace("Texts", "Wrong", StringComparison.Ordinal).Replace("\"max_segments\":2", "\"max_segments\":11", StringComparison.Ordinal));
        Assert.Contains("channels[0].template.max_segments", Shape.Texts((await shop.PostAsync($"/v1/distributions/{wrong}/validate")).Ok().GetProperty("problems"), "field"));
    }

    [Fact]
    public async Task The_catalog_says_all_that_a_builder_needs_and_activation_holds_to_it()
    {
        using var shop = await api.NewProjectAsync();
        var catalog = (await shop.GetAsync("/v1/distributions/catalog")).Ok();
        var channels = catalog.GetProperty("channels").EnumerateArray().ToDictionary(channel => channel.GetProperty("type").GetString()!);
        Assert.Equal(["activecampaign", "batch", "braze", "email", "intercom", "klaviyo", "mailchimp", "shopify", "sms", "webhook"], channels.Keys.Order(StringComparer.Ordinal));
        Assert.All(channels.Values, channel => Shape.Is(channel, "type label connection content providers"));
        Assert.All(channels.Values.SelectMany(channel => channel.GetProperty("providers").EnumerateArray()), provider => Shape.Has(provider, "name label settings credentials receipts"));
        Assert.Equal(["http", "messagebird", "twilio", "vonage"], Shape.Texts(channels["sms"].GetProperty("providers"), "name").Order(StringComparer.Ordinal));
        var subject = channels["email"].GetProperty("content")[0];
        Shape.Has(subject, "name kind label required help max");

        // What the catalog leaves out is refused.
        foreach (var trigger in catalog.GetProperty("triggers").EnumerateArray())
        {
            foreach (var action in trigger.GetProperty("actions").EnumerateArray())
            {
                var carried = action.GetProperty("channels").EnumerateArray().Select(channel => channel.GetString()!).ToHashSet();
                var draft = await shop.NewDistributionAsync(JsonSerializer.Serialize(new
                {
                    name = $"{trigger.GetProperty("type")} {action.GetProperty("type")}",
                    type = trigger.GetProperty("manual").GetBoolean() ? "manual" : "automatic",
                    trigger = new { type = trigger.GetProperty("type").GetString() },
                    action = new { type = action.GetProperty("type").GetString() },
                    channels = channels.Keys.Take(20).Select(type => new { type }).ToArray(),
                }));
                var refused = (await shop.PostAsync($"/v1/distributions/{draft}/validate")).Ok().GetProperty("problems").EnumerateArray()
                    .Where(problem => problem.GetProperty("message").GetString()!.Contains("does not carry", StringComparison.Ordinal))
                    .Select(problem => problem.GetProperty("message").GetString()!.Split(' ')[0]);
                Assert.Equal(channels.Keys.Except(carried).Order(StringComparer.Ordinal), refused.Order(StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public async Task A_tool_needs_a_connection()
    {
        using var shop = await api.NewProjectAsync();
        var draft = await shop.NewDistributionAsync("""{"name":"K","type":"automatic","trigger":{"type":"customer.order.paid"},"action":{"type":"publish_codes"},"channels":[{"type":"klaviyo"}]}""");
        Assert.Contains("channels[0].connection", Shape.Texts((await shop.PostAsync($"/v1/distributions/{draft}/validate")).Ok().GetProperty("problems"), "field"));
        (await shop.PostAsync("/v1/channels", """{"name":"K","type":"klaviyo","provider":"klaviyo","settings":{"fields":{"code":"voucher_code"}},"credentials":{"api_key":"pk_1"}}""")).Ok();
        Assert.DoesNotContain("channels[0].connection", Shape.Texts((await shop.PostAsync($"/v1/distributions/{draft}/validate")).Ok().GetProperty("problems"), "field"));
        var wrong = (await shop.PostAsync("/v1/channels", """{"name":"B","type":"klaviyo","provider":"klaviyo","settings":{"fields":{"colour":"c"}},"credentials":{"api_key":"pk_1"}}""")).Error(400, "invalid_payload");
        Assert.Equal("settings.fields", wrong.GetProperty("problems")[0].GetProperty("field").GetString());
    }

    private const string Draft = """
        {"name":"Texts","type":"automatic","trigger":{"type":"customer.order.paid"},"action":{"type":"plain_message"},
         "channels":[{"type":"sms","template":{"text":"Hi {{ customer.name }}","max_segments":2}}]}
        """;

    private const string Connection = """
        {"name":"Gateway","type":"sms","provider":"http","settings":{"url":"https://gateway.example/send","fields":{"to":"{to}","text":"{text}"}},"credentials":{"receipts_secret":"signing"}}
        """;

    private static async Task<string> LiveAsync(ProjectClient shop)
    {
        var id = await shop.NewDistributionAsync(Draft);
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        return id;
    }

    private static async Task<JsonElement> SettledAsync(ProjectClient shop, string distribution, int count) => (await shop.UntilAsync(
        $"/v1/distributions/{distribution}/messages", list => list.GetProperty("data").GetArrayLength() == count
            && list.GetProperty("data").EnumerateArray().All(message => message.GetProperty("status").GetString() is "sent" or "skipped" or "failed"))).GetProperty("data");

    private static Task<Answer> CallAsync(ApiClient provider, string hook, string body, string secret = "signing")
    {
        var signature = Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));
        return provider.PostAsync(hook, body, ("x-signature", signature));
    }
}
