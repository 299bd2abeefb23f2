using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Marketing.Bench.Yardsticks;

/// <summary>Upserts of 1.5 KB into a SQLite file, a hundred in a transaction, each transaction on the disk before the next.</summary>
internal sealed class SqliteUpserts(int seconds) : IYardstick
{
    private const int Rows = 10_000;
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
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (no INTEGER PRIMARY KEY, document BLOB NOT NULL)");
            using var upsert = connection.CreateCommand();
            upsert.CommandText = "INSERT INTO rows (no, document) VALUES ($no, $document) ON CONFLICT (no) DO UPDATE SET document = excluded.document";
            var no = upsert.Parameters.Add("$no", SqliteType.Integer);
            upsert.Parameters.Add("$document", SqliteType.Blob).Value = new byte[1_500];

            var written = 0;
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                using var transaction = connection.BeginTransaction();
                upsert.Transaction = transaction;
                for (var i = 0; i < Batch; i++, written++)
                {
                    no.Value = written % Rows;
                    upsert.ExecuteNonQuery();
                }

                transaction.Commit();
            }

            return written / watch.Elapsed.TotalSeconds;
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
