using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Endurance;

/// <summary>
/// The process is killed again and again while it sends. The SMTP sink is the judge: what the engine says of itself is compared with
/// what arrived.
/// </summary>
public sealed class KillTests : IAsyncLifetime
{
    private const int Customers = 3_000;
    private const int Kills = 6;

    private readonly SmtpSink _sink = SmtpSink.Start(new SmtpSinkOptions());
    private readonly Random _random = new(20_260_101);
    private EngineProcess _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = new EngineProcess(new Dictionary<string, string>
        {
            ["Distributions:Email:Host"] = SmtpSink.Host,
            ["Distributions:Email:Port"] = _sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Distributions:Email:From"] = "shop@example.com",
            ["Distributions:Email:Security"] = "None",
            ["Distributions:ManualDelay"] = "00:00:01",
            ["Distributions:BatchSize"] = "50",
        });
        await _engine.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task Killing_the_process_while_it_sends_loses_nothing_and_repeats_only_what_was_in_the_air()
    {
        var segment = await GivenCustomersInASegmentAsync();
        var manual = await _engine.Shop.DraftAsync(new
        {
            name = "Everybody",
            type = "manual",
            audience = new { segment_id = segment },
            action = new { type = "plain_message" },
            channels = new[] { Email("Manual {{ customer.name }}") },
        });
        var automatic = await _engine.Shop.DraftAsync(new
        {
            name = "On visit",
            type = "automatic",
            trigger = new { type = "customer.custom_event", custom_event = "visit" },
            action = new { type = "plain_message" },
            channels = new[] { Email("Visit {{ event.metadata.number }}") },
        });
        await _engine.Shop.ActivateAsync(automatic);
        await _engine.Shop.ActivateAsync(manual);

        // Events go on through all of it; each is repeated under its key until it is answered.
        using var done = new CancellationTokenSource();
        var accepted = new ConcurrentBag<int>();
        var events = TrackAsync(accepted, done.Token);

        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(_random.Next(300, 1_500), TestContext.Current.CancellationToken);
            await _engine.KillAsync();
            await _engine.StartAsync();
        }

        await done.CancelAsync();
        await events;
        await FinishedAsync(manual, "sent");
        await NothingPendingAsync(automatic);

        var mails = _sink.Received;
        var manualMails = mails.Where(mail => mail.Subject!.StartsWith("Manual ", StringComparison.Ordinal)).ToList();
        var visits = mails.Where(mail => mail.Subject!.StartsWith("Visit ", StringComparison.Ordinal)).ToList();

        Assert.Equal(Customers, manualMails.Select(mail => mail.Subject).Distinct().Count());
        Assert.Equal(accepted.Order().Select(number => $"Visit {number}").ToHashSet(), visits.Select(mail => mail.Subject!).ToHashSet());

        await CountsAddUpAsync(manual, Customers, manualMails.Count);
        await CountsAddUpAsync(automatic, accepted.Count, visits.Count);

        // A repeated mail is the same mail: receivers can tell by its id.
        Assert.Equal(manualMails.Select(mail => mail.Subject).Distinct().Count(), manualMails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal(visits.Select(mail => mail.Subject).Distinct().Count(), visits.Select(mail => mail.MessageId).Distinct().Count());
    }

    private static object Email(string subject) => new { type = "email", template = new { subject, text = "Hello {{ customer.name }}" } };

    private async Task<string> GivenCustomersInASegmentAsync()
    {
        await _engine.Shop.ImportCustomersAsync(0, Customers);
        return await _engine.Shop.SegmentAsync("Everybody", "source_id", "$starts_with", "c-");
    }

    private async Task TrackAsync(ConcurrentBag<int> accepted, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            while (!await TryTrackAsync(number))
            {
                await Task.Delay(20, CancellationToken.None);
            }

            accepted.Add(number);
        }
    }

    private async Task<bool> TryTrackAsync(int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events")
        {
            Content = JsonContent.Create(new { @event = "visit", customer = new { source_id = $"c-{number % Customers}" }, metadata = new { number } }),
        };
        request.Headers.Add("Idempotency-Key", $"visit-{number}");
        try
        {
            using var response = await _engine.Http.SendAsync(request, CancellationToken.None);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Task<JsonElement> FinishedAsync(string id, string status) => _engine.Shop.UntilAsync(
        $"/v1/distributions/{id}", distribution => distribution.GetProperty("status").GetString() == status, TimeSpan.FromSeconds(90));

    private Task<JsonElement> NothingPendingAsync(string id) => _engine.Shop.UntilAsync(
        $"/v1/distributions/{id}",
        distribution =>
        {
            var counts = distribution.GetProperty("messages");
            return Count(counts, "queued") + Count(counts, "retrying") + Count(counts, "sending") == 0;
        },
        TimeSpan.FromSeconds(90));

    private async Task CountsAddUpAsync(string id, int owed, int arrived)
    {
        var counts = (await _engine.Shop.GetAsync($"/v1/distributions/{id}")).GetProperty("messages");
        Assert.Equal(owed, Count(counts, "audience"));
        Assert.Equal(owed, Count(counts, "sent"));
        Assert.Equal(0, Count(counts, "failed") + Count(counts, "skipped") + Count(counts, "canceled"));
        Assert.InRange(arrived - owed, 0, Count(counts, "uncertain"));
    }

    private static int Count(JsonElement counts, string name) => counts.GetProperty(name).GetInt32();
}
