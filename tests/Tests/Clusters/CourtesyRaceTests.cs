using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>What customers and accounts may get, where many ask at once for it through two APIs and on two silos. The mail server is the judge.</summary>
public sealed class CourtesyRaceTests : ClusterTest
{
    private const int Callers = 64;
    private const int Distributions = 3;
    private const int Customers = 4;
    private const int Cap = 5;
    private const int Trial = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Caps_the_account_and_quiet_hours_are_kept_to_the_message_by_sixty_four_who_call_at_once()
    {
        await StartAsync(silos: 2, apis: 2);
        var now = DateTime.UtcNow;
        var capped = await OpenAsync(new { name = "Capped", timezone = "UTC", frequency_caps = new[] { new { channel = "email", messages = Cap, within = "P1D" } } });
        var trial = await OpenAsync(new { name = "Trial", timezone = "UTC", message_plan = "trial" });
        var quiet = await OpenAsync(new { name = "Quiet", timezone = "UTC", quiet_hours = new { from = Time(now.AddHours(-1)), to = Time(now.AddHours(4)) } });
        var confirmation = await quiet[0].DistributionAsync(Draft("Confirmation", transactional: true));
        var sends = new Dictionary<ShopClient, List<string>>();
        foreach (var shop in new[] { capped[0], trial[0], quiet[0] })
        {
            sends[shop] = [];
            for (var i = 0; i < Distributions; i++)
            {
                sends[shop].Add(await shop.DistributionAsync(Draft($"Visit {i}")));
            }
        }

        for (var i = 0; i < Callers; i++)
        {
            await Task.WhenAll(GivenAsync(trial[i % 2], $"trial{i}"), GivenAsync(quiet[i % 2], $"quiet{i}"), GivenAsync(capped[i % 2], $"capped{i % Customers}"));
        }

        await Task.WhenAll(Enumerable.Range(0, Callers).SelectMany(caller => new[]
        {
            VisitAsync(capped[caller % 2], $"capped{caller % Customers}"), VisitAsync(trial[caller % 2], $"trial{caller}"), VisitAsync(quiet[caller % 2], $"quiet{caller}"),
        }));

        Assert.Equal(Customers * Cap, await SettledAsync(capped[0], sends[capped[0]]));
        Assert.Equal(Trial, await SettledAsync(trial[0], sends[trial[0]]));
        await quiet[0].UntilAsync($"/v1/distributions/{confirmation}", view => Count(view, "sent") == Callers, Patience);
        foreach (var held in sends[quiet[0]])
        {
            await quiet[0].UntilAsync($"/v1/distributions/{held}", view => Count(view, "retrying") == Callers, Patience);
        }

        var mails = Work.Mails.Received.ToLookup(mail => string.Concat(mail.To.Single().TakeWhile(char.IsAsciiLetter)));
        Assert.Equal((Customers * Cap, Trial, Callers), (mails["capped"].Count(), mails["trial"].Count(), mails["quiet"].Count()));
        Assert.All(mails["capped"].CountBy(mail => mail.To.Single()), customer => Assert.Equal(Cap, customer.Value));
        Assert.All(mails["quiet"], mail => Assert.Equal("Confirmation", mail.Subject));
        Assert.Equal(Callers, mails["quiet"].Select(mail => mail.To.Single()).Distinct().Count());
        var limit = Assert.Single((await trial[1].GetAsync("/v1/project")).GetProperty("message_limits").EnumerateArray());
        Assert.Equal((Trial, Trial), (limit.GetProperty("messages").GetInt32(), limit.GetProperty("used").GetInt32()));
        Assert.Empty(await new Ledger(Cluster.Database, Work.Mails, Work.Hooks).ImbalancesAsync());
    }

    private static string Time(DateTime at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static object Draft(string name, bool transactional = false) => new
    {
        name,
        transactional,
        type = "automatic",
        trigger = new { type = "customer.custom_event", custom_event = "visit" },
        action = new { type = "plain_message" },
        channels = new[] { new { type = "email", template = new { subject = name, text = "Hi" } } },
    };

    private static Task<JsonElement> GivenAsync(ShopClient shop, string customer) => shop.PostAsync("/v1/customers", new { source_id = customer, email = $"{customer}@example.com" });

    private static Task<JsonElement> VisitAsync(ShopClient shop, string customer) => shop.PostAsync("/v1/events", new { @event = "visit", customer = new { source_id = customer } });

    private static int Count(JsonElement distribution, string state) => distribution.GetProperty("messages").GetProperty(state).GetInt32();

    // How many were sent, once nothing is owed of all that was asked for.
    private static async Task<int> SettledAsync(ShopClient shop, IEnumerable<string> distributions)
    {
        var sent = 0;
        foreach (var distribution in distributions)
        {
            var view = await shop.UntilAsync($"/v1/distributions/{distribution}", view => Count(view, "sent") + Count(view, "skipped") == Callers, Patience);
            sent += Count(view, "sent");
        }

        return sent;
    }

    // A project of its own with these settings from its first moment, through either API.
    private async Task<ShopClient[]> OpenAsync(object settings)
    {
        // Whichever of them made the first project.
        var file = Cluster.Hosts.Select(static host => Path.Combine(host.Directory, "keys.json")).First(File.Exists);
        var keys = JsonElement.Parse(await File.ReadAllTextAsync(file, Cancelled)).GetProperty("management");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/management/v1/projects") { Content = JsonContent.Create(settings) };
        request.Headers.Add("X-Management-Id", keys.GetProperty("id").GetString());
        request.Headers.Add("X-Management-Token", keys.GetProperty("token").GetString());
        using var response = await Cluster.Apis[0].Http.SendAsync(request, Cancelled);
        response.EnsureSuccessStatusCode();
        var key = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("server_side_key");
        return [.. Cluster.Apis.Select(api =>
        {
            var http = new HttpClient { BaseAddress = api.Http.BaseAddress };
            http.DefaultRequestHeaders.Add("X-App-Id", key.GetProperty("app_id").GetString());
            http.DefaultRequestHeaders.Add("X-App-Token", key.GetProperty("app_token").GetString());
            return new ShopClient(http, () => Cluster.Log);
        })];
    }
}
