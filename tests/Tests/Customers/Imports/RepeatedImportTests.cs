using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Behaviour;
using Marketing.Storage;
using Xunit;

namespace Marketing.Customers.Imports;

/// <summary>A part of an import is done again, because its end was not seen. Its result is what it would have been.</summary>
public sealed class RepeatedImportTests : IAsyncLifetime
{
    private const string Job = "job";

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync();
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData("after", false)]
    [InlineData("after", true)]
    [InlineData("again", false)]
    [InlineData("again", true)]
    public async Task A_part_done_again_counts_each_row_once(string lostOne, bool processDies)
    {
        await _shop.ImportAsync(AsyncActionTypes.CustomersImport, "Source_id,Name\n" + Rows(0, 300, "before") + Rows(300, 400, "after"));

        // 300 change, 100 stay, 1,000 are new; 20 of these come once more in the same part.
        var file = "Source_id,Name\n" + Rows(0, 1_400, "after") + Rows(1_380, 1_400, "again") + Rows(450, 460, "after");
        await GivenLostAsync(file, lost => lost.SourceId == "s1390" && lost.Name == lostOne);
        if (processDies)
        {
            await _engine.KillAsync();
            await _engine.StartAgainAsync();
        }

        var result = await DoneAsync();
        Assert.Equal(
            (1_430, 0, 1_000, 320, 110),
            (Of("done_count"), Of("failed_count"), Of("created_count"), Of("updated_count"), Of("unchanged_count")));

        Assert.Equal("again", (await _shop.FindCustomerAsync("s1399"))!.Name);

        int Of(string name) => result.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task A_row_that_is_done_is_not_done_again_over_what_was_changed_since()
    {
        await GivenLostAsync("Source_id,Name\n" + Rows(0, 10, "imported"), lost => lost.SourceId == "s9");
        var customer = (await _shop.FindCustomerAsync("s3"))!;
        await _shop.SaveAsync(customer.Id, new CustomerPatch { Present = CustomerFields.Name, Name = "changed since" });

        Assert.Equal(10, (await DoneAsync()).GetProperty("created_count").GetInt32());
        Assert.Equal(("changed since", "imported"), ((await _shop.FindCustomerAsync("s3"))!.Name, (await _shop.FindCustomerAsync("s4"))!.Name));
    }

    [Fact]
    public async Task Refusals_and_warnings_are_counted_once_beyond_what_is_listed()
    {
        var file = "Name,Email\n" + string.Concat(Enumerable.Repeat("x,nobody\n", 10_500)) + string.Concat(Enumerable.Repeat("x,\n", 1_200));
        await GivenLostAsync(file, static lost => true);

        var result = await DoneAsync();
        Assert.Equal((1_200, 10_500, 1_200, 1_200), (Of("done_count"), Of("failed_count"), Of("warnings_count"), Of("created_count")));

        int Of(string name) => result.GetProperty(name).GetInt32();
    }

    private static string Rows(int from, int to, string name) => string.Concat(Enumerable.Range(from, to - from).Select(number => $"s{number},{name}\n"));

    // Until the answer to one commit got lost, and nobody has begun again yet.
    private async Task GivenLostAsync(string file, Func<CustomerWrite, bool> isIt)
    {
        _engine.Interruptions.Lose<ICommitter, Commit>(nameof(ICommitter.CommitAsync), commit => commit.Customer is { } customer && isIt(customer));
        Assert.True(await _engine.Grains.AsyncAction(_shop.Number, Job).StartAsync(
            AsyncActionTypes.CustomersImport, System.Text.Encoding.UTF8.GetBytes(file), Shop.Context()));
        await _engine.EventuallyAsync(() => Task.FromResult(_engine.Log.Count("was interrupted and is tried again") == 1), timePasses: false);
    }

    private async Task<JsonElement> DoneAsync()
    {
        await _engine.EventuallyAsync(async () => (await FindAsync()).Status == "DONE");
        return (await FindAsync()).Result!.ToElement();
    }

    private async Task<AsyncAction> FindAsync() => (await _engine.Grains.AsyncAction(_shop.Number, Job).FindAsync())!;
}
