using System.Text;
using System.Text.Json;
using Marketing.Api;
using Marketing.Testing;
using Xunit;

namespace Marketing.Webhooks;

/// <summary>From what happens to what the receiver gets, and what is known of it afterwards.</summary>
public sealed partial class SendoutTests(WebhooksHost api) : IClassFixture<WebhooksHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_event_arrives_as_the_product_has_it_signed_with_the_secret()
    {
        await using var sink = await HttpSink.StartAsync();
        using var shop = await api.NewProjectAsync();
        var webhook = (await shop.PostAsync("/v1/webhooks", Webhook(sink, "customer.order.paid"))).Ok();
        var order = (await shop.PostAsync("/v1/orders", """{"source_id":"o-1","status":"PAID","amount":700,"customer":{"source_id":"ann","name":"Ann"}}""")).Ok();

        var request = Assert.Single(await sink.WaitForAsync(1, Patience));
        var body = JsonElement.Parse(request.Text);
        Shape.Is(body, "id project_id created_at type data source event");
        Assert.Equal((shop.Project.Id, "customer.order.paid"), (body.GetProperty("project_id").GetString(), body.GetProperty("type").GetString()));
        Assert.Equal((webhook.GetProperty("id").GetString(), "webhook", sink.Url.OriginalString), (
            body.GetProperty("source").GetProperty("id").GetString(), body.GetProperty("source").GetProperty("object").GetString(), body.GetProperty("source").GetProperty("target_url").GetString()));
        Assert.Equal(order.GetProperty("id").GetString(), body.GetProperty("data").GetProperty("order").GetProperty("id").GetString());
        Assert.Equal("Ann", body.GetProperty("data").GetProperty("customer").GetProperty("name").GetString());
        var happened = body.GetProperty("event");
        Assert.Equal(order.GetProperty("customer").GetProperty("id").GetString(), happened.GetProperty("entity_id").GetString());
        Assert.Equal("API", happened.GetProperty("event_source").GetProperty("channel").GetString());
        Assert.StartsWith("v-", happened.GetProperty("group_id").GetString(), StringComparison.Ordinal);

        // The id is the sendout's, and the event's is that of the activity.
        Assert.Equal(request.WebhookId, body.GetProperty("id").GetString());
        var activity = (await shop.GetAsync("/v1/customers/ann/activity?type=customer.order.paid")).Ok().GetProperty("data");
        Assert.Equal(happened.GetProperty("id").GetString(), Assert.Single(activity.EnumerateArray()).GetProperty("id").GetString());
        Assert.Contains(Signed(request, webhook.GetProperty("secret").GetString()!), request.Headers["webhook-signature"].Split(' '));
        Assert.Equal(64, request.Headers["x-voucherify-signature"].Length);

        var sendout = await LoggedAsync(shop, webhook, "succeeded");
        Shape.Is(sendout, "id object type status attempts created_at executed_at response_code answer");
        Assert.Equal((1, 200), (sendout.GetProperty("attempts").GetInt32(), sendout.GetProperty("response_code").GetInt32()));
        Assert.Equal(request.Text, (await shop.GetAsync($"{Log(webhook)}/{request.WebhookId}")).Ok().GetProperty("body").GetRawText());
        (await shop.GetAsync($"{Log(webhook)}/whs_none")).Error(404, "not_found");
    }

    [Fact]
    public async Task While_a_secret_takes_the_place_of_another_both_verify()
    {
        await using var sink = await HttpSink.StartAsync();
        using var shop = await api.NewProjectAsync();
        var webhook = (await shop.PostAsync("/v1/webhooks", Webhook(sink, "customer.created"))).Ok();
        var newer = (await shop.PostAsync($"/v1/webhooks/{webhook.GetProperty("id")}/secret"))["secret"];
        await shop.NewCustomerAsync();
        var request = Assert.Single(await sink.WaitForAsync(1, Patience));
        Assert.Equal([Signed(request, newer), Signed(request, webhook.GetProperty("secret").GetString()!)], request.Headers["webhook-signature"].Split(' '));

        await shop.PostAsync($"/v1/webhooks/{webhook.GetProperty("id")}/secret", """{"overlap":"PT0S"}""");
        await shop.NewCustomerAsync();
        request = (await sink.WaitForAsync(2, Patience))[1];
        Assert.Single(request.Headers["webhook-signature"].Split(' '));
        Assert.NotEqual(Signed(request, newer), request.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task What_fails_is_tried_again_with_the_same_id_and_the_same_bytes_until_the_webhook_is_disabled()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Then(new SinkAnswer { Status = 500, Body = Encoding.UTF8.GetBytes("no" + new string('é', 600)) }, SinkAnswer.Of(503), SinkAnswer.Of(302, ("Location", "http://127.0.0.1/")));
        using var shop = await api.NewProjectAsync();
        var webhook = (await shop.PostAsync("/v1/webhooks", Webhook(sink, "customer.created"))).Ok();
        var path = $"/v1/webhooks/{webhook.GetProperty("id")}";
        await shop.NewCustomerAsync();

        var attempts = await sink.WaitForAsync(3, Patience);
        Assert.Single(attempts.Select(attempt => (attempt.WebhookId, attempt.Text)).Distinct());
        var disabled = await shop.UntilAsync(path, shown => !shown.GetProperty("active").GetBoolean());
        Assert.Equal($"{attempts[0].WebhookId} could not be posted in 3 attempts; the last: HTTP 302: redirects are not followed", disabled.GetProperty("disabled_reason").GetString());
        Assert.True(disabled.TryGetProperty("disabled_at", out _));
        var failed = await LoggedAsync(shop, webhook, "failed");
        Assert.Equal((3, 302, "HTTP 302: redirects are not followed"), (failed.GetProperty("attempts").GetInt32(), failed.GetProperty("response_code").GetInt32(), failed.GetProperty("error").GetString()));
        (await shop.PostAsync($"{Log(webhook)}/{attempts[0].WebhookId}/retry")).Error(409, "webhook_disabled");

        // Nothing is owed of what happens meanwhile.
        await shop.NewCustomerAsync();
        Assert.False((await shop.PutAsync(path, """{"active":true}""")).Ok().TryGetProperty("disabled_reason", out _));
        Assert.Equal(1, (await shop.PostAsync($"{Log(webhook)}/{attempts[0].WebhookId}/retry")).Ok().GetProperty("count").GetInt32());
        attempts = await sink.WaitForAsync(4, Patience);
        Assert.Equal(attempts[0].WebhookId, attempts[3].WebhookId);
        Assert.Equal(1, (await LoggedAsync(shop, webhook, "succeeded")).GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task The_log_has_the_beginning_of_the_answer()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Always(new SinkAnswer { Status = 400, Body = Encoding.UTF8.GetBytes("no" + new string('é', 600)) });
        using var shop = await api.NewProjectAsync();
        var webhook = (await shop.PostAsync("/v1/webhooks", Webhook(sink, "customer.created"))).Ok();
        await shop.NewCustomerAsync();
        var failed = await LoggedAsync(shop, webhook, "failed");
        Assert.Equal("no" + new string('é', 498), failed.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Who_answers_410_is_disabled_at_once_and_what_it_owes_waits_for_it()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Always(SinkAnswer.Of(410));
        using var shop = await api.NewProjectAsync();
        var webhook = (await shop.PostAsync("/v1/webhooks", Webhook(sink, "customer.created"))).Ok();
        await shop.NewCustomerAsync();
        var disabled = await shop.UntilAsync($"/v1/webhooks/{webhook.GetProperty("id")}", shown => !shown.GetProperty("active").GetBoolean());
        Assert.Equal("HTTP 410: the receiver no longer wants webhooks", disabled.GetProperty("disabled_reason").GetString());
        Assert.Equal(1, sink.Count);
    }

    [Fact]
    public async Task Each_kind_of_event_is_told_of_under_its_names()
    {
        await using var sink = await HttpSink.StartAsync();
        using var shop = await api.NewProjectAsync();
        var webhook = (await shop.PostAsync("/v1/webhooks", Webhook(sink, [.. WebhookEvents.Posted]))).Ok();
        var segment = (await shop.PostAsync("/v1/segments", """{"name":"Rich","type":"auto-update","filter":{"junction":"and","metadata.rich":{"conditions":{"$is":[true]}}}}""")).Ok().GetProperty("id").GetString();
        await shop.NewCustomerAsync("""{"source_id":"ann"}""");
        (await shop.PostAsync("/v1/customers", """{"source_id":"ann","metadata":{"rich":true}}""")).Ok();
        (await shop.PostAsync("/v1/customers", """{"source_id":"ann","metadata":{"rich":false}}""")).Ok();
        (await shop.PostAsync("/v1/events", """{"event":"looked","customer":{"source_id":"ann"}}""")).Ok();
        (await shop.PostAsync("/v1/orders", """{"source_id":"o","amount":900,"customer":{"source_id":"ann"}}""")).Ok();
        (await shop.PutAsync("/v1/orders/o", """{"status":"PAID"}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/V-1", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":100},"redemption":{"quantity":5}}""")).Ok();
        (await shop.PutAsync("/v1/vouchers/V-1", """{"additional_info":"x"}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/V-1/disable")).Ok();
        (await shop.PostAsync("/v1/vouchers/V-1/enable")).Ok();
        (await shop.PostAsync("/v1/publications", """{"customer":{"source_id":"ann"},"voucher":"V-1"}""")).Ok();
        var redemption = (await shop.PostAsync("/v1/redemptions", """{"customer":{"source_id":"ann"},"order":{"amount":900},"redeemables":[{"object":"voucher","id":"V-1"}]}"""))
            .Ok().GetProperty("redemptions")[0].GetProperty("id").GetString();
        (await shop.PostAsync($"/v1/redemptions/{redemption}/rollback")).Ok();
        (await shop.DeleteAsync("/v1/vouchers/V-1")).Ok(204);
        var distribution = await shop.NewDistributionAsync();

        // What is owed about somebody who is erased is erased, too.
        await shop.UntilAsync($"{Log(webhook)}?status=owed", list => list.GetProperty("total").GetInt32() == 0);
        (await shop.DeleteAsync("/v1/customers/ann")).Ok(204);
        var arrived = await ArrivedAsync(sink, "customer.deleted");
        Assert.Equal(
            [
                "customer.created", "customer.custom_event", "customer.deleted", "customer.order.canceled", "customer.order.created", "customer.order.paid", "customer.order.updated", "customer.publication.succeeded",
                "customer.redemption.rollback.succeeded", "customer.redemption.succeeded", "customer.segment.entered", "customer.segment.left", "customer.updated",
                "publication.succeeded", "redemption.rollback.succeeded", "redemption.succeeded", "voucher.created", "voucher.deleted", "voucher.disabled", "voucher.enabled", "voucher.published", "voucher.updated",
            ],
            arrived.Keys.Where(type => !type.StartsWith("distribution.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(segment, arrived["customer.segment.entered"].GetProperty("segment").GetProperty("id").GetString());
        Assert.Equal("looked", arrived["customer.custom_event"].GetProperty("event").GetProperty("type").GetString());
        Shape.Is(arrived["voucher.updated"], "voucher campaign");
        Assert.Equal("x", arrived["voucher.updated"].GetProperty("voucher").GetProperty("additional_info").GetString());
        Assert.False(arrived["voucher.disabled"].GetProperty("voucher").GetProperty("active").GetBoolean());
        Shape.Is(arrived["redemption.succeeded"], "customer order campaign voucher promotion_tier promotion_stack redemption created_at");
        Assert.True(arrived["redemption.rollback.succeeded"].TryGetProperty("redemption_rollback", out _));
        Assert.Equal("V-1", arrived["voucher.published"].GetProperty("voucher").GetProperty("code").GetString());
        Shape.Is(arrived["customer.deleted"].GetProperty("customer"), "id source_id object");
        Assert.Equal(distribution, arrived["distribution.created"].GetProperty("distribution").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Who_is_erased_is_in_no_log_any_more()
    {
        await using var sink = await HttpSink.StartAsync();
        using var shop = await api.NewProjectAsync();
        var webhook = (await shop.PostAsync("/v1/webhooks", Webhook(sink, "customer.created", "customer.deleted"))).Ok();
        await shop.NewCustomerAsync("""{"source_id":"ann","email":"ann@shop.example"}""");
        await LoggedAsync(shop, webhook, "succeeded");
        (await shop.PostAsync("/v1/customers/ann/permanent-deletion")).Ok();
        await sink.WaitForAsync(2, Patience);
        var left = Assert.Single((await shop.UntilAsync($"{Log(webhook)}?status=succeeded", list => list.GetProperty("total").GetInt32() == 1)).GetProperty("data").EnumerateArray());
        Assert.Equal("customer.deleted", left.GetProperty("type").GetString());
        Assert.DoesNotContain("ann@", (await shop.GetAsync($"{Log(webhook)}/{left.GetProperty("id")}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_job_changes_is_not_told_of_one_by_one()
    {
        await using var sink = await HttpSink.StartAsync();
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/webhooks", Webhook(sink, "customer.created", "customer.updated", "customer.custom_event", "customer.segment.entered"))).Ok();
        await shop.NewCustomerAsync("""{"source_id":"ann"}""");
        var segment = await shop.NewSegmentAsync();
        await shop.UntilAsync($"/v1/segments/{segment}", shown => shown.GetProperty("initial_sync_status").GetString() == "DONE");
        var job = (await shop.PostAsync("/v1/customers/bulk/async", """[{"source_id":"ann","name":"Ann"},{"source_id":"bob","email":"bob@shop.example"}]"""))["async_action_id"];
        await shop.UntilAsync($"/v1/async-actions/{job}", shown => shown.GetProperty("status").GetString() == "DONE");
        (await shop.PostAsync("/v1/events", """{"event":"looked","customer":{"source_id":"ann"}}""")).Ok();
        Assert.Equal(["customer.created", "customer.custom_event", "customer.segment.entered"], (await sink.WaitForAsync(3, Patience)).Select(TypeOf).Order(StringComparer.Ordinal));
    }

    private static string Webhook(HttpSink sink, params string[] events) => JsonSerializer.Serialize(new { target_url = sink.Url, events });

    private static string Log(JsonElement webhook) => $"/v1/webhooks/{webhook.GetProperty("id")}/sendouts";

    private static string TypeOf(SinkRequest request) => JsonElement.Parse(request.Text).GetProperty("type").GetString()!;

    private static string Signed(SinkRequest request, string secret) =>
        SendoutSignature.Of([secret], request.Headers["webhook-id"], request.Headers["webhook-timestamp"], request.Body.Span);

    private static async Task<JsonElement> LoggedAsync(ProjectClient shop, JsonElement webhook, string status) =>
        (await shop.UntilAsync($"{Log(webhook)}?status={status}", list => list.GetProperty("total").GetInt32() > 0)).GetProperty("data")[0];

    // The objects of the first event of each type, once one of the last type has come.
    private static async Task<Dictionary<string, JsonElement>> ArrivedAsync(HttpSink sink, string last)
    {
        for (var count = 1; ; count++)
        {
            var all = await sink.WaitForAsync(count, Patience);
            if (all.Any(request => TypeOf(request) == last))
            {
                return all.Select(request => JsonElement.Parse(request.Text)).GroupBy(body => body.GetProperty("type").GetString()!)
                    .ToDictionary(same => same.Key, same => same.First().GetProperty("data"));
            }
        }
    }
}
