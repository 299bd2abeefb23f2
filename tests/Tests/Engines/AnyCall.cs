using CsCheck;

namespace Marketing.Engines;

/// <summary>Random calls over a small world, so that they meet: a dozen customers, half a dozen of everything else. Some are not as they should be.</summary>
internal static class AnyCall
{
    private static readonly Gen<string> Customer = Gen.Int[0, 11].Select(n => $"c-{n}");

    // Of which the engines' collations, patterns and notions of capital letters could make something else.
    private static readonly Gen<string> Name = Gen.OneOf("Ada", "ada", "Ąda", "O'Hara", "100%", "a_b", "Zoë", "zoe", " Ada", "Грейс", "😀", "a,b");

    private static readonly Gen<string> City = Gen.OneOf("Oslo", "oslo", "Łódź", "São Paulo", "%", "New York");

    private static readonly Gen<string> Email = Gen.OneOf(
        "ada@example.com", "Ada@Example.COM", "bob@münchen.de", "bob@xn--mnchen-3ya.de", "o'hara@example.com", "a%b@example.com", "none", "", "x@y");

    private static readonly Gen<string> Order = Gen.OneOf("created_at", "-created_at", "updated_at", "-updated_at", "source_id", "-source_id", "name", "-name", "nonsense", "");

    private static readonly Gen<string> Instant =
        Gen.OneOf(Customer.Select(customer => $"{{{customer}.created_at}}"), Gen.OneOf("2020-01-01T00:00:00Z", "2099-01-01", "yesterday", "2026-13-01T00:00:00Z"));

    private static readonly Gen<string> Limit = Gen.OneOf("1", "2", "3", "7", "100", "0", "101", "-1", "x", "1e1", "");

    private static readonly Gen<string> PageNumber = Gen.OneOf("1", "1", "2", "3", "99", "0", "1001", "99999999999999999999");

    private static readonly Gen<string> Segment = Gen.Int[0, 5].Select(n => $"{{segment {n}.id}}");

    private static readonly Gen<string> Distribution = Gen.Int[0, 5].Select(n => $"{{distribution {n}.id}}");

    private static readonly Gen<string> Status = Gen.OneOf("draft", "live", "sent", "stopped", "queued", "skipped", "failed", "SENT", "");

    private static readonly Gen<string> Channel = Gen.OneOf("email", "discard", "webhook", "EMAIL", "mail");

    private static readonly Gen<string> Value = Gen.OneOf("\"Ada\"", "5", "true", "null", "[]", "{}", "\"\\u0000\"", "\"\\ud800\"", "1e999");

    private static readonly Gen<EngineCall> SaveCustomer =
        from customer in Customer
        from name in Name
        from city in City
        from email in Email
        from spoilt in Gen.Int[0, 19]
        from value in Value
        select EngineCall.Post(
            "/v1/customers",
            spoilt == 0
                ? $$"""{"source_id":"{{customer}}","name":{{value}}}"""
                : $$$"""{"source_id":"{{{customer}}}","name":"{{{name}}}","email":"{{{email}}}","address":{"city":"{{{city}}}"},"metadata":{"n":{{{spoilt}}} } }""",
            customer);

    private static readonly Gen<EngineCall> ChangeCustomer =
        from customer in Customer
        from call in Gen.Frequency(
            (6, Name.Select(name => new EngineCall("PUT", $"/v1/customers/{customer}", $$"""{"name":"{{name}}"}"""))),
            (2, City.Select(city => new EngineCall("PUT", $"/v1/customers/{{{customer}.id}}", $$$"""{"address":{"city":"{{{city}}}"}}"""))),
            (1, Gen.Const(new EngineCall("PUT", $"/v1/customers/{customer}", """{"email":null,"name":null}"""))),
            (1, Gen.Const(new EngineCall("DELETE", $"/v1/customers/{customer}"))))
        select call;

    private static readonly Gen<EngineCall> Event =
        from customer in Customer
        from type in Gen.OneOf("viewed", "bought", "", "viewed item")
        from n in Gen.Int[0, 9]
        select EngineCall.Post("/v1/events", $$$"""{"event":"{{{type}}}","customer":{"source_id":"{{{customer}}}"},"metadata":{"n":{{{n}}}}}""");

    private static readonly Gen<EngineCall> SaveOrder =
        from order in Gen.Int[0, 7]
        from customer in Customer
        from status in Gen.OneOf("CREATED", "PAID", "CANCELED", "FULFILLED", "paid")
        from amount in Gen.OneOf("1000", "0", "-5", "12.5", "9223372036854775807")
        select EngineCall.Post(
            "/v1/orders", $$$"""{"source_id":"o-{{{order}}}","status":"{{{status}}}","amount":{{{amount}}},"customer":{"source_id":"{{{customer}}}"}}""", $"order {order}");

    private static readonly Gen<EngineCall> SaveSegment =
        from segment in Gen.Int[0, 5]
        from type in Gen.OneOf("auto-update", "passive", "static", "dynamic")
        from filter in Gen.OneOf(
            """{"junction":"and","name":{"conditions":{"$starts_with":["A"]}}}""", """{"junction":"or","name":{"conditions":{"$contains":["a"]}},"email":{"conditions":{"$has_value":true}}}""",
            """{"junction":"and","address.city":{"conditions":{"$is":["Oslo"]}}}""", """{"junction":"and","summary.orders.total_count":{"conditions":{"$more_than":[0]}}}""",
            """{"junction":"and","nonsense":{"conditions":{"$is":["x"]}}}""", "{}")
        from members in Gen.Int[0, 11].Array[1, 4]
        select EngineCall.Post(
            "/v1/segments",
            type == "static"
                ? $$"""{"name":"S{{segment}}","type":"static","customers":[{{string.Join(',', members.Distinct().Select(n => $"\"{{c-{n}.id}}\""))}}]}"""
                : $$"""{"name":"S{{segment}}","type":"{{type}}","filter":{{filter}}}""",
            $"segment {segment}");

    private static readonly Gen<EngineCall> SaveDistribution =
        from distribution in Gen.Int[0, 5]
        from draft in Gen.OneOf(
            Segment.Select(segment => $$$""" "type":"automatic","trigger":{"type":"customer.segment.entered","segment_id":"{{{segment}}}"}"""),
            Segment.Select(segment => $$$""" "type":"manual","audience":{"segment_id":"{{{segment}}}"}"""),
            Customer.Select(customer => $$$""" "type":"manual","audience":{"customer":"{{{customer}}}"}"""),
            Gen.OneOf(
                """ "type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"viewed"}""", """ "type":"automatic","trigger":{"type":"customer.order.paid"}""",
                """ "type":"sometimes" """, """ "starts_at":"never" """))
        from channel in Gen.OneOf(
            """{"type":"discard"}""", """{"type":"email","template":{"subject":"Hi {{ customer.name }}","html":"<p>x</p>"}}""", """{"type":"email","template":{"subject":"{% if %}"}}""")
        from name in Name
        select EngineCall.Post(
            "/v1/distributions", $$"""{"name":"{{name}} {{distribution}}","action":{"type":"plain_message"},"channels":[{{channel}}],{{draft}}}""", $"distribution {distribution}");

    private static readonly Gen<EngineCall> Steer =
        from distribution in Distribution
        from verb in Gen.OneOf("activate", "activate", "activate", "pause", "resume", "stop", "validate", "messages/retry", "duplicate")
        select EngineCall.Post($"/v1/distributions/{distribution}/{verb}");

    private static readonly Gen<EngineCall> Suppress =
        from email in Email
        from channel in Channel
        from remove in Gen.Int[0, 4]
        select remove == 0
            ? new EngineCall("DELETE", $"/v1/suppressions/{channel}/{Uri.EscapeDataString(email)}")
            : EngineCall.Post("/v1/suppressions", $$"""{"channel":"{{channel}}","address":"{{email}}","reason":"{{(remove == 1 ? "unsubscribed" : "manual")}}"}""");

    private static readonly Gen<EngineCall> ListCustomers =
        from filters in Gen.OneOf(
            Name.Select(name => "name=" + Uri.EscapeDataString(name)), City.Select(city => "city=" + Uri.EscapeDataString(city)),
            Email.Select(email => "email=" + Uri.EscapeDataString(email)), Segment.Select(segment => "segment_id=" + segment),
            Instant.Select(at => "created_at[after]=" + at), Instant.Select(at => "updated_at[before]=" + at), Instant.Select(at => "starting_after=" + at),
            Order.Select(order => "order=" + order), Order.Select(order => "order=" + order), Limit.Select(limit => "limit=" + limit), PageNumber.Select(page => "page=" + page)).Array[0, 4]
        select EngineCall.Get("/v1/customers?" + string.Join('&', filters));

    private static readonly Gen<EngineCall> ListOther = Gen.OneOf(
        Gen.Select(Order, Limit, PageNumber, (order, limit, page) => EngineCall.Get($"/v1/orders?order={order}&limit={limit}&page={page}")),
        Gen.Select(Order, Limit, PageNumber, (order, limit, page) => EngineCall.Get($"/v1/segments?order={order}&limit={limit}&page={page}")),
        Gen.Select(Segment, Segment, (one, other) => EngineCall.Get($"/v1/segments?ids[0]={one}&ids[1]={other}")),
        Gen.Select(Order, Status, Channel, (order, status, channel) => EngineCall.Get($"/v1/distributions?order={order}&status={status}&channel={channel}")),
        Gen.Select(Gen.OneOf("ada", "ADA", "ą", "ZOË", "%", "_", "\\", "a_b", "0"), Limit, (text, limit) => EngineCall.Get($"/v1/distributions?text={Uri.EscapeDataString(text)}&limit={limit}")),
        Gen.Select(Channel, Email, (channel, email) => EngineCall.Get($"/v1/suppressions?channel={channel}&address={Uri.EscapeDataString(email)}")),
        Gen.Select(Limit, PageNumber, (limit, page) => EngineCall.Get($"/v1/suppressions?limit={limit}&page={page}")));

    private static readonly Gen<EngineCall> Walk = Gen.OneOf(
        Gen.Select(Customer, Gen.OneOf("created_at", "-created_at"), Gen.OneOf("", "&category=ACTION", "&category=EFFECT", "&type=customer.created", "&start_date=2020-01-01"),
            (customer, order, filter) => EngineCall.Walk($"/v1/customers/{customer}/activity?limit=3&order={order}{filter}", "starting_after_id")),
        Gen.Select(Distribution, Status, (distribution, status) => EngineCall.Walk($"/v1/distributions/{distribution}/messages?limit=2&status={status}", "starting_after_id")),
        Gen.Select(Distribution, Channel, Customer, (distribution, channel, customer) =>
            EngineCall.Get($"/v1/distributions/{distribution}/messages?channel={channel}&customer={customer}")),
        Gen.Select(Distribution, Gen.OneOf("created_at", "-created_at", "recorded"), Gen.OneOf("", "&type=message.sent", "&type=message.skipped", "&type=distribution.activated"),
            (distribution, order, filter) => EngineCall.Walk($"/v1/distributions/{distribution}/activity?limit=3&order={order}{filter}", "starting_after_id")),
        Gen.Select(Order, Gen.OneOf("", "&city=Oslo", "&name=Ada"), (order, filter) => EngineCall.Walk($"/v1/customers?limit=2&order={order}{filter}", "page")));

    private static readonly Gen<EngineCall> One = Gen.OneOf(
        Customer.Select(customer => EngineCall.Get($"/v1/customers/{customer}")), Customer.Select(customer => EngineCall.Get($"/v1/customers/{customer}/segments")),
        Customer.Select(customer => EngineCall.Get($"/v1/customers/{customer}/activities?limit=5")), Segment.Select(segment => EngineCall.Get($"/v1/segments/{segment}")),
        Distribution.Select(distribution => EngineCall.Get($"/v1/distributions/{distribution}")),
        Distribution.Select(distribution => EngineCall.Get($"/v1/distributions/{distribution}/audience")),
        Distribution.Select(distribution => EngineCall.Get($"/v1/distributions/{distribution}/analytics?interval=day")),
        Gen.Int[0, 7].Select(order => EngineCall.Get($"/v1/orders/o-{order}")));

    /// <summary>One of them.</summary>
    public static Gen<EngineCall> Any { get; } = Gen.Frequency(
        (14, SaveCustomer), (6, ChangeCustomer), (10, Event), (8, SaveOrder), (4, SaveSegment), (5, SaveDistribution), (6, Steer), (4, Suppress), (20, ListCustomers),
        (14, ListOther), (8, Walk), (8, One));
}
