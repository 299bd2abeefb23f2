using System.Globalization;
using System.Text;
using Marketing.Behaviour;
using Marketing.Storage;
using Marketing.Storage.Relational;
using Xunit;

namespace Marketing.Exports;

/// <summary>An export is whole, whatever comes in between.</summary>
public sealed class ExportResumeTests
{
    private const int Many = 9_000;

    [Theory]
    [InlineData(null)]
    [InlineData("word")]
    [InlineData("-word")]
    [InlineData("-number")]
    public async Task Of_many_objects_each_is_in_it_once_in_the_order_asked_for(string? order)
    {
        await using var engine = await StartAsync();
        var shop = await engine.NewShopAsync();
        var export = await DoneAsync(shop, await BeginAsync(shop, order));
        Assert.Equal(Expected(order), await ContentAsync(shop, export));

        // What was sorted is not kept: it goes once the export is there.
        var parts = (await OpenAsync(shop, export)).Parts;
        await engine.EventuallyAsync(async () => await PartsAsync(shop) == parts);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("word")]
    public async Task A_killed_process_goes_on_where_it_was(string? order)
    {
        await using var engine = await StartAsync();
        var shop = await engine.NewShopAsync();
        var held = engine.Export.HoldAt(4_000);
        var export = await BeginAsync(shop, order);
        await held.Reached;
        await engine.KillAsync();
        held.Release();
        await engine.StartAgainAsync();
        Assert.Equal(Expected(order), await ContentAsync(shop, await DoneAsync(shop, export)));
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData("word", 3)]
    [InlineData("word", 20)]
    [InlineData("word", 19)]
    public async Task A_step_whose_answer_was_lost_is_not_done_twice(string? order, int step)
    {
        await using var engine = await StartAsync();
        var shop = await engine.NewShopAsync();
        var steps = 0;
        engine.Interruptions.Lose<ICommitter, Commit>(nameof(ICommitter.CommitAsync), commit => commit.Rows.Any(row => row.Table == ExportPartTable.Parts && !row.Deletes) && ++steps == step);
        var export = await DoneAsync(shop, await BeginAsync(shop, order));
        Assert.True(steps >= step, $"There were {steps} steps");
        Assert.Equal(Expected(order), await ContentAsync(shop, export));
        Assert.Equal((await OpenAsync(shop, export)).Parts, await PartsAsync(shop));
    }

    [Fact]
    public async Task What_fails_each_time_ends()
    {
        await using var engine = await Engine.StartInTimeAsync();
        engine.Export.Count = Many;
        engine.Export.FailAt(500);
        var shop = await engine.NewShopAsync();
        var export = await BeginAsync(shop, null);
        await engine.EventuallyAsync(async () => (await FindAsync(shop, export))!.Status == "ERROR");
        Assert.Null((await FindAsync(shop, export))!.Token);
    }

    [Fact]
    public async Task After_a_day_nothing_of_it_is_left()
    {
        await using var engine = await Engine.StartInTimeAsync();
        var shop = await engine.NewShopAsync();
        var export = await BeginAsync(shop, null);
        await engine.EventuallyAsync(async () => (await FindAsync(shop, export))!.Status == "DONE");
        var token = (await FindAsync(shop, export))!.Token!;
        Assert.NotNull(await Queries(shop).OpenAsync(export, token, TestContext.Current.CancellationToken));

        engine.Pass(Export.Lifetime);
        Assert.Null(await FindAsync(shop, export));
        Assert.Null(await Queries(shop).OpenAsync(export, token, TestContext.Current.CancellationToken));
        Assert.Null(await Queries(shop).PartAsync(export, token, 0, TestContext.Current.CancellationToken));
        engine.Pass(TimeSpan.FromHours(1));
        await engine.EventuallyAsync(async () => await PartsAsync(shop) == 0 && (await Queries(shop).ListAsync("created_at", 1, 1, TestContext.Current.CancellationToken)).Total == 0);
    }

    private static async Task<Engine> StartAsync()
    {
        var engine = await Engine.StartAsync();
        engine.Export.Count = Many;
        return engine;
    }

    private static async Task<string> BeginAsync(Shop shop, string? order)
    {
        var id = ObjectIds.New("exp_");
        Assert.IsType<ExportResult.Saved>(await shop.Engine.Grains.Export(shop.Number, id).CreateAsync(new ExportDefinition { ExportedObject = "number", Order = order }, Shop.Context()));
        return id;
    }

    private static async Task<string> DoneAsync(Shop shop, string export)
    {
        await shop.Engine.EventuallyAsync(async () => (await FindAsync(shop, export))!.Status is "DONE" or "ERROR");
        return export;
    }

    private static IExportQueriesGrain Queries(Shop shop) => shop.Engine.Grains.ExportQueries(shop.Number);

    private static Task<Export?> FindAsync(Shop shop, string export) => Queries(shop).FindAsync(export, TestContext.Current.CancellationToken);

    private static async Task<ExportFile> OpenAsync(Shop shop, string export) =>
        (await Queries(shop).OpenAsync(export, (await FindAsync(shop, export))!.Token!, TestContext.Current.CancellationToken))!;

    private static async Task<string> ContentAsync(Shop shop, string export)
    {
        var (file, token) = (await OpenAsync(shop, export), (await FindAsync(shop, export))!.Token!);
        var bytes = new List<byte>();
        for (var part = 0; part < file.Parts; part++)
        {
            bytes.AddRange((await Queries(shop).PartAsync(export, token, part, TestContext.Current.CancellationToken))!);
        }

        Assert.Equal(file.Bytes, bytes.Count);
        return Encoding.UTF8.GetString([.. bytes]);
    }

    // Of the only project that has any.
    private static async Task<int> PartsAsync(Shop shop) =>
        (int)(await shop.Engine.Service<ISqlDatabase>().PointAsync(session => session.NumberAsync(new SqlQuery("SELECT count(*) FROM export_parts"))))!;

    private static string Expected(string? order)
    {
        var numbers = Enumerable.Range(0, Many).Select(number => number.ToString("D6", CultureInfo.InvariantCulture));
        var sorted = order switch
        {
            "word" => numbers.OrderBy(ScriptedExport.WordOf, StringComparer.Ordinal),
            "-word" => numbers.OrderByDescending(ScriptedExport.WordOf, StringComparer.Ordinal),
            "-number" => numbers.Reverse(),
            _ => numbers,
        };
        return string.Concat(sorted.Select(number => $"{number},{ScriptedExport.WordOf(number)}\r\n").Prepend("number,word\r\n"));
    }
}
