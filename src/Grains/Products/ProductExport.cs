using Marketing.Exports;
using Marketing.Shapes;
using Marketing.Storage;

namespace Marketing.Products;

/// <summary>Products in exports.</summary>
internal sealed class ProductExport(ITableStore<ProductRow> store) : IExportSource
{
    public string Name => "product";

    public IReadOnlyList<ExportField> Fields { get; } =
    [
        ExportFields<ProductRow>.Text("id", product => product.Id), ExportFields<ProductRow>.Text("name", product => product.Name),
        ExportFields<ProductRow>.Number("price", product => product.Price), ExportFields<ProductRow>.Text("image_url", product => product.ImageUrl),
        ExportFields<ProductRow>.Text("source_id", product => product.SourceId), ExportFields<ProductRow>.Json("attributes", product => product.Attributes),
        ExportFields<ProductRow>.Instant("created_at", product => product.CreatedAt), ExportFields<ProductRow>.Instant("updated_at", product => product.UpdatedAt),
    ];

    public IReadOnlyList<string> Usual { get; } = ["id", "name", "price", "image_url", "source_id", "attributes", "created_at"];

    public IReadOnlyList<string> Orders { get; } = ["created_at", "updated_at", "name", "id", "source_id"];

    public string? WalkedIn => "created_at";

    public Shape Shape => ProductShape.Product;

    public Func<ExportItem, RawJson?>? Metadata { get; } = item => ((ProductRow)item.Row).Metadata;

    public Task<ExportPage> WalkAsync(int project, string? after, int limit) =>
        store.WalkAsync(project, after, limit, row => row.CreatedAt, row => new ExportItem(ProductShape.Write(ProductShape.Product, row).Utf8.ToArray(), row));
}

/// <summary>SKUs in exports.</summary>
internal sealed class SkuExport(ITableStore<SkuRow> store) : IExportSource
{
    public string Name => "sku";

    public IReadOnlyList<ExportField> Fields { get; } =
    [
        ExportFields<SkuRow>.Text("id", sku => sku.Id), ExportFields<SkuRow>.Text("sku", sku => sku.Sku), ExportFields<SkuRow>.Text("product_id", sku => sku.ProductId),
        ExportFields<SkuRow>.Text("currency", sku => sku.Currency), ExportFields<SkuRow>.Number("price", sku => sku.Price),
        ExportFields<SkuRow>.Text("image_url", sku => sku.ImageUrl), ExportFields<SkuRow>.Text("source_id", sku => sku.SourceId),
        ExportFields<SkuRow>.Json("attributes", sku => sku.Attributes), ExportFields<SkuRow>.Instant("created_at", sku => sku.CreatedAt),
        ExportFields<SkuRow>.Instant("updated_at", sku => sku.UpdatedAt),
    ];

    public IReadOnlyList<string> Usual { get; } = ["id", "sku", "product_id", "currency", "price", "image_url", "source_id", "attributes", "created_at"];

    public IReadOnlyList<string> Orders { get; } = ["created_at", "updated_at", "sku", "id", "source_id", "product_id"];

    public string? WalkedIn => "created_at";

    public Shape Shape => ProductShape.Sku;

    public Func<ExportItem, RawJson?>? Metadata { get; } = item => ((SkuRow)item.Row).Metadata;

    public Task<ExportPage> WalkAsync(int project, string? after, int limit) =>
        store.WalkAsync(project, after, limit, row => row.CreatedAt, row => new ExportItem(ProductShape.Write(row).Utf8.ToArray(), row));
}
