using Marketing.Customers;
using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

/// <summary>Reads of customers, in SQLite.</summary>
internal sealed class SqliteCustomerStore(CustomerLoader loader, SqliteReaders readers, SqliteDatabase database) : CustomerStore(database)
{
    public override Task<CustomerRow?> LoadAsync(int project, string id) => loader.LoadAsync(project, id);

    public override Task<IReadOnlyList<CustomerRow>> LoadManyAsync(int project, IReadOnlyCollection<string> keys, bool bySource) =>
        readers.ListAsync<IReadOnlyList<CustomerRow>>(session =>
        {
            var rows = new List<CustomerRow>(keys.Count);
            session.Execute("BEGIN");
            foreach (var key in keys)
            {
                if (session.Prepare(bySource ? CustomerSql.BySource : CustomerSql.ById).Bind(project).Bind(key).ReadFirst(CustomerSql.Row) is { } row)
                {
                    rows.Add(row);
                }
            }

            session.Execute("COMMIT");
            return rows;
        });

    public override Task<IReadOnlyList<CustomerRow>> LoadByEmailAsync(int project, IReadOnlyCollection<string> spellings, int most) =>
        readers.ListAsync<IReadOnlyList<CustomerRow>>(session =>
        {
            var rows = new List<CustomerRow>(spellings.Count);
            session.Execute("BEGIN");
            foreach (var spelling in spellings)
            {
                rows.AddRange(session.Prepare(CustomerSql.ByEmail).Bind(project).Bind(spelling).Bind(most).ReadAll(CustomerSql.Row));
            }

            session.Execute("COMMIT");
            return rows;
        });
}
