using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Distributions that start only where a validation rule holds. What is owed is written with what causes it, so figures are final once that is answered.</summary>
[Collection(ApiTests.Name)]
public sealed class TriggerRuleTests(ApiHost api)
{
    private const string BigOrder = """{"1":{"name":"order.amount","conditions":{"$more_than_or_equal":[10000]}}}""";

    [Fact]
    public async Task An_order_starts_it_from_the_amount_on()
    {
        using var shop = await api.NewProjectAsync();
        var thanks = await LiveAsync(shop, "customer.order.paid", await RuleAsync(shop, BigOrder, "distribution.order.paid"));
        await OrderAsync(shop, """{"status":"PAID","amount":9999,"customer":{"source_id":"ann","email":"a@example.com"}}""");
        Assert.Equal(0, await OwedAsync(shop, thanks));
        await OrderAsync(shop, """{"status":"CREATED","amount":20000,"customer":{"source_id":"ann"}}""");
        Assert.Equal(0, await OwedAsync(shop, thanks));
        await OrderAsync(shop, """{"status":"PAID","amount":10000,"customer":{"source_id":"ann"}}""");
        Assert.Equal(1, await OwedAsync(shop, thanks));
        Assert.Equal(1, (await shop.UntilAsync($"/v1/distributions/{thanks}", body => body.GetProperty("messages").GetProperty("sent").GetInt32() == 1)).GetProperty("messages").GetProperty("audience").GetInt32());
    }

    [Fact]
    public async Task Lines_of_the_order_are_looked_at()
    {
        using var shop = await api.NewProjectAsync();
        var rule = await RuleAsync(shop, """{"1":{"name":"order.items.any","conditions":{"$is":[{"object":"product","source_id":"tea"}]}}}""");
        var thanks = await LiveAsync(shop, "customer.order.created", rule);
        await OrderAsync(shop, """{"items":[{"source_id":"coffee","related_object":"product","price":100,"quantity":1}],"customer":{"source_id":"ann"}}""");
        Assert.Equal(0, await OwedAsync(shop, thanks));
        await OrderAsync(shop, """{"items":[{"source_id":"tea","related_object":"product","price":100,"quantity":1}],"customer":{"source_id":"ann"}}""");
        Assert.Equal(1, await OwedAsync(shop, thanks));
    }

    [Fact]
    public async Task An_event_starts_it_by_its_properties()
    {
        using var shop = await api.NewProjectAsync();
        var rule = await RuleAsync(shop, """{"1":{"name":"custom_event.metadata","property":"stars","conditions":{"$more_than":[3]}}}""", "distribution.custom_event");
        var thanks = await LiveAsync(shop, "customer.custom_event", rule);
        await TrackAsync(shop, """{"stars":3}""");
        await TrackAsync(shop, "{}");
        Assert.Equal(0, await OwedAsync(shop, thanks));
        await TrackAsync(shop, """{"stars":4}""");
        Assert.Equal(1, await OwedAsync(shop, thanks));
    }

    [Fact]
    public async Task The_customer_is_as_with_what_came_along()
    {
        using var shop = await api.NewProjectAsync();
        var rule = await RuleAsync(shop, """{"1":{"name":"customer.metadata","property":"plan","conditions":{"$is":["gold"]}}}""");
        var thanks = await LiveAsync(shop, "customer.custom_event", rule);
        await TrackAsync(shop, "{}", ""","metadata":{"plan":"silver"}""");
        Assert.Equal(0, await OwedAsync(shop, thanks));
        await TrackAsync(shop, "{}", ""","metadata":{"plan":"gold"}""");
        await TrackAsync(shop, "{}");
        Assert.Equal(2, await OwedAsync(shop, thanks));
    }

    [Fact]
    public async Task Segments_are_asked_for_those_that_are_computed_and_those_that_are_stored()
    {
        using var shop = await api.NewProjectAsync();
        var ann = await shop.NewCustomerAsync("""{"source_id":"ann"}""");
        var stored = (await shop.PostAsync("/v1/segments", $$"""{"name":"Dear","type":"static","customers":["{{ann}}"]}"""))["id"];
        var computed = await shop.NewSegmentAsync();
        await shop.UntilAsync($"/v1/segments/{computed}", body => body.GetProperty("initial_sync_status").GetString() == "DONE");
        var dear = await LiveAsync(shop, "customer.custom_event", await RuleAsync(shop, InSegment(stored)));
        var reachable = await LiveAsync(shop, "customer.custom_event", await RuleAsync(shop, InSegment(computed)));
        await TrackAsync(shop, "{}", customer: "bob");
        Assert.Equal((0, 0), (await OwedAsync(shop, dear), await OwedAsync(shop, reachable)));
        await TrackAsync(shop, "{}", customer: "ann");
        Assert.Equal((1, 0), (await OwedAsync(shop, dear), await OwedAsync(shop, reachable)));

        // Entered by this very event.
        await TrackAsync(shop, "{}", ""","email":"b@example.com" """, customer: "bob");
        Assert.Equal((1, 1), (await OwedAsync(shop, dear), await OwedAsync(shop, reachable)));
    }

    [Fact]
    public async Task Two_that_listen_are_decided_each_by_its_own()
    {
        using var shop = await api.NewProjectAsync();
        var big = await LiveAsync(shop, "customer.order.created", await RuleAsync(shop, BigOrder));
        var all = await LiveAsync(shop, "customer.order.created", null);
        await OrderAsync(shop, """{"amount":1,"customer":{"source_id":"ann"}}""");
        await OrderAsync(shop, """{"amount":10000,"customer":{"source_id":"ann"}}""");
        Assert.Equal((1, 2), (await OwedAsync(shop, big), await OwedAsync(shop, all)));
    }

    [Fact]
    public async Task A_change_of_the_rule_is_what_the_next_event_is_decided_by_and_a_rule_that_is_gone_starts_nothing()
    {
        using var shop = await api.NewProjectAsync();
        var rule = await RuleAsync(shop, BigOrder);
        var thanks = await LiveAsync(shop, "customer.order.created", rule);
        const string order = """{"amount":5000,"customer":{"source_id":"ann"}}""";
        await OrderAsync(shop, order);
        Assert.Equal(0, await OwedAsync(shop, thanks));
        (await shop.PutAsync($"/v1/validation-rules/{rule}", $$"""{"rules":{{BigOrder.Replace("10000", "5000", StringComparison.Ordinal)}}}""")).Ok();
        await OrderAsync(shop, order);
        Assert.Equal(1, await OwedAsync(shop, thanks));
        Assert.False((await shop.GetAsync($"/v1/distributions/{thanks}")).Ok().TryGetProperty("status_reason", out _));

        (await shop.DeleteAsync($"/v1/validation-rules/{rule}")).Ok(204);
        await OrderAsync(shop, order);
        Assert.Equal(1, await OwedAsync(shop, thanks));
        var shown = (await shop.GetAsync($"/v1/distributions/{thanks}")).Ok();
        Assert.Equal("live", shown.GetProperty("status").GetString());
        Assert.Contains($"{rule} was deleted", shown.GetProperty("status_reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_is_no_good_is_a_problem_of_its_field()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        Assert.Equal("there is no such validation rule", await ProblemAsync("customer.order.paid", await RuleAsync(other, BigOrder)));
        Assert.Equal("the rule was written for distribution.custom_event", await ProblemAsync("customer.order.paid", await RuleAsync(shop, BigOrder, "distribution.custom_event")));
        Assert.Equal("the rule was written for distribution.order.paid", await ProblemAsync("customer.custom_event", await RuleAsync(shop, BigOrder, "distribution.order.paid")));
        Assert.StartsWith(
            "the rule has limits", await ProblemAsync("customer.order.paid", await RuleAsync(shop, """{"1":{"name":"redemption.count.per_customer","conditions":{"$less_than_or_equal":[1]}}}""")), StringComparison.Ordinal);
        Assert.Equal("does not go with the trigger customer.segment.entered", await ProblemAsync("customer.segment.entered", await RuleAsync(shop, BigOrder)));
        Assert.Null(await ProblemAsync("customer.order.fulfilled", await RuleAsync(shop, BigOrder, "distribution.order.paid")));

        async Task<string?> ProblemAsync(string trigger, string rule)
        {
            var id = await shop.NewDistributionAsync(JsonSerializer.Serialize(new { name = rule + trigger, type = "automatic", trigger = new { type = trigger, validation_rule_id = rule } }));
            var problems = (await shop.PostAsync($"/v1/distributions/{id}/validate")).Ok().GetProperty("problems").EnumerateArray();
            var found = problems.FirstOrDefault(problem => problem.GetProperty("field").GetString() == "trigger.validation_rule_id");
            return found.ValueKind == JsonValueKind.Undefined ? null : found.GetProperty("message").GetString();
        }
    }

    private static string InSegment(string id) => $$$"""{"1":{"name":"customer.segment","conditions":{"$is":["{{{id}}}"]} } }""";

    private static async Task<string> RuleAsync(ProjectClient shop, string rules, string context = "global") =>
        (await shop.PostAsync("/v1/validation-rules", $$"""{"name":"Rule","context_type":"{{context}}","rules":{{rules}}}""")).Ok().GetProperty("id").GetString()!;

    private static async Task<string> LiveAsync(ProjectClient shop, string trigger, string? rule)
    {
        var id = await shop.NewDistributionAsync(JsonSerializer.Serialize(new
        {
            name = $"{trigger} {rule}",
            type = "automatic",
            trigger = new { type = trigger, custom_event = trigger == "customer.custom_event" ? "review" : null, validation_rule_id = rule },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "email", template = new { subject = "Thanks", text = "Thanks" } } },
        }));
        Assert.Equal("live", (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok().GetProperty("status").GetString());
        return id;
    }

    private static async Task OrderAsync(ProjectClient shop, string order) => (await shop.PostAsync("/v1/orders", order)).Ok();

    private static async Task TrackAsync(ProjectClient shop, string metadata, string more = "", string customer = "ann") =>
        (await shop.PostAsync("/v1/events", $$$"""{"event":"review","metadata":{{{metadata}}},"customer":{"source_id":"{{{customer}}}"{{{more}}}}}""")).Ok();

    private static async Task<int> OwedAsync(ProjectClient shop, string distribution) =>
        (await shop.GetAsync($"/v1/distributions/{distribution}")).Ok().GetProperty("messages").GetProperty("audience").GetInt32();
}
