using Marketing.AsyncActions;
using Marketing.MetadataSchemas;

namespace Marketing.Products.Imports;

/// <summary>Products from CSV. Columns that are not in the file, and cells that are empty, leave their fields as they are.</summary>
internal sealed class ProductsCsvImport(ProductRows products, MetadataCheck metadata) : CsvImport<ProductCommand>
{
    private static readonly ProductColumns Columns = new("Name", "Source_id", "Price", "Attributes", "Image_url");

    public override string Type => ProductJobs.Import;

    public override string Imported => "product";

    protected override CsvFile Open(byte[] file) => Columns.Open(file);

    protected override ValueTask<MetadataCells> CellsAsync(int project) => metadata.CellsOfAsync(project, "product");

    protected override (ProductCommand? Row, ImportProblem? Problem) Read(CsvFile file)
    {
        var command = new ProductCommand
        {
            SourceId = ProductColumns.Text(file, "Source_id"),
            Name = ProductColumns.Text(file, "Name"),
            Price = ProductColumns.Price(file),
            Attributes = ProductColumns.Text(file, "Attributes")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            ImageUrl = ProductColumns.Text(file, "Image_url"),
            Metadata = Columns.Metadata(file),
        };
        command = command with
        {
            Present = (command.Name is null ? 0 : ProductFields.Name) | (command.Price is null ? 0 : ProductFields.Price)
                | (command.Attributes is null ? 0 : ProductFields.Attributes) | (command.ImageUrl is null ? 0 : ProductFields.ImageUrl),
        };
        return WhyNot(file, command) is var (reason, column)
            ? (null, new ImportProblem(file.Row, command.SourceId, $"{column} {reason}", column))
            : (command, null);
    }

    protected override Task SaveAsync(ImportJob job, IReadOnlyList<(long Number, ProductCommand Row)> rows, List<ImportProblem> failures) => products.SaveAsync(job, rows, failures);

    private static (string Reason, string Column)? WhyNot(CsvFile file, ProductCommand command) =>
        Columns.WhyNot(file)
        ?? (command is { Name: null, SourceId: null } ? ("is required where there is no source_id", "name")
            : command.Attributes?.Count > ProductLimits.Attributes || command.Attributes?.Any(static name => name.Length > ProductLimits.Name) == true
                ? ($"must be at most {ProductLimits.Attributes} names of {ProductLimits.Name} characters", "attributes")
            : null);
}
