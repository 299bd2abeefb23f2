using System.Diagnostics;
using Marketing.Behaviour;
using Marketing.Customers;
using Xunit;

namespace Marketing.AsyncActions;

/// <summary>More background jobs than a silo has places for.</summary>
public sealed class ManyImportsTests
{
    private const int Projects = 5;
    private const int FilesOfEach = 10;
    private const int Rows = 1_000;

    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Fifty_imports_at_once_all_finish_and_other_calls_are_answered_meanwhile()
    {
        await using var engine = await Engine.StartAsync();
        var browsing = await engine.NewShopAsync();
        await browsing.GivenCustomerAsync("ann");
        var jobs = new List<(Shop Shop, string Id)>();
        for (var project = 0; project < Projects; project++)
        {
            var shop = await engine.NewShopAsync();
            jobs.AddRange(Enumerable.Range(0, FilesOfEach).Select(file => (shop, $"job-{file}")));
        }

        await Task.WhenAll(jobs.Select(job => StartAsync(job.Shop, job.Id)));
        var slowest = TimeSpan.Zero;
        await engine.EventuallyAsync(async () =>
        {
            var call = Stopwatch.StartNew();
            await browsing.TrackAsync("ann", "visit");
            Assert.NotNull(await browsing.FindCustomerAsync("ann"));
            slowest = call.Elapsed > slowest ? call.Elapsed : slowest;
            return (await Task.WhenAll(jobs.Select(job => FindAsync(job.Shop, job.Id)))).All(job => job.Status == "DONE");
        });

        Assert.InRange(slowest, TimeSpan.Zero, Quick);
        foreach (var shop in jobs.Select(job => job.Shop).Distinct())
        {
            var page = await engine.Grains.CustomerQueries(shop.Number).ListAsync(new Customers.CustomerListQuery { Limit = 1 }, TestContext.Current.CancellationToken);
            Assert.NotNull(page);
            Assert.Equal(FilesOfEach * Rows, page.Total);
        }
    }

    [Fact]
    public async Task A_job_whose_step_never_returns_is_taken_up_again_within_a_minute()
    {
        await using var engine = await Engine.StartInTimeAsync();
        var shop = await engine.NewShopAsync();
        var start = engine.Now;
        Assert.True(await engine.Grains.AsyncAction(shop.Number, ScriptedImport.Lost + 1).StartAsync(engine.Import.Type, new byte[3], Shop.Context()));

        await engine.EventuallyAsync(async () => (await FindAsync(shop, ScriptedImport.Lost + 1)).Status == "DONE");
        Assert.InRange(engine.Now - start, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Jobs_that_lost_their_steps_do_not_keep_the_others_from_working()
    {
        await using var engine = await Engine.StartInTimeAsync();
        var shop = await engine.NewShopAsync();
        var start = engine.Now;
        for (var job = 0; job < 2 * ImportLine.Places; job++)
        {
            await engine.Grains.AsyncAction(shop.Number, ScriptedImport.Lost + job).StartAsync(engine.Import.Type, new byte[3], Shop.Context());
        }

        await engine.Grains.AsyncAction(shop.Number, "sound").StartAsync(engine.Import.Type, new byte[3], Shop.Context());
        await engine.EventuallyAsync(async () => (await FindAsync(shop, "sound")).Status == "DONE");
        Assert.InRange(engine.Now - start, TimeSpan.Zero, TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_job_that_fails_the_same_way_each_time_ends_and_says_where()
    {
        await using var engine = await Engine.StartInTimeAsync();
        var shop = await engine.NewShopAsync();
        await engine.Grains.AsyncAction(shop.Number, ScriptedImport.Failing + 1).StartAsync(engine.Import.Type, new byte[5], Shop.Context());

        await engine.EventuallyAsync(async () => (await FindAsync(shop, ScriptedImport.Failing + 1)).Status == "FAILED");
        var ended = await FindAsync(shop, ScriptedImport.Failing + 1);
        var result = ended.Result!.ToElement();
        Assert.Equal("FAILED", ended.OperationStatus);
        Assert.Equal((2, 0), (result.GetProperty("done_count").GetInt32(), result.GetProperty("failed_count").GetInt32()));
        Assert.Contains("after row 2 it failed 5 times", result.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(5, engine.Import.Tries);
        Assert.Equal(1, engine.Log.Count("5 times in a row and was ended"));

        await engine.StopAsync();
        await engine.StartAgainAsync();
        await engine.Grains.AsyncAction(shop.Number, "sound").StartAsync(engine.Import.Type, new byte[3], Shop.Context());
        await engine.EventuallyAsync(async () => (await FindAsync(shop, "sound")).Status == "DONE");
        Assert.Equal(5, engine.Import.Tries);
    }

    [Fact]
    public async Task A_job_waits_for_a_database_that_is_away_however_long_it_takes()
    {
        await using var engine = await Engine.StartInTimeAsync();
        var shop = await engine.NewShopAsync();
        await engine.Grains.AsyncAction(shop.Number, ScriptedImport.Away + 1).StartAsync(engine.Import.Type, new byte[5], Shop.Context());

        await engine.EventuallyAsync(async () => (await FindAsync(shop, ScriptedImport.Away + 1)).Status == "DONE");
        Assert.Equal(5, (await FindAsync(shop, ScriptedImport.Away + 1)).Result!.ToElement().GetProperty("done_count").GetInt32());
    }

    private static async Task StartAsync(Shop shop, string id)
    {
        var rows = string.Concat(Enumerable.Range(0, Rows).Select(row => $"{id}-{row},Customer {row}\n"));
        Assert.True(await shop.Engine.Grains.AsyncAction(shop.Number, id).StartAsync(
            AsyncActionTypes.CustomersImport, System.Text.Encoding.UTF8.GetBytes("Source_id,Name\n" + rows), Shop.Context()));
    }

    private static async Task<AsyncAction> FindAsync(Shop shop, string id) => (await shop.Engine.Grains.AsyncAction(shop.Number, id).FindAsync())!;
}
