using Marketing.Catalogue;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Categories;

internal static class CategoryServices
{
    public static IServiceCollection AddCategories(this IServiceCollection services) => services.AddTable(CategoryTable.Categories).AddSection<CategorySectionReader>().AddSingleton<CategoryCheck>();
}
