using Marketing.Api;
using Xunit;

namespace Marketing.Loyalties;

/// <summary>Lists that are gone through by the id of the last entry.</summary>
[Collection(ApiTests.Name)]
public sealed class CursorTests(ApiHost api)
{
    [Fact]
    public async Task An_id_that_is_none_of_the_list_is_refused_and_does_not_begin_it_again()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        var (ann, bob) = (await loyalty.JoinAsync("ann"), await loyalty.JoinAsync("bob"));
        (await loyalty.ChangeAsync(ann, 5)).Ok();
        (await loyalty.ChangeAsync(bob, 5)).Ok();
        var ofBob = (await shop.GetAsync($"/v1/loyalties/members/{bob}/transactions")).Ok().GetProperty("data")[0].GetProperty("id").GetString();
        foreach (var (path, after) in ((string, string?)[])
        [
            ($"/v1/loyalties/members/{ann}/transactions", "nope"), ($"/v1/loyalties/members/{ann}/transactions", ofBob), ($"/v1/vouchers/{ann}/transactions", ofBob),
            ("/v1/loyalties/Friends/transactions", "vtx_999999999"), ("/v1/customers/ann/redeemables", "nope"),
        ])
        {
            Assert.Contains("starting_after_id", (await shop.GetAsync($"{path}?starting_after_id={after}")).Error(400, "invalid_query_params").GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Changes_of_a_card_are_the_same_by_either_path()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        var card = await loyalty.JoinAsync("ann");
        (await loyalty.ChangeAsync(card, 10)).Ok();
        (await loyalty.ChangeAsync(card, -4)).Ok();
        var listed = (await shop.GetAsync($"/v1/vouchers/{card}/transactions")).Ok().GetProperty("data");
        Assert.Equal(2, listed.GetArrayLength());
        Assert.Equal((await shop.GetAsync($"/v1/loyalties/members/{card}/transactions")).Ok().GetProperty("data").GetRawText(), listed.GetRawText());
    }
}
