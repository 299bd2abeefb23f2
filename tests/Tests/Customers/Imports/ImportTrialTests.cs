using System.Text;
using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Behaviour;
using Xunit;

namespace Marketing.Customers.Imports;

/// <summary>Imports that are only tried out.</summary>
public sealed class ImportTrialTests : IAsyncLifetime
{
    private static readonly string[] Counted = ["done_count", "failed_count", "created_count", "updated_count", "unchanged_count", "warnings_count"];

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync();
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(false, true, 0)]
    [InlineData(true, false, 0)]
    [InlineData(true, true, 0)]
    [InlineData(false, false, 999)]
    [InlineData(true, false, 997)]
    public async Task A_trial_says_what_the_import_does_and_changes_nothing(bool byEmail, bool clear, int rowsBefore)
    {
        var options = new ImportOptions { MatchByEmail = byEmail, ClearEmpty = clear };
        await GivenShopAsync();
        var before = await CustomersAsync();
        var file = "Id,Source_id,Name,Email,Birthdate,City,plan\n"
            + string.Concat(Enumerable.Range(0, rowsBefore).Select(number => $",f{number},Filler,f{number}@example.com,,,\n"))
            + """
            ,source-ann,ann,ann@example.com,,,gold
            ,source-ann,Anna,ann@example.com,31.12.1980,,
            ann,,Anna,ann@example.com,,,
            ann,,Annie,ann@example.com,,Oslo,
            ,source-bob,bob,shared@example.com,01.02.1980,,
            ,,Nameless,nobody,,,
            ,,Nameless,,,,
            ,new,New,new@example.com,,,gold
            ,new,New,NEW@example.com,,,
            ,new,,new@example.com,,,gold
            c1,s1,First,c1@example.com,,,
            ,s1,Second,c1@example.com,,,
            c1,,Second,c1@example.com,,,
            c2,s1,Taken,c2@example.com,,,
            c3,source-bob,Taken,c3@example.com,,,
            bare,s9,bare,bare@example.com,,,
            ,s9,Bare,bare@example.com,,,
            c4,s9,Taken,c4@example.com,,,
            ,,x,twice@example.com,,,31.12.2024
            ,,x,twice@example.com,,,
            ,few
            ,source-one,one,shared@example.com,,,

            """;

        var trial = await TryAsync(file, options);
        Assert.Equal(before, await CustomersAsync());
        Assert.Empty((await _engine.Grains.AsyncActionQueries(_shop.Number).ListAsync(10, null, TestContext.Current.CancellationToken)).Items);

        var result = (await _shop.ImportAsync(AsyncActionTypes.CustomersImport, file, options: options)).Result!.ToElement();
        Assert.True(trial.GetProperty("complete").GetBoolean());
        Assert.All(Counted, name => Assert.Equal((name, result.GetProperty(name).GetInt32()), (name, trial.GetProperty(name).GetInt32())));
        Assert.Equal(Sorted(result, "failed"), Sorted(trial, "failed"));
        Assert.Equal(Sorted(result, "warnings"), Sorted(trial, "warnings"));
        Assert.NotEqual(before, await CustomersAsync());
    }

    [Fact]
    public async Task A_trial_says_how_columns_are_taken()
    {
        var trial = await TryAsync("source_id;BIRTHDAY;City;loyalty tier;;Country\nann;;;;;\n");
        Assert.Equal(
            """[{"column":"source_id","field":"source_id"},{"column":"BIRTHDAY","field":"birthdate"},{"column":"City","field":"address.city"},{"column":"loyalty tier","field":"metadata.loyalty tier"},{"column":"","field":null},{"column":"Country","field":"address.country"}]""",
            trial.GetProperty("mapping").GetRawText());
        Assert.Equal((";", true, "1 customer(s) would be imported, 0 would fail."), (
            trial.GetProperty("separator").GetString(), trial.GetProperty("dry_run").GetBoolean(), trial.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_trial_of_a_large_file_ends_in_time_and_says_how_far_it_came()
    {
        var loading = _engine.Interruptions.Hold<ICustomerStore>(nameof(ICustomerStore.LoadManyAsync));
        var trying = TryAsync("Source_id\n" + string.Concat(Enumerable.Range(0, 5_000).Select(number => $"s{number}\n")));
        await loading.Reached;
        _engine.Pass(TimeSpan.FromSeconds(10));
        loading.Release();

        var trial = await trying;
        Assert.Equal((false, 1_000, "1000 customer(s) would be imported, 0 would fail. The first 1000 rows were looked at."), (
            trial.GetProperty("complete").GetBoolean(), trial.GetProperty("created_count").GetInt32(), trial.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("", false, "The file has no header row")]
    [InlineData("Name,name\n", false, "The header Name occurs twice")]
    [InlineData("Name\nAnn\n", true, "match_by=email needs a column Email")]
    public async Task A_file_that_would_be_refused_as_a_whole_is_refused_with_the_same_words(string file, bool byEmail, string refusal)
    {
        var trial = await _engine.Grains.ImportTrial(_shop.Number).TryAsync(
            Encoding.UTF8.GetBytes(file), new ImportOptions { MatchByEmail = byEmail }, TestContext.Current.CancellationToken);
        Assert.Equal((refusal, null), (trial.Refusal, trial.Report));
    }

    private async Task GivenShopAsync()
    {
        await _shop.GivenCustomerAsync("ann");
        await _shop.GivenCustomerAsync("bob");
        foreach (var (id, email) in new[] { ("bare", "bare@example.com"), ("one", "shared@example.com"), ("two", "shared@example.com") })
        {
            await _shop.SaveAsync(id, new CustomerPatch { Present = CustomerFields.Name | CustomerFields.Email, Name = id, Email = email });
        }
    }

    private async Task<JsonElement> TryAsync(string file, ImportOptions? options = null)
    {
        var trial = await _engine.Grains.ImportTrial(_shop.Number).TryAsync(
            Encoding.UTF8.GetBytes(file), options ?? ImportOptions.Default, TestContext.Current.CancellationToken);
        Assert.Null(trial.Refusal);
        return trial.Report!.ToElement();
    }

    private async Task<string> CustomersAsync()
    {
        var page = await _engine.Grains.CustomerQueries(_shop.Number).ListAsync(new CustomerListQuery { Limit = 5_000 }, TestContext.Current.CancellationToken);
        return JsonSerializer.Serialize(page!.Items, WireJson.Options);
    }

    // Refusals of a part come after those that need no look at the database.
    private static IEnumerable<string> Sorted(JsonElement result, string list) =>
        result.GetProperty(list).EnumerateArray().Select(problem => problem.GetRawText()).Order(StringComparer.Ordinal);
}
