using Marketing.Api;

namespace Marketing.Referrals;

/// <summary>A referral programme with a code that somebody holds, for tests that go over all endpoints.</summary>
internal sealed record ReferralObjects(string Program, string Code, string Holder)
{
    private static int _made;

    public static async Task<ReferralObjects> MakeAsync(ProjectClient shop)
    {
        var bring = new ReferralShop(shop);
        var program = await bring.NewAsync();
        var code = await bring.PublishAsync("referrer-1");
        return new ReferralObjects(program, code, await AddAsync(shop, code));
    }

    /// <summary>Makes another customer a referee; answers the id of the holder.</summary>
    public static async Task<string> AddAsync(ProjectClient shop, string code) =>
        (await shop.PostAsync($"/v1/referrals/members/{code}/holders", $$"""{"holders":[{"source_id":"referee-{{Interlocked.Increment(ref _made)}}"}]}""")).Ok().GetProperty("holders")[0].GetProperty("id").GetString()!;
}
