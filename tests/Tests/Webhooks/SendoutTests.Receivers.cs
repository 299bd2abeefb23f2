using Marketing.Api;
using Marketing.Storage;
using Marketing.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Webhooks;

public sealed partial class SendoutTests
{
    [Fact]
    public async Task A_slow_receiver_delays_no_other()
    {
        await using var slow = await HttpSink.StartAsync();
        await using var quick = await HttpSink.StartAsync();
        slow.Always(SinkAnswer.Hang);
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/webhooks", Webhook(slow, "customer.created"))).Ok();
        (await shop.PostAsync("/v1/webhooks", Webhook(quick, "customer.created"))).Ok();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => shop.NewCustomerAsync()));
        await quick.WaitForAsync(40, Patience);
        Assert.InRange(slow.Count, 0, 39);
    }

    [Fact]
    public async Task What_happened_since_is_posted_once_more()
    {
        await using var sink = await HttpSink.StartAsync();
        using var shop = await api.NewProjectAsync();
        var webhook = (await shop.PostAsync("/v1/webhooks", Webhook(sink, "customer.created"))).Ok();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shop.NewCustomerAsync()));
        await shop.UntilAsync($"{Log(webhook)}?status=succeeded", list => list.GetProperty("total").GetInt32() == 5);

        Assert.Equal(0, (await shop.PostAsync($"{Log(webhook)}/retry", """{"since":"2020-01-01T00:00:00Z"}""")).Ok().GetProperty("count").GetInt32());
        var again = (await shop.PostAsync($"{Log(webhook)}/retry", """{"since":"2020-01-01T00:00:00Z","status":"all"}""")).Ok();
        Assert.Equal((5, false), (again.GetProperty("count").GetInt32(), again.GetProperty("has_more").GetBoolean()));
        await sink.WaitForAsync(10, Patience);
        Assert.All(sink.Ledger.Values, times => Assert.Equal(2, times));
        (await shop.PostAsync($"{Log(webhook)}/retry", "{}")).Error(400, "invalid_payload");
        (await shop.PostAsync($"{Log(webhook)}/retry", """{"since":"2020-01-01","status":"some"}""")).Error(400, "invalid_payload");
        (await shop.GetAsync($"{Log(webhook)}?status=some")).Error(400, "invalid_query_params");
    }

    [Fact]
    public async Task A_test_call_tells_what_the_receiver_said()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Then(new SinkAnswer { Status = 200, Body = "pong"u8.ToArray() }, new SinkAnswer { Status = 401, Body = "who?"u8.ToArray() });
        using var shop = await api.NewProjectAsync();
        var webhook = (await shop.PostAsync("/v1/webhooks", Webhook(sink, "customer.created"))).Ok();
        var path = $"/v1/webhooks/{webhook.GetProperty("id")}";
        var test = (await shop.PostAsync($"{path}/test")).Ok();
        Assert.Equal((true, 200, "pong"), (test.GetProperty("ok").GetBoolean(), test.GetProperty("response_code").GetInt32(), test.GetProperty("answer").GetString()));
        (await shop.PutAsync(path, """{"active":false}""")).Ok();
        test = (await shop.PostAsync($"{path}/test")).Ok();
        Assert.Equal((false, 401, "who?", "HTTP 401"), (
            test.GetProperty("ok").GetBoolean(), test.GetProperty("response_code").GetInt32(), test.GetProperty("answer").GetString(), test.GetProperty("error").GetString()));
        Assert.Equal(["ping", "ping"], sink.Requests.Select(TypeOf));
        Assert.Equal(0, (await shop.GetAsync(Log(webhook))).Ok().GetProperty("total").GetInt32());
        (await shop.PostAsync("/v1/webhooks/wh_none/test")).Error(404, "not_found");
    }

    [Fact]
    public async Task What_is_refused_is_owed_to_nobody()
    {
        await using var sink = await HttpSink.StartAsync();
        using var shop = await api.NewProjectAsync();
        var webhook = (await shop.PostAsync("/v1/webhooks", Webhook(sink, "customer.created", "customer.order.created"))).Ok();
        (await shop.PostAsync("/v1/orders", """{"source_id":"o","amount":1,"customer":{"source_id":"ann"}}""", ("Idempotency-Key", "k"))).Ok();
        (await shop.PostAsync("/v1/orders", """{"source_id":"o","amount":1,"customer":{"source_id":"ann"}}""", ("Idempotency-Key", "k"))).Ok();
        (await shop.PostAsync("/v1/orders", """{"source_id":"p","amount":1,"customer":{"source_id":"ann"}}""", ("Idempotency-Key", "k"))).Error(409, "idempotency_key_reused");
        await shop.UntilAsync($"{Log(webhook)}?status=succeeded", list => list.GetProperty("total").GetInt32() == 2);
        Assert.Equal(2, sink.Count);
    }

    [Fact]
    public async Task What_happens_is_the_business_of_webhooks_where_somebody_listens_only()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync();
        var watch = Assert.Single(api.Services.GetServices<CommitWatch>());
        var commit = new Commit { Project = shop.Project.Number };
        Assert.False(watch.Concerns(commit));
        commit.Activity.Add(new ActivityWrite(1, 1, "customer.created", DateTimeOffset.UnixEpoch, null, "API", []));
        Assert.False(watch.Concerns(commit));

        var id = (await shop.PostAsync("/v1/webhooks", Samples.Webhook))["id"];
        Assert.True(watch.Concerns(commit));
        (await shop.PutAsync($"/v1/webhooks/{id}", """{"active":false}""")).Ok();
        Assert.False(watch.Concerns(commit));
    }
}
