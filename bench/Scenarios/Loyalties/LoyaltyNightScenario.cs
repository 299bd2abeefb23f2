using System.Diagnostics;
using System.Globalization;
using Marketing.Bench.Deployments;
using Marketing.Loyalties;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Bench.Scenarios;

/// <summary>A night in which points of all members end, while events come and messages go.</summary>
internal sealed class LoyaltyNightScenario : IScenario
{
    private const int Imported = 10_000;
    private const int Points = 100;
    private const int InFlight = 64;
    private const int Million = 1_000_000;

    // Far away until the night is to begin.
    private const string SomeDay = "2090-01-01";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public string Name => "loyalty-night";

    public string What => "points of N cards (--customers) that end in one night, beside events over HTTP of which each starts a message: both with and without the night";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(Deployment.Cluster);
        var database = shop.Cluster.Database;
        await EventScene.SetUpAsync(shop, segments: 0);
        await LoyaltyScene.MakeProgramAsync(shop);
        var imported = Math.Min(Imported, options.Customers);
        await LoyaltyScene.JoinAsync(shop, imported, Points, SomeDay);
        var known = await database.ValueAsync("SELECT max(no) FROM loyalty_members");
        if (options.Customers > Imported)
        {
            await database.CopyCustomersAsync(Imported, options.Customers);
            await database.CopyMembersAsync(Imported, options.Customers);
        }

        var (length, events) = (TimeSpan.FromSeconds(options.Seconds), new HttpEvents(shop.Engine.Http));
        await new Load(InFlight, TimeSpan.FromSeconds(Math.Min(15, options.Seconds))).RunAsync(events.PostAsync);
        var before = await MeasureAsync(database, events, length);

        await BeginAsync(database);
        using var client = await shop.Cluster.ConnectAsync();
        var effort = await Effort.StartAsync(shop.Engine);
        var watch = Stopwatch.StartNew();
        var night = client.Services.GetRequiredService<IGrainFactory>().LoyaltyNight((int)await database.ValueAsync("SELECT project FROM loyalty_members LIMIT 1"));
        night.RunAsync().Ignore();
        var during = await MeasureAsync(database, events, length);
        var (beside, atLoad) = (options.Customers - await DueAsync(database), watch.Elapsed);
        while (await DueAsync(database) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        var took = watch.Elapsed;
        var used = await effort.StopAsync(options.Customers, "a card, events included");
        var after = await MeasureAsync(database, events, length);
        await client.StopAsync();
        await CheckAsync(database, options.Customers, known);
        var (eventsWithout, messagesWithout) = ((before.Events + after.Events) / 2, (before.Messages + after.Messages) / 2);
        return
        [
            new Figure("events with the night", during.Events, "/s", 0.9 * eventsWithout, "without it", eventsWithout),
            new Figure("messages with the night", during.Messages, "/s", 0.9 * messagesWithout, "without it", messagesWithout),
            new Figure("cards a second while events come", beside / atLoad.TotalSeconds, "/s", Million / Window.TotalSeconds),
            new Figure($"seconds until {options.Customers} cards were through", took.TotalSeconds, "s", Window.TotalSeconds * options.Customers / Million),
            new Figure("cards a second in all", options.Customers / took.TotalSeconds, "/s"),
            .. used,
            shop.PeakMemory("the night"),
        ];
    }

    private static async Task<(double Events, double Messages)> MeasureAsync(Database database, HttpEvents events, TimeSpan length)
    {
        var since = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var load = await new Load(InFlight, length).RunAsync(events.PostAsync);
        var until = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        return (load.PerSecond, await database.ValueAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM messages WHERE finished_at >= {since} AND finished_at < {until}")) * 1_000 / (until - since));
    }

    // The points of all ended yesterday: it is as if midnight were now.
    private static async Task BeginAsync(Database database)
    {
        var today = DateTime.UtcNow.Date;
        await database.RunAsync(string.Create(CultureInfo.InvariantCulture,
            $"""
            UPDATE loyalty_members SET due_on = {new DateTimeOffset(today, TimeSpan.Zero).ToUnixTimeMilliseconds()},
                document = convert_to(replace(convert_from(document, 'UTF8'), '{SomeDay}', '{today.AddDays(-1):yyyy-MM-dd}'), 'UTF8')
            """));
        await database.RunAsync("VACUUM (ANALYZE) loyalty_members");
    }

    private static Task<double> DueAsync(Database database) =>
        database.ValueAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM loyalty_members WHERE due_on <= {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}"));

    private static async Task CheckAsync(Database database, int members, double known)
    {
        var (expired, left) = (await database.ValueAsync("SELECT count(*) FROM ledger WHERE type = 'POINTS_EXPIRATION'"), await database.ValueAsync("SELECT coalesce(sum(value), 0) FROM balances WHERE account LIKE 'voucher/%/points'"));
        if (expired != members || left != 0)
        {
            throw new ViolationException($"Of {members} cards the points of {expired} have expired, and {left} points are left.");
        }

        await LoyaltyScene.RequireExactAsync(database, known);
    }
}
