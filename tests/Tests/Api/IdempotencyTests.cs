using Xunit;

namespace Marketing.Api;

[Collection(ApiTests.Name)]
public sealed class IdempotencyTests(ApiHost api)
{
    private static readonly (string, string) Key = ("Idempotency-Key", "order-4711");

    [Theory]
    [InlineData("/v1/customers", """{"name":"Ann"}""", """{"name":"Bob"}""")]
    [InlineData("/v1/orders", """{"amount":100,"customer":{"source_id":"s"}}""", """{"amount":200,"customer":{"source_id":"s"}}""")]
    [InlineData("/v1/events", """{"event":"e","customer":{"source_id":"s"}}""", """{"event":"f","customer":{"source_id":"s"}}""")]
    [InlineData("/v1/segments", """{"name":"a","type":"static","customers":[]}""", """{"name":"b","type":"static","customers":[]}""")]
    [InlineData("/v1/distributions", """{"name":"a"}""", """{"name":"b"}""")]
    [InlineData("/v1/customers/bulk/async", """[{"source_id":"s"}]""", """[{"source_id":"t"}]""")]
    public async Task A_repetition_gets_the_same_answer_and_another_body_is_refused(string path, string body, string otherBody)
    {
        using var shop = await api.NewProjectAsync();
        var first = await shop.PostAsync(path, body, Key);
        var again = await shop.PostAsync(path, body, Key);
        Assert.True(first.Status < 300, first.Text);
        Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
        (await shop.PostAsync(path, otherBody, Key)).Error(409, "idempotency_key_reused");
    }

    [Theory]
    [InlineData("/v1/customers", """{"source_id":"s"}""", """{"source_id":"t"}""", "/v1/customers/s", "customer")]
    [InlineData("/v1/customers", """{"id":"own","name":"Ann"}""", """{"id":"own","name":"Bob"}""", "/v1/customers/own", "customer")]
    [InlineData("/v1/events", """{"event":"e","customer":{"source_id":"s"}}""", """{"event":"f","customer":{"source_id":"s"}}""", "/v1/customers/s", "customer")]
    [InlineData("/v1/orders", """{"source_id":"o","customer":{"source_id":"s"}}""", """{"source_id":"o","amount":7,"customer":{"source_id":"s"}}""", "/v1/customers/s", "order")]
    [InlineData("/v1/segments", """{"name":"a","type":"static","customers":[]}""", """{"name":"b","type":"static","customers":[]}""", "/v1/segments/{id}", "segment")]
    [InlineData("/v1/distributions", """{"name":"a"}""", """{"name":"b"}""", "/v1/distributions/{id}", "distribution")]
    public async Task A_repetition_after_what_it_made_was_deleted_says_so_and_makes_nothing(string path, string body, string otherBody, string made, string type)
    {
        using var shop = await api.NewProjectAsync();
        var first = (await shop.PostAsync(path, body, Key)).Ok();
        made = first.TryGetProperty("id", out var id) ? made.Replace("{id}", id.GetString(), StringComparison.Ordinal) : made;
        (await shop.DeleteAsync(made)).Ok(204);

        for (var time = 0; time < 2; time++)
        {
            var error = (await shop.PostAsync(path, body, Key)).Error(404, "not_found");
            Assert.Equal(type, error.GetProperty("resource_type").GetString());
            Assert.Equal($"The {type} that was made with this Idempotency-Key was deleted meanwhile", error.GetProperty("details").GetString());
            (await shop.PostAsync(path, otherBody, Key)).Error(409, "idempotency_key_reused");
            (await shop.GetAsync(made)).Error(404, "not_found");
        }

        Assert.Equal(0, (await shop.GetAsync("/v1/customers")).Ok().GetProperty("total").GetInt32());
        (await shop.PostAsync(path, body)).Ok();
    }

    [Fact]
    public async Task A_repetition_of_events_of_deleted_customers_says_so_for_each()
    {
        using var shop = await api.NewProjectAsync();
        using var browser = shop.ClientSide();
        const string Bulk = """[{"event":"e","customer":{"source_id":"s"}},{"event":"e","customer":{"name":"Nobody"}},{"event":"e","customer":{"source_id":"kept"}}]""";
        var events = (await shop.PostAsync("/v1/events/bulk", Bulk, Key)).Ok().EnumerateArray().Select(item => item.GetProperty("event")).ToList();
        (await browser.PostAsync("/client/v1/events", """{"event":"e","customer":{"source_id":"s"}}""", Key)).Ok();
        foreach (var deleted in events.Take(2))
        {
            (await shop.DeleteAsync($"/v1/customers/{deleted.GetProperty("customer").GetProperty("id").GetString()}")).Ok(204);
        }

        var again = (await shop.PostAsync("/v1/events/bulk", Bulk, Key)).Ok().EnumerateArray().ToList();
        Assert.Equal([404, 404, 200], again.Select(item => item.GetProperty("status").GetInt32()));
        Assert.All(again.Take(2), item => Assert.EndsWith("was deleted meanwhile", item.GetProperty("error").GetProperty("details").GetString(), StringComparison.Ordinal));
        (await browser.PostAsync("/client/v1/events", """{"event":"e","customer":{"source_id":"s"}}""", Key)).Error(404, "not_found");
        Assert.Equal(1, (await shop.GetAsync("/v1/customers")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_repetition_gets_what_it_made_as_it_is_now()
    {
        using var shop = await api.NewProjectAsync();
        const string Order = """{"source_id":"o","amount":5,"customer":{"source_id":"s"}}""";
        const string Anonymous = """{"amount":6}""";
        var other = ("Idempotency-Key", "other");
        (await shop.PostAsync("/v1/orders", Order, Key)).Ok();
        var anonymous = (await shop.PostAsync("/v1/orders", Anonymous, other))["id"];
        (await shop.PutAsync("/v1/orders/o", """{"status":"PAID"}""")).Ok();
        (await shop.PutAsync($"/v1/orders/{anonymous}", """{"status":"PAID"}""")).Ok();

        Assert.Equal("PAID", (await shop.PostAsync("/v1/orders", Order, Key))["status"]);
        var again = await shop.PostAsync("/v1/orders", Anonymous, other);
        Assert.Equal((anonymous, "PAID"), (again["id"], again["status"]));
    }

    [Fact]
    public async Task A_repeated_event_is_recorded_once()
    {
        using var shop = await api.NewProjectAsync();
        const string Body = """{"event":"e","customer":{"source_id":"s"}}""";
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.PostAsync("/v1/events", Body, Key)));
        Assert.Single((await shop.GetAsync("/v1/customers/s/activity?type=customer.custom_event")).Ok().GetProperty("data").EnumerateArray());
    }

    [Theory]
    [InlineData("/v1/events", """{"event":"e","customer":{"source_id":"s"}}""")]
    [InlineData("/v1/events/bulk", """[{"event":"e","customer":{"source_id":"s"}}]""")]
    public async Task A_repeated_event_is_recorded_once_for_a_customer_with_an_id_of_its_own(string path, string body)
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/customers", """{"id":"own-id","source_id":"s"}""")).Ok();
        var first = await shop.PostAsync(path, body, Key);
        Assert.Equal(first.Text, (await shop.PostAsync(path, body, Key)).Text);
        Assert.Single((await shop.GetAsync("/v1/customers/own-id/activity?type=customer.custom_event")).Ok().GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task A_repeated_bulk_request_is_recorded_once()
    {
        using var shop = await api.NewProjectAsync();
        const string Body = """[{"event":"e","customer":{"source_id":"s"}},{"event":"f","customer":{"name":"Nobody"}}]""";
        var first = await shop.PostAsync("/v1/events/bulk", Body, Key);
        Assert.Equal(first.Text, (await shop.PostAsync("/v1/events/bulk", Body, Key)).Text);
        Assert.Equal(2, (await shop.GetAsync("/v1/customers")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Two_projects_may_use_the_same_key()
    {
        using var one = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        var first = (await one.PostAsync("/v1/segments", """{"name":"a","type":"static","customers":[]}""", Key)).Ok();
        var second = (await other.PostAsync("/v1/segments", """{"name":"b","type":"static","customers":[]}""", Key)).Ok();
        Assert.NotEqual(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("client:order-4711")]
    [InlineData("server:client:order-4711")]
    [InlineData("order-4711")]
    public async Task A_browsers_key_takes_none_from_the_server_whatever_that_calls_its_own(string serverKey)
    {
        const string Body = """{"event":"e","customer":{"name":"Ann"}}""";
        using var shop = await api.NewProjectAsync(settings => settings with { ClientCreateCustomer = true });
        using var browser = shop.ClientSide();
        var theirs = (await browser.PostAsync("/client/v1/events", Body, Key)).Ok().GetProperty("customer").GetProperty("id").GetString();

        var ours = (await shop.PostAsync("/v1/events", Body, ("Idempotency-Key", serverKey))).Ok().GetProperty("customer").GetProperty("id").GetString();
        Assert.NotEqual(theirs, ours);
        var other = (await shop.PostAsync("/v1/customers", """{"name":"Bob"}""", ("Idempotency-Key", $"{serverKey}-2"))).Ok();
        Assert.NotEqual(theirs, other.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Servers_keys_that_look_reserved_stay_apart()
    {
        using var shop = await api.NewProjectAsync();
        string[] keys = ["client:1", "server:client:1", "server:1", "1"];
        var ids = new List<string>();
        foreach (var key in keys)
        {
            ids.Add((await shop.PostAsync("/v1/customers", """{"name":"Ann"}""", ("Idempotency-Key", key)))["id"]);
        }

        Assert.Equal(keys.Length, ids.Distinct().Count());
    }

    [Fact]
    public async Task Another_visitor_with_the_same_key_learns_nothing_of_the_first()
    {
        using var shop = await api.NewProjectAsync(settings => settings with { ClientCreateCustomer = true });
        using var first = shop.ClientSide();
        using var second = shop.ClientSide();
        const string Mail = "ann@example.com";
        var made = (await first.PostAsync("/client/v1/events", $$$"""{"event":"e","customer":{"name":"Ann","email":"{{{Mail}}}"},"metadata":{"size":"secret"} }""", Key)).Ok();
        var answer = await second.PostAsync("/client/v1/events", """{"event":"f","customer":{"name":"Eve"}}""", Key);
        answer.Error(409, "idempotency_key_reused");
        Assert.All(new[] { Mail, "secret", made.GetProperty("customer").GetProperty("id").GetString()! }, secret => Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/customers", "{}", ("Idempotency-Key", new string('k', 256)))).Error(400, "invalid_idempotency_key");
    }

    [Fact]
    public async Task The_same_file_is_the_same_upload_whatever_its_boundary()
    {
        using var shop = await api.NewProjectAsync();
        var first = (await shop.UploadAsync("/v1/customers/importCSV", "Name\nAnn\n"u8.ToArray(), "file", Key)).Ok(202);
        var again = (await shop.UploadAsync("/v1/customers/importCSV", "Name\nAnn\n"u8.ToArray(), "file", Key)).Ok(202);
        Assert.Equal(first.GetRawText(), again.GetRawText());
        (await shop.UploadAsync("/v1/customers/importCSV", "Name\nBob\n"u8.ToArray(), "file", Key)).Error(409, "idempotency_key_reused");
    }
}
