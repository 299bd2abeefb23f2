using System.Text;
using System.Text.Json.Nodes;
using Marketing.Files;
using Marketing.Hosting;

namespace Marketing.Demo;

/// <summary>
/// Shows the engine's main job once the API listens: data in, segments, one distribution that reacts, one that is sent and one that gives out
/// codes, who got what and who used it. A second run finds what the first one made and sends nothing again.
/// </summary>
internal sealed class DemoRun(ListenAddress address, IConfiguration configuration, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await address.KnownAsync(stoppingToken);
            Console.OutputEncoding = Encoding.UTF8;
            var keys = await DemoKeys.FindAsync(configuration, stoppingToken);
            using var client = new DemoClient(address.Local, keys.AppId, keys.AppToken);
            await ShowAsync(client, stoppingToken);
            Console.WriteLine();
            Welcome.PrintNext(address.Local, keys.AppId, keys.AppToken, "/v1/distributions?status=live");
        }
        catch (Exception exception) when (exception is DemoFailedException or HttpRequestException or IOException)
        {
            Console.WriteLine($"\nThe demo stopped. {exception.Message}");
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Ctrl+C: the next run goes on where this one was.
        }
    }

    private async Task ShowAsync(DemoClient client, CancellationToken cancellation)
    {
        var imports = new DemoImports(client, cancellation);
        var segments = new DemoSegments(client, cancellation);
        var distributions = new DemoDistributions(client, cancellation);
        var codes = new DemoCodes(client, cancellation);
        var sentBefore = await SentAsync(distributions);

        var url = address.Local.GetLeftPart(UriPartial.Authority);
        Console.WriteLine($"Demo on {url}, data in {DataDirectory.Of(configuration)}. It uses the API over HTTP, like anybody else.");
        DemoConsole.Step("1. Import");
        await imports.CustomersAsync();
        await imports.OrdersAsync();
        await imports.UnsubscribesAsync();

        DemoConsole.Step("2. Segments");
        var gold = await segments.GoldAsync();
        await segments.BigSpendersAsync();
        var active = await segments.ActiveVisitorsAsync();

        DemoConsole.Step("3. Codes");
        var campaign = await codes.CampaignAsync(gold);

        DemoConsole.Step("4. Distributions");
        var brand = await distributions.BrandAsync();
        DemoConsole.Line($"They are signed by {brand["brand"]!["name"]}, whose address every mail must have");
        var automatic = await distributions.AutomaticAsync(active);
        DemoConsole.Line($"{DemoDistributions.Automatic}: {automatic["status"]}, writes to whoever becomes an active visitor");
        var manual = await distributions.ManualAsync(gold);
        DemoConsole.Line($"{DemoDistributions.Manual}: {manual["status"]}, writes once to all gold customers");

        var coupons = await distributions.CodesAsync(gold, campaign);
        DemoConsole.Line($"{DemoDistributions.Codes}: {coupons["status"]}, gives each gold customer a code of their own, by mail with its QR code and by text message");

        DemoConsole.Step("5. What customers do");
        await imports.EventsAsync();

        DemoConsole.Step("6. Sending");
        await distributions.FollowAsync(DemoDistributions.Automatic);
        await distributions.FollowAsync(DemoDistributions.Manual);
        await distributions.FollowAsync(DemoDistributions.Codes);

        DemoConsole.Step("7. Codes come back");
        await codes.RedeemAsync(campaign);
        await codes.PrintAsync(campaign);
        await ReportAsync(client, distributions, sentBefore, cancellation);
    }

    private async Task ReportAsync(DemoClient client, DemoDistributions distributions, long? sentBefore, CancellationToken cancellation)
    {
        var report = new DemoReport(client, cancellation);
        string? example = null;
        foreach (var name in DemoDistributions.All)
        {
            if (await distributions.FindAsync(name) is { } distribution)
            {
                example ??= await report.PrintAsync(distribution) is { } message ? $"{message}.eml" : null;
            }
        }

        DemoConsole.Step(configuration["Distributions:Email:Host"] is { Length: > 0 } host
            ? $"The mail went to {host}."
            : $"The mail and the text messages are in {Outbox()}{(example is null ? "" : $"\nfor example {Path.Combine(Outbox(), example)}")}");
        if (sentBefore is { } before)
        {
            var now = await SentAsync(distributions) ?? before;
            DemoConsole.Step(now == before
                ? $"An earlier run had done all this: nothing was sent again ({before:N0} messages before, {now:N0} now)."
                : $"An earlier run had done part of this: it had sent {before:N0} messages, this one sent the other {now - before:N0}.");
        }
    }

    // Null when the demo never ran on this data.
    private static async Task<long?> SentAsync(DemoDistributions distributions)
    {
        var found = new List<JsonNode?>();
        foreach (var name in DemoDistributions.All)
        {
            found.Add(await distributions.FindAsync(name));
        }

        return found.All(distribution => distribution is null)
            ? null
            : found.OfType<JsonNode>().Sum(distribution => DemoDistributions.Count(distribution["messages"]!, "sent"));
    }

    private string Outbox() =>
        Path.GetFullPath(configuration["Distributions:Email:OutboxDirectory"] ?? Path.Combine(DataDirectory.Of(configuration), "outbox"));
}
