using Marketing.AsyncActions;

namespace Marketing.Products.Imports;

/// <summary>
/// Saves what rows of a job say of products and SKUs: different products at once, one and the same in the order of the rows. A row that was durable before is not done
/// again.
/// </summary>
internal sealed class ProductRows(IGrainFactory grains, IAsyncActionStore actions)
{
    private const int AtOnce = 32;

    /// <summary>Saves the products of some rows; adds those that are refused.</summary>
    public Task SaveAsync(ImportJob job, IReadOnlyList<(long Number, ProductCommand Row)> rows, List<ImportProblem> failures) =>
        EachAsync(
            job,
            rows,
            row => row.Row.SourceId ?? $"\n{row.Number}",
            async row =>
            {
                // Without a source id a row makes a product that the same row of the same job always makes.
                var id = row.Row.SourceId is { } source
                    ? await grains.ProductQueries(job.Project).ResolveAsync(source)
                    : ObjectIds.FromSource("prod_", job.Project, $"{job.ActionId}\n{row.Number}");
                return await grains.Product(job.Project, id).SaveAsync(row.Row with { IsQuiet = true }, job.ContextOf(row.Number));
            },
            row => row.SourceId,
            failures);

    /// <summary>Saves the SKUs of some rows, each with the id or source id of its product; adds those that are refused.</summary>
    public async Task SaveAsync(ImportJob job, IReadOnlyList<(long Number, SkuOfProduct Row)> rows, List<ImportProblem> failures)
    {
        var queries = grains.ProductQueries(job.Project);
        var products = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var product in rows.Select(row => row.Row.Product).Distinct())
        {
            products.Add(product, await queries.FindIdAsync(product));
        }

        await EachAsync(
            job,
            rows,
            row => products[row.Row.Product] ?? "",
            async row => products[row.Row.Product] is { } product
                ? await grains.Product(job.Project, product).SaveSkuAsync(
                    await queries.ResolveSkuAsync(row.Row.Command.SourceId!), row.Row.Command, job.ContextOf(row.Number))
                : new ProductResult.NotFound("product", row.Row.Product),
            row => row.Command.SourceId,
            failures);
    }

    private async Task EachAsync<T>(
        ImportJob job, IReadOnlyList<(long Number, T Row)> rows, Func<(long Number, T Row), string> product, Func<(long Number, T Row), Task<ProductResult>> save,
        Func<T, string?> sourceId, List<ImportProblem> failures)
    {
        var durable = await actions.DurableRowsAsync(job.Project, job.ActionId);
        var refused = new List<ImportProblem>();
        await Parallel.ForEachAsync(
            rows.Where(row => !durable.ContainsKey(row.Number)).GroupBy(product, StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = job.Ended },
            async (group, _) =>
            {
                foreach (var row in group)
                {
                    job.Ended.ThrowIfCancellationRequested();
                    if (WhyNot(await save(row), row.Number, sourceId(row.Row)) is { } problem)
                    {
                        lock (refused)
                        {
                            refused.Add(problem);
                        }
                    }
                }
            });
        failures.AddRange(refused);
        failures.Sort(static (one, other) => one.Row.CompareTo(other.Row));
    }

    private static ImportProblem? WhyNot(ProductResult result, long row, string? sourceId) =>
        result is ProductResult.InvalidMetadata invalid ? ImportProblem.OfFile(row, sourceId, invalid.Problems)
        : WhyNot(result) is { } reason ? new ImportProblem(row, sourceId, reason)
        : null;

    private static string? WhyNot(ProductResult result) => result switch
    {
        ProductResult.Saved => null,
        ProductResult.NotFound missing => $"there is no such {missing.Type}",
        ProductResult.DuplicateSourceId => "another one has this source_id",
        ProductResult.Elsewhere elsewhere => $"the SKU is one of the product {elsewhere.ProductId}",
        ProductResult.Invalid invalid => $"{invalid.Field} {invalid.Rule}".Trim(),
        var other => other.GetType().Name,
    };
}
