using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Customers;

[Collection(ApiTests.Name)]
public sealed class CustomerApiTests(ApiHost api)
{
    [Fact]
    public async Task A_customer_has_the_documented_shape()
    {
        using var shop = await api.NewProjectAsync();
        var customer = (await shop.PostAsync("/v1/customers", Samples.Customer)).Ok();
        Shape.Is(customer, "id source_id name description email phone birthdate address metadata system_metadata summary loyalty referrals created_at object");
        Shape.Is(customer.GetProperty("address"), "city state line_1 line_2 country postal_code");
        Shape.Is(customer.GetProperty("summary"), "redemptions orders");
        Shape.Is(customer.GetProperty("summary").GetProperty("redemptions"),
            "total_redeemed total_failed total_succeeded total_rolled_back total_rollback_failed total_rollback_succeeded gift loyalty_card");
        Shape.Is(customer.GetProperty("summary").GetProperty("orders"), "total_amount total_count average_amount last_order_amount");
        Shape.Is(customer.GetProperty("loyalty"), "points referred_customers campaigns");
        Shape.Is(customer.GetProperty("referrals"), "total campaigns");
        Assert.Equal("customer", customer.GetProperty("object").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", customer.GetProperty("created_at").GetString());
    }

    [Fact]
    public async Task Posting_the_same_source_id_again_updates_the_same_customer()
    {
        using var shop = await api.NewProjectAsync();
        var first = (await shop.PostAsync("/v1/customers/", """{"source_id":"s-1","name":"Ann","metadata":{"a":1}}""")).Ok();
        var second = (await shop.PostAsync("/v1/customers", """{"source_id":"s-1","email":"a@example.com","metadata":{"b":2}}""")).Ok();
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal("Ann", second.GetProperty("name").GetString());
        Assert.Equal("""{"a":1,"b":2}""", second.GetProperty("metadata").GetRawText());
    }

    [Fact]
    public async Task What_was_never_given_is_absent_save_for_the_address_which_is_null()
    {
        using var shop = await api.NewProjectAsync();
        const string fields = "id source_id address system_metadata summary loyalty referrals created_at object";
        var created = (await shop.PostAsync("/v1/customers", """{"source_id":"ann"}""")).Ok();
        var listed = (await shop.GetAsync("/v1/customers")).Ok().GetProperty("customers")[0];
        var happened = (await shop.GetAsync("/v1/customers/ann/activity")).Ok().GetProperty("data")[0].GetProperty("data").GetProperty("data").GetProperty("customer");
        foreach (var customer in new[] { created, (await shop.GetAsync("/v1/customers/ann")).Ok(), listed, happened })
        {
            Shape.Is(customer, fields);
            Assert.Equal(JsonValueKind.Null, customer.GetProperty("address").ValueKind);
        }

        var emptied = (await shop.PutAsync("/v1/customers/ann", """{"metadata":{} }""")).Ok();
        Assert.Equal("{}", emptied.GetProperty("metadata").GetRawText());
    }

    [Theory]
    [InlineData("POST", "/v1/customers")]
    [InlineData("PUT", "/v1/customers/ann")]
    public async Task Keys_that_are_given_as_null_stay(string method, string path)
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"source_id":"ann","address":{"city":"Oslo","state":"x"},"metadata":{"test":1,"kept":2}}""");
        const string change = """{"source_id":"ann","address":{"city":null,"country":null},"metadata":{"test":null} }""";
        foreach (var customer in new[] { (await shop.SendAsync(method, path, change)).Ok(), (await shop.GetAsync("/v1/customers/ann")).Ok() })
        {
            Assert.Equal("""{"city":null,"country":null}""", customer.GetProperty("address").GetRawText());
            Assert.Equal("""{"test":null,"kept":2}""", customer.GetProperty("metadata").GetRawText());
        }

        Assert.Empty((await shop.GetAsync("/v1/customers?city=Oslo")).Ok().GetProperty("customers").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, (await shop.PutAsync("/v1/customers/ann", """{"address":null}""")).Ok().GetProperty("address").ValueKind);
    }

    [Theory]
    [InlineData("a@x.com, b@x.com")]
    [InlineData("a@@x.com")]
    [InlineData("Ann <a@x.com>")]
    [InlineData("ann")]
    public async Task An_address_that_cannot_be_one_mailbox_is_refused_by_its_field_wherever_it_would_be_stored(string email)
    {
        using var shop = await api.NewProjectAsync();
        var customer = $$"""{"source_id":"ann","email":"{{email}}"}""";
        foreach (var answer in new[]
        {
            await shop.PostAsync("/v1/customers", customer),
            await shop.PostAsync("/v1/customers/bulk/async", $"[{customer}]"),
            await shop.PostAsync("/v1/events", $$"""{"event":"visit","customer":{{customer}}}"""),
            await shop.PostAsync("/v1/orders", $$"""{"source_id":"1","customer":{{customer}}}"""),
        })
        {
            Assert.Contains("email", answer.Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a%b@x.com")]
    [InlineData("")]
    [InlineData(" ann@x.com")]
    public async Task An_address_that_may_be_one_mailbox_or_none_is_stored_as_given(string email)
    {
        using var shop = await api.NewProjectAsync();
        var stored = (await shop.PostAsync("/v1/customers", $$"""{"source_id":"ann","email":"{{email}}"}""")).Ok();
        Assert.Equal(email, stored.GetProperty("email").GetString());
    }

    [Fact]
    public async Task A_put_changes_what_is_given_and_null_clears()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"source_id":"shop/ann","name":"Ann","phone":"1"}""");
        var changed = (await shop.PutAsync("/v1/customers/shop%2Fann", """{"phone":null,"description":"d","source_id":"other"}""")).Ok();
        Assert.Equal(("Ann", "d", "shop/ann"), (
            changed.GetProperty("name").GetString(), changed.GetProperty("description").GetString(), changed.GetProperty("source_id").GetString()));
        Assert.False(changed.TryGetProperty("phone", out _));
    }

    [Theory]
    [InlineData("GET", "/v1/customers/cust_none")]
    [InlineData("PUT", "/v1/customers/cust_none")]
    [InlineData("DELETE", "/v1/customers/cust_none")]
    [InlineData("POST", "/v1/customers/cust_none/permanent-deletion")]
    [InlineData("GET", "/v1/customers/cust_none/activity")]
    [InlineData("GET", "/v1/customers/cust_none/redeemables")]
    public async Task An_unknown_customer_is_answered_as_documented(string method, string path)
    {
        using var shop = await api.NewProjectAsync();
        var error = (await shop.SendAsync(method, path, method is "PUT" ? "{}" : null)).Error(404, "not_found");
        Shape.Is(error, "code key message details request_id resource_id resource_type");
        Assert.Equal("Resource not found", error.GetProperty("message").GetString());
        Assert.Equal("Cannot find customer with id cust_none", error.GetProperty("details").GetString());
        Assert.Equal("customer", error.GetProperty("resource_type").GetString());
        Assert.Matches("^v-[0-9a-f]{18}$", error.GetProperty("request_id").GetString());
    }

    [Fact]
    public async Task A_deleted_customer_is_gone()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewCustomerAsync();
        (await shop.DeleteAsync($"/v1/customers/{id}")).Ok(204);
        (await shop.GetAsync($"/v1/customers/{id}")).Error(404, "not_found");
        (await shop.DeleteAsync($"/v1/customers/{id}")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_permanent_deletion_is_receipted_as_documented()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewCustomerAsync("""{"email":"a@example.com"}""");
        (await shop.PostAsync("/v1/orders", $$"""{"status":"PAID","amount":1,"customer":{"id":"{{id}}"} }""")).Ok();
        var receipt = (await shop.PostAsync($"/v1/customers/{id}/permanent-deletion")).Ok();
        Shape.Is(receipt, "id created_at related_object_id related_object status data_json object");
        Shape.Is(receipt.GetProperty("data_json"), "events customer_events daily_events segments orders order_events customer");
        int Erased(string what) => receipt.GetProperty("data_json").GetProperty(what).GetInt32();
        Assert.Equal((3, 3, 1, 2), (Erased("events"), Erased("customer_events"), Erased("orders"), Erased("order_events")));
        Assert.Equal("pernament_deletion", receipt.GetProperty("object").GetString());
        Assert.StartsWith("del_", receipt.GetProperty("id").GetString(), StringComparison.Ordinal);
        (await shop.GetAsync($"/v1/customers/{id}")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_source_id_belongs_to_one_customer()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"id":"a","source_id":"same"}""");
        var error = (await shop.PostAsync("/v1/customers", """{"id":"b","source_id":"same"}""")).Error(400, "duplicate_source_id");
        Assert.Equal("Duplicate source_id", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_list_is_read_page_by_page()
    {
        using var shop = await api.NewProjectAsync();
        foreach (var number in Enumerable.Range(1, 5))
        {
            await shop.NewCustomerAsync($$"""{"source_id":"s-{{number}}"}""");
        }

        var seen = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            var list = (await shop.GetAsync($"/v1/customers?limit=2&page={page}&order=source_id")).Ok();
            seen.AddRange(Shape.Texts(Shape.List(list, "customers", "total has_more"), "source_id"));
            Assert.Equal((5, page < 3), (list.GetProperty("total").GetInt32(), list.GetProperty("has_more").GetBoolean()));
        }

        Assert.Equal(["s-1", "s-2", "s-3", "s-4", "s-5"], seen);
    }

    [Theory]
    [InlineData("created_at", "1970-01-01T00:00:00Z")]
    [InlineData("-created_at", "2200-01-01T00:00:00Z")]
    public async Task A_list_is_walked_by_the_instants_in_it(string order, string from)
    {
        using var shop = await api.NewProjectAsync();
        var events = string.Join(',', Enumerable.Range(0, 120).Select(number => $$$"""{"event":"seen","customer":{"source_id":"s{{{number}}}"} }"""));
        (await shop.PostAsync("/v1/events/bulk", $"[{events}]")).Ok();

        // As clients compare them: as texts.
        List<string> seen = [];
        for (var more = true; more;)
        {
            var page = (await shop.GetAsync($"/v1/customers?limit=10&order={order}&starting_after={from}")).Ok();
            more = page.GetProperty("has_more").GetBoolean();
            seen.AddRange(Shape.Texts(page.GetProperty("customers"), "source_id"));
            Assert.InRange(seen.Count, 1, 120);
            string[] instants = [from, .. Shape.Texts(page.GetProperty("customers"), "created_at")];
            from = (order == "created_at" ? instants.Max(StringComparer.Ordinal) : instants.Min(StringComparer.Ordinal))!;
        }

        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
    }

    [Fact]
    public async Task Older_activity_is_walked_by_the_instants_in_it()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"source_id":"ann"}""");
        (await shop.PostAsync("/v1/events/bulk", $"[{string.Join(',', Enumerable.Repeat("""{"event":"seen","customer":{"source_id":"ann"}}""", 20))}]")).Ok();
        List<string> seen = [];
        for (var after = "2200-01-01"; after.Length > 0;)
        {
            var page = (await shop.GetAsync($"/v1/customers/ann/activities?limit=5&starting_after={after}")).Ok().GetProperty("data");
            seen.AddRange(Shape.Texts(page, "id"));
            Assert.InRange(seen.Count, 1, 21);
            after = Shape.Texts(page, "created_at").LastOrDefault("");
        }

        Assert.Equal(21, seen.Count);
        Assert.Equal(21, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("email=ANN@example.com", "ann")]
    [InlineData("city=Oslo", "bob")]
    [InlineData("name=Ann", "ann")]
    [InlineData("created_at[before]=2000-01-01", "")]
    [InlineData("created_at[after]=2000-01-01&order=-source_id", "bob ann")]
    [InlineData("[created_at][after]=2000-01-01T00:00:00Z&order=source_id&unknown=1", "ann bob")]
    public async Task A_list_is_filtered(string query, string expected)
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"source_id":"ann","name":"Ann","email":"ann@example.com"}""");
        await shop.NewCustomerAsync("""{"source_id":"bob","name":"Bob","address":{"city":"Oslo"}}""");
        var list = (await shop.GetAsync($"/v1/customers?{query}")).Ok();
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), Shape.Texts(list.GetProperty("customers"), "source_id"));
    }

    [Fact]
    public async Task A_page_beyond_the_documented_last_is_refused()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.GetAsync("/v1/customers?page=99")).Ok();
        (await shop.GetAsync("/v1/customers?page=100")).Error(400, "page_over_limit");
    }

    [Fact]
    public async Task Activity_is_read_on_from_the_last_entry()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewCustomerAsync("""{"name":"Ann"}""");
        (await shop.PostAsync("/v1/events", $$$"""{"event":"viewed","customer":{"id":"{{{id}}}"}}""")).Ok();

        var first = (await shop.GetAsync($"/v1/customers/{id}/activity?limit=1")).Ok();
        var entry = Assert.Single(Shape.List(first, "data", "has_more more_starting_after").EnumerateArray());
        Shape.Is(entry, "id type data created_at group_id");
        Assert.Equal("customer.custom_event", entry.GetProperty("type").GetString());
        Assert.Equal("API", entry.GetProperty("data").GetProperty("event_source").GetProperty("channel").GetString());

        var rest = (await shop.GetAsync($"/v1/customers/{id}/activity?starting_after_id={first.GetProperty("more_starting_after").GetString()}")).Ok();
        Assert.Equal(["customer.created"], Shape.Texts(Shape.List(rest, "data", "has_more"), "type"));
    }

    [Fact]
    public async Task Lists_around_a_customer_have_the_documented_envelopes()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewCustomerAsync("""{"email":"a@example.com"}""");
        Shape.List((await shop.GetAsync($"/v1/customers/{id}/segments")).Ok(), "data", "total");
        Shape.List((await shop.GetAsync("/v1/customers/never-seen/segments")).Ok(), "data", "total");
        Shape.List((await shop.GetAsync($"/v1/customers/{id}/redeemables")).Ok(), "data", "total has_more");
        Shape.List((await shop.GetAsync($"/v1/customers/{id}/activities")).Ok(), "data", "total");
    }
}
