using Marketing.AsyncActions;
using Marketing.Exports;
using Marketing.Products.Imports;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Products;

internal static class ProductServices
{
    public static IServiceCollection AddProducts(this IServiceCollection services) => services
        .AddTable(ProductTable.Products)
        .AddTable(SkuTable.Skus)
        .AddExport<ProductExport>()
        .AddExport<SkuExport>()
        .AddSingleton<ProductRows>()
        .AddSingleton<IImport, ProductsUpdate>()
        .AddSingleton<IImport, ProductsMetadataUpdate>()
        .AddSingleton<IImport, ProductsCsvImport>()
        .AddSingleton<IImport, SkusCsvImport>();
}
