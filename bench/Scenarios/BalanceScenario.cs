using Marketing.Bench.Deployments;
using Marketing.Catalogue;
using Marketing.Storage;
using Marketing.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Marketing.Bench.Scenarios;

/// <summary>One account that everybody wants: the committers of two silos on one database change it, within bounds and with a ledger.</summary>
internal sealed class BalanceScenario : IScenario
{
    private const int Project = 1;

    private const string Hot = "hot";

    // Half of what they ask for is refused once it is used up.
    private const long Most = 1_000;

    private const string Naive =
        """
        WITH changed AS (UPDATE naive SET value = value + 1, entries = entries + 1 WHERE account = 'hot' RETURNING value, entries)
        INSERT INTO naive_ledger (account, position, delta, value) SELECT 'hot', entries, 1, value FROM changed
        """;

    public string Name => "pg-balance";

    public string What => "changes of one account by two silos, each within bounds and with a row in the ledger; the same over as many accounts as there are callers";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var database = await Database.StartAsync();
        await using var one = await StartAsync(database);
        await using var other = await StartAsync(database);
        var load = new Load(options.InFlight, TimeSpan.FromSeconds(options.Seconds));

        await load.RunAsync(index => ChangeAsync(index % 2 == 0 ? one : other, Hot, index % 4 < 2 ? 1 : -1));
        var hot = await load.RunAsync(index => ChangeAsync(index % 2 == 0 ? one : other, Hot, index % 4 < 2 ? 1 : -1));
        await RequireExactAsync(database);
        var cold = await load.RunAsync(index => ChangeAsync(index % 2 == 0 ? one : other, $"account-{index % options.InFlight}", 1));
        await RequireExactAsync(database);
        return
        [
            new Figure("changes of one account", hot.PerSecond, "/s", Target: 5_000, "one transaction a change, 16 connections", await NaiveAsync(database, options)),
            new Figure("p99 of a change of one account", hot.Latencies.Percentile(0.99), "ms"),
            new Figure($"changes of {options.InFlight} accounts", cold.PerSecond, "/s"),
        ];
    }

    private static async Task<ServiceProvider> StartAsync(Database database)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<ICatalogueFence, CatalogueVersions>();
        services.AddSingleton(_ => PostgresSource.Create(database.ConnectionString)).AddPostgresDataPlane();
        var provider = services.BuildServiceProvider();
        foreach (var starting in provider.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            await starting.StartingAsync(CancellationToken.None);
        }

        return provider;
    }

    private static async Task ChangeAsync(ServiceProvider silo, string account, long delta)
    {
        var entry = await silo.GetRequiredService<INumbers>().NextAsync(NumberSequence.Ledger);
        var commit = new Commit { Project = Project };
        commit.Balances.Add(new BalanceChange(account, delta, entry, "bench", DateTimeOffset.UtcNow, "{}"u8.ToArray()) { Most = account == Hot ? Most : long.MaxValue });
        if ((await silo.GetRequiredService<ICommitter>().CommitAsync(commit)).RefusedBy is not (null or Guard.Balance))
        {
            throw new ViolationException("A change was refused by another guard than the account's.");
        }
    }

    private static async Task RequireExactAsync(Database database)
    {
        var wrong = await database.ValueAsync(
            $"""
            SELECT count(*) FROM balances b
            LEFT JOIN (SELECT account, sum(delta) AS sum, count(*) AS entries, max(value) AS most, min(value) AS least FROM ledger GROUP BY account) l ON l.account = b.account
            WHERE b.value <> coalesce(l.sum, 0) OR b.entries <> coalesce(l.entries, 0) OR l.least < 0 OR b.account = '{Hot}' AND l.most > {Most}
            """);
        if (wrong > 0)
        {
            throw new ViolationException($"{wrong} accounts do not hold what their ledger says.");
        }
    }

    // As it is done without a group commit: a transaction a change, which waits for the row.
    private static async Task<double> NaiveAsync(Database database, BenchOptions options)
    {
        await database.RunAsync("CREATE TABLE naive (account text PRIMARY KEY, value bigint, entries bigint) WITH (fillfactor = 60)");
        await database.RunAsync("CREATE TABLE naive_ledger (account text, position bigint, delta bigint, value bigint, PRIMARY KEY (account, position))");
        await database.RunAsync("INSERT INTO naive VALUES ('hot', 0, 0)");
        await using var source = NpgsqlDataSource.Create($"{database.ConnectionString};Max Auto Prepare=10;Maximum Pool Size=16");
        var result = await new Load(16, TimeSpan.FromSeconds(options.Seconds)).RunAsync(async _ =>
        {
            await using var command = source.CreateCommand(Naive);
            await command.ExecuteNonQueryAsync();
        });
        return result.PerSecond;
    }
}
