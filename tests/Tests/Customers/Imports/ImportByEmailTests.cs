using Marketing.AsyncActions;
using Marketing.Behaviour;
using Xunit;

namespace Marketing.Customers.Imports;

/// <summary>Files whose rows mean customers by their addresses.</summary>
[Collection(SharedEngineTests.Name)]
public sealed class ImportByEmailTests(SharedEngine shared)
{
    private static readonly ImportOptions ByEmail = new() { MatchByEmail = true };

    [Theory]
    [InlineData("ann@example.com")]
    [InlineData("Ann@EXAMPLE.com")]
    [InlineData("plain@münchen.example")]
    [InlineData("PLAIN@xn--mnchen-3ya.example")]
    public async Task A_row_changes_the_customer_with_its_address_however_it_is_spelt(string spelling)
    {
        var shop = await shared.Engine.NewShopAsync();
        await GivenAsync(shop, "ann", "ann@example.com");
        await GivenAsync(shop, "mia", "plain@München.example");
        var meant = spelling.StartsWith("ann", StringComparison.OrdinalIgnoreCase) ? "ann" : "mia";

        Assert.Equal((0, 1, 0), Apart(await ImportAsync(shop, $"Email,Name\n{spelling},Changed\n")));
        Assert.Equal((0, 0, 1), Apart(await ImportAsync(shop, $"Email,Name\n{spelling},Changed\n")));
        Assert.Equal("Changed", (await shop.FindCustomerAsync(meant))!.Name);
        Assert.Equal(2, (await shop.CustomersAsync()).Count);
    }

    [Fact]
    public async Task An_address_that_nobody_has_makes_one_customer_however_often_it_comes()
    {
        var shop = await shared.Engine.NewShopAsync();
        var done = await ImportAsync(shop, "Email,Name,Source_id\nnew@example.com,First,\nother@example.com,Other,s-other\nNEW@example.com,Second,s-new\n");

        Assert.Equal((2, 1, 0), Apart(done));
        Assert.Equal([(3, "Email", "row 1 has the same email: they take effect one after the other")], Problems(done, "warnings"));
        var found = (await shop.FindCustomerAsync("s-new"))!;
        Assert.Equal(("Second", "NEW@example.com"), (found.Name, found.Email));
        Assert.Equal("Other", (await shop.FindCustomerAsync("s-other"))!.Name);
        Assert.Equal(2, (await shop.CustomersAsync()).Count);
        Assert.Equal((0, 1, 0), Apart(await ImportAsync(shop, "Email,Name\nnew@example.com,Third\n")));
    }

    [Fact]
    public async Task An_address_of_several_customers_is_refused_and_changes_none_of_them()
    {
        var shop = await shared.Engine.NewShopAsync();
        foreach (var id in new[] { "one", "two", "three" })
        {
            await GivenAsync(shop, id, "shared@example.com");
        }

        var done = await ImportAsync(shop, "E-mail note,EMAIL,Name\n,shared@example.com,Changed\n,alone@example.com,Alone\n");
        Assert.Equal([(1, "EMAIL", "More than one customer has this email")], Problems(done, "failed"));
        Assert.Equal((1, 0, 0), Apart(done));
        Assert.Equal("two", (await shop.FindCustomerAsync("two"))!.Name);
    }

    [Theory]
    [InlineData("ann@example.com,ann,", null, null)]
    [InlineData("ann@example.com,,source-ann", null, null)]
    [InlineData("ann@example.com,bob,", "Id", "The customer with this email has another id")]
    [InlineData("ann@example.com,,source-bob", "Source_id", "The customer with this email has another source_id")]
    [InlineData("new@example.com,ann,", "Id", "No customer has this email, and the one with this id has another")]
    [InlineData("new@example.com,,source-ann", "Source_id", "No customer has this email, and the one with this source_id has another")]
    [InlineData("bare@example.com,,source-bob", "Source_id", "Another customer has this source_id")]
    [InlineData(",ann,source-ann", "Email", "email is needed to match by it")]
    public async Task An_id_beside_the_address_must_not_say_otherwise(string cells, string? column, string? reason)
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        await shop.GivenCustomerAsync("bob");
        await GivenAsync(shop, "bare", "bare@example.com");

        var done = await ImportAsync(shop, $"Email,Id,Source_id,Name\n{cells},Changed\n");
        List<(int, string?, string?)> refused = reason is null ? [] : [(1, column, reason)];
        Assert.Equal(refused, Problems(done, "failed"));
        Assert.Equal((reason is null ? "Changed" : "ann", "bob", "bare"), (await NameAsync("ann"), await NameAsync("bob"), await NameAsync("bare")));
        Assert.Equal(3, (await shop.CustomersAsync()).Count);

        async Task<string?> NameAsync(string id) => (await shop.FindCustomerAsync(id))!.Name;
    }

    [Fact]
    public async Task A_source_id_is_taken_over_by_a_customer_that_had_none()
    {
        var shop = await shared.Engine.NewShopAsync();
        await GivenAsync(shop, "bare", "bare@example.com");
        Assert.Equal((0, 1, 0), Apart(await ImportAsync(shop, "Email,Source_id\nbare@example.com,s-1\n")));
        Assert.Equal("bare", (await shop.FindCustomerAsync("s-1"))!.Id);
    }

    [Fact]
    public async Task A_file_without_addresses_is_refused_and_other_projects_are_not_looked_at()
    {
        var shop = await shared.Engine.NewShopAsync();
        var other = await shared.Engine.NewShopAsync();
        await GivenAsync(other, "ann", "ann@example.com");
        var refused = await ImportAsync(shop, "Source_id,Name\nann,Ann\n");
        Assert.Equal(("FAILED", "match_by=email needs a column Email"), (refused.Status, refused.Result!.ToElement().GetProperty("message").GetString()));

        Assert.Equal((1, 0, 0), Apart(await ImportAsync(shop, "Email,Name\nann@example.com,Mine\n")));
        Assert.Equal("ann", (await other.FindCustomerAsync("ann"))!.Name);
    }

    private static Task<Customer> GivenAsync(Shop shop, string id, string email) =>
        shop.SaveAsync(id, new CustomerPatch { Present = CustomerFields.Name | CustomerFields.Email, Name = id, Email = email });

    private static Task<AsyncAction> ImportAsync(Shop shop, string file) => shop.ImportAsync(AsyncActionTypes.CustomersImport, file, options: ByEmail);

    private static (int Created, int Updated, int Unchanged) Apart(AsyncAction done)
    {
        var result = done.Result!.ToElement();
        return (Of("created_count"), Of("updated_count"), Of("unchanged_count"));

        int Of(string name) => result.GetProperty(name).GetInt32();
    }

    private static List<(int Row, string? Column, string? Reason)> Problems(AsyncAction done, string list) =>
    [
        .. done.Result!.ToElement().GetProperty(list).EnumerateArray().Select(problem => (
            problem.GetProperty("row").GetInt32(), problem.TryGetProperty("column", out var column) ? column.GetString() : null, problem.GetProperty("reason").GetString())),
    ];
}
