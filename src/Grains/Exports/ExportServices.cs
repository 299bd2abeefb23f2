using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Exports;

internal static class ExportServices
{
    public static IServiceCollection AddExports(this IServiceCollection services) => services.AddTable(ExportTable.Exports).AddTable(ExportPartTable.Parts);

    /// <summary>Makes a kind of object known to exports.</summary>
    public static IServiceCollection AddExport<TSource>(this IServiceCollection services)
        where TSource : class, IExportSource => services.AddSingleton<IExportSource, TSource>();
}
