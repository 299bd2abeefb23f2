using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Distributions;

/// <summary>One stream shows what changes in a project.</summary>
[Collection(ApiTests.Name)]
public sealed class ProjectStreamTests(ApiHost api)
{
    private const string Visits = """
        {"name":"Visits","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"visit"},"action":{"type":"plain_message"},
         "channels":[{"type":"email","template":{"subject":"Hi","text":"Hello"}}]}
        """;

    [Fact]
    public async Task States_counts_and_activity_come_as_they_happen_and_go_on_after_a_break()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync(Visits);
        var seen = new List<Event>();
        using (var stream = await shop.OpenStreamAsync("/v1/stream"))
        {
            (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
            (await other.PostAsync($"/v1/distributions/{await other.NewDistributionAsync(Visits)}/activate")).Ok();
            await ReadUntilAsync(stream, seen, one => one.Is("distribution", id) && one["status"] == "live");
            await ReadUntilAsync(stream, seen, one => one.Type == "activity" && one["type"] == "distribution.activated");

            await shop.PostAsync("/v1/events", """{"event":"visit","customer":{"source_id":"s","email":"a@example.com"}}""");
            await ReadUntilAsync(stream, seen, one => one.Type == "activity" && one["type"] == "message.sent" && one["distribution_id"] == id);
            await ReadUntilAsync(stream, seen, one => one.Is("distribution", id) && one.Data.GetProperty("progress").GetProperty("sent").GetInt32() == 1);
            await ReadUntilAsync(stream, seen, one => one.Id is not null);
        }

        // While nobody listens.
        (await shop.PostAsync($"/v1/distributions/{id}/pause")).Ok();
        var later = new List<Event>();
        using (var stream = await shop.OpenStreamAsync("/v1/stream", ("Last-Event-ID", seen.Last(one => one.Id is not null).Id!)))
        {
            await ReadUntilAsync(stream, later, one => one.Is("distribution", id) && one["status"] == "paused");
            await ReadUntilAsync(stream, later, one => one.Type == "activity" && one["type"] == "distribution.paused");
        }

        Assert.DoesNotContain(seen.Concat(later), one => one.Type == "resync");
        Assert.All(seen.Concat(later).Where(one => one.Type == "activity"), one => Assert.Equal(id, one["distribution_id"]));
        Assert.All(seen.Concat(later).Where(one => one.Type == "distribution"), one => Assert.Equal(id, one["id"]));
        var entries = seen.Where(one => one.Type == "activity").Select(one => one["id"]).ToList();
        Assert.Equal(entries.Distinct(), entries);
    }

    [Fact]
    public async Task What_is_new_stopped_or_deleted_is_told_and_segments_while_they_fill()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"email":"a@example.com"}""");
        var live = await shop.NewDistributionAsync(Visits);
        (await shop.PostAsync($"/v1/distributions/{live}/activate")).Ok();
        var seen = new List<Event>();
        using var stream = await shop.OpenStreamAsync("/v1/stream");
        var draft = await shop.NewDistributionAsync("""{"name":"New"}""");
        await ReadUntilAsync(stream, seen, one => one.Is("distribution", draft) && one["status"] == "draft");
        (await shop.PostAsync($"/v1/distributions/{live}/stop")).Ok();
        await ReadUntilAsync(stream, seen, one => one.Is("distribution", live) && one["status"] == "stopped");
        var segment = await shop.NewSegmentAsync();
        await ReadUntilAsync(stream, seen, one => one.Is("segment", segment) && one["initial_sync_status"] == "DONE" && one.Data.GetProperty("count").GetInt32() == 1);
        (await shop.DeleteAsync($"/v1/segments/{segment}")).Ok(204);
        await ReadUntilAsync(stream, seen, one => one.Is("segment", segment) && one["status"] == "deleted");
    }

    [Fact]
    public async Task An_id_of_something_else_begins_anew()
    {
        using var shop = await api.NewProjectAsync();
        foreach (var id in new[] { "x", "-", "ffffffffffff-m0", new string('a', 99) })
        {
            using var stream = await shop.OpenStreamAsync("/v1/stream", ("Last-Event-ID", id));
            var seen = new List<Event>();
            await ReadUntilAsync(stream, seen, one => one.Type == "resync");
        }
    }

    private static async Task ReadUntilAsync(StreamReader stream, List<Event> seen, Func<Event, bool> wanted)
    {
        // What was read on the way counts, too: within a round the order is not promised.
        if (seen.Any(wanted))
        {
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var (id, type) = ((string?)null, "");
        while (await stream.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                type = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                seen.Add(new Event(id, type, JsonElement.Parse(line[6..])));
                id = null;
                if (wanted(seen[^1]))
                {
                    return;
                }
            }
        }

        throw new EndOfStreamException();
    }

    private sealed record Event(string? Id, string Type, JsonElement Data)
    {
        public string? this[string field] => Data.TryGetProperty(field, out var value) ? value.GetString() : null;

        public bool Is(string type, string id) => Type == type && this["id"] == id;
    }
}
