using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Storage;

internal static class TableServices
{
    /// <summary>Makes a table known to the silo's storage: it can be read by <see cref="ITableStore{TRow}"/>, and what it owns is erased with its customer.</summary>
    public static IServiceCollection AddTable<TRow>(this IServiceCollection services, Table<TRow> table)
        where TRow : class, ITableRow
    {
        services.AddSingleton(table);
        return services.AddSingleton<Table>(table);
    }
}
