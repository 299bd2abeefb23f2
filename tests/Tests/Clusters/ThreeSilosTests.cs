using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>A short and always equal run of what bench's <c>chaos</c> does for long.</summary>
public sealed class ThreeSilosTests : ClusterTest
{
    // Two kills, and a freeze about as long as others bear.
    private const int Seed = 20_261_125;
    private const int Steps = 3;

    [Fact]
    public async Task Three_silos_killed_and_frozen_at_random_owe_after_each_step_what_they_have_not_sent_and_nothing_at_the_end()
    {
        await StartAsync(silos: 3, apis: 1);
        await Work.BeginAsync(Cluster, customers: 1_000);
        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(200);
        await Work.SendAsync(arrived: 1);
        var random = new Random(Seed);
        List<string> steps = [];
        for (var step = 0; step < Steps; step++)
        {
            steps.Add(await DoAsync(Cluster.Silos[random.Next(3)], kill: random.Next(2) == 0, TimeSpan.FromMilliseconds(random.Next(500, 6_000))));
            await AddsUpAsync();
            await SumsUpAsync(Work.Automatic);
            if ((await SumsUpAsync(Work.Manual)).GetProperty("status").GetString() == "sent")
            {
                await Work.DraftManualAsync();
                await Work.SendAsync(arrived: Work.Mails.Count + 1);
            }
        }

        await Work.FinishAsync();
        await AddsUpAsync();
        Assert.Empty(await Work.ViolationsAsync());
        NeverAFault();
        var comparison = await Work.Ledger.CompareAsync();
        Say($"{string.Join(", ", steps)}; {comparison.Rows.Count} messages, {Work.Events.Accepted.Count} events, {comparison.Uncertain.Count()} uncertain, {comparison.Twice.Count} twice");
    }

    private async Task<string> DoAsync(SiloProcess silo, bool kill, TimeSpan length)
    {
        var what = $"{silo.Name} {(kill ? "killed" : "frozen")} for {length.TotalSeconds:N1} s";
        Cluster.Note(what);
        if (kill)
        {
            await silo.KillAsync();
            await Task.Delay(length, Cancelled);
            await silo.StartAsync();
            return what;
        }

        silo.Freeze();
        await Task.Delay(length, Cancelled);
        silo.Thaw();

        // When the others have declared it dead it ends as soon as it learns that.
        if (await silo.ExitAsync(TimeSpan.FromSeconds(4)) is null)
        {
            return what;
        }

        await silo.StartAsync();
        return $"{what} and declared dead";
    }

    // As the shop sees it.
    private async Task<JsonElement> SumsUpAsync(string distribution)
    {
        var view = await Cluster.Shop.GetAsync($"/v1/distributions/{distribution}");
        var counts = view.GetProperty("messages");
        string[] states = ["queued", "retrying", "sending", "sent", "failed", "skipped", "canceled"];
        Assert.Equal(counts.GetProperty("audience").GetInt32(), states.Sum(state => counts.GetProperty(state).GetInt32()));
        return view;
    }
}
