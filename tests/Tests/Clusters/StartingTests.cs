using System.Net;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

public sealed class StartingTests : ClusterTest
{
    [Fact]
    public async Task Processes_that_start_together_on_an_empty_database_make_its_schema_once_and_work()
    {
        await PrepareAsync(silos: 2, apis: 1);
        EngineHost[] hosts = [.. Cluster.Silos, .. Cluster.Apis];
        foreach (var host in hosts)
        {
            host.Launch();
        }

        await Task.WhenAll(hosts.Select(host => host.ReadyAsync()));

        var said = hosts.SelectMany(host => host.Output.Split('\n')).Where(line => line.Contains("Applied to the database ", StringComparison.Ordinal)).ToList();
        var applied = said.SelectMany(line => line.Split(": ")[^1].Split(", ")).ToList();
        Assert.Equal(applied.Distinct(), applied);
        Assert.Equal(await ScriptsAsync(), applied.Count);
        await Work.BeginAsync(Cluster, customers: 200);
        await Work.SendAsync(arrived: 1);
        await Work.FinishAsync();
        Assert.Empty(await Work.ViolationsAsync());
        NeverAFault();
    }

    [Fact]
    public async Task An_api_without_a_silo_says_when_to_come_back()
    {
        await PrepareAsync(silos: 1, apis: 1);
        var api = Cluster.Apis[0];
        api.Launch();
        await Wait.UntilAsync(ListensAsync, TimeSpan.FromSeconds(30), () => $"The API does not listen:\n{Cluster.Log}");
        foreach (var path in (string[])["/health/ready", "/v1/customers", "/v1/distributions", "/v1/segments"])
        {
            using var response = await api.Http.GetAsync(path, Cancelled);
            Assert.Equal((path, HttpStatusCode.ServiceUnavailable, true), (path, response.StatusCode, response.Headers.RetryAfter is not null));
        }

        using (var live = await api.Http.GetAsync("/health/live", Cancelled))
        {
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        }

        await Cluster.Silos[0].StartAsync();
        await api.ReadyAsync();
        await Work.BeginAsync(Cluster, customers: 200);
        await Work.SendAsync(arrived: 1);
        await Work.FinishAsync();
        Assert.Empty(await Work.ViolationsAsync());

        async Task<bool> ListensAsync()
        {
            try
            {
                using var response = await api.Http.GetAsync("/health/live", Cancelled);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    private async Task<long> ScriptsAsync()
    {
        await using var command = Cluster.Database.CreateCommand("SELECT count(*) FROM schema_versions");
        return (long)(await command.ExecuteScalarAsync(Cancelled))!;
    }
}
