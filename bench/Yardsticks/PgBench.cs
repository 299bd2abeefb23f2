using System.Globalization;
using System.Text.RegularExpressions;
using Marketing.Bench.Deployments;
using Marketing.Testing;
using Npgsql;

namespace Marketing.Bench.Yardsticks;

/// <summary>PostgreSQL's own benchmark beside the engine's database: one transaction of four statements per operation, from 16 connections.</summary>
internal sealed partial class PgBench : IYardstick
{
    private const int Clients = 16;
    private const int Scale = 20;

    private readonly Database _database;
    private readonly string[] _server;
    private readonly int _seconds;

    private PgBench(Database database, NpgsqlConnectionStringBuilder neighbour, int seconds)
    {
        _database = database;
        _server = ["-h", neighbour.Host!, "-p", Text(neighbour.Port), "-U", neighbour.Username!, neighbour.Database!];
        _seconds = seconds;
    }

    public string Name => $"pgbench simple-update, {Clients} clients";

    /// <summary>What a transaction of the last measurement cost the server. Steadier than its rate on a machine that does other work too.</summary>
    public Figure Effort { get; private set; } = new("processor time of the database a pgbench transaction", double.NaN, "us");

    public static async Task<PgBench> PrepareAsync(Database database, int seconds)
    {
        var bench = new PgBench(database, new NpgsqlConnectionStringBuilder(await database.CreateNeighbourAsync()), seconds);
        await bench.RunAsync("-i", "-q", "-s", Text(Scale));
        return bench;
    }

    public async Task<double> MeasureAsync()
    {
        var before = _database.ProcessorTime;
        var output = await RunAsync("-n", "-N", "-c", Text(Clients), "-j", "2", "-T", Text(_seconds));
        var rate = double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        Effort = Effort with { Value = (_database.ProcessorTime - before).TotalMicroseconds / (rate * _seconds) };
        return rate;
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var output = new ProcessOutput(kept: 50);
        var process = new ChildProcess(PostgresPrograms.Find()!.Command("/", "pgbench", [.. arguments, .. _server]), output);
        var exit = await process.ExitedAsync(patience.Token);
        return exit == 0 ? output.ToString()! : throw new InvalidOperationException($"pgbench ended with {exit}: {output}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Rate();
}
