using System.Diagnostics;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Yardsticks;

/// <summary>Reads the documents of all customers on one connection and looks at none.</summary>
internal sealed class RawScan(Database database) : IYardstick
{
    public string Name => "raw scan";

    public async Task<double> MeasureAsync()
    {
        var watch = Stopwatch.StartNew();
        await using var command = database.Source.CreateCommand("SELECT document FROM customers");
        await using var reader = await command.ExecuteReaderAsync();
        long rows = 0, bytes = 0;
        while (await reader.ReadAsync())
        {
            bytes += reader.GetFieldValue<byte[]>(0).Length;
            rows++;
        }

        return bytes > 0 ? rows / watch.Elapsed.TotalSeconds : 0;
    }
}
