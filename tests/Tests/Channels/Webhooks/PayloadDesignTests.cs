using Xunit;

namespace Marketing.Channels.Webhooks;

public sealed class PayloadDesignTests
{
    [Theory]
    [InlineData("""{"total":"{{order.amount}}"}""", """{"total":1999}""")]
    [InlineData("""{"total":"{{  order . amount }}"}""", """{"total":1999}""")]
    [InlineData("""{"total":" {{order.amount}}"}""", """{"total":" 1999"}""")]
    [InlineData("""{"gift":"{{order.metadata.gift}}","tags":"{{customer.metadata.tags}}"}""", """{"gift":false,"tags":["a","b"]}""")]
    [InlineData("""{"a":"{{order.nothing}}","b":"<{{order.nothing.at.all}}>","c":"<{{order.note}}>"}""", """{"a":null,"b":"<>","c":"<>"}""")]
    [InlineData("""{"a":"Hi {{customer.name}}, {{order.amount}} ct"}""", """{"a":"Hi Zoë \"Z\" 🙂, 1999 ct"}""")]
    [InlineData("""{"a":"{{order.metadata.line two}}"}""", """{"a":"a\nb\"c\\d"}""")]
    [InlineData("""{"a":"{{customer.metadata.tags}}!"}""", """{"a":"[\"a\",\"b\"]!"}""")]
    [InlineData("""["{{order.items.1.quantity}}","{{order.items.2.quantity}}","{{order.items.-1}}"]""", """[3,null,null]""")]
    [InlineData("""{"n":1.50,"t":true,"z":null,"s":"é\"🙂","o":{},"l":[[]]}""", """{"n":1.50,"t":true,"z":null,"s":"é\"🙂","o":{},"l":[[]]}""")]
    [InlineData("""{"a":"{{customer.object}}","b":"{{customer.phone}}","c":"{{customer.events}}"}""", """{"a":"customer","b":"+48 1","c":null}""")]
    public void A_designed_object_is_filled_in(string payload, string body) =>
        Assert.Equal(body, Webhook.Body(Webhook.Message(Webhook.Designed(payload))));

    [Theory]
    [InlineData("""{ "total": {{order.amount}} }""", """{"total":1999}""")]
    [InlineData("""{ "total": "{{order.amount}}" }""", """{"total":"1999"}""")]
    [InlineData("""{"a":{{ order.nothing }},"b":"{{order.nothing}}"}""", """{"a":null,"b":""}""")]
    [InlineData("""{"a":{"b":{{order.metadata.gift}}}}""", """{"a":{"b":false}}""")]
    [InlineData("""{"a":"\"{{customer.id}}\" {{","b":"}}"}""", null)]
    [InlineData("""{"a":"\\","b":{{customer.id}}}""", """{"a":"\\","b":"cust_1"}""")]
    [InlineData("{{\n customer.id }}", "\"cust_1\"")]
    [InlineData("""[{{customer.metadata.tags}}, null]""", """[["a","b"],null]""")]
    public void In_raw_text_quotes_decide_whether_a_value_becomes_a_string(string text, string? body)
    {
        var message = Webhook.Message(Webhook.DesignedText(text));
        if (body is null)
        {
            Assert.NotNull(CompiledWebhook.Of(message.Channel).Problem);
            return;
        }

        Assert.Null(CompiledWebhook.Of(message.Channel).Problem);
        Assert.Equal(body, Webhook.Body(message));
    }

    [Fact]
    public void The_customer_as_a_whole_has_the_shape_the_event_gives_it()
    {
        var template = Webhook.Designed("""{"c":"{{customer}}","s":"= {{customer}}"}""");
        var paid = Webhook.Body(Webhook.Message(template));
        Assert.StartsWith("""{"c":{"id":"cust_1","name":""", paid);
        Assert.Contains(""","s":"= {\"id\":\"cust_1\",\"name\":""", paid);
        Assert.StartsWith("""{"c":{"id":"cust_1","source_id":""", Webhook.Body(Webhook.Message(template, "customer.segment.left")));
    }

    [Fact]
    public void A_design_that_is_not_raw_takes_the_place_of_data()
    {
        var body = Webhook.Body(Webhook.Message(Webhook.Designed("""{"who":"{{customer.id}}"}""", raw: false)));
        Assert.StartsWith("""{"id":"whs_0001",""", body);
        Assert.Contains("""data":{"who":"cust_1"},"source":""", body);
    }

    [Theory]
    [InlineData("""{"a":["x",{"b":"{{ordr.id}}"}]}""", "Unknown variable 'ordr' at $.a[1].b.")]
    [InlineData("""{"a":"{{order.total}} x"}""", "Unknown field 'total' of 'order' at $.a.")]
    [InlineData("""{"a":"{{order.amount.cents}}"}""", "Unknown field 'cents' of 'order.amount' at $.a.")]
    [InlineData("""{"a":"{{order.items.0.price}}"}""", "Unknown field 'price' of 'order.items.0' at $.a.")]
    [InlineData("""{"a":"{{order.id"}""", "A placeholder is not closed at $.a.")]
    [InlineData("""{"a":"{{ }}"}""", "'' is not a variable at $.a.")]
    [InlineData("""{"{{order.id}}":1}""", "A property name cannot hold a placeholder at $.{{order.id}}.")]
    public void A_mistake_in_an_object_is_reported_with_its_path(string payload, string message) =>
        Assert.Equal([Problem(message)], Problems(Webhook.Designed(payload)));

    [Theory]
    [InlineData("{\n  \"ż\": 1, \"a\": {{ordr.id}}\n}", 2, 16, "Unknown variable 'ordr'")]
    [InlineData("{\n  \"a\": \"{{ordr.id}}\"\n}", 2, 8, "Unknown variable 'ordr'")]
    [InlineData("{\n  \"a\": {{order.id}\n}", 2, 8, "A placeholder is not closed")]
    [InlineData("{{\n\norder.id }} x", 3, 13, "The payload is not valid JSON")]
    [InlineData("{\"a\": {{order..id}}}", 1, 7, "'order..id' is not a variable")]
    [InlineData("{\"a\": x{{order.id}}}", 1, 7, "The payload is not valid JSON")]
    [InlineData("", 1, 1, "The payload is not valid JSON")]
    public void A_mistake_in_raw_text_is_reported_with_line_and_column(string text, int line, int column, string message) =>
        Assert.Equal([Problem($"{message} at line {line}, column {column}.") with { Line = line, Column = column }], Problems(Webhook.DesignedText(text)));

    [Theory]
    [InlineData("\"\\ud800\"", "The payload is not valid Unicode.")]
    [InlineData("{\"a\":\"\\ud800\"}", "A string is not valid Unicode at $.a.")]
    public void Half_a_character_is_reported(string payload, string message)
    {
        var template = Webhook.Template() with { Payload = new RawJson(System.Text.Encoding.UTF8.GetBytes(payload)) };
        Assert.Equal([Problem(message)], Problems(template));
    }

    [Fact]
    public void What_the_scope_knows_passes()
    {
        var template = Webhook.Designed("""["{{customer}}","{{customer.metadata.any.thing}}","{{order.items.0.quantity}} of {{order.id}}"]""");
        Assert.Empty(Problems(template));
    }

    [Fact]
    public async Task A_design_that_cannot_be_filled_in_fails_for_good()
    {
        using var webhooks = new WebhookHarness();
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await webhooks.DeliverAsync(Webhook.Message(Webhook.Designed("""["{{"]"""))));
    }

    private static FieldProblem Problem(string message) => new("template.payload", message) { Code = "template" };

    private static IEnumerable<FieldProblem> Problems(ChannelTemplate template) =>
        WebhookRules.Validate(template, Webhook.Scope, allowPrivateNetworks: false);
}
