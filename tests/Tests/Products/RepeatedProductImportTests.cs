using System.Text;
using Marketing.AsyncActions;
using Marketing.Behaviour;
using Marketing.Orders;
using Marketing.Storage;
using Xunit;

namespace Marketing.Products;

/// <summary>A part of a job is done again, because its end was not seen: what was durable by then is not done again, and does not take back what somebody changed since.</summary>
public sealed class RepeatedProductImportTests : IAsyncLifetime
{
    private const string Job = "job";

    private Engine _engine = null!;
    private Shop _shop = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync();
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_file_of_products()
    {
        await GivenLostAsync(ProductJobs.Import, "Name,Source_id\nimported,a\nimported,b\nimported,c\n", commit => commit.Rows is [{ Row: ProductRow { SourceId: "c" } }]);
        var (a, b) = (await IdOfAsync("a"), await IdOfAsync("b"));
        await _engine.Grains.Product(_shop.Number, a).SaveAsync(new ProductCommand { Present = ProductFields.Name, Name = "changed since" }, Shop.Context());
        Assert.True(await _engine.Grains.Product(_shop.Number, b).DeleteAsync());
        await DoneAsync(3);

        Assert.Contains("changed since", (await _engine.Grains.ProductQueries(_shop.Number).FindAsync("a", Token))!.ToString(), StringComparison.Ordinal);
        Assert.Null(await _engine.Grains.ProductQueries(_shop.Number).FindAsync("b", Token));
        Assert.NotNull(await _engine.Grains.ProductQueries(_shop.Number).FindAsync("c", Token));
    }

    [Fact]
    public async Task Orders()
    {
        await GivenLostAsync(
            AsyncActionTypes.OrdersImport, """[{"source_id":"a","status":"CREATED"},{"source_id":"b","status":"CREATED","customer":{"source_id":"ann"}},{"source_id":"c"}]""",
            commit => commit.Rows is [{ Row: OrderRow { SourceId: "c" } }]);
        foreach (var source in (string[])["a", "b"])
        {
            var id = await _engine.Grains.OrderQueries(_shop.Number).ResolveAsync(null, source, Token);
            Assert.IsType<OrderResult.Saved>(await _engine.Grains.Order(_shop.Number, id).SaveAsync(new OrderCommand { Status = "CANCELED" }, Shop.Context()));
        }

        await DoneAsync(3);
        foreach (var source in (string[])["a", "b"])
        {
            Assert.Contains("CANCELED", (await _engine.Grains.OrderQueries(_shop.Number).FindAsync(source, Token))!.ToString(), StringComparison.Ordinal);
        }
    }

    private async Task<string> IdOfAsync(string source) => (await _engine.Grains.ProductQueries(_shop.Number).FindIdAsync(source, Token))!;

    // Until the answer to one commit got lost, and nobody has begun again yet.
    private async Task GivenLostAsync(string type, string payload, Func<Commit, bool> isIt)
    {
        _engine.Interruptions.Lose<ICommitter, Commit>(nameof(ICommitter.CommitAsync), isIt);
        Assert.True(await _engine.Grains.AsyncAction(_shop.Number, Job).StartAsync(type, Encoding.UTF8.GetBytes(payload), Shop.Context()));
        await _engine.EventuallyAsync(() => Task.FromResult(_engine.Log.Count("was interrupted and is tried again") == 1), timePasses: false);
    }

    private async Task DoneAsync(int rows)
    {
        await _engine.EventuallyAsync(async () => (await _engine.Grains.AsyncAction(_shop.Number, Job).FindAsync())!.Status == "DONE");
        var result = (await _engine.Grains.AsyncAction(_shop.Number, Job).FindAsync())!.Result!.ToElement();
        Assert.Equal((rows, 0), (result.GetProperty("done_count").GetInt32(), result.GetProperty("failed_count").GetInt32()));
    }
}
