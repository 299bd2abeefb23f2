using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Marketing.Bench.Yardsticks;

/// <summary>
/// Upserts of documents of 1.5 KB by their id, as a shop's customers come: in no order, among a hundred thousand. A hundred in a transaction,
/// each transaction on the disk before the next.
/// </summary>
internal sealed class SqliteUpserts(int seconds) : IYardstick
{
    private const int Rows = 100_000;
    private const int Batch = 100;

    public string Name => "SQLite upserts, batch 100";

    public Task<double> MeasureAsync() => Task.Run(Measure);

    private double Measure()
    {
        var folder = Directory.CreateTempSubdirectory("upserts-").FullName;
        try
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "rows.db")};Pooling=false");
            connection.Open();
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (id TEXT PRIMARY KEY, document BLOB NOT NULL)");
            using var upsert = connection.CreateCommand();
            upsert.CommandText = "INSERT INTO rows (id, document) VALUES ($id, $document) ON CONFLICT (id) DO UPDATE SET document = excluded.document";
            var id = upsert.Parameters.Add("$id", SqliteType.Text);
            var document = upsert.Parameters.Add("$document", SqliteType.Blob);
            string[] ids = [.. Enumerable.Range(0, Rows).Select(_ => $"cust_{Guid.NewGuid():N}")];
            WriteAll(ids);

            var written = 0;
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                WriteAll(Random.Shared.GetItems(ids, Batch));
                written += Batch;
            }

            return written / watch.Elapsed.TotalSeconds;

            void WriteAll(string[] some)
            {
                using var transaction = connection.BeginTransaction();
                upsert.Transaction = transaction;
                foreach (var one in some)
                {
                    // Never the same bytes: what does not change, SQLite does not write.
                    (id.Value, document.Value) = (one, RandomNumberGenerator.GetBytes(1_500));
                    upsert.ExecuteNonQuery();
                }

                transaction.Commit();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
