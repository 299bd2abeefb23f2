using CsCheck;
using Marketing.Clusters;
using Marketing.Storage;
using Marketing.Testing;
using Xunit;

namespace Marketing.Engines;

/// <summary>One process on SQLite, and a silo and an API on PostgreSQL: whatever is asked of them, in whatever order, they answer the same.</summary>
[Collection(OneAtATime.Name)]
public sealed class EnginesAgreeTests : IAsyncLifetime
{
    private const int Calls = 400;
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Distributions:ManualDelay"] = "00:00:00",
        ["Distributions:Discard:Enabled"] = "true",
        ["Logging:LogLevel:Default"] = "Warning",
    };

    private EngineProcess? _embedded;
    private EngineCluster? _cluster;

    public async ValueTask InitializeAsync()
    {
        PostgresDatabase.RequireServer();
        _embedded = new EngineProcess(Settings);
        _cluster = await EngineCluster.StartAsync(silos: 1, apis: 1, Settings);
        await _embedded.StartAsync();
        await Task.WhenAll(_embedded.Shop.BrandAsync(), new ShopClient(_cluster.Apis[0].Http, static () => "").BrandAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await (_embedded?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task The_same_calls_are_answered_the_same()
    {
        var (sqlite, postgres) = (new EngineSide(_embedded!.Http), new EngineSide(_cluster!.Apis[0].Http));
        var statuses = new Dictionary<string, int>();
        var differences = new List<string>();
        foreach (var call in AnyCall.Any.Array[Calls].Single(_ => true, Seed))
        {
            var answers = await Task.WhenAll(sqlite.AskAsync(call), postgres.AskAsync(call));
            if (answers[0] != answers[1])
            {
                differences.Add($"{call}\n  SQLite     {answers[0]}\n  PostgreSQL {answers[1]}");
            }

            statuses[answers[0][..3]] = statuses.GetValueOrDefault(answers[0][..3]) + 1;
        }

        Assert.True(differences.Count == 0, string.Join("\n\n", differences));

        // Agreement on refusals alone would prove little.
        Assert.True(statuses["200"] > Calls / 2, string.Join(", ", statuses));
        Assert.True(statuses["400"] > Calls / 20, string.Join(", ", statuses));
        Assert.DoesNotContain(statuses, status => status.Key[0] == '5');
    }
}
