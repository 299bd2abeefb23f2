using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Behaviour;
using Marketing.Catalogue;
using Xunit;

namespace Marketing.Customers.Imports;

[Collection(SharedEngineTests.Name)]
public sealed class ImportTests(SharedEngine shared)
{
    [Fact]
    public async Task A_field_may_contain_quoted_line_breaks_commas_and_quotes()
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await shop.ImportAsync(
            AsyncActionTypes.CustomersImport,
            "Source_id,Name,Address_Line_1,Note\r\nann,\"Ann, the \"\"first\"\"\",\"1 High Street\nFlat 2\",\"a\r\nb\"\r\nbob,Bob,,\r\n");

        Assert.Equal(("DONE", "SUCCESS", 100), (done.Status, done.OperationStatus, done.Progress));
        Assert.Equal((2, 0), Counts(done));
        var ann = (await shop.FindCustomerAsync("ann"))!;
        Assert.Equal("Ann, the \"first\"", ann.Name);
        Assert.Equal("1 High Street\nFlat 2", ann.Address!.Line1);
        Assert.Equal("a\r\nb", ann.Metadata!.ToElement().GetProperty("Note").GetString());
        Assert.Null((await shop.FindCustomerAsync("bob"))!.Metadata);
    }

    [Fact]
    public async Task A_bad_row_is_reported_and_the_others_are_imported()
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await shop.ImportAsync(
            AsyncActionTypes.CustomersImport, $"Source_id,Name,Birthdate\nann,Ann,1990-01-02\nbad,{new string('x', 5000)},\nbob,Bob,\n");

        Assert.Equal((2, 1), Counts(done));
        var failure = Assert.Single(done.Result!.ToElement().GetProperty("failed").EnumerateArray());
        Assert.Equal((2, "bad"), (failure.GetProperty("row").GetInt32(), failure.GetProperty("source_id").GetString()));
        Assert.NotEmpty(failure.GetProperty("reason").GetString()!);
        Assert.Null(await shop.FindCustomerAsync("bad"));
        Assert.NotNull(await shop.FindCustomerAsync("bob"));
    }

    [Fact]
    public async Task A_row_whose_address_cannot_be_one_mailbox_is_reported_by_its_field()
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await shop.ImportAsync(
            AsyncActionTypes.CustomersImport, "Source_id,Email\nann,a%b@x.com\ntwo,\"a@x.com, b@x.com\"\nat,a@@x.com\nnone,\n");

        Assert.Equal((2, 2), Counts(done));
        Assert.All(
            done.Result!.ToElement().GetProperty("failed").EnumerateArray(),
            failure => Assert.Equal("email must be one email address, such as ada@example.com", failure.GetProperty("reason").GetString()));
        Assert.Equal("a%b@x.com", (await shop.FindCustomerAsync("ann"))!.Email);
        Assert.Null(await shop.FindCustomerAsync("two"));
    }

    [Fact]
    public async Task The_last_of_two_rows_about_one_customer_wins()
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Source_id,Name\nann,First\nbob,Bob\nann,Second\nann,Third\n");

        Assert.Equal((4, 0), Counts(done));
        Assert.Equal(2, (await shop.CustomersAsync()).Count);
        Assert.Equal("Third", (await shop.FindCustomerAsync("ann"))!.Name);
    }

    [Theory]
    [InlineData(AsyncActionTypes.CustomersImport, "Id,Source_id,Name\nann,source-bob,Changed\n")]
    [InlineData(AsyncActionTypes.CustomersBulkUpdate, """[{"id":"ann","source_id":"source-bob","name":"Changed"}]""")]
    public async Task A_row_with_both_ids_changes_the_customer_of_the_id(string type, string rows)
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        await shop.GivenCustomerAsync("bob");

        Assert.Equal((1, 0), Counts(await shop.ImportAsync(type, rows)));
        Assert.Equal(("Changed", "source-ann"), await ProfileAsync("ann"));
        Assert.Equal(("bob", "source-bob"), await ProfileAsync("bob"));

        async Task<(string?, string?)> ProfileAsync(string id) => (await shop.FindCustomerAsync(id))! is var found ? (found.Name, found.SourceId) : default;
    }

    [Fact]
    public async Task Rows_that_name_a_customer_by_different_ids_take_effect_in_their_order()
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Id,Source_id,Name\nc1,s1,First\n,s1,Second\nc1,,Third\nc2,s1,Taken\n");

        Assert.Equal((3, 1), Counts(done));
        var customer = (await shop.FindCustomerAsync("s1"))!;
        Assert.Equal(("c1", "Third"), (customer.Id, customer.Name));
        Assert.Equal(["c1"], await shop.CustomersAsync());
        Assert.Contains("source_id", Assert.Single(done.Result!.ToElement().GetProperty("failed").EnumerateArray()).GetProperty("reason").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_whose_id_no_path_could_name_is_reported_by_its_field()
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await shop.ImportAsync(AsyncActionTypes.CustomersImport, $"Source_id,Name\n{new string('x', 301)},Long\n\"a\nb\",Broken\n{new string('y', 300)},Fits\n");

        Assert.Equal((1, 2), Counts(done));
        Assert.All(
            done.Result!.ToElement().GetProperty("failed").EnumerateArray(),
            failure => Assert.StartsWith("source_id must be at most 300 characters", failure.GetProperty("reason").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_given_again_changes_nothing()
    {
        var shop = await shared.Engine.NewShopAsync();
        const string csv = "Name,Email\nAnn,ann@example.com\nBob,bob@example.com\n";
        await shop.ImportAsync(AsyncActionTypes.CustomersImport, csv, "job");
        await shop.ImportAsync(AsyncActionTypes.CustomersImport, csv, "job");

        Assert.Equal(2, (await shop.CustomersAsync()).Count);
    }

    [Fact]
    public async Task A_file_without_usable_headers_fails_as_a_whole()
    {
        var shop = await shared.Engine.NewShopAsync();
        Assert.Equal("FAILED", (await shop.ImportAsync(AsyncActionTypes.CustomersImport, "")).Status);
        Assert.Equal("FAILED", (await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Name,name\na,b\n")).Status);
        Assert.Equal((0, 0), Counts(await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Source_id,Name\n")));
        Assert.Empty(await shop.CustomersAsync());
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public async Task A_file_is_separated_by_what_makes_known_columns_of_its_header(char separator)
    {
        var shop = await shared.Engine.NewShopAsync();
        const string rows = "Source_id,Name,City,note,,\nann,\"Ann, the; first | one\",Oslo,a b,,\nbob,Bob,,\n\ncid,Cid,Rome,,,\n";
        var done = await shop.ImportAsync(AsyncActionTypes.CustomersImport, Separated(rows, separator));

        Assert.Equal((3, 0), Counts(done));
        var ann = (await shop.FindCustomerAsync("ann"))!;
        Assert.Equal(("Ann, the; first | one", "Oslo", """{"note":"a b"}"""), (ann.Name, ann.Address!.City, ann.Metadata!.ToString()));
        Assert.Equal("Rome", (await shop.FindCustomerAsync("cid"))!.Address!.City);
    }

    [Theory]
    [InlineData("Kunde;Ort\nann;Oslo\n")]
    [InlineData("%PDF-1.7\nann\n")]
    [InlineData("\"Source_id,Name\nann,Ann\n")]
    public async Task A_file_without_a_known_column_is_refused_as_a_whole(string file)
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await shop.ImportAsync(AsyncActionTypes.CustomersImport, file);

        Assert.Equal(("FAILED", "FAILED"), (done.Status, done.OperationStatus));
        Assert.StartsWith("The header row ", done.Result!.ToElement().GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(await shop.CustomersAsync());
    }

    [Fact]
    public async Task A_row_that_does_not_fit_is_reported_with_its_line_and_costs_no_other()
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await shop.ImportAsync(
            AsyncActionTypes.CustomersImport,
            "Source_id,Name,City\nann,\"Ann\nof two lines\",Oslo\nfew,Few\nmany,Many,Rome,extra\nopen,\"Open,Rome\nbob,\"Bob\",Rome\nlast,\"Last,Rome\ncid,Cid,Rome");

        Assert.Equal((3, 4), Counts(done));
        Assert.Equal(
            [
                (2, "line 4: too few fields, 2 for 3 columns"), (3, "line 5: too many fields, 4 for 3 columns"), (4, "line 6: a quote is not closed"),
                (6, "line 8: a quote is not closed"),
            ],
            done.Result!.ToElement().GetProperty("failed").EnumerateArray().Select(failure => (failure.GetProperty("row").GetInt32(), failure.GetProperty("reason").GetString()!)));
        Assert.Equal(["Ann\nof two lines", "Bob", "Cid"], [await NameAsync("ann"), await NameAsync("bob"), await NameAsync("cid")]);

        async Task<string?> NameAsync(string source) => (await shop.FindCustomerAsync(source))!.Name;
    }

    [Fact]
    public async Task Imported_customers_enter_segments()
    {
        var shop = await shared.Engine.NewShopAsync();
        var gold = await shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var welcome = await shop.GivenActiveAsync(shop.OnEntering(gold));
        var rows = string.Concat(Enumerable.Range(0, 2_500).Select(number => $"s{number},s{number}@example.com,{(number % 2 == 0 ? "gold" : "silver")}\n"));

        await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Source_id,Email,plan\n" + rows);

        Assert.Equal(1_250, (await shop.SettledAsync(welcome, 1_250)).Sent);
        Assert.Equal(1_250, (await shop.MembersAsync(gold)).Count);
    }

    [Fact]
    public async Task Imported_customers_have_instants_of_their_own_and_enter_a_segment_of_new_ones_once()
    {
        var shop = await shared.Engine.NewShopAsync();
        var recent = await shop.GivenSegmentAsync(FilterTexts.NewFor(days: 1));
        await shop.GivenActiveAsync(shop.OnEntering(recent));
        var rows = string.Join(',', Enumerable.Range(0, 300).Select(number => $$"""{"source_id":"s{{number}}"}"""));
        Assert.Equal((300, 0), Counts(await shop.ImportAsync(AsyncActionTypes.CustomersBulkUpdate, $"[{rows}]")));

        var customers = new List<Customers.Customer>();
        var query = new Customers.CustomerListQuery { Limit = 10, StartingAfter = DateTimeOffset.MaxValue };
        for (var more = true; more;)
        {
            var page = (await shop.Engine.Grains.CustomerQueries(shop.Number).ListAsync(query, TestContext.Current.CancellationToken))!;
            more = page.HasMore;
            customers.AddRange(page.Items);
            query = query with { StartingAfter = page.Items[^1].CreatedAt };
        }

        Assert.Equal(300, customers.Select(customer => customer.CreatedAt).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 300).Reverse().Select(number => $"s{number}"), customers.Select(customer => customer.SourceId));

        Assert.Equal(300, await shop.CountMembersAsync(recent));
    }

    [Fact]
    public async Task One_metadata_for_many_customers_is_merged_and_makes_the_missing_ones()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann", "gold");
        var done = await shop.ImportAsync(
            AsyncActionTypes.CustomersMetadataUpdate, """{"source_ids":["source-ann","new","new"],"metadata":{"vip":true}}""");

        Assert.Equal((3, 0), Counts(done));
        var ann = (await shop.FindCustomerAsync("ann"))!.Metadata!.ToElement();
        Assert.Equal(("gold", true), (ann.GetProperty("plan").GetString(), ann.GetProperty("vip").GetBoolean()));
        Assert.True((await shop.FindCustomerAsync("new"))!.Metadata!.ToElement().GetProperty("vip").GetBoolean());
        Assert.Equal(2, (await shop.CustomersAsync()).Count);
    }

    [Fact]
    public async Task A_bulk_update_changes_what_each_row_names()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann", "gold");
        var done = await shop.ImportAsync(
            AsyncActionTypes.CustomersBulkUpdate,
            """[{"source_id":"source-ann","name":"Ann","metadata":{"plan":null}},{"name":"nobody"},{"source_id":"bob","email":null},7,{"source_id":"cid","name":1}]""");

        Assert.Equal((2, 3), Counts(done));
        var ann = (await shop.FindCustomerAsync("ann"))!;
        Assert.Equal(("Ann", "ann@example.com", """{"plan":null}"""), (ann.Name, ann.Email, ann.Metadata!.ToString()));
        Assert.Equal([2, 4, 5], done.Result!.ToElement().GetProperty("failed").EnumerateArray().Select(failure => failure.GetProperty("row").GetInt32()));
    }

    [Fact]
    public async Task Imports_and_events_on_the_same_customers_both_count()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomersAsync(20);
        var events = Enumerable.Range(0, 200).Select(number => shop.TrackAsync($"c{number % 20}", "visit")).ToArray();
        for (var round = 0; round < 5; round++)
        {
            var rows = string.Join(',', Enumerable.Range(0, 20).Select(number => $$"""{"source_id":"source-c{{number}}","metadata":{"r{{round}}":1} }"""));
            Assert.Equal((20, 0), Counts(await shop.ImportAsync(AsyncActionTypes.CustomersBulkUpdate, $"[{rows}]")));
        }

        await Task.WhenAll(events);
        for (var number = 0; number < 20; number++)
        {
            var customer = (await shop.FindCustomerAsync($"c{number}"))!;
            Assert.Equal((10, 5), (customer.Events["visit"].Count, customer.Metadata!.ToElement().EnumerateObject().Count()));
        }
    }

    [Fact]
    public async Task Imported_orders_are_summed_without_messages_and_a_repeat_adds_nothing()
    {
        var shop = await shared.Engine.NewShopAsync();
        var paid = await shop.GivenActiveAsync(shop.On(TriggerCatalogue.OrderPaid));
        const string orders =
            """[{"source_id":"o1","status":"PAID","amount":100,"customer":{"source_id":"ann"}},{"source_id":"o2","status":"NOPE"},{"status":"PAID","amount":50,"customer":{"source_id":"ann"}}]""";

        Assert.Equal((2, 1), Counts(await shop.ImportAsync(AsyncActionTypes.OrdersImport, orders, "job")));
        await shop.ImportAsync(AsyncActionTypes.OrdersImport, orders, "job");

        var sums = (await shop.FindCustomerAsync("ann"))!.Summary.Orders;
        Assert.Equal((2, 150), (sums.TotalCount, sums.TotalAmount));
        Assert.Equal(0, (await shop.CountsAsync(paid)).Audience);
    }

    // Commas in quotes stay.
    private static string Separated(string rows, char separator) =>
        string.Concat(rows.Split('"').Select((part, at) => at % 2 == 0 ? part.Replace(',', separator) : $"\"{part}\""));

    private static (int Done, int Failed) Counts(AsyncAction done)
    {
        var result = done.Result?.ToElement() ?? JsonElement.Parse("""{"done_count":0,"failed_count":0}""");
        return (result.GetProperty("done_count").GetInt32(), result.GetProperty("failed_count").GetInt32());
    }
}
