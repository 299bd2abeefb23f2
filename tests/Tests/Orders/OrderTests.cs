using Marketing.Behaviour;
using Marketing.Catalogue;
using Xunit;

namespace Marketing.Orders;

[Collection(SharedEngineTests.Name)]
public sealed class OrderTests(SharedEngine shared)
{
    [Fact]
    public async Task Each_step_of_an_order_starts_what_listens_to_it()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var created = await shop.GivenActiveAsync(shop.On(TriggerCatalogue.OrderCreated));
        var updated = await shop.GivenActiveAsync(shop.On(TriggerCatalogue.OrderUpdated));
        var paid = await shop.GivenActiveAsync(shop.On(TriggerCatalogue.OrderPaid));
        var fulfilled = await shop.GivenActiveAsync(shop.On(TriggerCatalogue.OrderFulfilled));
        var canceled = await shop.GivenActiveAsync(shop.On(TriggerCatalogue.OrderCanceled));

        await shop.OrderAsync("o1", "ann", amount: 100);
        await shop.OrderAsync("o1", "ann", amount: 200);
        await shop.OrderAsync("o1", "ann", "PAID");
        await shop.OrderAsync("o1", "ann", "PAID");
        await shop.OrderAsync("o1", "ann", "FULFILLED");
        await shop.OrderAsync("o1", "ann", "CANCELED");

        Assert.Equal(1, (await shop.SettledAsync(created, 1)).Sent);
        Assert.Equal(4, (await shop.SettledAsync(updated, 4)).Sent);
        Assert.Equal(1, (await shop.SettledAsync(paid, 1)).Sent);
        Assert.Equal(1, (await shop.SettledAsync(fulfilled, 1)).Sent);
        Assert.Equal(1, (await shop.SettledAsync(canceled, 1)).Sent);
    }

    [Theory]
    [InlineData("PAID CREATED PAID", "created paid updated updated")]
    [InlineData("PAID FULFILLED PAID FULFILLED", "created paid updated fulfilled updated updated")]
    [InlineData("FULFILLED PAID", "created fulfilled updated paid")]
    [InlineData("PAID CANCELED PAID", "created paid updated canceled updated paid")]
    [InlineData("PAID CANCELED CREATED CANCELED", "created paid updated canceled updated updated")]
    [InlineData("CREATED CREATED PAID PAID CANCELED CANCELED", "created updated paid updated canceled")]
    public async Task What_comes_late_or_twice_is_said_once_unless_the_order_was_canceled_in_between(string statuses, string events)
    {
        var shop = await shared.Engine.NewShopAsync();
        foreach (var status in statuses.Split(' '))
        {
            await shop.OrderAsync("o1", "ann", status, 100);
        }

        const string prefix = "customer.order.";
        var said = (await shop.ActivityAsync("ann")).Where(entry => entry.Type.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => entry.Type[prefix.Length..]);
        Assert.Equal(events, string.Join(' ', said));
    }

    [Fact]
    public async Task An_imported_order_has_said_what_its_status_says()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.OrderAsync("o1", "ann", "PAID", 100, import: true);
        await shop.OrderAsync("o1", "ann", "CREATED");
        await shop.OrderAsync("o1", "ann", "PAID");
        Assert.DoesNotContain(await shop.ActivityAsync("ann"), entry => entry.Type == TriggerCatalogue.OrderPaid);
    }

    [Theory]
    [InlineData("PAID", """{"amount":5}""", OrderMarks.Paid | OrderMarks.AmountGiven)]
    [InlineData("PAID", """{"amount":5,"items":[{"amount":2},{"amount":3}]}""", OrderMarks.Paid)]
    [InlineData("FULFILLED", """{"amount":0}""", OrderMarks.Paid | OrderMarks.Fulfilled)]
    [InlineData("CANCELED", """{"amount":4,"items":[{"amount":5}]}""", OrderMarks.Canceled | OrderMarks.AmountGiven)]
    [InlineData("CREATED", "{}", OrderMarks.None)]
    public void Of_an_order_of_an_earlier_version_it_is_told_what_was_said_and_given(string status, string document, OrderMarks marks) =>
        Assert.Equal(marks, OrderRules.MarksOf(new OrderRow(
            1, "o", 1, null, null, null, status, 0, DateTimeOffset.UnixEpoch, null, System.Text.Encoding.UTF8.GetBytes(document), Marks: null)));

    [Fact]
    public async Task An_order_that_is_paid_at_once_is_created_and_paid()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.OrderAsync("o1", "ann", "PAID", 100);

        Assert.Equal(
            ["customer.created", TriggerCatalogue.OrderCreated, TriggerCatalogue.OrderPaid],
            (await shop.ActivityAsync("ann")).Select(entry => entry.Type));
    }

    [Fact]
    public async Task Only_paid_and_fulfilled_orders_count_and_a_cancellation_takes_them_out()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.OrderAsync("o1", "ann", "CREATED", 100);
        await SumsAsync(0, 0, 0);
        await shop.OrderAsync("o1", "ann", "PAID");
        await shop.OrderAsync("o2", "ann", "PAID", 301);
        await SumsAsync(2, 401, 200);
        await shop.OrderAsync("o1", "ann", "FULFILLED", 150);
        await SumsAsync(2, 451, 225);
        await shop.OrderAsync("o2", "ann", "CANCELED");
        await SumsAsync(1, 150, 150);
        await shop.OrderAsync("o1", "ann", "CANCELED");
        await shop.OrderAsync("o1", "ann", "CANCELED");
        await SumsAsync(0, 0, 0);

        async Task SumsAsync(long count, long total, long average)
        {
            var orders = (await shop.FindCustomerAsync("ann"))!.Summary.Orders;
            Assert.Equal((count, total, average), (orders.TotalCount, orders.TotalAmount, orders.AverageAmount));
        }
    }

    [Fact]
    public async Task Orders_of_one_customer_at_the_same_time_are_all_summed()
    {
        var shop = await shared.Engine.NewShopAsync();
        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => shop.OrderAsync($"o{number}", "ann", "PAID", 10)));
        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => shop.OrderAsync("o0", "ann", number % 2 == 0 ? "FULFILLED" : "PAID", 10)));

        var orders = (await shop.FindCustomerAsync("ann"))!.Summary.Orders;
        Assert.Equal((30, 300), (orders.TotalCount, orders.TotalAmount));
    }

    [Fact]
    public async Task An_imported_order_starts_no_order_message_but_moves_through_segments()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var big = await shop.GivenSegmentAsync(FilterTexts.Spent(moreThan: 1000));
        var paid = await shop.GivenActiveAsync(shop.On(TriggerCatalogue.OrderPaid));
        var welcome = await shop.GivenActiveAsync(shop.OnEntering(big));

        await shop.OrderAsync("o1", "ann", "PAID", 5000, import: true);

        Assert.Equal(1, (await shop.SettledAsync(welcome, 1)).Sent);
        Assert.Equal(0, (await shop.CountsAsync(paid)).Audience);
        Assert.DoesNotContain(await shop.ActivityAsync("ann"), entry => entry.Type.StartsWith("customer.order.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_customer_of_an_order_cannot_be_changed()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.OrderAsync("o1", "ann", "PAID", 100);

        var result = await shop.TryOrderAsync("o1", new OrderCommand { CustomerId = "bob" });

        Assert.Equal("customer", Assert.IsType<OrderResult.Invalid>(result).Field);
        Assert.Null(await shop.FindCustomerAsync("bob"));
    }

    [Fact]
    public async Task An_anonymous_order_counts_once_its_customer_is_known()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.OrderAsync("o1", null, "PAID", 100);
        await shop.OrderAsync("o1", "ann");
        await shop.OrderAsync("o1", "ann", amount: 120);

        var orders = (await shop.FindCustomerAsync("ann"))!.Summary.Orders;
        Assert.Equal((1, 120), (orders.TotalCount, orders.TotalAmount));
    }

    [Fact]
    public async Task An_order_that_must_exist_is_not_made()
    {
        var shop = await shared.Engine.NewShopAsync();
        Assert.IsType<OrderResult.NotFound>(await shop.TryOrderAsync("o1", new OrderCommand { CustomerId = "ann", MustExist = true }));
        Assert.Null(await shop.FindCustomerAsync("ann"));
    }
}
