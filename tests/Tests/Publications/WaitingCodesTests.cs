using Marketing.Api;
using Xunit;

namespace Marketing.Publications;

/// <summary>Codes that wait in a silo until they are given out.</summary>
public sealed class WaitingCodesTests(TimedApiHost api) : IClassFixture<TimedApiHost>
{
    [Fact]
    public async Task A_code_that_was_disabled_or_deleted_after_it_was_read_is_given_to_nobody()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Codes","vouchers_count":4,"voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""")).Ok();
        await shop.UntilAsync("/v1/campaigns/Codes", static made => made.GetProperty("vouchers_count").GetInt32() == 4);
        var first = await PublishAsync(shop, "a");
        var left = (await shop.GetAsync("/v1/vouchers?campaign=Codes&limit=10")).Ok().GetProperty("vouchers").EnumerateArray().Select(static one => one.GetProperty("code").GetString()!).Where(code => code != first).ToList();
        (await shop.PostAsync($"/v1/vouchers/{left[0]}/disable")).Ok();
        (await shop.DeleteAsync($"/v1/vouchers/{left[1]}?force=true")).Ok(204);
        await shop.UntilAsync("/v1/campaigns/Codes", static made => made.GetProperty("vouchers_count").GetInt32() == 3);
        api.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(left[2], await PublishAsync(shop, "b"));
        (await shop.PostAsync("/v1/publications", """{"campaign":{"name":"Codes"},"customer":{"source_id":"c"}}""")).Error(400, "no_voucher_suitable_for_publication");
    }

    private static async Task<string> PublishAsync(ProjectClient shop, string customer) =>
        (await shop.PostAsync("/v1/publications", $$$"""{"campaign":{"name":"Codes"},"customer":{"source_id":"{{{customer}}}"}}""")).Ok().GetProperty("voucher").GetProperty("code").GetString()!;
}
