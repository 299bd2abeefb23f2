using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Marketing.Endurance;

/// <summary>What members do, in any order, and what of it the engine has said it did.</summary>
internal sealed class LoyaltyLoad(StubbornShop shop, IReadOnlyList<string> cards, string reward, string referral)
{
    private const int Referees = 300;

    private readonly ConcurrentQueue<string> _redeemed = [];

    /// <summary>Points by the source id of the call that added or took them.</summary>
    public ConcurrentDictionary<string, long> Changed { get; } = [];

    /// <summary>Events by the customer.</summary>
    public ConcurrentBag<string> Viewed { get; } = [];

    /// <summary>Orders by the customer.</summary>
    public ConcurrentBag<(string Customer, string Order)> Paid { get; } = [];

    public ConcurrentDictionary<string, bool> Redeemed { get; } = [];

    public ConcurrentDictionary<string, bool> RolledBack { get; } = [];

    public ConcurrentDictionary<string, bool> Referred { get; } = [];

    public ConcurrentDictionary<string, bool> Transferred { get; } = [];

    /// <summary>Points that somebody wanted not to wait any more.</summary>
    public ConcurrentDictionary<string, bool> Canceled { get; } = [];

    /// <summary>Answers that no caller should get.</summary>
    public ConcurrentBag<string> Odd { get; } = [];

    public static string CustomerOf(int card) => string.Create(CultureInfo.InvariantCulture, $"c{card}");

    public async Task RunAsync(int caller, CancellationToken stop)
    {
        var random = new Random(caller);
        for (var step = 0; !stop.IsCancellationRequested; step++)
        {
            await StepAsync(random, string.Create(CultureInfo.InvariantCulture, $"{caller}-{step}"));
        }
    }

    public async Task ChangeAsync(string card, int points, string key)
    {
        var (status, answer) = await shop.PostAsync($"/v1/loyalties/members/{card}/balance", $$"""{"points":{{points}},"source_id":"{{key}}"}""", key);
        if (Is(status, answer, "invalid_amount"))
        {
            Changed[key] = points;
        }
    }

    private Task StepAsync(Random random, string key)
    {
        var at = random.Next(cards.Count);
        return random.Next(10) switch
        {
            0 or 1 => ChangeAsync(cards[at], random.Next(1, 50), key),
            2 => ChangeAsync(cards[at], -random.Next(1, 60), key),
            3 => TransferAsync(cards[at], cards[(at + 1) % cards.Count], random.Next(1, 40), key),
            4 => ViewAsync(CustomerOf(at), key),
            5 => PayAsync(CustomerOf(at), random.Next(100, 5_000), key),
            6 => RedeemAsync(cards[at], key),
            7 => RollBackAsync(key),
            8 => WaitNoMoreAsync(cards[at], random.Next(2) == 0, key),
            _ => ReferAsync(string.Create(CultureInfo.InvariantCulture, $"r{random.Next(Referees)}"), key),
        };
    }

    private async Task TransferAsync(string card, string from, int points, string key)
    {
        var (status, answer) = await shop.PostAsync($"/v1/loyalties/Friends/members/{card}/transfers", $$"""[{"code":"{{from}}","points":{{points}},"source_id":"{{key}}"}]""", key);
        if (Is(status, answer, "invalid_amount"))
        {
            Transferred[key] = true;
        }
    }

    private async Task ViewAsync(string customer, string key)
    {
        var (status, answer) = await shop.PostAsync("/v1/events", $$$"""{"event":"viewed","customer":{"source_id":"{{{customer}}}"}}""", key);
        if (Is(status, answer))
        {
            Viewed.Add(customer);
        }
    }

    private async Task PayAsync(string customer, int amount, string key)
    {
        var order = $$$"""{"source_id":"o-{{{key}}}","status":"PAID","amount":{{{amount}}},"customer":{"source_id":"{{{customer}}}"}}""";
        var (status, answer) = await shop.PostAsync("/v1/orders", order, key);
        if (Is(status, answer))
        {
            Paid.Add((customer, answer.GetProperty("id").GetString()!));
        }
    }

    private async Task RedeemAsync(string card, string key)
    {
        var (status, answer) = await shop.PostAsync($"/v1/loyalties/members/{card}/redemption", $$$"""{"reward":{"id":"{{{reward}}}"}}""", key);
        if (Is(status, answer, "loyalty_card_points_exceeded", "quantity_exceeded"))
        {
            var id = answer.GetProperty("id").GetString()!;
            Redeemed[id] = true;
            _redeemed.Enqueue(id);
        }
    }

    // Some ask for the same at once, and each asks again.
    private async Task RollBackAsync(string key)
    {
        if (!_redeemed.TryPeek(out var id))
        {
            return;
        }

        var (status, answer) = await shop.PostAsync($"/v1/redemptions/{id}/rollback", "{}", key);
        if (Is(status, answer, "already_rolled_back"))
        {
            RolledBack[id] = true;
        }

        if (_redeemed.TryPeek(out var next) && next == id)
        {
            _redeemed.TryDequeue(out _);
        }
    }

    private async Task WaitNoMoreAsync(string card, bool becomesPoints, string key)
    {
        var waiting = (await shop.GetAsync($"/v1/loyalties/members/{card}/pending-points")).GetProperty("data");
        if (waiting.GetArrayLength() == 0)
        {
            return;
        }

        var id = waiting[0].GetProperty("id").GetString()!;
        var (status, answer) = await shop.PostAsync($"/v1/loyalties/members/{card}/pending-points/{id}/{(becomesPoints ? "activate" : "cancel")}", "{}", key);
        if (Is(status, answer, "invalid_pending_points_state") && !becomesPoints)
        {
            Canceled[id] = true;
        }
    }

    private async Task ReferAsync(string referee, string key)
    {
        var body = $$$"""{"redeemables":[{"object":"voucher","id":"{{{referral}}}"}],"order":{"amount":1000},"customer":{"source_id":"{{{referee}}}"}}""";
        var (status, answer) = await shop.PostAsync("/v1/redemptions", body, key);
        if (Is(status, answer))
        {
            Referred[referee] = true;
        }
    }

    private bool Is(int status, JsonElement answer, params ReadOnlySpan<string> refusals)
    {
        if (status is >= 200 and < 300)
        {
            return true;
        }

        if (!refusals.Contains(answer.GetProperty("key").GetString()))
        {
            Odd.Add($"{status} {answer}");
        }

        return false;
    }
}
