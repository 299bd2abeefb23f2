using Marketing.Api;
using Xunit;

namespace Marketing.Webhooks;

[Collection(ApiTests.Name)]
public sealed class WebhookApiTests(ApiHost api)
{
    private const string Fields = "id object target_url events active secrets created_at";

    [Fact]
    public async Task A_webhook_is_made_with_a_secret_that_is_shown_once()
    {
        using var shop = await api.NewProjectAsync();
        var made = await shop.PostAsync("/v1/webhooks", Samples.Webhook);
        Shape.Is(made.Ok(), $"{Fields} secret");
        Assert.Equal("no-store", made.Header("Cache-Control"));
        var secret = made["secret"];
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(secret["whsec_".Length..]).Length);

        var id = made["id"];
        Assert.StartsWith("wh_", id, StringComparison.Ordinal);
        var shown = (await shop.GetAsync($"/v1/webhooks/{id}")).Ok();
        Shape.Is(shown, Fields);
        Assert.Equal(["customer.order.paid", "redemption.succeeded"], shown.GetProperty("events").EnumerateArray().Select(type => type.GetString()!));
        Assert.True(shown.GetProperty("active").GetBoolean());
        Assert.Equal(id, Assert.Single(Shape.Texts(Shape.List((await shop.GetAsync("/v1/webhooks")).Ok(), "data", "total"), "id")));

        Assert.Equal(204, (await shop.DeleteAsync($"/v1/webhooks/{id}")).Status);
        Assert.Equal("webhook", (await shop.GetAsync($"/v1/webhooks/{id}")).Error(404, "not_found").GetProperty("resource_type").GetString());
        (await shop.DeleteAsync($"/v1/webhooks/{id}")).Error(404, "not_found");
        (await shop.GetAsync($"/v1/webhooks/{id}/sendouts")).Error(404, "not_found");
    }

    [Fact]
    public async Task What_is_given_is_changed_and_the_rest_stays()
    {
        using var shop = await api.NewProjectAsync();
        var id = (await shop.PostAsync("/v1/webhooks", Samples.Webhook))["id"];
        var changed = (await shop.PutAsync($"/v1/webhooks/{id}", """{"active":false}""")).Ok();
        Assert.False(changed.GetProperty("active").GetBoolean());
        Assert.Equal("https://shop.example/hooks", changed.GetProperty("target_url").GetString());
        Assert.False(changed.TryGetProperty("disabled_reason", out _));

        // The specification of the product has some names with a letter missing; they are taken, and given back as they came.
        changed = (await shop.PutAsync($"/v1/webhooks/{id}", """{"target_url":"https://shop.example/other","events":["voucher.gift.balance_aded"],"active":true}""")).Ok();
        Assert.Equal(("https://shop.example/other", "voucher.gift.balance_aded"), (changed.GetProperty("target_url").GetString(), changed.GetProperty("events")[0].GetString()));
        Assert.Equal(changed.GetRawText(), (await shop.PutAsync($"/v1/webhooks/{id}", """{"active":true}""")).Ok().GetRawText());
        (await shop.PutAsync("/v1/webhooks/wh_none", """{"active":true}""")).Error(404, "not_found");
    }

    [Theory]
    [InlineData("""{"events":["customer.created"]}""", "Payload must have required property 'target_url'")]
    [InlineData("""{"target_url":"https://shop.example"}""", "Payload must have required property 'events'")]
    [InlineData("""{"target_url":"https://shop.example","events":[]}""", "events: must have 1 to 200 items")]
    [InlineData("""{"target_url":"https://shop.example","events":["customer.craeted"]}""", "events[0]: is no type of event; did you mean 'customer.created'?")]
    [InlineData("""{"target_url":"ftp://shop.example","events":["customer.created"]}""", "target_url: The target URL must start with https:// or http://.")]
    [InlineData("""{"target_url":"https://10.0.0.1/hook","events":["customer.created"]}""", "target_url: The target URL leads to a private or reserved address.")]
    [InlineData("""{"target_url":"https://ann:secret@shop.example","events":["customer.created"]}""", "target_url: The target URL cannot hold a user name or password; use a header.")]
    [InlineData("""{"target_url":"https://shop.example","events":"customer.created"}""", "Payload property '.events' must be array")]
    [InlineData("""{"target_url":"https://shop.example","events":["customer.created"],"active":"yes"}""", "Payload property '.active' must be boolean")]
    public async Task What_is_missing_or_wrong_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        using var operators = api.Management();
        Assert.Equal(details, (await shop.PostAsync("/v1/webhooks", body)).Error(400, "invalid_payload").GetProperty("details").GetString());
        Assert.Equal(details, (await operators.PostAsync($"/management/v1/projects/{shop.Project.Id}/webhooks", body)).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    [Fact]
    public async Task A_request_made_again_with_its_key_makes_nothing_more_and_is_told_the_same()
    {
        using var shop = await api.NewProjectAsync();
        (string, string) key = ("Idempotency-Key", "k");
        var made = (await shop.PostAsync("/v1/webhooks", Samples.Webhook, key)).Ok();
        Assert.Equal(made.GetRawText(), (await shop.PostAsync("/v1/webhooks", Samples.Webhook, key)).Ok().GetRawText());
        (await shop.PostAsync("/v1/webhooks", """{"target_url":"https://shop.example","events":["customer.created"]}""", key)).Error(409, "idempotency_key_reused");

        var id = made.GetProperty("id").GetString();
        (string, string) other = ("Idempotency-Key", "r");
        var rotated = (await shop.PostAsync($"/v1/webhooks/{id}/secret", null, other))["secret"];
        Assert.Equal(rotated, (await shop.PostAsync($"/v1/webhooks/{id}/secret", null, other))["secret"]);
        Assert.NotEqual(made.GetProperty("secret").GetString(), rotated);
        await shop.DeleteAsync($"/v1/webhooks/{id}");
        (await shop.PostAsync("/v1/webhooks", Samples.Webhook, key)).Error(404, "not_found");
    }

    [Fact]
    public async Task Two_secrets_hold_side_by_side_for_as_long_as_is_said()
    {
        using var shop = await api.NewProjectAsync();
        var id = (await shop.PostAsync("/v1/webhooks", Samples.Webhook))["id"];
        var secrets = (await shop.PostAsync($"/v1/webhooks/{id}/secret", """{"overlap":"PT1H"}""")).Ok().GetProperty("secrets");
        Assert.Equal(2, secrets.GetArrayLength());
        Assert.Equal(TimeSpan.FromHours(1), secrets[1].GetProperty("ends_at").GetDateTimeOffset() - secrets[0].GetProperty("created_at").GetDateTimeOffset());
        Assert.False(secrets[0].TryGetProperty("ends_at", out _));

        Assert.Equal(2, (await shop.PostAsync($"/v1/webhooks/{id}/secret")).Ok().GetProperty("secrets").GetArrayLength());
        Assert.Equal(1, (await shop.PostAsync($"/v1/webhooks/{id}/secret", """{"overlap":"PT0S"}""")).Ok().GetProperty("secrets").GetArrayLength());
        Assert.Equal("Payload property '.overlap' must be at most P7D", (await shop.PostAsync($"/v1/webhooks/{id}/secret", """{"overlap":"P8D"}""")).Error(400, "invalid_payload").GetProperty("details").GetString());
        (await shop.PostAsync("/v1/webhooks/wh_none/secret")).Error(404, "not_found");
    }

    [Fact]
    public async Task The_operator_sees_to_the_webhooks_of_any_project()
    {
        using var shop = await api.NewProjectAsync();
        using var operators = api.Management();
        var path = $"/management/v1/projects/{shop.Project.Id}/webhooks";
        var made = await operators.PostAsync(path, Samples.Webhook);
        Shape.Is(made.Ok(), $"{Fields} secret");
        var id = made["id"];
        Assert.Equal(id, (await shop.GetAsync($"/v1/webhooks/{id}"))["id"]);
        Assert.Equal(1, (await operators.GetAsync(path)).Ok().GetProperty("total").GetInt32());
        Assert.False((await operators.PutAsync($"{path}/{id}", """{"target_url":"https://shop.example/x","events":["customer.created"],"active":false}""")).Ok().GetProperty("active").GetBoolean());
        Assert.Equal("https://shop.example/x", (await operators.GetAsync($"{path}/{id}"))["target_url"]);
        Assert.Equal(204, (await operators.DeleteAsync($"{path}/{id}")).Status);
        (await operators.GetAsync($"{path}/{id}")).Error(404, "not_found");
        (await operators.PostAsync("/management/v1/projects/proj_none/webhooks", Samples.Webhook)).Error(404, "not_found");
    }

    [Fact]
    public async Task A_project_has_so_many_and_no_more()
    {
        using var shop = await api.NewProjectAsync();
        for (var made = 0; made < Webhook.Most; made++)
        {
            (await shop.PostAsync("/v1/webhooks", Samples.Webhook)).Ok();
        }

        (await shop.PostAsync("/v1/webhooks", Samples.Webhook)).Error(400, "invalid_payload");
    }

    [Fact]
    public async Task The_types_that_can_be_named_are_told()
    {
        using var shop = await api.NewProjectAsync();
        var types = Shape.List((await shop.GetAsync("/v1/webhooks/events")).Ok(), "data", "total").EnumerateArray()
            .Select(type => (Type: type.GetProperty("type").GetString(), Posted: type.GetProperty("posted").GetBoolean())).ToList();
        Assert.Contains(("customer.segment.entered", true), types);
        Assert.Contains(("customer.confirmed", false), types);
        Assert.Equal(types.Count, types.Distinct().Count());
    }
}
