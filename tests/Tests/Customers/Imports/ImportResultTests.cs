using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Behaviour;
using Xunit;

namespace Marketing.Customers.Imports;

/// <summary>What the result of a file says, and what its cells do.</summary>
[Collection(SharedEngineTests.Name)]
public sealed class ImportResultTests(SharedEngine shared)
{
    [Fact]
    public async Task Rows_are_told_apart_by_what_they_did()
    {
        var shop = await shared.Engine.NewShopAsync();
        const string file = "Source_id,Name,Email,City,note,plan\nann,Ann,ann@example.com,Oslo,\"a, ü\",gold\nbob,Bob,,,,\n";
        Assert.Equal((2, 0, 0), Apart(await shop.ImportAsync(AsyncActionTypes.CustomersImport, file)));
        var ann = await TextAsync("ann");

        Assert.Equal((0, 0, 2), Apart(await shop.ImportAsync(AsyncActionTypes.CustomersImport, file)));
        Assert.Equal((1, 1, 1), Apart(await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Source_id,Name,plan\nann,Ann,gold\nbob,Rob,\ncid,Cid,\n")));

        Assert.Equal(ann, await TextAsync("ann"));
        Assert.Null((await shop.FindCustomerAsync("ann"))!.UpdatedAt);
        Assert.NotNull((await shop.FindCustomerAsync("bob"))!.UpdatedAt);

        async Task<string> TextAsync(string source) => JsonSerializer.Serialize(await shop.FindCustomerAsync(source), WireJson.Options);
    }

    [Fact]
    public async Task A_row_that_changes_nothing_lets_nobody_enter_a_segment_whose_members_have_not_changed()
    {
        var shop = await shared.Engine.NewShopAsync();
        var changed = await shop.GivenSegmentAsync("""{"junction":"and","updated_at":{"conditions":{"$has_value":true}}}""");
        const string file = "Source_id,Name,plan\nann,Ann,gold\n";
        await shop.ImportAsync(AsyncActionTypes.CustomersImport, file);
        await shop.ImportAsync(AsyncActionTypes.CustomersImport, file);
        Assert.Equal(0, await shop.CountMembersAsync(changed));

        await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Source_id,Name,plan\nann,Ann,silver\n");
        Assert.Equal(1, await shop.CountMembersAsync(changed));
    }

    [Fact]
    public async Task A_customer_who_has_the_id_that_follows_from_a_source_id_is_meant_by_it_unless_they_have_another()
    {
        var shop = await shared.Engine.NewShopAsync();
        string IdOf(string source) => ObjectIds.FromSource("cust_", shop.Number, source);
        await shop.SaveAsync(IdOf("xena"), new CustomerPatch { Present = CustomerFields.Name, Name = "X" });
        await shop.SaveAsync(IdOf("zoe"), new CustomerPatch { Present = CustomerFields.Name, SourceId = "other", Name = "Z" });

        Assert.Equal((1, 1, 0), Apart(await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Source_id,Name\nxena,Xena\nzoe,Zoe\nyves,Yves\n")));

        Assert.Equal(IdOf("xena"), (await shop.FindCustomerAsync("xena"))!.Id);
        Assert.Equal("Z", (await shop.FindCustomerAsync("other"))!.Name);
    }

    [Theory]
    [InlineData(AsyncActionTypes.CustomersBulkUpdate, """[{"source_id":"source-ann","name":"ann"},{"source_id":"source-bob","name":"Rob"},{"source_id":"cid"}]""")]
    [InlineData(AsyncActionTypes.CustomersMetadataUpdate, """{"source_ids":["source-ann","source-bob","cid"],"metadata":{"plan":"gold"}}""")]
    public async Task Updates_in_bulk_tell_rows_apart_too(string type, string rows)
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann", "gold");
        await shop.GivenCustomerAsync("bob");
        Assert.Equal((1, 1, 1), Apart(await shop.ImportAsync(type, rows)));
    }

    [Fact]
    public async Task An_empty_cell_and_a_column_that_is_not_there_leave_the_field_as_it_is()
    {
        var shop = await shared.Engine.NewShopAsync();
        await GivenAnnAsync(shop);
        Assert.Equal((0, 0, 1), Apart(await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Source_id,Name,Email,Birthdate,City,Postal_Code,note\nann,,,,,,\n")));
        Assert.Equal((0, 1, 0), Apart(await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Source_id,Name,City,Country,plan\nann,,Bergen,,silver\n")));

        var ann = (await shop.FindCustomerAsync("ann"))!;
        Assert.Equal(("Ann", "ann@example.com", "1985-12-10", "hello"), (ann.Name, ann.Email, ann.Birthdate, ann.Description));
        Assert.Equal(new CustomerAddress { City = "Bergen", Country = "Norway", PostalCode = "0150" }, ann.Address);
        Assert.Equal("""{"note":"a","plan":"silver"}""", ann.Metadata!.ToString());
    }

    [Fact]
    public async Task An_empty_cell_clears_the_field_where_that_is_asked_for()
    {
        var shop = await shared.Engine.NewShopAsync();
        await GivenAnnAsync(shop);
        var clear = new ImportOptions { ClearEmpty = true };
        Assert.Equal((1, 1, 0), Apart(await shop.ImportAsync(
            AsyncActionTypes.CustomersImport, "Source_id,Name,Email,Birthdate,City,plan\nann,,,,,\nbob,Bob,,,,\n", options: clear)));

        var ann = (await shop.FindCustomerAsync("ann"))!;
        Assert.Equal((null, null, null, "hello"), (ann.Name, ann.Email, ann.Birthdate, ann.Description));
        Assert.Equal(new CustomerAddress { Country = "Norway", PostalCode = "0150" }, ann.Address);
        Assert.Equal("""{"note":"a"}""", ann.Metadata!.ToString());
        var bob = (await shop.FindCustomerAsync("bob"))!;
        Assert.Equal((null, null), (bob.Address, bob.Metadata));

        Assert.Equal((0, 1, 0), Apart(await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Source_id,Postal_Code,Country\nann,,\n", options: clear)));
        Assert.Null((await shop.FindCustomerAsync("ann"))!.Address);
    }

    [Fact]
    public async Task Rows_that_make_a_customer_each_time_and_rows_that_name_one_twice_are_warned_of()
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Id,Source_id,Name\n,,Nameless\n,ann,Ann\nc1,,Cid\n,ann,Anna\nc1,cid,Cid\n");

        Assert.Equal(
            [
                (1, null, "has neither Id nor Source_id: a second import would create it again"),
                (4, "Source_id", "row 2 has the same source_id: they take effect one after the other"),
                (5, "Id", "row 3 has the same id: they take effect one after the other"),
            ],
            Problems(done, "warnings"));
        Assert.Equal(3, Number(done, "warnings_count"));
        Assert.Equal((3, 2, 0), Apart(done));
    }

    [Fact]
    public async Task Rows_that_mean_one_customer_take_effect_in_their_order_though_none_says_that_both_names_are_its()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var done = await shop.ImportAsync(AsyncActionTypes.CustomersImport, "Id,Source_id,Name\n,source-ann,First\n,source-ann,Second\nann,,Third\nann,,Third\n");

        Assert.Equal("Third", (await shop.FindCustomerAsync("ann"))!.Name);
        Assert.Equal((0, 3, 1), Apart(done));
    }

    [Fact]
    public async Task Lists_are_cut_and_their_counts_are_not()
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await shop.ImportAsync(
            AsyncActionTypes.CustomersImport, "Name,Email\n" + string.Concat(Enumerable.Repeat("x,nobody\n", 10_500)) + string.Concat(Enumerable.Repeat("x,\n", 1_200)));

        Assert.Equal((10_000, 10_500, 1_000, 1_200), (Problems(done, "failed").Count, Number(done, "failed_count"), Problems(done, "warnings").Count, Number(done, "warnings_count")));
        Assert.Equal((1_200, 1_200), (Number(done, "done_count"), Number(done, "created_count")));
    }

    [Theory]
    [InlineData("31.12.1980", "1980-12-31")]
    [InlineData("31/12/1980", "1980-12-31")]
    [InlineData("12/31/1980", "1980-12-31")]
    [InlineData("31-12-1980", "1980-12-31")]
    [InlineData("5.5.1980", "1980-05-05")]
    [InlineData("1980/2/1", "1980-02-01")]
    [InlineData("1980-02-01", "1980-02-01")]
    [InlineData("1980-02-01T00:00:00Z", "1980-02-01T00:00:00Z")]
    [InlineData("29.2.2000", "2000-02-29")]
    public async Task A_day_is_taken_as_it_must_be_meant(string written, string day)
    {
        var shop = await shared.Engine.NewShopAsync();
        Assert.Equal((1, 0, 0), Apart(await shop.ImportAsync(AsyncActionTypes.CustomersImport, $"Source_id,Birthdate\nann,{written}\n")));
        Assert.Equal(day, (await shop.FindCustomerAsync("ann"))!.Birthdate);
    }

    [Theory]
    [InlineData("01.02.1980", "birthdate may be 1 February 1980 or 2 January 1980: write 1980-02-01 or 1980-01-02")]
    [InlineData("1/2/1980", "birthdate may be 1 February 1980 or 2 January 1980: write 1980-02-01 or 1980-01-02")]
    [InlineData("31.12.80", "birthdate must be a date as YYYY-MM-DD")]
    [InlineData("30.02.1980", "birthdate must be a date as YYYY-MM-DD")]
    [InlineData("31.12/1980", "birthdate must be a date as YYYY-MM-DD")]
    [InlineData("0.0.0000", "birthdate must be a date as YYYY-MM-DD")]
    [InlineData("soon", "birthdate must be a date as YYYY-MM-DD")]
    public async Task A_day_that_may_be_another_is_refused_with_row_and_column(string written, string reason)
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await shop.ImportAsync(AsyncActionTypes.CustomersImport, $"Source_id,BIRTHDAY,Name\nann,{written},Ann\nbob,,Bob\n");
        Assert.Equal([(1, "BIRTHDAY", reason)], Problems(done, "failed"));
        Assert.Null(await shop.FindCustomerAsync("ann"));
    }

    [Fact]
    public async Task Metadata_that_looks_like_a_day_stays_as_it_is_and_is_warned_of()
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await shop.ImportAsync(
            AsyncActionTypes.CustomersImport, "Source_id,seen\na,31.12.2024\nb,01.02.2024\nc,2024-12-31\nd,99.99.2024\ne,2.4.1\nf,+49 1-2-2024\n");

        Assert.Equal(
            [
                (1, "seen", "is stored as the text it is; filters would take 2024-12-31 for a date"),
                (2, "seen", "is stored as the text it is; filters would take 2024-02-01 or 2024-01-02 for a date"),
            ],
            Problems(done, "warnings"));
        Assert.Equal(("""{"seen":"31.12.2024"}""", 0), ((await shop.FindCustomerAsync("a"))!.Metadata!.ToString(), Number(done, "failed_count")));
    }

    private static async Task GivenAnnAsync(Shop shop) => await shop.SaveAsync("ann-id", new CustomerPatch
    {
        SourceId = "ann",
        Name = "Ann",
        Email = "ann@example.com",
        Birthdate = "1985-12-10",
        Description = "hello",
        Address = new CustomerAddress { City = "Oslo", Country = "Norway", PostalCode = "0150" },
        Metadata = RawJson.Parse("""{"note":"a","plan":"gold"}"""),
        Present = CustomerFields.Name | CustomerFields.Email | CustomerFields.Birthdate | CustomerFields.Description | CustomerFields.Address | CustomerFields.Metadata,
    });

    private static (int Created, int Updated, int Unchanged) Apart(AsyncAction done)
    {
        Assert.Equal(Number(done, "done_count"), Number(done, "created_count") + Number(done, "updated_count") + Number(done, "unchanged_count"));
        return (Number(done, "created_count"), Number(done, "updated_count"), Number(done, "unchanged_count"));
    }

    private static int Number(AsyncAction done, string name) => done.Result!.ToElement().GetProperty(name).GetInt32();

    private static List<(int Row, string? Column, string Reason)> Problems(AsyncAction done, string list) =>
    [
        .. done.Result!.ToElement().GetProperty(list).EnumerateArray().Select(problem => (
            problem.GetProperty("row").GetInt32(), problem.TryGetProperty("column", out var column) ? column.GetString() : null, problem.GetProperty("reason").GetString()!)),
    ];
}
