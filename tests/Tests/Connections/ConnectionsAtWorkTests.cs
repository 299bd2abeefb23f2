using System.Text.Json;
using Marketing.Api;
using Marketing.Testing;
using Xunit;

namespace Marketing.Connections;

/// <summary>An API whose connections may lead to this machine.</summary>
public sealed class PrivateNetworkApiHost : ApiHost
{
    protected override IEnumerable<string> Arguments => ["--Distributions:Webhooks:AllowPrivateNetworks=true"];
}

/// <summary>From the event over a connection to the receiver.</summary>
public sealed class ConnectionsAtWorkTests(PrivateNetworkApiHost api) : IClassFixture<PrivateNetworkApiHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_is_owed_waits_while_a_connection_is_paused_and_leaves_when_it_goes_on()
    {
        await using var server = SmtpSink.Start();
        using var shop = await api.NewProjectAsync();
        var connection = (await shop.PostAsync("/v1/channels", $$$"""
            {"name":"Mine","type":"email","provider":"smtp","settings":{"host":"127.0.0.1","port":{{{server.Port}}},"from":"a@shop.example","security":"none"}}
            """))["id"];
        Assert.True((await shop.PostAsync($"/v1/channels/{connection}/test")).Ok().GetProperty("ok").GetBoolean());
        var distribution = await LiveAsync(shop, """{"type":"email","template":{"subject":"Hi","text":"x"}}""");

        await PayAsync(shop, "ann");
        await server.WaitForAsync(1, Patience);
        (await shop.PostAsync($"/v1/channels/{connection}/pause")).Ok();
        await PayAsync(shop, "bob");

        // Another distribution of the project tells that the engine has come so far.
        await LiveAsync(shop, """{"type":"sms","template":{"text":"x"}}""", "Texts");
        await PayAsync(shop, "cat");
        await shop.UntilAsync($"/v1/distributions/{distribution}/messages?status=queued", list => list.GetProperty("data").GetArrayLength() == 2);
        Assert.Equal(0, (await shop.GetAsync($"/v1/distributions/{distribution}/messages?status=sending")).Ok().GetProperty("data").GetArrayLength());
        Assert.Equal(1, server.Count);

        (await shop.PostAsync($"/v1/channels/{connection}/resume")).Ok();
        await server.WaitForAsync(3, Patience);
        await shop.UntilAsync($"/v1/distributions/{distribution}/messages?status=sent", list => list.GetProperty("data").GetArrayLength() == 3);
        Assert.All(server.Received, mail => Assert.Equal("a@shop.example", mail.From));
    }

    [Fact]
    public async Task A_change_of_the_default_moves_what_comes_next_to_another_server()
    {
        await using var first = SmtpSink.Start();
        await using var second = SmtpSink.Start();
        using var shop = await api.NewProjectAsync();
        string Server(string name, SmtpSink sink) =>
            $$$"""{"name":"{{{name}}}","type":"email","provider":"smtp","settings":{"host":"127.0.0.1","port":{{{sink.Port}}},"from":"a@shop.example","security":"none"}}""";
        (await shop.PostAsync("/v1/channels", Server("One", first))).Ok();
        await LiveAsync(shop, """{"type":"email","template":{"subject":"Hi","text":"x"}}""");
        await PayAsync(shop, "ann");
        await first.WaitForAsync(1, Patience);
        var other = (await shop.PostAsync("/v1/channels", Server("Two", second)))["id"];
        (await shop.PutAsync($"/v1/channels/{other}", """{"default":true}""")).Ok();
        await PayAsync(shop, "bob");
        await second.WaitForAsync(1, Patience);
        Assert.Equal(1, first.Count);
    }

    [Fact]
    public async Task A_limit_is_kept_by_what_arrives()
    {
        const int limit = 10;
        await using var gateway = await HttpSink.StartAsync();
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/channels", $$$"""
            {"name":"Gateway","type":"sms","provider":"http","settings":{"url":"{{{gateway.Url}}}send","fields":{"to":"{to}","text":"{text}"}},"rate_limit":{{{limit}}}}
            """)).Ok();
        var distribution = await LiveAsync(shop, """{"type":"sms","template":{"text":"Hi"}}""");
        await Task.WhenAll(Enumerable.Range(0, 25).Select(i => PayAsync(shop, $"c{i}")));
        await gateway.WaitForAsync(25, Patience);
        await shop.UntilAsync($"/v1/distributions/{distribution}", found => found.GetProperty("messages").GetProperty("sent").GetInt32() == 25);
        var at = gateway.Requests.Select(request => request.ReceivedAt).ToArray();
        Assert.Equal(25, at.Length);
        Assert.All(at, from => Assert.InRange(at.Count(other => other >= from && other < from.AddSeconds(1)), 1, limit + 1));
        Assert.Equal(25, gateway.Requests.Select(request => JsonElement.Parse(request.Text).GetProperty("to").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Webhooks_go_over_a_connection_that_keeps_its_headers_to_itself()
    {
        await using var receiver = await HttpSink.StartAsync();
        await using var other = await HttpSink.StartAsync();
        using var shop = await api.NewProjectAsync();
        var crm = $$$"""{"name":"CRM","type":"webhook","provider":"http","settings":{"base_url":"{{{receiver.Url}}}crm"},"credentials":{"authorization":"Bearer t0ken-of-the-crm"}}""";
        var made = (await shop.PostAsync("/v1/channels", crm)).Ok();
        var connection = made.GetProperty("id").GetString();
        var test = (await shop.PostAsync($"/v1/channels/{connection}/test")).Ok();
        Assert.Equal((true, "The receiver answers: HTTP 200"), (test.GetProperty("ok").GetBoolean(), test.GetProperty("detail").GetString()));

        // What names none and leads elsewhere goes there by itself, and keeps no connection.
        var elsewhere = await LiveAsync(shop, Hook($"{other.Url}in"), "Elsewhere");
        await PayAsync(shop, "ann");
        await other.WaitForAsync(1, Patience);
        Assert.False(other.Requests[0].Headers.ContainsKey("authorization"));
        (await shop.DeleteAsync($"/v1/channels/{connection}")).Ok(204);
        (await shop.PostAsync($"/v1/distributions/{elsewhere}/stop")).Ok();

        var path = await shop.NewDistributionAsync(Draft("Path", Hook("/in")));
        Assert.Equal(["channels[0].template.target_url"], await ProblemsAsync(shop, path));
        connection = (await shop.PostAsync("/v1/channels", crm))["id"];
        Assert.Empty(await ProblemsAsync(shop, path));
        var outside = await shop.NewDistributionAsync(Draft("Outside", Hook($"{other.Url}in", $"\"connection\":\"{connection}\",")));
        Assert.Equal(["channels[0].template.target_url"], await ProblemsAsync(shop, outside));

        (await shop.PostAsync($"/v1/distributions/{path}/activate")).Ok();
        var before = receiver.Count;
        await PayAsync(shop, "bob");
        await receiver.WaitForAsync(before + 1, Patience);
        var arrived = receiver.Requests[^1];
        Assert.Equal(("POST", "/crm/in", "Bearer t0ken-of-the-crm"), (arrived.Method, arrived.Path, arrived.Headers["authorization"]));
        Assert.Contains(path, (await shop.DeleteAsync($"/v1/channels/{connection}")).Error(409, "channel_in_use").GetProperty("details").GetString(), StringComparison.Ordinal);

        // Who may look at messages sees where they went, and nothing secret.
        await shop.UntilAsync($"/v1/distributions/{path}/messages?status=sent", list => list.GetProperty("data").GetArrayLength() == 1);
        var message = (await shop.GetAsync($"/v1/distributions/{path}/messages")).Ok().GetProperty("data")[0].GetProperty("id").GetString();
        var rendered = (await shop.GetAsync($"/v1/distributions/{path}/messages/{message}/rendered")).Text;
        Assert.Contains("crm/in", rendered, StringComparison.Ordinal);
        Assert.All([rendered, made.GetRawText()], text => Assert.DoesNotContain("t0ken", text, StringComparison.Ordinal));
    }

    private static string Hook(string url, string connection = "") => $$$"""{"type":"webhook",{{{connection}}}"template":{"event_name":"paid","target_url":"{{{url}}}"}}""";

    private static string Draft(string name, string channel) =>
        $$$"""{"name":"{{{name}}}","type":"automatic","trigger":{"type":"customer.order.paid"},"action":{"type":"plain_message"},"channels":[{{{channel}}}]}""";

    private static async Task<IEnumerable<string>> ProblemsAsync(ProjectClient shop, string distribution) =>
        Shape.Texts((await shop.PostAsync($"/v1/distributions/{distribution}/validate")).Ok().GetProperty("problems"), "field");

    private static async Task<string> LiveAsync(ProjectClient shop, string channel, string name = "Paid")
    {
        var id = await shop.NewDistributionAsync(Draft(name, channel));
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        return id;
    }

    private static async Task PayAsync(ProjectClient shop, string customer)
    {
        var number = $"+4850123{(customer[0] == 'c' && int.TryParse(customer[1..], out var at) ? 4_000 + at : 3_000 + customer[0])}";
        await shop.NewCustomerAsync($$"""{"source_id":"{{customer}}","email":"{{customer}}@example.com","phone":"{{number}}"}""");
        (await shop.PostAsync("/v1/orders", $$$"""{"source_id":"o-{{{customer}}}","amount":100,"status":"PAID","customer":{"source_id":"{{{customer}}}"}}""")).Ok();
    }
}
