using Marketing.Storage;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>Has a workload and its sinks; what the processes printed is kept when the test fails.</summary>
[Collection(OneAtATime.Name)]
public abstract class ClusterTest : IAsyncLifetime
{
    /// <summary>That a silo has to the mail server.</summary>
    private protected const int MailConnections = 16;

    private protected const string Ready = "/health/ready";
    private protected const string Live = "/health/live";

    private EngineCluster? _cluster;

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected Workload Work { get; private set; } = null!;

    private protected EngineCluster Cluster => _cluster!;

    public async ValueTask InitializeAsync()
    {
        PostgresDatabase.RequireServer();
        Work = await Workload.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                Keep(_cluster.Log);
            }

            await _cluster.DisposeAsync();
        }

        if (Work is not null)
        {
            await Work.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected async Task StartAsync(int silos, int apis, bool ownServer = false, params (string Key, string Value)[] settings) =>
        _cluster = await EngineCluster.StartAsync(silos, apis, Work.Settings(settings), ownServer);

    private protected async Task PrepareAsync(int silos, int apis, bool ownServer = false, params (string Key, string Value)[] settings) =>
        _cluster = await EngineCluster.PrepareAsync(silos, apis, Work.Settings(settings), ownServer);

    private protected async Task AddsUpAsync() => Assert.Empty(await Work.Ledger.ImbalancesAsync());

    // Refused until later, or cut off: that callers can repeat. A 500 says that nobody thought of it.
    private protected void NeverAFault() => Assert.DoesNotContain(Work.Events.Refused, call => call.Status is not (0 or 503));

    // Who was not ready, asked again and again until the stretch is over.
    private protected async Task<List<string>> NotReadyAsync(CancellationToken over)
    {
        List<string> not = [];
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!over.IsCancellationRequested)
        {
            foreach (var host in Cluster.Hosts)
            {
                if (await host.AskAsync(Ready) is not 200 and var status)
                {
                    not.Add($"{DateTime.UtcNow:HH:mm:ss.fff} {host.Name}: {status}");
                }
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        return not;
    }

    private protected static void Say(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);

    private static void Keep(string log)
    {
        var test = TestContext.Current.TestMethod?.MethodName ?? "cluster";
        var file = Path.Combine(AppContext.BaseDirectory, "logs", $"{test}.log");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, log);
        TestContext.Current.AddAttachment("cluster.log", log);
        Say($"What the processes printed is in {file}");
    }
}
