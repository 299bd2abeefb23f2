using Xunit;

namespace Marketing.Channels.Webhooks;

public sealed class WebhookBodyTests
{
    private const string SimpleCustomer =
        """{"id":"cust_1","name":"Zoë \"Z\" 🙂","email":"zoe@example.com","source_id":"shop-1","metadata":{"vip":true,"score":1.50,"tags":["a","b"]},"object":"customer"}""";

    private const string FullCustomer =
        """{"id":"cust_1","source_id":"shop-1","name":"Zoë \"Z\" 🙂","email":"zoe@example.com","phone":"+48 1","address":{"city":"Łódź","line_1":null},"metadata":{"vip":true,"score":1.50,"tags":["a","b"]},"summary":{"orders":{"total_amount":12345678901234567890}},"created_at":"2026-01-01T00:00:00Z","object":"customer"}""";

    private const string Order =
        """{"id":"ord_1","amount":1999,"status":"PAID","note":null,"items":[{"quantity":2},{"quantity":3}],"metadata":{"gift":false,"line two":"a\nb\"c\\d"}}""";

    [Fact]
    public void An_order_event_carries_the_simple_customer_and_every_object_of_the_event()
    {
        var body = Webhook.Body(Webhook.Message(Webhook.Template()));
        Assert.Equal(Envelope("customer.order.paid", $$"""{"customer":{{SimpleCustomer}},"order":{{Order}},"referrer":null,"redemption":null}"""), body);
    }

    [Theory]
    [InlineData("customer.segment.entered", """{"segment":{"id":"seg_1","name":"VIP","object":"segment"}}""")]
    [InlineData("customer.segment.left", """{"segment":{"id":"seg_1","name":"VIP","object":"segment"}}""")]
    [InlineData("manual_distribution_schedule", """{"distribution":{"id":"distr_1","status":"TO SEND"}}""")]
    public void Segment_and_manual_messages_carry_the_full_customer_without_internal_counters(string type, string data)
    {
        var body = Webhook.Body(Webhook.Message(Webhook.Template(), type, data));
        Assert.Equal(Envelope(type, $$"""{"customer":{{FullCustomer}},{{data[1..]}}"""), body);
    }

    [Theory]
    [InlineData("""{"id":"c","name":"A B","events":{"n":1},"metadata":{"x":[1,2]}}""", """{"id":"c","name":"A B","metadata":{"x":[1,2]},"address":null,"object":"customer"}""")]
    [InlineData("""{"events":{},"object":"customer","id":"c"}""", """{"id":"c","address":null,"object":"customer"}""")]
    [InlineData("""{"id":"c","object":"customer","events":{"n":1}}""", """{"id":"c","address":null,"object":"customer"}""")]
    [InlineData("{}", """{"address":null,"object":"customer"}""")]
    [InlineData(""" {"id" : "c"} """, """{"id":"c","address":null,"object":"customer"}""")]
    [InlineData("""{"id":"c","name":"A \"B\""}""", """{"id":"c","name":"A \"B\"","address":null,"object":"customer"}""")]
    [InlineData("""{"id":"c","address":{"city":null}}""", """{"id":"c","address":{"city":null},"object":"customer"}""")]
    [InlineData(""" {"address":{"city":null},"id":"c"} """, """{"address":{"city":null},"id":"c","object":"customer"}""")]
    public void The_full_customer_is_what_is_stored_with_an_address_or_null_whatever_stands_where(string stored, string sent)
    {
        var message = Webhook.Message(Webhook.Template(), "customer.segment.entered", "{}");
        var body = Webhook.Body(message with { Recipient = new Recipient("c", System.Text.Encoding.UTF8.GetBytes(stored)) });
        Assert.Contains($$"""data":{"customer":{{sent}}},"source""", body);
    }

    [Fact]
    public void A_custom_event_keeps_its_own_shape()
    {
        const string data = """{"event":{"type":"visit","metadata":{"page":"/"}},"event_schema":{"id":"ms_1"},"referral":null,"loyalty":null}""";
        var body = Webhook.Body(Webhook.Message(Webhook.Template(), "customer.custom_event", data));
        Assert.Equal(Envelope("customer.custom_event", $$"""{"customer":{{SimpleCustomer}},{{data[1..]}}"""), body);
    }

    [Fact]
    public void What_the_shop_never_told_is_null()
    {
        var message = Webhook.Message(Webhook.Template(), data: "{}");
        message = message with
        {
            Recipient = new Recipient("cust_2", """{"id":"cust_2"}"""u8.ToArray()),
            Trigger = message.Trigger with { GroupId = null },
        };
        var body = Webhook.Body(message);
        Assert.Contains("""{"id":"cust_2","name":null,"email":null,"source_id":null,"metadata":{},"object":"customer"}""", body);
        Assert.Contains(""","group_id":null,""", body);
    }

    [Fact]
    public void Selected_fields_are_sent_and_no_others()
    {
        var template = Webhook.Template() with { Fields = ["order", "redemption"] };
        Assert.Contains($$"""data":{"order":{{Order}},"redemption":null},"source""", Webhook.Body(Webhook.Message(template)));
        Assert.Contains("data\":{\"customer\":" + SimpleCustomer + "},\"source", Webhook.Body(Webhook.Message(template with { Fields = ["customer"] })));
    }

    [Fact]
    public void Long_and_escaped_texts_arrive_as_JSON_stringify_would_write_them()
    {
        var text = new string('x', 5000);
        var data = $$$"""{"event":{"k\u00e9y":"\u0001\b\t\u007f\/<>&'\u00e9\ud83d\ude42 {{{text}}}\u2028"}}""";
        var expected = $$"""event":{"kéy":"\u0001\b\t{{'\u007f'}}/<>&'é🙂 {{text}}{{'\u2028'}}"}""";
        Assert.Contains(expected, Webhook.Body(Webhook.Message(Webhook.Template(), data: data)));
    }

    [Theory]
    [InlineData("""{"a":"b c","d":["e  f",1,null,{}],"g":[]}""", null)]
    [InlineData("""{"a":"b, c: [d] {e }","f":" ","g h":""}""", null)]
    [InlineData("""{"a" :1}""", """{"a":1}""")]
    [InlineData("""{"a":1 }""", """{"a":1}""")]
    [InlineData("""[1 ,2]""", "[1,2]")]
    [InlineData("""[ [], 2 ]""", "[[],2]")]
    [InlineData("""{"a":  "b c"}""", """{"a":"b c"}""")]
    [InlineData("""{"a":"b c"  ,"d":true}""", """{"a":"b c","d":true}""")]
    [InlineData("[1\n]", "[1]")]
    [InlineData("[\t1\r\n,\t2]", "[1,2]")]
    [InlineData("""{"a":"\u00e9\/"}""", """{"a":"é/"}""")]
    [InlineData("""{"\u0061":1}""", """{"a":1}""")]
    public void A_stored_value_comes_out_compact_whoever_wrote_it(string stored, string? sent)
    {
        var body = Webhook.Body(Webhook.Message(Webhook.Template(), data: $$"""{"event":{{stored}}}"""));
        Assert.Contains($$""","event":{{sent ?? stored}}},"source":""", body);
    }

    private static string Envelope(string type, string data) =>
        $$$$"""
        {"id":"whs_0001","project_id":"proj_1","created_at":"2026-03-04T04:06:07.089Z","type":"order_paid","data":{{{{data}}}},
        "source":{"id":"distr_1","object":"distribution","target_url":"https://hooks.example.com/in?a=1"},
        "event":{"id":"evcus_1","type":"{{{{type}}}}","created_at":"2026-03-04T04:06:07.089Z","entity_id":"cust_1","group_id":"v-1",
        "event_source":{"channel":"API"}}}
        """.ReplaceLineEndings("");
}
