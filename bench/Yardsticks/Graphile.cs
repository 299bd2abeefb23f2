using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Marketing.Bench.Deployments;
using Npgsql;

namespace Marketing.Bench.Yardsticks;

/// <summary>No-op jobs through graphile-worker, tuned: it fetches 500 at a time and completes them in batches.</summary>
internal sealed partial class Graphile(Database database) : IYardstick
{
    private const int Jobs = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "comparisons", "graphile");

    public string Name => "graphile-worker tuned";

    public async Task<double> MeasureAsync()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            await RunAsync("npm", "ci", "--no-audit", "--no-fund");
        }

        var target = new NpgsqlConnectionStringBuilder(await database.CreateNeighbourAsync());
        var url = string.Create(CultureInfo.InvariantCulture, $"postgres://{target.Username}@{target.Host}:{target.Port}/{target.Database}");
        try
        {
            var output = await RunAsync("node", "drain.mjs", url, Jobs.ToString(CultureInfo.InvariantCulture));
            return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        catch (InvalidOperationException failure)
        {
            // The engine's own figures stand without it.
            Console.Error.WriteLine(failure.Message);
            return double.NaN;
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        // A line of log for every job would be measured too.
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            Environment = { ["NO_LOG_SUCCESS"] = "1" },
        })!;
        using var tooLong = new CancellationTokenSource(Patience);
        await using var end = tooLong.Token.Register(() => process.Kill(entireProcessTree: true));
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}: {output}");
    }

    [GeneratedRegex(@"rate = ([0-9.]+)")]
    private static partial Regex Rate();
}
