using Marketing.Api;

namespace Marketing.Loyalties;

/// <summary>One of everything that a loyalty programme has, for tests that go over all endpoints.</summary>
internal sealed record LoyaltyObjects(string Program, string Member, string Other, string Pending, string Rule, string Tier, string Reward, string Assignment)
{
    /// <summary>As paths name them.</summary>
    public IEnumerable<(string Parameter, string Id)> Paths => [("memberId", Member), ("pendingPointsId", Pending), ("earningRuleId", Rule), ("loyaltyTierId", Tier), ("rewardId", Reward), ("rewardAssignmentId", Assignment)];

    public static async Task<LoyaltyObjects> MakeAsync(ProjectClient shop)
    {
        var loyalty = new Loyalty(shop);
        var program = await loyalty.NewAsync(Loyalty.Program().Replace("\"Friends\"", "\"Points\"", StringComparison.Ordinal));
        var (member, other) = (await loyalty.JoinAsync("loyal-1", program), await loyalty.JoinAsync("loyal-2", program));
        (await loyalty.ChangeAsync(member, 10_000)).Ok();
        (await loyalty.ChangeAsync(other, 10_000)).Ok();
        var tier = await loyalty.TiersAsync("""[{"name":"Any","points":{"from":1}}]""", program);
        const string Rule = """{"event":"order.paid","loyalty":{"type":"FIXED","points":500},"pending_points":{"period_type":"DAY","period_value":90}}""";

        // One of them stays as it is, whatever is done to the other.
        var rule = await loyalty.RuleAsync(Rule, program);
        await loyalty.RuleAsync(Rule, program);
        await loyalty.PayAsync("loyal-1", "loyal-order", 100);
        var pending = (await shop.GetAsync($"/v1/loyalties/members/{member}/pending-points")).Ok().GetProperty("data")[0].GetProperty("id").GetString()!;
        (await shop.PostAsync("/v1/products", """{"source_id":"loyal-mug"}""")).Ok();
        var reward = (await shop.PostAsync("/v1/rewards", """{"name":"A mug","parameters":{"product":{"id":"loyal-mug"}},"stock":1000}""")).Ok().GetProperty("id").GetString()!;
        var assignment = (await shop.PostAsync($"/v1/rewards/{reward}/assignments", $$$"""{"campaign":"{{{program}}}","parameters":{"loyalty":{"points":1} } }""")).Ok().GetProperty("id").GetString()!;
        return new LoyaltyObjects(program, member, other, pending, rule, tier[0], reward, assignment);
    }

    /// <summary>Lets the member earn points that wait; answers the id of some that do.</summary>
    public async Task<string> EarnAsync(ProjectClient shop, string order)
    {
        await new Loyalty(shop).PayAsync("loyal-1", order, 100);
        return (await shop.GetAsync($"/v1/loyalties/members/{Member}/pending-points")).Ok().GetProperty("data")[0].GetProperty("id").GetString()!;
    }

    /// <summary>A body about cards and rewards that there are.</summary>
    public string Of(string body) => body.Replace("FRIEND-a1B2c3D4", Other, StringComparison.Ordinal).Replace("rew_C7wS9eHFDN4CIbXI5PpLSkGY", Reward, StringComparison.Ordinal);
}
