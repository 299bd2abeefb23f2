using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.MetadataSchemas;

namespace Marketing.Products.Imports;

/// <summary>SKUs from CSV, each of a product that there is. Columns that are not in the file, and cells that are empty, leave their fields as they are.</summary>
internal sealed class SkusCsvImport(ProductRows products, MetadataCheck metadata) : CsvImport<SkuOfProduct>
{
    private static readonly ProductColumns Columns = new("Product_id", "Sku", "Source_id", "Price", "Currency", "Image_url", "Attributes");

    public override string Type => ProductJobs.SkuImport;

    public override string Imported => "sku";

    protected override CsvFile Open(byte[] file) => Columns.Open(file);

    protected override ValueTask<MetadataCells> CellsAsync(int project) => metadata.CellsOfAsync(project, "sku");

    protected override (SkuOfProduct? Row, ImportProblem? Problem) Read(CsvFile file)
    {
        var attributes = ProductColumns.Text(file, "Attributes");
        var command = new SkuCommand
        {
            SourceId = ProductColumns.Text(file, "Source_id"),
            Sku = ProductColumns.Text(file, "Sku"),
            Price = ProductColumns.Price(file),
            Currency = ProductColumns.Text(file, "Currency"),
            Attributes = attributes is null ? null : ObjectOf(attributes),
            ImageUrl = ProductColumns.Text(file, "Image_url"),
            Metadata = Columns.Metadata(file),
        };
        command = command with
        {
            Present = (command.Sku is null ? 0 : ProductFields.Name) | (command.Price is null ? 0 : ProductFields.Price)
                | (command.Currency is null ? 0 : ProductFields.Currency) | (command.Attributes is null ? 0 : ProductFields.Attributes)
                | (command.ImageUrl is null ? 0 : ProductFields.ImageUrl),
        };
        var product = ProductColumns.Text(file, "Product_id");
        (string Reason, string Column)? problem = Columns.WhyNot(file)
            ?? (product is null ? ("is required", "product_id")
                : command.SourceId is null ? ("is required", "source_id")
                : attributes is not null && command.Attributes is null ? ("must be a JSON object, such as {'color':'blue'}", "attributes")
                : null);
        return problem is var (reason, column)
            ? (null, new ImportProblem(file.Row, command.SourceId, $"{column} {reason}", column))
            : (new SkuOfProduct(product!, command), null);
    }

    protected override Task SaveAsync(ImportJob job, IReadOnlyList<(long Number, SkuOfProduct Row)> rows, List<ImportProblem> failures) => products.SaveAsync(job, rows, failures);

    // The product's own template has apostrophes for quotes, which need not be doubled in a cell.
    private static RawJson? ObjectOf(string written)
    {
        foreach (var text in (ReadOnlySpan<string>)[written, written.Replace('\'', '"')])
        {
            try
            {
                using var read = JsonDocument.Parse(text);
                if (read.RootElement.ValueKind == JsonValueKind.Object)
                {
                    return RawJson.From(read.RootElement);
                }
            }
            catch (JsonException)
            {
            }
        }

        return null;
    }
}

/// <summary>A SKU in a file.</summary>
/// <param name="Product">Id or source id of its product.</param>
/// <param name="Command">What the row says.</param>
internal sealed record SkuOfProduct(string Product, SkuCommand Command);
