using Marketing.Catalogue;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Branding;

internal static class BrandServices
{
    public static IServiceCollection AddBranding(this IServiceCollection services) => services.AddTable(BrandTable.Brands).AddSingleton<BrandBook>().AddSection<BrandSectionReader>();
}
