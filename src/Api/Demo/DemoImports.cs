using System.Text.Json.Nodes;

namespace Marketing.Demo;

/// <summary>Brings the sample data in, as a shop would.</summary>
internal sealed class DemoImports(DemoClient client, CancellationToken cancellation)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    public async Task CustomersAsync()
    {
        var started = await client.UploadAsync("/v1/customers/importCSV", DemoSample.Read("customers.csv"), cancellation);
        await FollowAsync(started, "customers");
    }

    public async Task OrdersAsync()
    {
        var started = await client.PostAsync("/v1/orders/import", DemoSample.Read("orders.json"), cancellation);
        await FollowAsync(started, "orders of the past");
    }

    public async Task EventsAsync()
    {
        var answers = (await client.PostAsync("/v1/events/bulk", DemoSample.Read("events.json"), cancellation)).AsArray();
        var recorded = answers.Count(answer => answer!["status"]!.GetValue<int>() == 200);
        DemoConsole.Line(recorded == answers.Count ? $"{recorded:N0} events" : $"{recorded:N0} events, {answers.Count - recorded:N0} refused");
    }

    /// <summary>Puts two addresses on the list of those who do not want messages, so that the demo has some to skip.</summary>
    public async Task UnsubscribesAsync()
    {
        foreach (var address in (string[])["yusuf.simic.5@example.com", "umar.garcia.8@example.com"])
        {
            var suppression = new JsonObject { ["channel"] = "email", ["address"] = address, ["reason"] = "unsubscribed" };
            await client.PostAsync("/v1/suppressions", suppression, key: null, cancellation);
        }
    }

    private async Task FollowAsync(JsonNode started, string what)
    {
        var path = $"/v1/async-actions/{started["async_action_id"]!.GetValue<string>()}";
        while (true)
        {
            var action = await client.GetAsync(path, cancellation);
            switch (action["status"]!.GetValue<string>())
            {
                case "DONE":
                    var result = action["result"]!;
                    var failed = result["failed_count"]!.GetValue<int>();
                    DemoConsole.Done($"{result["done_count"]!.GetValue<int>():N0} {what}{(failed > 0 ? $", {failed:N0} refused" : "")}");
                    return;
                case "FAILED":
                    throw new DemoFailedException($"The import of {what} failed: {action["result"]?.ToJsonString()}");
                default:
                    DemoConsole.Progress($"{what}: {action["progress"]!.GetValue<int>()} %");
                    await Task.Delay(Poll, cancellation);
                    break;
            }
        }
    }
}
