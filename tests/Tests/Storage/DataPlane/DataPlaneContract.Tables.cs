using System.Reflection;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    /// <summary>The tables that features declare.</summary>
    private static IReadOnlyList<Table> DeclaredTables { get; } =
    [
        .. typeof(Table).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType.IsAssignableTo(typeof(Table))).Select(field => (Table)field.GetValue(null)!),
    ];

    [Fact]
    public async Task The_schema_has_what_the_tables_declare_and_nothing_that_they_leave_out()
    {
        Assert.NotEmpty(DeclaredTables);
        foreach (var table in DeclaredTables)
        {
            var stored = await ColumnsOfAsync(table.Name);
            Assert.Equal(
                ((string[])["no bigint", "project integer", "id text", "version bigint", .. table.Columns.Select(Described)]).Order(StringComparer.Ordinal),
                stored.Select(column => table.Columns.Any(declared => declared.Kind == ColumnKind.Number && column == $"{declared} integer") ? $"{column[..^8]} bigint" : column)
                    .Order(StringComparer.Ordinal));

            var indexes = await IndexesOfAsync(table.Name);
            Assert.Contains("unique project id", indexes);
            Assert.All(table.Unique, column => Assert.Contains($"unique project {column}", indexes));
            Assert.All(table.Orders, column => Assert.Contains($"project {column} no", indexes));
            Assert.All(table.Groups, column => Assert.Contains($"{column} no", indexes));
            if (table.Owner is { } owner)
            {
                Assert.Contains($"{owner}", indexes);
            }
        }
    }

    [Fact]
    public void Every_declared_table_is_registered() =>
        Assert.Equal(DeclaredTables.Select(table => table.Name).Order(StringComparer.Ordinal), Plane.Tables.All.Select(table => table.Name));

    /// <summary>Name and type of each column: integer, bigint, text or bytes.</summary>
    protected abstract Task<IReadOnlyList<string>> ColumnsOfAsync(string table);

    /// <summary>The columns of each index, separated by spaces, those that are unique with the word before them.</summary>
    protected abstract Task<IReadOnlyList<string>> IndexesOfAsync(string table);

    private static string Described(Column column) => column.Kind switch
    {
        ColumnKind.Text => $"{column} text",
        ColumnKind.Number => $"{column} bigint",
        _ => $"{column} bytes",
    };
}
