using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Orders;

[Collection(ApiTests.Name)]
public sealed class OrderApiTests(ApiHost api)
{
    [Fact]
    public async Task An_order_has_the_documented_shape_and_counts_for_its_customer()
    {
        using var shop = await api.NewProjectAsync();
        var order = (await shop.PostAsync("/v1/orders", """
            {"source_id":"o-1","status":"PAID","items":[{"source_id":"p","quantity":2,"price":500}],"discount_amount":100,"customer":{"source_id":"s"}}
            """)).Ok();
        Shape.Has(order, "id source_id status amount discount_amount items_discount_amount total_discount_amount total_amount items metadata object created_at customer_id customer");
        Assert.Equal((1000, 900), (order.GetProperty("amount").GetInt32(), order.GetProperty("total_amount").GetInt32()));
        Assert.Equal("order", order.GetProperty("object").GetString());
        Assert.StartsWith("ord_", order.GetProperty("id").GetString(), StringComparison.Ordinal);

        var customer = (await shop.GetAsync("/v1/customers/s")).Ok();
        Assert.Equal(order.GetProperty("customer_id").GetString(), customer.GetProperty("id").GetString());
        Assert.Equal(900, customer.GetProperty("summary").GetProperty("orders").GetProperty("total_amount").GetInt32());
    }

    [Fact]
    public async Task What_an_order_does_not_have_is_null_and_whoever_it_names_is_an_object()
    {
        using var shop = await api.NewProjectAsync();
        var anonymous = (await shop.PostAsync("/v1/orders", """{"amount":1,"metadata":{"test":null}}""")).Ok();
        foreach (var field in (string[])["source_id", "updated_at", "customer_id", "referrer_id"])
        {
            Assert.Equal(JsonValueKind.Null, anonymous.GetProperty(field).ValueKind);
        }

        Assert.Equal("""{"test":null}""", anonymous.GetProperty("metadata").GetRawText());
        var referrer = await shop.NewCustomerAsync("""{"source_id":"bob"}""");
        var referred = (await shop.PostAsync("/v1/orders", """{"amount":1,"customer":{"source_id":"ann"},"referrer":{"source_id":"bob"}}""")).Ok();
        Assert.Equal($$"""{"id":"{{referrer}}","object":"customer"}""", referred.GetProperty("referrer").GetRawText());
        Shape.Is(referred.GetProperty("customer"), "id object");
    }

    [Fact]
    public async Task An_order_is_found_and_changed_by_id_or_source_id()
    {
        using var shop = await api.NewProjectAsync();
        var order = (await shop.PostAsync("/v1/orders", """{"source_id":"shop/1","amount":100,"customer":{"source_id":"s"}}""")).Ok();
        var id = order.GetProperty("id").GetString();
        Assert.Equal(id, (await shop.GetAsync("/v1/orders/shop%2F1"))["id"]);
        Assert.Equal(id, (await shop.PostAsync("/v1/orders", """{"source_id":"shop/1","status":"PAID"}"""))["id"]);
        var changed = (await shop.PutAsync($"/v1/orders/{id}", """{"source_id":"other","status":"CANCELED","metadata":{"a":1}}""")).Ok();
        Assert.Equal(("CANCELED", "shop/1", 100), (
            changed.GetProperty("status").GetString(), changed.GetProperty("source_id").GetString(), changed.GetProperty("amount").GetInt32()));
    }

    [Fact]
    public async Task An_amount_that_was_given_stays_and_one_that_was_not_is_the_sum()
    {
        using var shop = await api.NewProjectAsync();
        const string items = "\"items\":[{\"source_id\":\"p\",\"quantity\":2,\"price\":1000}]";
        (await shop.PostAsync("/v1/orders", $$"""{"source_id":"given","amount":1000,{{items}}}""")).Ok();
        (await shop.PostAsync("/v1/orders", $$"""{"source_id":"summed",{{items}}}""")).Ok();
        async Task<(int Amount, int Total)> PutAsync(string order, string body)
        {
            var changed = (await shop.PutAsync($"/v1/orders/{order}", body)).Ok();
            return (changed.GetProperty("amount").GetInt32(), changed.GetProperty("total_amount").GetInt32());
        }

        Assert.Equal((1000, 1000), await PutAsync("given", """{"status":"PAID"}"""));
        Assert.Equal((2000, 2000), await PutAsync("summed", """{"status":"PAID"}"""));
        Assert.Equal((1000, 900), await PutAsync("given", """{"items":[{"source_id":"p","price":50}],"discount_amount":100}"""));
        Assert.Equal((50, 50), await PutAsync("summed", """{"items":[{"source_id":"p","price":50}]}"""));
        Assert.Equal((50, 50), await PutAsync("given", """{"amount":50,"discount_amount":0}"""));
        Assert.Equal((50, 50), await PutAsync("given", """{"items":[{"source_id":"p","price":60}]}"""));
        Assert.Equal((60, 60), await PutAsync("summed", """{"items":[{"source_id":"p","price":60}]}"""));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_is_none_although_it_may_change_the_customer()
    {
        using var shop = await api.NewProjectAsync();
        const string order = """{"source_id":"1","status":"PAID","items":[{"source_id":"p","quantity":2,"price":10}],"metadata":{"a":null},"customer":{"source_id":"ann","name":"Ann"}}""";
        var first = await shop.PostAsync("/v1/orders", order);
        var renamed = await shop.PostAsync("/v1/orders", order.Replace("Ann", "Anna", StringComparison.Ordinal));
        (await shop.PutAsync("/v1/orders/1", """{"status":"PAID"}""")).Ok();

        Assert.Equal(first.Text, renamed.Text);
        Assert.Equal(JsonValueKind.Null, (await shop.GetAsync("/v1/orders/1")).Ok().GetProperty("updated_at").ValueKind);
        Assert.Equal("Anna", (await shop.GetAsync("/v1/customers/ann"))["name"]);
        Assert.Equal(
            ["customer.created", "customer.order.created", "customer.order.paid", "customer.updated"],
            Shape.Texts((await shop.GetAsync("/v1/customers/ann/activity?order=created_at")).Ok().GetProperty("data"), "type"));
    }

    [Fact]
    public async Task An_unknown_order_is_answered_as_documented()
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal("Cannot find order with id ord_x", (await shop.GetAsync("/v1/orders/ord_x")).Error(404, "not_found").GetProperty("details").GetString());
        (await shop.PutAsync("/v1/orders/ord_x", "{}")).Error(404, "not_found");
    }

    [Fact]
    public async Task Orders_are_listed()
    {
        using var shop = await api.NewProjectAsync();
        await shop.PostAsync("/v1/orders", """{"source_id":"1","amount":1}""");
        await shop.PostAsync("/v1/orders", """{"source_id":"2","amount":1}""");
        var list = (await shop.GetAsync("/v1/orders/?limit=1&page=2&order=created_at")).Ok();
        Assert.Equal(["2"], Shape.Texts(Shape.List(list, "orders", "total"), "source_id"));
        Assert.Equal(2, list.GetProperty("total").GetInt32());
        (await shop.GetAsync("/v1/orders?page=101")).Error(400, "page_over_limit");
    }

    [Fact]
    public async Task A_wrong_item_is_named_as_documented()
    {
        using var shop = await api.NewProjectAsync();
        var answer = await shop.PostAsync("/v1/orders", """{"items":[{"initial_quantity":0}]}""");
        Assert.Contains(".items[0].initial_quantity", answer.Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_id_that_is_taken_is_named_with_whose_it_is()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"id":"c1","source_id":"ann"}""");
        await shop.NewCustomerAsync("""{"id":"c2"}""");
        (await shop.PostAsync("/v1/orders", """{"source_id":"first","amount":1}""")).Ok();

        foreach (var customer in new[] { "c2", "c3" })
        {
            Assert.Equal("Customer with source_id: 'ann' already exists", await DetailsAsync($$$"""{"source_id":"second","amount":1,"customer":{"id":"{{{customer}}}","source_id":"ann"}}"""));
            Assert.Equal("Order with source_id: 'first' already exists", await DetailsAsync($$$"""{"id":"own","source_id":"first","amount":1,"customer":{"id":"{{{customer}}}","source_id":"new"}}"""));
        }

        Assert.Equal("Order with source_id: 'first' already exists", await DetailsAsync("""{"id":"own","source_id":"first","amount":1}"""));
        (await shop.PostAsync("/v1/orders", """{"source_id":"second","amount":1,"customer":{"id":"c2","source_id":"bob"}}""")).Ok();

        async Task<string?> DetailsAsync(string body) => (await shop.PostAsync("/v1/orders", body)).Error(400, "duplicate_source_id").GetProperty("details").GetString();
    }

    [Fact]
    public async Task An_unknown_referrer_is_said_to_be_missing()
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal("nobody", (await shop.PostAsync("/v1/orders", """{"amount":1,"referrer":{"source_id":"nobody"}}""")).Error(404, "not_found")
            .GetProperty("resource_id").GetString());
    }
}
