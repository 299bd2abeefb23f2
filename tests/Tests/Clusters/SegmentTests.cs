using System.Net.Http.Json;
using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>Segments that change while customers of them are active on two silos.</summary>
public sealed class SegmentTests : ClusterTest
{
    private const int Customers = 40;
    private const int Rounds = 6;
    private const string Kiritimati = "Pacific/Kiritimati";
    private const string Gone = """{"junction":"and","gone":{"conditions":{"$is":["x"]}}}""";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task By_the_filter_that_was_answered_is_judged_whatever_is_accepted_later_on_every_silo()
    {
        await StartAsync(silos: 2, apis: 2);
        var plans = new string[Customers];
        await Task.WhenAll(Enumerable.Range(0, Customers).Select(number => PutAsync(number, plans, number % 2 == 0 ? "gold" : "silver")));
        var segment = await CreateAsync("passive", Plan("gold"));
        await Cluster.Shop.SyncedAsync(segment);
        for (var round = 0; round < Rounds; round++)
        {
            var (one, other) = round % 2 == 0 ? (Cluster.Apis[0], Cluster.Apis[1]) : (Cluster.Apis[1], Cluster.Apis[0]);
            var (before, now) = round % 2 == 0 ? ("gold", "silver") : ("silver", "gold");

            // While the filter changes too: whatever they are decided by, the end is the same.
            using var over = new CancellationTokenSource();
            var meanwhile = MoveAboutAsync(plans, over.Token);
            await ChangeAsync(one, segment, Plan(now));
            await over.CancelAsync();
            await meanwhile;

            // Half of them to the one plan, half to the other, through the other API.
            await Task.WhenAll(Enumerable.Range(0, Customers).Select(async number =>
            {
                await PutAsync(number, plans, (number + round) % 2 == 0 ? before : now, other);
                Assert.Equal(plans[number] == now, await IsInAsync(other, number, segment));
            }));

            await Cluster.Shop.SyncedAsync(segment);
            Assert.Equal(
                Enumerable.Range(0, Customers).Where(number => plans[number] == now).Select(Source).Order(StringComparer.Ordinal),
                await MembersAsync(one, segment));
        }

        for (var number = 0; number < Customers; number++)
        {
            Assert.Equal((0, 0), await PassagesAsync(number));
        }

        NobodyWasRefused();
    }

    [Fact]
    public async Task Who_is_in_by_a_new_time_zone_enters_and_who_was_by_the_old_leaves_once_also_who_is_busy_meanwhile()
    {
        await StartAsync(silos: 2, apis: 2);

        // Their times have no zone: five in the morning in UTC is in the afternoon before on Kiritimati, and seven in the evening is five in the morning.
        await Task.WhenAll(Enumerable.Range(0, Customers).Select(number => PutDayAsync(number, number % 2 == 0 ? "2030-03-01T05:00:00" : "2030-03-01T19:00:00")));
        var segment = await CreateAsync("auto-update", """{"junction":"and","metadata.day":{"conditions":{"$after":["2030-03-01T00:00:00Z"],"$before":["2030-03-01T10:00:00Z"]}}}""");
        await Cluster.Shop.SyncedAsync(segment);
        Assert.Equal(Sources(0), await MembersAsync(Cluster.Apis[0], segment));
        var entering = await Cluster.Shop.DistributionAsync(On("customer.segment.entered", segment));
        var leaving = await Cluster.Shop.DistributionAsync(On("customer.segment.left", segment));

        // A quarter of them is never still, on either silo.
        using var over = new CancellationTokenSource();
        var busy = Enumerable.Range(0, Customers / 4).Select(number => VisitsAsync(number, over.Token)).ToArray();
        await MoveToAsync(Cluster.Apis[1], Kiritimati);
        await Cluster.Shop.SyncedAsync(segment);
        await over.CancelAsync();
        await Task.WhenAll(busy);

        Assert.Equal(Sources(1), await MembersAsync(Cluster.Apis[1], segment));
        foreach (var distribution in (string[])[entering, leaving])
        {
            await Cluster.Shop.UntilAsync($"/v1/distributions/{distribution}", view => view.GetProperty("messages").GetProperty("sent").GetInt32() == Customers / 2, Soon);
            Assert.Equal(Customers / 2, (await Cluster.Shop.GetAsync($"/v1/distributions/{distribution}")).GetProperty("messages").GetProperty("audience").GetInt32());
        }

        await Task.WhenAll(Enumerable.Range(0, Customers).Select(number => VisitAsync(number)));
        for (var number = 0; number < Customers; number++)
        {
            Assert.Equal(number % 2 == 0 ? (0, 1) : (1, 0), await PassagesAsync(number));
        }

        NobodyWasRefused();
    }

    [Fact]
    public async Task A_filter_or_a_distribution_that_is_not_understood_holds_up_no_event_on_any_silo_and_is_mended_or_deleted()
    {
        await StartAsync(silos: 2, apis: 2);
        var plans = new string[Customers];
        await Task.WhenAll(Enumerable.Range(0, Customers).Select(number => PutAsync(number, plans, "gold")));
        var gold = await CreateAsync("auto-update", Plan("gold"));
        var silver = await CreateAsync("auto-update", Plan("silver"));
        await Cluster.Shop.SyncedAsync(gold);
        await Cluster.Shop.SyncedAsync(silver);
        var intoSilver = await Cluster.Shop.DistributionAsync(On("customer.segment.entered", silver));
        var torn = await Cluster.Shop.DistributionAsync(On("customer.segment.entered", silver));
        await RunAsync($"UPDATE segments SET filter = convert_to('{Gone}', 'UTF8') WHERE id = '{gold}'");
        await RunAsync($"UPDATE distributions SET document = convert_to('torn', 'UTF8') WHERE id = '{torn}'");

        await Task.WhenAll(Enumerable.Range(0, Customers).Select(number => PutAsync(number, plans, "silver", Cluster.Apis[number % 2])));
        await Cluster.Shop.UntilAsync($"/v1/distributions/{intoSilver}", view => view.GetProperty("messages").GetProperty("sent").GetInt32() == Customers, Soon);
        Assert.Equal([.. Enumerable.Range(0, Customers).Select(Source).Order(StringComparer.Ordinal)], await MembersAsync(Cluster.Apis[0], gold));
        foreach (var api in Cluster.Apis)
        {
            var segment = await api.Shop.UntilAsync($"/v1/segments/{gold}", one => one.TryGetProperty("status", out var status) && status.GetString() == "unreadable", Soon);
            Assert.Contains("gone", segment.GetProperty("status_reason").GetString());
            var view = await api.Shop.UntilAsync($"/v1/distributions/{torn}", one => one.GetProperty("status").GetString() == "unreadable", Soon);
            Assert.Equal(0, view.GetProperty("messages").GetProperty("audience").GetInt32());
        }

        await ChangeAsync(Cluster.Apis[1], gold, Plan("silver"));
        await Cluster.Shop.SyncedAsync(gold);
        Assert.Equal(Customers, (await MembersAsync(Cluster.Apis[0], gold)).Count);
        for (var number = 0; number < Customers; number++)
        {
            Assert.Equal((1, 0), await PassagesAsync(number));
        }

        using var deleted = await Cluster.Apis[1].Http.DeleteAsync($"/v1/distributions/{torn}", Cancelled);
        Assert.True(deleted.IsSuccessStatusCode);
        NobodyWasRefused();
    }

    private void NobodyWasRefused() => Assert.DoesNotContain(Cluster.Apis.SelectMany(api => api.Refused), call => call.Status is not (0 or 503));

    private async Task PutAsync(int number, string[] plans, string plan, EngineProcess? api = null)
    {
        plans[number] = plan;
        await (api ?? Cluster.Apis[0]).Shop.PostAsync("/v1/customers", new { source_id = Source(number), email = $"{Source(number)}@example.com", metadata = new { plan } });
    }

    private Task<JsonElement> PutDayAsync(int number, string day) => Cluster.Apis[number % 2].Shop.PostAsync("/v1/customers", new { source_id = Source(number), metadata = new { day } });

    private async Task MoveAboutAsync(string[] plans, CancellationToken over)
    {
        for (var step = 0; !over.IsCancellationRequested; step++)
        {
            var number = step % Customers;
            await PutAsync(number, plans, plans[number] == "gold" ? "silver" : "gold", Cluster.Apis[step % 2]);
        }
    }

    private async Task VisitsAsync(int number, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await VisitAsync(number);
        }
    }

    private Task<JsonElement> VisitAsync(int number) =>
        Cluster.Apis[number % 2].Shop.PostAsync("/v1/events", new { @event = "visit", customer = new { source_id = Source(number) }, metadata = new { at = Environment.TickCount64 } });

    private async Task<string> CreateAsync(string type, string filter) =>
        (await Cluster.Shop.PostAsync("/v1/segments", new { name = $"{type} {Guid.NewGuid():N}", type, filter = JsonSerializer.Deserialize<JsonElement>(filter) })).GetProperty("id").GetString()!;

    private static async Task ChangeAsync(EngineProcess api, string segment, string filter)
    {
        using var response = await api.Http.PutAsJsonAsync($"/v1/segments/{segment}", new { filter = JsonSerializer.Deserialize<JsonElement>(filter) }, Cancelled);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancelled));
    }

    private async Task MoveToAsync(EngineProcess api, string zone)
    {
        var keys = Cluster.Apis.Select(one => Path.Combine(one.Directory, "keys.json")).Single(File.Exists);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(keys, Cancelled));
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/management/v1/projects/{document.RootElement.GetProperty("project").GetString()}")
        {
            Content = JsonContent.Create(new { timezone = zone }),
        };
        request.Headers.Add("X-Management-Id", document.RootElement.GetProperty("management").GetProperty("id").GetString());
        request.Headers.Add("X-Management-Token", document.RootElement.GetProperty("management").GetProperty("token").GetString());
        using var response = await api.Http.SendAsync(request, Cancelled);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancelled));
    }

    private static async Task<bool> IsInAsync(EngineProcess api, int number, string segment) =>
        (await api.Shop.GetAsync($"/v1/customers/{Source(number)}/segments")).GetProperty("data").EnumerateArray().Any(one => one.GetProperty("id").GetString() == segment);

    private static async Task<IReadOnlyList<string>> MembersAsync(EngineProcess api, string segment)
    {
        var list = await api.Shop.GetAsync($"/v1/customers?segment_id={segment}&limit=100");
        return [.. list.GetProperty("customers").EnumerateArray().Select(customer => customer.GetProperty("source_id").GetString()!).Order(StringComparer.Ordinal)];
    }

    // How often a customer entered a segment, and left one.
    private async Task<(int Entered, int Left)> PassagesAsync(int number)
    {
        var types = new List<string>();
        string? after = null;
        while (true)
        {
            var cursor = after is null ? "" : $"&starting_after_id={after}";
            var page = await Cluster.Shop.GetAsync($"/v1/customers/{Source(number)}/activity?limit=100{cursor}");
            var entries = page.GetProperty("data").EnumerateArray().ToArray();
            types.AddRange(entries.Select(entry => entry.GetProperty("type").GetString()!));
            if (!page.GetProperty("has_more").GetBoolean())
            {
                return (types.Count(type => type == "customer.segment.entered"), types.Count(type => type == "customer.segment.left"));
            }

            after = entries[^1].GetProperty("id").GetString();
        }
    }

    private object On(string trigger, string segment) => new
    {
        name = $"{trigger} {Guid.NewGuid():N}",
        type = "automatic",
        trigger = new { type = trigger, segment_id = segment },
        action = new { type = "plain_message" },
        channels = new[] { new { type = "webhook", template = new { event_name = "moved", target_url = Work.Hooks.Url.ToString() } } },
    };

    private async Task RunAsync(string sql)
    {
        await using var command = Cluster.Database.CreateCommand(sql);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancelled));
    }

    private static string Plan(string plan) => $$$$"""{"junction":"and","metadata.plan":{"conditions":{"$is":["{{{{plan}}}}"]}}}""";

    private static string Source(int number) => $"c-{number}";

    private static IReadOnlyList<string> Sources(int remainder) =>
        [.. Enumerable.Range(0, Customers).Where(number => number % 2 == remainder).Select(Source).Order(StringComparer.Ordinal)];
}
