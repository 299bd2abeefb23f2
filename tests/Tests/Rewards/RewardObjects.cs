using System.Text.Json;
using Marketing.Api;
using Marketing.Loyalties;

namespace Marketing.Rewards;

/// <summary>A shop's rewards, with the little sugar the tests share.</summary>
internal sealed class RewardObjects(ProjectClient shop)
{
    /// <summary>A programme with a member who has points; answers the code of the card.</summary>
    public async Task<string> MemberAsync(long points, string customer = "ann")
    {
        var loyalty = new Loyalty(shop);
        if ((await shop.GetAsync("/v1/loyalties/Friends")).Status == 404)
        {
            await loyalty.NewAsync();
        }

        var card = await loyalty.JoinAsync(customer);
        (await loyalty.ChangeAsync(card, points)).Ok();
        return card;
    }

    /// <summary>Makes a product; answers its id.</summary>
    public async Task<string> ProductAsync(string source = "mug") => (await shop.PostAsync("/v1/products", $$"""{"source_id":"{{source}}","name":"A mug","price":900}""")).Ok().GetProperty("id").GetString()!;

    /// <summary>Makes a reward; answers its id.</summary>
    public async Task<string> NewAsync(string body) => (await shop.PostAsync("/v1/rewards", body)).Ok().GetProperty("id").GetString()!;

    /// <summary>Makes a product that is to be had for points; answers the ids of reward and assignment.</summary>
    public async Task<(string Reward, string Assignment)> MugAsync(long cost, string stock = "null", string program = "Friends")
    {
        var reward = await NewAsync($$$"""{"name":"A mug","type":"MATERIAL","parameters":{"product":{"id":"{{{await ProductAsync()}}}"}},"stock":{{{stock}}}}""");
        return (reward, await AssignAsync(reward, cost, program));
    }

    /// <summary>Makes what a campaign gives to be had for points; answers the id of the reward.</summary>
    public async Task<string> OfCampaignAsync(string campaign, long cost, long? balance = null)
    {
        var reward = await NewAsync($$$"""{"name":"Of {{{campaign}}}","type":"CAMPAIGN","parameters":{"campaign":{"id":"{{{campaign}}}"{{{(balance is null ? "" : $",\"balance\":{balance}")}}} } } }""");
        await AssignAsync(reward, cost);
        return reward;
    }

    public async Task<string> CoinAsync(string exchange, long points)
    {
        var reward = await NewAsync($$$"""{"name":"Pay with points","type":"COIN","parameters":{"coin":{"exchange_ratio":{{{exchange}}},"points_ratio":{{{points}}} } } }""");
        (await shop.PostAsync($"/v1/rewards/{reward}/assignments", """{"campaign":"Friends"}""")).Ok();
        return reward;
    }

    public async Task<string> AssignAsync(string reward, long cost, string program = "Friends", string more = "") =>
        (await shop.PostAsync($"/v1/rewards/{reward}/assignments", $$$"""{"campaign":"{{{program}}}","parameters":{"loyalty":{"points":{{{cost}}}{{{more}}} } } }""")).Ok().GetProperty("id").GetString()!;

    public Task<Answer> RedeemAsync(string card, string reward, string more = "") => shop.PostAsync($"/v1/loyalties/members/{card}/redemption", $$$"""{"reward":{"id":"{{{reward}}}"}{{{more}}}}""");

    /// <summary>Coupons that are there already.</summary>
    public async Task CouponsAsync(string name, int count, string more = "")
    {
        (await shop.PostAsync("/v1/campaigns", $$$"""{"name":"{{{name}}}","vouchers_count":{{{count}}},"voucher":{"discount":{"type":"PERCENT","percent_off":10}}{{{more}}}}""")).Ok();
        await shop.UntilAsync($"/v1/campaigns/{name}", static made => made.GetProperty("creation_status").GetString() == "DONE");
    }

    public async Task<(long? Stock, long Redeemed)> CountAsync(string reward)
    {
        var shown = (await shop.GetAsync($"/v1/rewards/{reward}")).Ok();
        return (shown.GetProperty("stock") is { ValueKind: JsonValueKind.Number } stock ? stock.GetInt64() : null, shown.GetProperty("redeemed").GetInt64());
    }
}
