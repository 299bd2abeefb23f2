using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Events;

[Collection(ApiTests.Name)]
public sealed class EventApiTests(ApiHost api)
{
    [Fact]
    public async Task An_event_is_receipted_as_documented()
    {
        using var shop = await api.NewProjectAsync();
        var receipt = (await shop.PostAsync(
            "/v1/events", """{"event":"viewed","customer":{"source_id":"s","name":"Ann","email":"a@example.com","metadata":{"x":1}},"metadata":{"sku":"1"}}""")).Ok();
        Shape.Is(receipt, "object type customer referral loyalty metadata");
        Shape.Is(receipt.GetProperty("customer"), "id source_id name email metadata object");
        Assert.Equal(("event", "viewed"), (receipt.GetProperty("object").GetString(), receipt.GetProperty("type").GetString()));
        Assert.Equal(JsonValueKind.Null, receipt.GetProperty("referral").ValueKind);
        Assert.Equal("""{"sku":"1"}""", receipt.GetProperty("metadata").GetRawText());

        var bare = (await shop.PostAsync("/v1/events", """{"event":"viewed","customer":{"source_id":"bare"}}""")).Ok();
        Shape.Is(bare.GetProperty("customer"), "id source_id object");
    }

    [Theory]
    [InlineData("""{"customer":{"id":"c"}}""", "Payload must have required property 'event'")]
    [InlineData("""{"event":"","customer":{"id":"c"}}""", "Payload property '.event' must NOT have fewer than 1 characters")]
    [InlineData("""{"event":"e"}""", "Payload must have required property 'customer'")]
    [InlineData("""{"event":"e","customer":{"id":"c"},"referral":{}}""", "Payload property '.referral' must have required property 'code'")]
    public async Task What_is_missing_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(details, (await shop.PostAsync("/v1/events", body)).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    [Fact]
    public async Task An_id_that_nobody_has_is_not_found_and_a_source_id_that_nobody_has_makes_a_customer()
    {
        using var shop = await api.NewProjectAsync();
        const string named = """{"event":"e","customer":{"id":"cust_none","source_id":"s","name":"Ann"}}""";
        var error = (await shop.PostAsync("/v1/events", named)).Error(404, "not_found");
        Assert.Equal("Cannot find customer with id cust_none", error.GetProperty("details").GetString());
        Assert.Equal(("cust_none", "customer"), (error.GetProperty("resource_id").GetString(), error.GetProperty("resource_type").GetString()));
        Assert.Equal(0, (await shop.GetAsync("/v1/customers")).Ok().GetProperty("total").GetInt32());

        var answers = (await shop.PostAsync("/v1/events/bulk", $$$"""[{{{named}}},{"event":"e","customer":{"source_id":"s"}},{"event":"e","customer":{}}]""")).Ok().EnumerateArray().ToList();
        Assert.Equal([404, 200, 200], answers.Select(answer => answer.GetProperty("status").GetInt32()));
        Assert.Equal("cust_none", answers[0].GetProperty("error").GetProperty("resource_id").GetString());
        Assert.Equal(2, (await shop.GetAsync("/v1/customers")).Ok().GetProperty("total").GetInt32());

        var id = (await shop.GetAsync("/v1/customers/s"))["id"];
        (await shop.PostAsync("/v1/events", $$"""{"event":"e","customer":{"id":"{{id}}"} }""")).Ok();
        (await shop.DeleteAsync($"/v1/customers/{id}")).Ok(204);
        (await shop.PostAsync("/v1/events", $$"""{"event":"e","customer":{"id":"{{id}}"} }""")).Error(404, "not_found");
    }

    [Fact]
    public async Task One_bad_event_does_not_spoil_the_others_of_a_bulk_request()
    {
        using var shop = await api.NewProjectAsync();
        var answers = (await shop.PostAsync("/v1/events/bulk", """
            [{"event":"one","customer":{"source_id":"a"}},{"event":"bad"},{"event":"two","customer":{"source_id":"b"}},7,{"event":"three","customer":{"source_id":"a"}}]
            """)).Ok().EnumerateArray().ToList();
        Assert.Equal([200, 400, 200, 400, 200], answers.Select(answer => answer.GetProperty("status").GetInt32()));
        Shape.Is(answers[0], "status event");
        Shape.Is(answers[0].GetProperty("event"), "object type customer referral loyalty metadata");
        Shape.Is(answers[1], "status error");
        Assert.Equal("Payload property '[1]' must have required property 'customer'", answers[1].GetProperty("error").GetProperty("details").GetString());
        Assert.Equal(
            answers[0].GetProperty("event").GetProperty("customer").GetProperty("id").GetString(),
            answers[4].GetProperty("event").GetProperty("customer").GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_events_of_one_customer_keep_their_order_however_the_customer_is_named()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewCustomerAsync("""{"source_id":"s"}""");
        var names = Enumerable.Range(0, 20).Select(number => $"e{number:00}").ToList();
        var body = names.Select((name, at) => $$$"""{"event":"{{{name}}}","customer":{{{(at % 2 == 0 ? $"{{\"id\":\"{id}\"}}" : "{\"source_id\":\"s\"}")}}}}""");
        (await shop.PostAsync("/v1/events/bulk", $"[{string.Join(',', body)}]")).Ok();

        var activity = (await shop.GetAsync($"/v1/customers/{id}/activity?limit=100&order=created_at&type=customer.custom_event")).Ok().GetProperty("data");
        Assert.Equal(names, activity.EnumerateArray().Select(EventName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_source_id_reaches_the_customer_who_has_it_now(bool inBulk)
    {
        using var shop = await api.NewProjectAsync();
        async Task<string> RecordAsync(string name)
        {
            var body = $$"""{"event":"{{name}}","customer":{"source_id":"s"} }""";
            var answer = (await shop.PostAsync(inBulk ? "/v1/events/bulk" : "/v1/events", inBulk ? $"[{body}]" : body)).Ok();
            return (inBulk ? answer[0].GetProperty("event") : answer).GetProperty("customer").GetProperty("id").GetString()!;
        }

        // One with an id of its own, which nobody can tell from the source id; asked for, remembered, deleted.
        (await shop.PostAsync("/v1/customers", """{"id":"own-id","source_id":"s"}""")).Ok();
        Assert.Equal(["own-id", "own-id"], [await RecordAsync("first"), await RecordAsync("second")]);
        (await shop.DeleteAsync("/v1/customers/own-id")).Ok(204);
        (await shop.GetAsync("/v1/customers/s")).Error(404, "not_found");

        var next = await RecordAsync("third");
        Assert.NotEqual("own-id", next);
        Assert.Equal(next, await RecordAsync("fourth"));
        (await shop.GetAsync("/v1/customers/own-id")).Error(404, "not_found");

        // And the other way round: the source id goes to somebody else.
        (await shop.DeleteAsync($"/v1/customers/{next}")).Ok(204);
        (await shop.PostAsync("/v1/customers", """{"id":"another","source_id":"s"}""")).Ok();
        Assert.Equal("another", await RecordAsync("fifth"));
        Assert.Equal(1, (await shop.GetAsync("/v1/customers")).Ok().GetProperty("total").GetInt32());
        var activity = (await shop.GetAsync("/v1/customers/another/activity?type=customer.custom_event")).Ok().GetProperty("data");
        Assert.Equal("fifth", EventName(Assert.Single(activity.EnumerateArray())));
    }

    [Fact]
    public async Task More_than_a_thousand_events_are_refused_as_a_whole()
    {
        using var shop = await api.NewProjectAsync();
        var body = $"[{string.Join(',', Enumerable.Repeat("""{"event":"e","customer":{"id":"c"}}""", 1_001))}]";
        (await shop.PostAsync("/v1/events/bulk", body)).Error(400, "invalid_payload");
        (await shop.GetAsync("/v1/customers/c")).Error(404, "not_found");
    }

    private static string EventName(JsonElement entry)
    {
        var happened = entry.GetProperty("data").GetProperty("data").GetProperty("event");
        return (happened.TryGetProperty("type", out var type) ? type : happened.GetProperty("name")).GetString()!;
    }
}
