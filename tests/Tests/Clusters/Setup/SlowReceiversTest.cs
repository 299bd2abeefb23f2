using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>Receivers that take their time with what is sent to everybody, so that something is always in the air.</summary>
public abstract class SlowReceiversTest : ClusterTest
{
    private protected const int HookConnections = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] States = ["queued", "retrying", "sending", "sent", "failed", "skipped", "canceled"];

    /// <summary>What is sent.</summary>
    private protected string Distribution { get; private set; } = "";

    // A lane may take as much at a time as it does by default.
    private protected async Task SendMailAsync(int silos, int customers, SlowReceivers? receivers = null, string uncertain = "resend")
    {
        await OpenAsync(silos, customers, receivers);
        await Work.DraftManualAsync(uncertain);
        await ActivateAsync(Work.Manual);
    }

    private protected async Task SendHooksAsync(int silos, int customers, SlowReceivers? receivers = null)
    {
        await OpenAsync(silos, customers, receivers);
        await ActivateAsync(await Work.DraftHooksAsync());
    }

    private protected async Task<JsonElement> CommandAsync(string command)
    {
        var answer = await Cluster.Shop.PostAsync($"/v1/distributions/{Distribution}/{command}", new { });
        Cluster.Note($"{command} was answered: {answer.GetProperty("messages")}");
        return answer.GetProperty("messages");
    }

    private protected async Task<JsonElement> CountsAsync() => (await Cluster.Shop.GetAsync($"/v1/distributions/{Distribution}")).GetProperty("messages");

    private protected Task<JsonElement> UntilAsync(Func<JsonElement, bool> counts) =>
        Cluster.Shop.UntilAsync($"/v1/distributions/{Distribution}", view => counts(view.GetProperty("messages")), Patience);

    // Everything has an end, and nothing is owed any more.
    private protected async Task<Comparison> FinishedAsync()
    {
        await UntilAsync(IsOver);
        SumsUp(await CountsAsync());
        await AddsUpAsync();
        var comparison = await Work.Ledger.CompareAsync();
        Say($"{comparison.Rows.Count} messages, {comparison.Repeated} repeated, {comparison.Uncertain.Count()} uncertain");
        return comparison;
    }

    private protected async Task<Comparison> EverybodyGotOneAsync()
    {
        var comparison = await FinishedAsync();
        Assert.Empty(comparison.Violations);
        Assert.Equal(Work.Customers, comparison.Rows.Count);
        Assert.Equal(Work.Customers, Count(await CountsAsync(), "sent"));
        return comparison;
    }

    private protected async Task EverybodyGotExactlyOneAsync()
    {
        await UntilAsync(counts => IsOver(counts) || Count(counts, "uncertain") > 0);
        Assert.Equal(0, Count(await CountsAsync(), "uncertain"));
        var comparison = await EverybodyGotOneAsync();
        Assert.Equal((0, 0), (comparison.Repeated, comparison.Uncertain.Count()));
    }

    private protected static int Count(JsonElement counts, string state) => counts.GetProperty(state).GetInt32();

    private protected static void SumsUp(JsonElement counts) => Assert.Equal(Count(counts, "audience"), States.Sum(state => Count(counts, state)));

    private static bool IsOver(JsonElement counts) => Count(counts, "queued") + Count(counts, "retrying") + Count(counts, "sending") == 0;

    private async Task OpenAsync(int silos, int customers, SlowReceivers? receivers)
    {
        await StartAsync(silos, apis: 1, settings: ("Distributions:BatchSize", "200"));
        await Work.OpenAsync(Cluster, customers);
        (receivers ?? new SlowReceivers(seed: 1)).Are(Work);
    }

    private async Task ActivateAsync(string distribution)
    {
        Distribution = distribution;
        await Cluster.Shop.ActivateAsync(distribution);
        await UntilAsync(counts => Count(counts, "audience") == Work.Customers);
    }
}
