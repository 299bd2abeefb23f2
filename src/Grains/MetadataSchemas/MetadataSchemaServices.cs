using Marketing.Catalogue;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.MetadataSchemas;

internal static class MetadataSchemaServices
{
    public static IServiceCollection AddMetadataSchemas(this IServiceCollection services) => services
        .AddTable(MetadataSchemaTable.Schemas)
        .AddSection<MetadataSchemasSectionReader>()
        .AddSingleton<MetadataCheck>();
}
