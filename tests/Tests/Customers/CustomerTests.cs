using System.Text.Json;
using Marketing.Behaviour;
using Marketing.Orders;
using Xunit;

namespace Marketing.Customers;

[Collection(SharedEngineTests.Name)]
public sealed class CustomerTests(SharedEngine shared)
{
    [Fact]
    public async Task Saving_a_source_id_twice_changes_one_customer()
    {
        var shop = await shared.Engine.NewShopAsync();
        var queries = shop.Engine.Grains.CustomerQueries(shop.Number);
        var patch = new CustomerPatch { SourceId = "ann@shop", Present = CustomerFields.Name, Name = "Ann" };

        var first = await queries.ResolveAsync(null, "ann@shop", TestContext.Current.CancellationToken);
        await shop.SaveAsync(first, patch);
        var second = await queries.ResolveAsync(null, "ann@shop", TestContext.Current.CancellationToken);
        await shop.SaveAsync(second, patch with { Name = "Ann B." });

        Assert.Equal(first, second);
        Assert.Equal("Ann B.", (await shop.FindCustomerAsync("ann@shop"))!.Name);
        Assert.Single(await shop.CustomersAsync());
    }

    [Fact]
    public async Task A_change_keeps_what_it_does_not_name_and_clears_what_it_names_as_nothing()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.SaveAsync("ann", new CustomerPatch
        {
            Present = CustomerFields.Name | CustomerFields.Email | CustomerFields.Phone,
            Name = "Ann",
            Email = "ann@example.com",
            Phone = "+15550100",
        });

        await shop.SaveAsync("ann", new CustomerPatch { Present = CustomerFields.Name | CustomerFields.Phone, Name = "Ann B.", Phone = null });

        var ann = (await shop.FindCustomerAsync("ann"))!;
        Assert.Equal(("Ann B.", "ann@example.com", (string?)null), (ann.Name, ann.Email, ann.Phone));
    }

    [Fact]
    public async Task Saves_of_a_new_source_id_at_the_same_time_make_one_customer()
    {
        var shop = await shared.Engine.NewShopAsync();
        var queries = shop.Engine.Grains.CustomerQueries(shop.Number);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            var id = await queries.ResolveAsync(null, "new");
            await shop.SaveAsync(id, new CustomerPatch { SourceId = "new", Present = CustomerFields.Metadata, Metadata = RawJson.Parse($$"""{"k{{number}}":1}""") });
        }));

        Assert.Single(await shop.CustomersAsync());
        Assert.Equal(20, (await shop.FindCustomerAsync("new"))!.Metadata!.ToElement().EnumerateObject().Count());
    }

    [Fact]
    public async Task Only_one_of_many_who_create_a_customer_at_once_does_and_the_others_change_nothing()
    {
        var shop = await shared.Engine.NewShopAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => shop.Engine.Grains.Customer(shop.Number, "ann").RecordAsync(
            new ProfileGiven(new CustomerPatch { SourceId = "source-ann", Present = CustomerFields.Name, Name = $"Ann {number}" }, Presence.MustBeNew), Shop.Context())));

        var created = Assert.Single(results.OfType<CustomerAnswer.Recorded>()).Customer;
        Assert.All(results.Where(result => result is not CustomerAnswer.Recorded), result => Assert.Equal(new CustomerAnswer.Existed("ann", "source-ann"), result));
        Assert.Equal(created.Name, (await shop.FindCustomerAsync("ann"))!.Name);
    }

    [Fact]
    public async Task Two_ids_cannot_share_a_source_id()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");

        var result = await shop.TrySaveAsync("bob", new CustomerPatch { SourceId = "source-ann" });

        Assert.Equal(new CustomerAnswer.Taken("customers", "source_id", "source-ann"), result);
        Assert.Null(await shop.FindCustomerAsync("bob"));
    }

    [Fact]
    public async Task Metadata_is_merged_key_by_key_and_null_stays()
    {
        var shop = await shared.Engine.NewShopAsync();
        await SaveMetadataAsync("""{"plan":"gold","size":{"shoe":42},"old":true}""");
        await SaveMetadataAsync("""{"plan":"silver","old":null,"new":[1,2]}""");

        var metadata = (await shop.FindCustomerAsync("ann"))!.Metadata!.ToElement();
        Assert.True(JsonElement.DeepEquals(metadata, RawJson.Parse("""{"plan":"silver","size":{"shoe":42},"old":null,"new":[1,2]}""").ToElement()), metadata.ToString());

        Task SaveMetadataAsync(string json) => shop.SaveAsync("ann", new CustomerPatch { Present = CustomerFields.Metadata, Metadata = RawJson.Parse(json) });
    }

    [Fact]
    public async Task A_deleted_customer_leaves_no_activity_and_no_membership_and_frees_the_source_id()
    {
        var shop = await shared.Engine.NewShopAsync();
        var gold = await shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        await shop.GivenCustomerAsync("ann", "gold");
        var chosen = await shop.GivenStaticSegmentAsync("ann");
        await shop.TrackAsync("ann", "visit");
        await shop.OrderAsync("o1", "ann", "PAID", 100);

        await shop.DeleteAsync("ann");

        Assert.Null(await shop.FindCustomerAsync("ann"));
        Assert.Empty(await shop.ActivityAsync("ann"));
        Assert.Empty(await shop.MembersAsync(gold));
        Assert.Empty(await shop.MembersAsync(chosen));
        Assert.IsType<CustomerAnswer.Recorded>(await shop.TrySaveAsync("bob", new CustomerPatch { SourceId = "source-ann" }));
        Assert.Equal("bob", (await shop.FindCustomerAsync("source-ann"))!.Id);
    }

    [Fact]
    public async Task A_customer_created_again_under_the_same_id_starts_afresh()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann", "gold");
        await shop.TrackAsync("ann", "visit");
        await shop.DeleteAsync("ann");

        await shop.GivenCustomerAsync("ann");

        var again = (await shop.FindCustomerAsync("ann"))!;
        Assert.Empty(again.Events);
        Assert.Null(again.Metadata);
        Assert.Equal("customer.created", Assert.Single(await shop.ActivityAsync("ann")).Type);
    }

    [Fact]
    public async Task Events_at_the_same_time_are_all_counted()
    {
        var shop = await shared.Engine.NewShopAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shop.TrackAsync("ann", "visit")));

        Assert.Equal(50, (await shop.FindCustomerAsync("ann"))!.Events["visit"].Count);
        Assert.Equal(50, (await shop.ActivityAsync("ann")).Count(entry => entry.Type == "customer.custom_event"));
    }

    [Fact]
    public async Task Repeating_a_save_with_its_key_changes_nothing_and_reusing_the_key_is_refused()
    {
        var shop = await shared.Engine.NewShopAsync();
        var patch = new CustomerPatch { Present = CustomerFields.Name, Name = "Ann" };
        Assert.IsType<CustomerAnswer.Recorded>(await shop.TrySaveAsync("ann", patch, Shop.Context("k", "a")));
        await shop.SaveAsync("ann", patch with { Name = "Later" });

        Assert.Equal("Later", Assert.IsType<CustomerAnswer.Recorded>(await shop.TrySaveAsync("ann", patch, Shop.Context("k", "a"))).Customer.Name);
        Assert.IsType<CustomerAnswer.KeyReused>(await shop.TrySaveAsync("ann", patch, Shop.Context("k", "b")));
        Assert.Equal("Later", (await shop.FindCustomerAsync("ann"))!.Name);
    }

    [Fact]
    public async Task Repeating_an_event_with_its_key_answers_the_same_and_counts_once()
    {
        var shop = await shared.Engine.NewShopAsync();
        var first = Assert.IsType<CustomerAnswer.Recorded>(await shop.TryTrackAsync("ann", "visit", Shop.Context("k", "a")));
        var second = Assert.IsType<CustomerAnswer.Recorded>(await shop.TryTrackAsync("ann", "visit", Shop.Context("k", "a")));

        Assert.Equal(first.EventIds, second.EventIds);
        Assert.IsType<CustomerAnswer.KeyReused>(await shop.TryTrackAsync("ann", "visit", Shop.Context("k", "b")));
        Assert.Equal(1, (await shop.FindCustomerAsync("ann"))!.Events["visit"].Count);
    }

    [Fact]
    public async Task Repeating_an_order_with_its_key_answers_the_same_and_sums_once()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var paid = new OrderCommand { CustomerId = "ann", Status = "PAID", Amount = 100 };
        var first = Assert.IsType<OrderResult.Saved>(await shop.TryOrderAsync("o1", paid, Shop.Context("k", "a")));
        var second = Assert.IsType<OrderResult.Saved>(await shop.TryOrderAsync("o1", paid, Shop.Context("k", "a")));

        Assert.Equal(first.Order, second.Order);
        Assert.IsType<OrderResult.KeyReused>(await shop.TryOrderAsync("o1", paid with { Amount = 200 }, Shop.Context("k", "b")));
        var orders = (await shop.FindCustomerAsync("ann"))!.Summary.Orders;
        Assert.Equal((1, 100), (orders.TotalCount, orders.TotalAmount));
        Assert.Single(await shop.ActivityAsync("ann"), entry => entry.Type == "customer.order.paid");
    }

    [Fact]
    public async Task A_save_sees_what_an_import_changed_meanwhile()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        await shop.ImportAsync(AsyncActions.AsyncActionTypes.CustomersBulkUpdate, """[{"source_id":"source-ann","name":"Imported"}]""");

        // The same as the grain last saw: to whoever saves it, it is a change back.
        await shop.SaveAsync("ann", new CustomerPatch { Present = CustomerFields.Name, Name = "ann" });

        Assert.Equal("ann", (await shop.FindCustomerAsync("ann"))!.Name);
    }

    [Fact]
    public async Task A_customer_that_was_missing_is_found_once_an_import_made_it()
    {
        var shop = await shared.Engine.NewShopAsync();
        var id = await shop.Engine.Grains.CustomerQueries(shop.Number).ResolveAsync(null, "late", TestContext.Current.CancellationToken);
        var rename = new CustomerPatch { Present = CustomerFields.Name, Name = "Late" };
        Assert.IsType<CustomerAnswer.NotFound>(await shop.TrySaveAsync(id, rename, mustExist: true));

        await shop.ImportAsync(AsyncActions.AsyncActionTypes.CustomersBulkUpdate, """[{"source_id":"late"}]""");

        Assert.IsType<CustomerAnswer.Recorded>(await shop.TrySaveAsync(id, rename, mustExist: true));
        Assert.Equal("Late", (await shop.FindCustomerAsync("late"))!.Name);
    }
}
