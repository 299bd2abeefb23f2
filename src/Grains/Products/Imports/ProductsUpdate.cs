using System.Text.Json;
using Marketing.AsyncActions;

namespace Marketing.Products.Imports;

/// <summary>A JSON array of <see cref="ProductCommand"/>s with source ids, as the API has read them; missing products are made.</summary>
internal sealed class ProductsUpdate(ProductRows products) : IImport
{
    /// <summary>How many rows are saved together.</summary>
    public const int Part = 200;

    public string Type => ProductJobs.BulkUpdate;

    public string? Imported => null;

    public IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var rows = JsonSerializer.Deserialize<List<ProductCommand>>(job.Payload, WireJson.Options)!;
        return RunAsync(products, job, rows.Count, at => rows[at]);
    }

    /// <summary>Saves rows part by part.</summary>
    public static async IAsyncEnumerable<ImportStep> RunAsync(ProductRows products, ImportJob job, int count, Func<int, ProductCommand> row)
    {
        for (var start = (int)job.Cursor; start < count; start += Part)
        {
            var failures = new List<ImportProblem>();
            var end = Math.Min(count, start + Part);
            await products.SaveAsync(job, [.. Enumerable.Range(start, end - start).Select(at => (at + 1L, row(at)))], failures);
            yield return new ImportStep(end, count, failures);
        }
    }
}

/// <summary>The same metadata for many products by source id; missing ones are made.</summary>
internal sealed class ProductsMetadataUpdate(ProductRows products) : IImport
{
    public string Type => ProductJobs.MetadataUpdate;

    public string? Imported => null;

    public IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var given = JsonSerializer.Deserialize<Given>(job.Payload, WireJson.Options)!;
        return ProductsUpdate.RunAsync(products, job, given.SourceIds.Count, at => new ProductCommand { SourceId = given.SourceIds[at], Metadata = given.Metadata });
    }

    private sealed record Given(IReadOnlyList<string> SourceIds, RawJson Metadata);
}
