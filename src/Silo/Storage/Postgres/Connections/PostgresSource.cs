using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>The one source of connections of a process, for Orleans' providers and the data plane.</summary>
internal static class PostgresSource
{
    // Every query of the data plane has its index, and plans outlive the size of the tables they were made for: one made on an empty
    // table would scan a million rows later.
    private const string PlanByIndex =
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_material=off -c enable_memoize=off"
        + " -c random_page_cost=1.1 -c jit=off";

    // Nobody waits for a lock for long, nor keeps others waiting who has stopped in the middle of a transaction: the server undoes that.
    private const string ShortWaits = "-c lock_timeout=3s -c idle_in_transaction_session_timeout=3s";

    /// <summary>A data source for the connection string; what it says itself about preparing, limits and plans wins.</summary>
    public static NpgsqlDataSource Create(string connectionString, ILoggerFactory? loggers = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        SetUnlessGiven(settings, "Application Name", "distributions");
        SetUnlessGiven(settings, "Max Auto Prepare", 200);
        SetUnlessGiven(settings, "Auto Prepare Min Usages", 2);
        SetUnlessGiven(settings, "Maximum Pool Size", 40);

        // What stands later wins.
        settings.Options = $"{PlanByIndex} {ShortWaits} {settings.Options}".TrimEnd();

        // Nobody leaves anything behind in a session. Resetting it costs every single read a transaction and six statements.
        SetUnlessGiven(settings, "No Reset On Close", true);

        // Seconds. A server that is away is noticed before the caller's patience ends.
        SetUnlessGiven(settings, "Timeout", 5);
        SetUnlessGiven(settings, "Keepalive", 10);

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UseLoggerFactory(loggers);
        return builder.Build();
    }

    private static void SetUnlessGiven(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
        {
            settings[keyword] = value;
        }
    }
}
