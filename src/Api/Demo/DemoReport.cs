using System.Text.Json.Nodes;

namespace Marketing.Demo;

/// <summary>What a distribution did, for people.</summary>
internal sealed class DemoReport(DemoClient client, CancellationToken cancellation)
{
    private const int Shown = 10;
    private const int AtOnce = 100;

    /// <summary>Prints the first recipients and the reasons of those left out; returns the id of one mail that was sent.</summary>
    public async Task<string?> PrintAsync(JsonNode distribution)
    {
        var path = $"/v1/distributions/{distribution["id"]!.GetValue<string>()}/messages";
        var sent = DemoDistributions.Count(distribution["messages"]!, "sent");
        var channels = string.Join(", ", distribution["channels"]!.AsArray().Select(channel => channel!["type"]!.GetValue<string>()));
        DemoConsole.Step($"{distribution["name"]!.GetValue<string>()} ({distribution["type"]!.GetValue<string>()}, by {channels}): "
            + DemoDistributions.Summary(distribution["messages"]!));

        var messages = (await client.GetAsync($"{path}?limit={Shown}&status=sent", cancellation))["data"]!.AsArray();
        var rows = new List<IReadOnlyList<string>>();
        foreach (var message in messages)
        {
            rows.Add(await RowAsync(message!));
        }

        DemoConsole.Table(["customer", "address", "channel", "status", "at (UTC)"], rows);
        if (sent > rows.Count)
        {
            DemoConsole.Line($"  and {sent - rows.Count:N0} more");
        }

        await PrintSkippedAsync(path);
        return messages.FirstOrDefault(static message => message!["channel"]!.GetValue<string>() == "email")?["id"]!.GetValue<string>();
    }

    private async Task<IReadOnlyList<string>> RowAsync(JsonNode message)
    {
        var customer = message["customer_id"] is { } id
            ? await client.GetAsync($"/v1/customers/{Uri.EscapeDataString(id.GetValue<string>())}", cancellation)
            : null;
        return
        [
            customer?["name"]?.GetValue<string>() ?? "(deleted)",
            message["address"]?.GetValue<string>() ?? "",
            message["channel"]!.GetValue<string>(),
            message["status"]!.GetValue<string>(),
            $"{message["finished_at"]!.GetValue<DateTimeOffset>().UtcDateTime:HH:mm:ss.fff}",
        ];
    }

    private async Task PrintSkippedAsync(string path)
    {
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            var from = after is null ? "" : $"&starting_after_id={after}";
            var page = await client.GetAsync($"{path}?limit={AtOnce}&status=skipped{from}", cancellation);
            foreach (var message in page["data"]!.AsArray())
            {
                var reason = message!["reason"]?.GetValue<string>() ?? "unknown";
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            }

            after = page["more_starting_after"]?.GetValue<string>();
        }
        while (after is not null);

        if (reasons.Count > 0)
        {
            DemoConsole.Line($"  skipped: {string.Join(", ", reasons.Select(reason => $"{reason.Value:N0} {reason.Key}"))}");
        }
    }
}
