using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Catalogue;

internal static class CatalogueServices
{
    public static IServiceCollection AddCatalogues(this IServiceCollection services) =>
        services.AddSingleton<Catalogues>().AddSingleton<ICatalogueFence, CatalogueVersions>();

    /// <summary>Adds what a feature keeps of each project on every silo.</summary>
    public static IServiceCollection AddSection<TReader>(this IServiceCollection services)
        where TReader : SectionReader => services.AddSingleton<SectionReader, TReader>();
}
