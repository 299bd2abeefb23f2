using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task Figures_move_with_the_commit_that_names_them_whoever_else_counts_too()
    {
        var (one, other) = ($"a/{Any.Number()}", $"b/{Any.Number()}");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Plane.CommitAsync(commit =>
        {
            commit.Tallies.Add(new Tally(one, 3));
            commit.Tallies.Add(new Tally(one, -1));
            commit.Tallies.Add(new Tally(other, 1));
        })));

        // One that is refused counts nothing.
        var account = $"account/{Any.Number()}";
        var refused = await Plane.CommitAsync(commit =>
        {
            commit.Tallies.Add(new Tally(one, 1_000));
            commit.Balances.Add(new BalanceChange(account, -1, Plane.Next(NumberSequence.Ledger), "take", Any.Noon, []));
        });
        Assert.IsType<Guard.Balance>(refused.RefusedBy);

        var figures = await Plane.Tallies.ReadAsync(Plane.Project, [one, other, "nobody's"]);
        Assert.Equal((100L, 50L, 0L), (figures[one], figures[other], figures["nobody's"]));
        Assert.Equal(0, (await Plane.Tallies.ReadAsync(Plane.Project + 1, [one]))[one]);
    }

    [Fact]
    public async Task Rows_are_found_by_many_values_and_by_many_numbers()
    {
        var rows = new List<Marketing.Products.ProductRow>();
        for (var at = 0; at < 5; at++)
        {
            var row = new Marketing.Products.ProductRow(
                Plane.Next(Marketing.Products.ProductTable.Products.Numbers), Any.Id("prod"), 0, Any.Id("source"), null, at, RawJson.Parse("[]"), null, RawJson.EmptyObject, Any.Noon, null);
            rows.Add(row);
            Assert.True((await Plane.CommitAsync(commit => commit.Rows.Add(Marketing.Products.ProductTable.Products.Save(row)))).IsDurable);
        }

        var bySource = await Plane.Products.FindManyAsync(Plane.Project, Marketing.Products.ProductTable.SourceId, [rows[0].SourceId!, rows[3].SourceId!, "nobody's"]);
        Assert.Equal([0L, 3L], bySource.Select(row => row.Price!.Value).Order());
        var byNumber = await Plane.Products.FindManyAsync(Plane.Project, [rows[1].Number, rows[4].Number, long.MaxValue]);
        Assert.Equal([1L, 4L], byNumber.Select(row => row.Price!.Value).Order());
        Assert.Empty(await Plane.Products.FindManyAsync(Plane.Project + 1, [rows[1].Number]));
    }
}
