using System.Net;
using System.Text;
using System.Text.Json;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

/// <summary>Codes over HTTP: validated, redeemed under a limit per customer, and all under one budget.</summary>
internal sealed class RedemptionsScenario : IScenario
{
    private const int Customers = 20_000;
    private const int Codes = 1_000;
    private const int InFlight = 64;

    public string Name => "pg-redemptions";

    public string What => "codes over HTTP, durable: validated, redeemed with a limit per customer, redeemed on one campaign's budget; beside events";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(Deployment.Cluster);
        await shop.FillAsync(Customers);
        var (limited, budgeted) = (new Redeeming(shop, "limited"), new Redeeming(shop, "budgeted"));
        await limited.PrepareAsync("redemption.count.per_customer", 1_000_000);
        await budgeted.PrepareAsync("campaign.orders.amount_discounted", 1_000_000_000_000);
        var length = TimeSpan.FromSeconds(options.Seconds);
        var events = new HttpEvents(shop.Engine.Http);

        await new Load(InFlight, TimeSpan.FromSeconds(10)).RunAsync(limited.ValidateAsync);
        var validated = await MeasureAsync(shop, length, limited.ValidateAsync, "a validation");
        await new Load(InFlight, TimeSpan.FromSeconds(10)).RunAsync(limited.RedeemAsync);
        var redeemed = await MeasureAsync(shop, length, limited.RedeemAsync, "a redemption");
        await new Load(InFlight, TimeSpan.FromSeconds(5)).RunAsync(budgeted.RedeemAsync);
        var budget = await MeasureAsync(shop, length, budgeted.RedeemAsync, "a redemption on the budget");
        var yardstick = await new Load(InFlight, length).RunAsync(events.PostAsync);
        await limited.CheckAsync();
        await budgeted.CheckAsync();
        return
        [
            new Figure("validations", validated.Load.PerSecond, "/s", 3_000, "events over HTTP", yardstick.PerSecond),
            .. validated.Effort,
            new Figure("redemptions with a limit per customer", redeemed.Load.PerSecond, "/s", 1_500, "events over HTTP", yardstick.PerSecond),
            .. redeemed.Effort,
            new Figure("redemptions on one campaign's budget", budget.Load.PerSecond, "/s", 1_000, "events over HTTP", yardstick.PerSecond),
            .. budget.Effort,
            shop.PeakMemory("redeeming"),
        ];
    }

    private static async Task<(LoadResult Load, IReadOnlyList<Figure> Effort)> MeasureAsync(Shop shop, TimeSpan length, Func<int, Task> operate, string what)
    {
        var effort = await Effort.StartAsync(shop.Engine);
        var load = await new Load(InFlight, length).RunAsync(operate);
        return (load, await effort.StopAsync(load.Done, what));
    }

    /// <summary>A campaign with a rule, and its codes.</summary>
    private sealed class Redeeming(Shop shop, string name)
    {
        private readonly List<string> _codes = [];
        private long _redeemed;

        public async Task PrepareAsync(string limit, long most)
        {
            var campaign = await shop.Engine.Shop.PostAsync(
                "/v1/campaigns", new { name, voucher = new { discount = new { type = "PERCENT", percent_off = 10 }, redemption = new { quantity = (int?)null } }, vouchers_count = Codes });
            await shop.UntilAsync($"/v1/campaigns/{name}", made => made.GetProperty("vouchers_generation_status").GetString() != "IN_PROGRESS");
            for (var page = 1; _codes.Count < Codes; page++)
            {
                var list = await shop.UntilAsync($"/v1/vouchers?campaign={name}&limit=100&page={page}", static _ => true);
                _codes.AddRange(list.GetProperty("vouchers").EnumerateArray().Select(static voucher => voucher.GetProperty("code").GetString()!));
            }

            var rule = await shop.Engine.Shop.PostAsync("/v1/validation-rules", new
            {
                name = limit,
                rules = new Dictionary<string, object>
                {
                    ["1"] = new { name = limit, conditions = new Dictionary<string, long[]> { ["$less_than_or_equal"] = [most] } },
                    ["logic"] = "1",
                },
            });
            await shop.Engine.Shop.PostAsync($"/v1/validation-rules/{rule.GetProperty("id").GetString()}/assignments", new { related_object_type = "campaign", related_object_id = campaign.GetProperty("id").GetString() });
        }

        public Task ValidateAsync(int number) => SendAsync("/v1/validations", number);

        public async Task RedeemAsync(int number)
        {
            await SendAsync("/v1/redemptions", number);
            Interlocked.Increment(ref _redeemed);
        }

        /// <summary>What was answered is what was counted.</summary>
        public async Task CheckAsync()
        {
            var database = shop.Cluster.Database;
            var rows = await database.ValueAsync($"SELECT count(*) FROM redemptions r JOIN campaigns c ON c.no = r.campaign WHERE c.name = '{name}' AND r.status = 0");
            var uses = await database.ValueAsync($"SELECT coalesce(sum(b.value), 0) FROM balances b JOIN vouchers v ON b.account = 'voucher/' || v.no || '/uses' JOIN campaigns c ON c.no = v.campaign WHERE c.name = '{name}'");
            if (rows != _redeemed || uses != _redeemed)
            {
                throw new ViolationException($"{_redeemed} redemptions were answered, {rows} are stored and {uses} counted.");
            }
        }

        private async Task SendAsync(string path, int number)
        {
            var json = $$$"""{"redeemables":[{"object":"voucher","id":"{{{_codes[number % Codes]}}}"}],"customer":{"source_id":"c-{{{number % Customers}}}"},"order":{"amount":10000}}""";
            using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            body.Headers.ContentType = new("application/json");
            using var response = await shop.Engine.Http.PostAsync(path, body);
            var answer = await response.Content.ReadAsByteArrayAsync();
            if (response.StatusCode != HttpStatusCode.OK || (path == "/v1/validations" && !JsonElement.Parse(answer).GetProperty("valid").GetBoolean()))
            {
                throw new HttpRequestException(Encoding.UTF8.GetString(answer));
            }
        }
    }
}
