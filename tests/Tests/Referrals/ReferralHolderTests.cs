using System.Text.Json;
using Marketing.Api;
using Marketing.Clients;
using Marketing.Customers;
using Xunit;

namespace Marketing.Referrals;

[Collection(ApiTests.Name)]
public sealed class ReferralHolderTests(ApiHost api)
{
    [Fact]
    public async Task Customers_are_made_referees_listed_and_removed()
    {
        using var shop = await api.NewProjectAsync();
        var bring = new ReferralShop(shop);
        var campaign = await bring.NewAsync();
        var code = await bring.PublishAsync("ann");
        var path = $"/v1/referrals/members/{code}/holders";
        var added = (await shop.PostAsync(path, """{"holders":[{"source_id":"bob","name":"Bob"},{"source_id":"cid"},{"name":"Nobody"},{"name":"Somebody"}],"metadata":{"from":"x"}}""")).Ok().GetProperty("holders");
        Assert.Equal(4, added.GetArrayLength());
        Shape.Is(added[0], "id created_at redeemable_id redeemable_object campaign_id campaign_type voucher_type customer_id holder_role object metadata");
        Assert.Equal(("REFEREE", "REFERRAL_PROGRAM", "DISCOUNT_VOUCHER", campaign), (Text(added[0], "holder_role"), Text(added[0], "campaign_type"), Text(added[0], "voucher_type"), Text(added[0], "campaign_id")));
        Assert.Equal("Bob", (await bring.CustomerAsync("bob")).GetProperty("name").GetString());
        Assert.Single(await bring.HappenedAsync("bob", "customer.holder.assignment.created"));

        // The referrer first, in pages, by the programme as well.
        var all = (await shop.GetAsync($"/v1/referrals/Bring/members/{code}/holders?order=id")).Ok();
        Assert.Equal((5, false), (all.GetProperty("total").GetInt32(), all.GetProperty("has_more").GetBoolean()));
        Assert.Equal(["REFERRER", "REFEREE", "REFEREE", "REFEREE", "REFEREE"], Shape.Texts(all.GetProperty("data"), "holder_role"));
        var ids = Shape.Texts(all.GetProperty("data"), "id").ToList();
        var first = (await shop.GetAsync($"{path}?order=id&limit=2")).Ok();
        Assert.Equal((ids[1], true), (Text(first, "more_starting_after"), first.GetProperty("has_more").GetBoolean()));
        Assert.Equal(ids[2..], Shape.Texts((await shop.GetAsync($"{path}?order=id&starting_after_id={ids[1]}")).Ok().GetProperty("data"), "id"));
        Assert.Equal(Enumerable.Reverse(ids), Shape.Texts((await shop.GetAsync(path)).Ok().GetProperty("data"), "id"));
        var referees = (await shop.GetAsync($"{path}?filters[holder_role][conditions][$is]=REFEREE&order=id&limit=3")).Ok();
        Assert.Equal((4, ids[3]), (referees.GetProperty("total").GetInt32(), Text(referees, "more_starting_after")));
        Assert.Equal(ids[1..4], Shape.Texts(referees.GetProperty("data"), "id"));
        Assert.Equal([ids[4]], Shape.Texts((await shop.GetAsync($"{path}?filters[holder_role][conditions][$is]=REFEREE&order=id&limit=3&starting_after_id={ids[3]}")).Ok().GetProperty("data"), "id"));
        Assert.Equal([ids[0]], Shape.Texts((await shop.GetAsync($"{path}?filters[holder_role][conditions][$is]=REFERRER")).Ok().GetProperty("data"), "id"));
        Assert.Equal([ids[1]], Shape.Texts((await shop.GetAsync($"{path}?filters[customer_id][conditions][$is]={Text(added[0], "customer_id")}")).Ok().GetProperty("data"), "id"));

        Assert.Equal(204, (await shop.DeleteAsync($"{path}/{ids[1]}")).Status);
        (await shop.DeleteAsync($"{path}/{ids[1]}")).Error(404, "not_found");
        Assert.Single(await bring.HappenedAsync("bob", "customer.holder.assignment.deleted"));
        Assert.Equal(4, (await shop.GetAsync(path)).Ok().GetProperty("total").GetInt32());
        var forbidden = (await shop.DeleteAsync($"/v1/referrals/{campaign}/members/{code}/holders/{ids[0]}")).Error(403, "forbidden");
        Assert.Equal("You can not remove Referrer assignment", Text(forbidden, "details"));

        // Who was one may be one again.
        (await shop.PostAsync(path, """{"holders":[{"source_id":"bob"}]}""")).Ok();
        Assert.Equal(5, (await shop.GetAsync(path)).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Whoever_was_referred_stays_so_when_the_code_is_taken_back()
    {
        using var shop = await api.NewProjectAsync();
        var bring = new ReferralShop(shop);
        await bring.NewAsync();
        var code = await bring.PublishAsync("ann");
        (await shop.PostAsync($"/v1/referrals/members/{code}/holders", """{"holders":[{"source_id":"bob"}]}""")).Ok();
        (await bring.RedeemAsync(code, "bob")).Ok();
        var holders = (await shop.GetAsync($"/v1/referrals/members/{code}/holders?order=id")).Ok().GetProperty("data");
        Assert.Equal(2, holders.GetArrayLength());
        Assert.Equal(204, (await shop.DeleteAsync($"/v1/referrals/members/{code}/holders/{Text(holders[1], "id")}")).Status);
        (await shop.PostAsync($"/v1/referrals/members/{code}/holders", """{"holders":[{"source_id":"bob"}]}""")).Ok();
        (await bring.RedeemAsync(code, "bob")).Ok();
        Assert.Equal(1, await bring.ReferralsAsync("bob"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_of_it_is_done()
    {
        using var shop = await api.NewProjectAsync();
        var bring = new ReferralShop(shop);
        await bring.NewAsync();
        await bring.NewAsync(ReferralShop.Program(name: "Other"));
        (await shop.PostAsync("/v1/campaigns", """{"name":"Spring","type":"AUTO_UPDATE","voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns/Spring/vouchers/SPRING", "{}")).Ok();
        var code = await bring.PublishAsync("ann");
        (await shop.PostAsync("/v1/campaigns/Bring/vouchers/FREE", "{}")).Ok();
        const string One = """{"holders":[{"source_id":"bob"}]}""";
        foreach (var (path, type) in new[]
        {
            ("/v1/referrals/members/NOTHING/holders", "voucher"), ("/v1/referrals/members/SPRING/holders", "voucher"), ($"/v1/referrals/Other/members/{code}/holders", "voucher"),
            ($"/v1/referrals/Nothing/members/{code}/holders", "campaign"), ($"/v1/referrals/Spring/members/SPRING/holders", "campaign"),
        })
        {
            foreach (var answer in new[] { await shop.GetAsync(path), await shop.PostAsync(path, One), await shop.DeleteAsync($"{path}/rh_1") })
            {
                Assert.Equal(type, Text(answer.Error(404, "not_found"), "resource_type"));
            }
        }

        var ofAnn = $"/v1/referrals/members/{code}/holders";
        Assert.Equal("redeemable_holder", Text((await shop.DeleteAsync($"{ofAnn}/rh_nothing")).Error(404, "not_found"), "resource_type"));
        (await shop.PostAsync("/v1/referrals/members/FREE/holders", One)).Error(400, "not_published");
        (await shop.PostAsync(ofAnn, """{"holders":[]}""")).Error(400, "invalid_payload");
        (await shop.PostAsync(ofAnn, "{}")).Error(400, "invalid_payload");
        (await shop.PostAsync(ofAnn, $$"""{"holders":[{{string.Join(',', Enumerable.Range(0, 101).Select(static at => $$"""{"source_id":"s{{at}}"}"""))}}]}""")).Error(400, "invalid_payload");
        (await shop.GetAsync($"{ofAnn}?filters[colour][conditions][$is]=REFEREE")).Error(400, "invalid_query_params");

        // The same customer by two names; the referrer; somebody who is one already. Whoever stands beside them is not made.
        var cid = await shop.NewCustomerAsync("""{"source_id":"cid"}""");
        Assert.Equal("cid", Text((await shop.PostAsync(ofAnn, $$"""{"holders":[{"source_id":"new"},{"id":"{{cid}}"},{"source_id":"cid"}]}""")).Error(409, "duplicate_found"), "resource_id"));
        (await shop.PostAsync(ofAnn, """{"holders":[{"source_id":"new"},{"source_id":"ann"}]}""")).Error(409, "holder_assignement_duplication");
        (await shop.PostAsync(ofAnn, One)).Ok();
        (await shop.PostAsync(ofAnn, """{"holders":[{"source_id":"new"},{"source_id":"bob"}]}""")).Error(409, "holder_assignement_duplication");
        (await shop.GetAsync("/v1/customers/new")).Error(404, "not_found");

        // A customer's metadata is looked at before anything is done.
        using var operators = api.Management();
        (await operators.PostAsync($"/management/v1/projects/{shop.Project.Id}/metadata-schemas", """{"related_object":"customer","properties":{"size":{"type":"number"}}}""")).Ok();
        (await shop.PostAsync(ofAnn, """{"holders":[{"source_id":"new"},{"source_id":"newer","metadata":{"size":"large"}}]}""")).Error(400, "metadata_validation_failed");
        (await shop.GetAsync("/v1/customers/new")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_request_that_is_repeated_makes_the_same_referees()
    {
        using var shop = await api.NewProjectAsync();
        var bring = new ReferralShop(shop);
        await bring.NewAsync();
        var path = $"/v1/referrals/members/{await bring.PublishAsync("ann")}/holders";
        const string Two = """{"holders":[{"source_id":"bob"},{"name":"Nobody"}]}""";
        var first = await shop.PostAsync(path, Two, ("Idempotency-Key", "k"));
        var again = await shop.PostAsync(path, Two, ("Idempotency-Key", "k"));
        Assert.Equal((200, first.Text), (again.Status, again.Text));
        (await shop.PostAsync(path, """{"holders":[{"source_id":"bob"},{"name":"Other"}]}""", ("Idempotency-Key", "k"))).Error(409, "idempotency_key_reused");
        Assert.Equal(3, (await shop.GetAsync(path)).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_call_that_the_cluster_makes_again_finds_done_what_it_did()
    {
        using var shop = await api.NewProjectAsync();
        var bring = new ReferralShop(shop);
        await bring.NewAsync();
        var (code, other) = (await bring.PublishAsync("ann"), await bring.PublishAsync("eve"));
        const string Bob = """{"holders":[{"source_id":"bob"}]}""";
        var holder = Text((await shop.PostAsync($"/v1/referrals/members/{code}/holders", Bob)).Ok().GetProperty("holders")[0], "id");
        var bobs = Text((await shop.PostAsync($"/v1/referrals/members/{other}/holders", Bob)).Ok().GetProperty("holders")[0], "id");
        var bob = Text(await bring.CustomerAsync("bob"), "id");
        var ann = Text(await bring.CustomerAsync("ann"), "id");
        var grain = api.Grains.Referrals(shop.Project.Number);
        var reference = new ReferralCodeReference(code, null);
        RefereesCommand Of(params string[] ids) => new(reference, [.. ids.Select(static id => new RefereeCustomer(id, id, CustomerPatch.Nothing))], RawJson.EmptyObject);
        CommandContext Context() => new() { RequestId = RequestIds.New() };
        Assert.IsType<ReferralResult.AlreadyAssigned>(await grain.AddAsync(Of(bob), Context()));

        RepeatedCalls.Mark();
        var added = Assert.IsType<ReferralResult.Holders>(await grain.AddAsync(Of(bob, "cust_new"), Context()));
        Assert.Equal(2, added.Total);
        Assert.Contains(holder, added.Items[0].ToString(), StringComparison.Ordinal);
        Assert.IsType<ReferralResult.AlreadyAssigned>(await grain.AddAsync(Of(ann), Context()));
        Assert.IsType<ReferralResult.Removed>(await grain.RemoveAsync(reference, holder, Context()));
        Assert.IsType<ReferralResult.Removed>(await grain.RemoveAsync(reference, holder, Context()));
        Assert.IsType<ReferralResult.NotFound>(await grain.RemoveAsync(reference, bobs, Context()));
    }

    private static string Text(JsonElement of, string field) => of.GetProperty(field).GetString()!;
}
