using Marketing.Api;
using Xunit;

namespace Marketing.Loyalties;

[Collection(ApiTests.Name)]
public sealed class LoyaltyCardApiTests(ApiHost api)
{
    [Fact]
    public async Task A_programme_is_a_campaign_by_either_path()
    {
        using var shop = await api.NewProjectAsync();
        var made = (await shop.PostAsync("/v1/loyalties", LoyaltyExamples.Program)).Ok();
        Assert.Equal(("LOYALTY_PROGRAM", "LOYALTY_CARD"), (made.GetProperty("campaign_type").GetString(), made.GetProperty("voucher").GetProperty("type").GetString()));
        var id = made.GetProperty("id").GetString();
        await shop.UntilAsync($"/v1/loyalties/{id}", static campaign => campaign.GetProperty("creation_status").GetString() == "DONE");
        Assert.Equal((await shop.GetAsync($"/v1/campaigns/{id}")).Text, (await shop.GetAsync($"/v1/loyalties/{id}")).Text);
        (await shop.PostAsync("/v1/campaigns", """{"name":"Coupons","voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""")).Ok();
        (await shop.GetAsync("/v1/loyalties/Coupons")).Error(404, "not_found");
        Assert.Equal(1, (await shop.GetAsync("/v1/loyalties")).Ok().GetProperty("total").GetInt32());
        var changed = (await shop.PutAsync($"/v1/loyalties/{id}", """{"loyalty_card":{"points":5},"loyalty_tiers_expiration":{"qualification_type":"POINTS_IN_PERIOD","qualification_period":"YEAR","start_date":{"type":"IMMEDIATE"},"expiration_date":{"type":"END_OF_PERIOD"}}}""")).Ok();
        Assert.Equal(5, changed.GetProperty("voucher").GetProperty("loyalty_card").GetProperty("points").GetInt32());
        (await shop.PutAsync($"/v1/loyalties/{id}", """{"loyalty_tiers_expiration":{"qualification_type":"BALANCE","expiration_date":{"type":"END_OF_PERIOD"}}}""")).Error(400, "invalid_campaign");
        (await shop.PostAsync("/v1/loyalties", Loyalty.Program(""","expiration_rules":{"period_type":"MONTH"}"""))).Error(400, "invalid_campaign");
        (await shop.PostAsync("/v1/loyalties", Loyalty.Program(more: ""","campaign_type":"GIFT_VOUCHERS" """))).Error(400, "invalid_payload");
        (await shop.DeleteAsync($"/v1/loyalties/{id}")).Ok(202);
        (await shop.GetAsync($"/v1/loyalties/{id}")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_member_has_a_card_which_begins_with_points()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        var id = await loyalty.NewAsync(Loyalty.Program().Replace("\"points\":0", "\"points\":100", StringComparison.Ordinal));
        var member = (await shop.PostAsync($"/v1/loyalties/{id}/members", """{"customer":{"source_id":"ann","email":"ann@example.com"},"metadata":{"from":"till"}}""")).Ok();
        Shape.Has(member, "id code campaign campaign_id type loyalty_card holder_id redemption publish assets object");
        var code = member.GetProperty("code").GetString()!;
        var card = await loyalty.CardAsync(code);
        Assert.Equal((100, 100), (card.GetProperty("points").GetInt32(), card.GetProperty("balance").GetInt32()));

        // Whoever joined once has the same card, also by publication, and is found by all paths.
        Assert.Equal(code, await loyalty.JoinAsync("ann", id));
        Assert.Equal(code, (await shop.PostAsync("/v1/publications", """{"campaign":"Friends","customer":"ann"}""")).Ok().GetProperty("voucher").GetProperty("code").GetString());
        Assert.Equal((await shop.GetAsync($"/v1/loyalties/members/{code}")).Text, (await shop.GetAsync($"/v1/loyalties/{id}/members/{member.GetProperty("id").GetString()}")).Text);
        Assert.Equal(1, (await shop.GetAsync($"/v1/loyalties/{id}/members?customer=ann")).Ok().GetProperty("total").GetInt32());
        Assert.Equal(code, (await shop.GetAsync("/v1/loyalties/Friends/members")).Ok().GetProperty("vouchers")[0].GetProperty("code").GetString());
        (await shop.GetAsync($"/v1/loyalties/Nothing/members/{code}")).Error(404, "not_found");

        // The profile says so, and segments may ask for it.
        var profile = (await shop.GetAsync("/v1/customers/ann")).Ok().GetProperty("loyalty");
        Assert.Equal((100, 100), (profile.GetProperty("points").GetInt32(), profile.GetProperty("campaigns").GetProperty("Friends").GetProperty("points").GetInt32()));
        Assert.Equal([("POINTS_ADDITION", 100L)], await loyalty.LedgerAsync(code));
        (await shop.PostAsync("/v1/redemptions", $$$"""{"redeemables":[{"object":"voucher","id":"{{{code}}}"}],"order":{"amount":1}}""")).Error(400, "missing_reward");
    }

    [Fact]
    public async Task Points_come_and_go_by_the_ledger_and_never_below_nothing()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        var card = await loyalty.JoinAsync("ann");
        var added = (await loyalty.ChangeAsync(card, 1_000, ""","source_id":"s","reason":"late" """)).Ok();
        Shape.Is(added, "points total balance type object related_object operation_type");
        Assert.Equal((1_000, 1_000, 1_000), (added.GetProperty("points").GetInt32(), added.GetProperty("total").GetInt32(), added.GetProperty("balance").GetInt32()));
        Assert.Equal(added.GetRawText(), (await loyalty.ChangeAsync(card, 1_000, ""","source_id":"s","reason":"late" """)).Ok().GetRawText());
        (await loyalty.ChangeAsync(card, 1, ""","source_id":"s" """)).Error(400, "duplicate_source_id");
        (await loyalty.ChangeAsync(card, -1_001)).Error(400, "invalid_amount");
        (await loyalty.ChangeAsync(card, 0)).Error(400, "invalid_payload");
        (await loyalty.ChangeAsync(card, 5, ""","expiration_type":"CUSTOM_DATE","expiration_date":"2020-01-01" """)).Error(400, "invalid_expiration_date");
        (await loyalty.ChangeAsync(card, 5, ""","expiration_type":"CUSTOM_DATE" """)).Error(400, "invalid_payload");

        // Of many who take at once no more get something than there is.
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => loyalty.ChangeAsync(card, -100)));
        Assert.Equal(10, answers.Count(static answer => answer.Status == 200));
        Assert.All(answers.Where(static answer => answer.Status != 200), static answer => answer.Error(400, "invalid_amount"));
        var figures = await loyalty.CardAsync(card);
        Assert.Equal((1_000, 0, 1_000), (figures.GetProperty("points").GetInt32(), figures.GetProperty("balance").GetInt32(), figures.GetProperty("subtracted_points").GetInt32()));
        Assert.Equal(0, (await loyalty.LedgerAsync(card)).Sum(static entry => entry.Points));
        Assert.Empty(await loyalty.BucketsAsync(card));
        Assert.Equal(11, (await shop.GetAsync("/v1/loyalties/Friends/transactions?limit=100")).Ok().GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task What_ends_first_is_spent_first_and_each_change_names_its_days()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        var card = await loyalty.JoinAsync("ann");
        (await loyalty.ChangeAsync(card, 30, ""","expiration_type":"NON_EXPIRING" """)).Ok();
        (await loyalty.ChangeAsync(card, 20, ""","expiration_type":"CUSTOM_DATE","expiration_date":"2090-12-31" """)).Ok();
        (await loyalty.ChangeAsync(card, 10, ""","expiration_type":"CUSTOM_DATE","expiration_date":"2090-06-30" """)).Ok();
        (await loyalty.ChangeAsync(card, 5, ""","expiration_type":"CUSTOM_DATE","expiration_date":"2090-12-31" """)).Ok();
        Assert.Equal([("2090-06-30", 10), ("2090-12-31", 25), (null, 30)], await loyalty.BucketsAsync(card));
        var figures = await loyalty.CardAsync(card);
        Assert.Equal(("2090-06-30", 10), (figures.GetProperty("next_expiration_date").GetString(), figures.GetProperty("next_expiration_points").GetInt32()));

        (await loyalty.ChangeAsync(card, -40)).Ok();
        Assert.Equal([(null, 25L)], await loyalty.BucketsAsync(card));
        var spent = (await shop.GetAsync($"/v1/loyalties/members/{card}/transactions")).Ok().GetProperty("data")[0].GetProperty("details").GetProperty("buckets");
        Assert.Equal([-10, -25, -5], spent.EnumerateArray().Select(static part => part.GetProperty("points").GetInt32()));
    }

    [Fact]
    public async Task Points_move_between_cards_all_or_none()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        var id = await loyalty.NewAsync();
        var (ann, ben, cat) = (await loyalty.JoinAsync("ann"), await loyalty.JoinAsync("ben"), await loyalty.JoinAsync("cat"));
        (await loyalty.ChangeAsync(ben, 100)).Ok();
        (await loyalty.ChangeAsync(cat, 10)).Ok();
        var path = $"/v1/loyalties/{id}/members/{ann}/transfers";
        var body = $$"""[{"code":"{{ben}}","points":60,"source_id":"t-1","reason":"family"},{"code":"{{cat}}","points":10}]""";
        Assert.Equal(70, (await shop.PostAsync(path, body)).Ok().GetProperty("loyalty_card").GetProperty("balance").GetInt32());
        Assert.Equal(70, (await shop.PostAsync(path, body)).Ok().GetProperty("loyalty_card").GetProperty("balance").GetInt32());
        (await shop.PostAsync(path, $$"""[{"code":"{{ben}}","points":1,"source_id":"t-1"}]""")).Error(400, "duplicate_source_id");
        (await shop.PostAsync(path, $$"""[{"code":"{{ben}}","points":40},{"code":"{{cat}}","points":1}]""")).Error(400, "invalid_amount");
        (await shop.PostAsync(path, $$"""[{"code":"{{ann}}","points":1}]""")).Error(400, "invalid_payload");
        (await shop.PostAsync(path, """[{"code":"nobody","points":1}]""")).Error(404, "not_found");
        Assert.Equal((70L, 40L, 0L), (await loyalty.BalanceAsync(ann), await loyalty.BalanceAsync(ben), await loyalty.BalanceAsync(cat)));

        // Both sides say so and name each other, and so do the profiles.
        var given = (await shop.GetAsync($"/v1/loyalties/members/{ann}/transactions")).Ok().GetProperty("data").EnumerateArray().Single(static entry => entry.GetProperty("source_id").GetString() == "t-1");
        var taken = (await shop.GetAsync($"/v1/loyalties/members/{ben}/transactions")).Ok().GetProperty("data")[0];
        Assert.Equal(("POINTS_TRANSFER_OUT", given.GetProperty("id").GetString()), (taken.GetProperty("type").GetString(), taken.GetProperty("related_transaction_id").GetString()));
        Assert.Equal(taken.GetProperty("id").GetString(), given.GetProperty("related_transaction_id").GetString());
        foreach (var (customer, points) in new[] { ("ann", 70), ("ben", 40), ("cat", 0) })
        {
            Assert.Equal(points, (await shop.GetAsync($"/v1/customers/{customer}")).Ok().GetProperty("loyalty").GetProperty("points").GetInt32());
        }
    }

    [Fact]
    public async Task Points_of_what_was_taken_back_return_to_where_they_came_from()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        var code = await loyalty.JoinAsync("ann");
        (await loyalty.ChangeAsync(code, 10, ""","expiration_type":"CUSTOM_DATE","expiration_date":"2090-06-30" """)).Ok();
        (await loyalty.ChangeAsync(code, 30, ""","expiration_type":"NON_EXPIRING" """)).Ok();
        var reward = await loyalty.MugAsync(25);
        var redemption = (await loyalty.RedeemAsync(code, reward)).Ok().GetProperty("id").GetString();
        Assert.Equal([(null, 15)], await loyalty.BucketsAsync(code));
        (await loyalty.RedeemAsync(code, reward)).Error(400, "loyalty_card_points_exceeded");

        (await shop.PostAsync($"/v1/redemptions/{redemption}/rollback")).Ok();
        (await shop.PostAsync($"/v1/redemptions/{redemption}/rollback")).Error(400, "already_rolled_back");
        Assert.Equal([("2090-06-30", 10), (null, 30)], await loyalty.BucketsAsync(code));
        Assert.Equal(["POINTS_REFUND", "POINTS_REDEMPTION"], (await loyalty.LedgerAsync(code)).Take(2).Select(static entry => entry.Type));
        Assert.Equal(0, (await shop.GetAsync("/v1/customers/ann")).Ok().GetProperty("summary").GetProperty("redemptions").GetProperty("loyalty_card").GetProperty("redeemed_points").GetInt32());
    }
}
