using System.Collections.Concurrent;
using System.Text.Json;
using Marketing.Api;
using Xunit;
using static Marketing.Redemptions.RedemptionApiTests;

namespace Marketing.Redemptions;

[Collection(ApiTests.Name)]
public sealed class RedemptionRaceTests(ApiHost api)
{
    private const int Callers = 64;

    [Fact]
    public async Task Of_many_who_redeem_one_code_as_many_succeed_as_it_allows()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/FEW", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":1},"redemption":{"quantity":7}}""")).Ok();
        var answers = await AtOnceAsync(caller => shop.PostAsync("/v1/redemptions", Of("FEW", $$$""","order":{"amount":100},"customer":{"source_id":"c{{{caller}}}"}""")));
        Assert.Equal(7, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Error(400, "quantity_exceeded"));
        Assert.Equal(7, Redeemed(await shop.GetAsync("/v1/vouchers/FEW")));
        Assert.Equal((7, Callers - 7), await ResultsAsync(shop));
    }

    [Fact]
    public async Task A_gift_card_is_never_overdrawn_however_many_spend_it()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":1000}}""")).Ok();
        var answers = await AtOnceAsync(_ => shop.PostAsync("/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"CARD","gift":{"credits":70}}]}"""));
        Assert.Equal(14, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Error(400, "gift_amount_exceeded"));
        Assert.Equal(20, Balance((await shop.GetAsync("/v1/vouchers/CARD")).Ok()));
    }

    [Fact]
    public async Task A_campaigns_limit_holds_across_its_codes_and_a_customers_across_time()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Codes","voucher":{"discount":{"type":"PERCENT","percent_off":10},"redemption":{"quantity":null}},"vouchers_count":8}""")).Ok();
        var campaign = await Campaigns.CampaignApiTests.MadeAsync(shop, "Codes");
        var codes = (await shop.GetAsync("/v1/vouchers?campaign=Codes&limit=10")).Ok().GetProperty("vouchers").EnumerateArray().Select(voucher => Text(voucher, "code")).ToList();
        await RuleAsync(shop, Text(campaign, "id"), """{"name":"campaign.redemptions.count","property":null,"conditions":{"$less_than_or_equal":[9]}}""");
        await RuleAsync(shop, Text(campaign, "id"), """{"name":"redemption.count.per_customer","property":null,"conditions":{"$less_than_or_equal":[2]}}""");

        var answers = await AtOnceAsync(caller => shop.PostAsync("/v1/redemptions", Of(codes[caller % codes.Count], $$$""","order":{"amount":100},"customer":{"source_id":"c{{{caller % 4}}}"}""")));
        var redeemed = answers.Where(answer => answer.Status == 200).SelectMany(answer => answer.Ok().GetProperty("redemptions").EnumerateArray()).ToList();
        Assert.Equal(9, redeemed.Count);
        Assert.All(redeemed.GroupBy(one => (Text(one, "customer_id"), Text(one, "related_object_id"))), same => Assert.InRange(same.Count(), 1, 2));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Error(400, "redemption_rules_violated"));

        // What is taken back can be had again.
        (await shop.PostAsync($"/v1/redemptions/{Text(redeemed[0], "id")}/rollback")).Ok();
        (await shop.PostAsync("/v1/redemptions", Of(codes[0], ""","order":{"amount":100}"""))).Error(400, "missing_customer");
        (await shop.PostAsync("/v1/redemptions", Of(codes[0], ""","order":{"amount":100},"customer":{"source_id":"new"}"""))).Ok();
        (await shop.PostAsync("/v1/redemptions", Of(codes[0], ""","order":{"amount":100},"customer":{"source_id":"newer"}"""))).Error(400, "redemption_rules_violated");
    }

    [Fact]
    public async Task Of_many_who_take_a_redemption_back_one_does()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":1000}}""")).Ok();
        var redemption = Text((await shop.PostAsync("/v1/redemptions", Of("CARD", ""","order":{"amount":300},"customer":{"source_id":"ann"}"""))).Ok().GetProperty("redemptions")[0], "id");
        var answers = await AtOnceAsync(_ => shop.PostAsync($"/v1/redemptions/{redemption}/rollback"));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Error(400, "already_rolled_back"));
        Assert.Equal(1_000, Balance((await shop.GetAsync("/v1/vouchers/CARD")).Ok()));
    }

    [Fact]
    public async Task An_order_is_redeemed_for_by_one_at_a_time()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/TEN", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":10},"redemption":{"quantity":null}}""")).Ok();
        (await shop.PostAsync("/v1/orders", """{"source_id":"o-1","amount":1000,"customer":{"source_id":"ann"}}""")).Ok();
        var answers = await AtOnceAsync(_ => shop.PostAsync("/v1/redemptions", Of("TEN", ""","order":{"source_id":"o-1"},"customer":{"source_id":"ann"}""")));
        var done = answers.Count(answer => answer.Status == 200);
        Assert.InRange(done, 1, Callers);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Error(400, "multiple_requests"));
        var order = (await shop.GetAsync("/v1/orders/o-1")).Ok();
        Assert.Equal((1_000 - (10 * done), done), (order.GetProperty("total_amount").GetInt32(), order.GetProperty("redemptions").EnumerateObject().Count()));
        Assert.Equal(done, Redeemed(await shop.GetAsync("/v1/vouchers/TEN")));
    }

    [Fact]
    public async Task Whatever_is_redeemed_taken_back_and_added_at_once_adds_up()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":500}}""")).Ok();
        var redemptions = new ConcurrentQueue<string>();
        await AtOnceAsync(async caller =>
        {
            var random = new Random(caller);
            Answer last = default!;
            for (var step = 0; step < 6; step++)
            {
                last = (random.Next(5), redemptions.TryDequeue(out var id)) switch
                {
                    (0, true) => await shop.PostAsync($"/v1/redemptions/{id}/rollback"),
                    (1, _) => await shop.PostAsync("/v1/vouchers/CARD/balance", $$"""{"amount":{{random.Next(-40, 60)}}}"""),
                    (2, _) => await shop.PostAsync("/v1/validations", Of("CARD", $$$""","order":{"amount":{{{random.Next(1, 90)}}}},"session":{"key":"s{{{caller % 8}}}","ttl":1,"ttl_unit":"SECONDS"}""")),
                    _ => await shop.PostAsync("/v1/redemptions", Of("CARD", $$$""","order":{"amount":{{{random.Next(1, 90)}}}},"customer":{"source_id":"c{{{caller % 16}}}"}""")),
                };
                Assert.InRange(last.Status, 200, 400);
                if (last.Status == 200 && last.Ok().TryGetProperty("redemptions", out var made))
                {
                    redemptions.Enqueue(Text(made[0], "id"));
                }
            }

            return last;
        });

        for (var session = 0; session < 8; session++)
        {
            await shop.DeleteAsync($"/v1/vouchers/CARD/sessions/s{session}");
        }

        var card = (await shop.GetAsync("/v1/vouchers/CARD")).Ok();
        var transactions = await AllAsync(shop, "/v1/vouchers/CARD/transactions?limit=100", "data");
        var moved = transactions.Sum(one => one.GetProperty("details").GetProperty("balance").GetProperty("amount").GetInt64());
        Assert.InRange(Balance(card), 0, int.MaxValue);
        Assert.Equal(500 + moved, Balance(card));
        var listed = await AllRedemptionsAsync(shop);
        Assert.Equal(Redeemed(card), listed.Count(one => Text(one, "object") == "redemption" && Text(one, "status") == "SUCCEEDED"));
    }

    private static async Task RuleAsync(ProjectClient shop, string campaign, string condition)
    {
        var rule = Text((await shop.PostAsync("/v1/validation-rules", $$$"""{"name":"Limit {{{Guid.NewGuid():N}}}","rules":{"1":{{{condition}}},"logic":"1"}}""")).Ok(), "id");
        (await shop.PostAsync($"/v1/validation-rules/{rule}/assignments", $$$"""{"related_object_type":"campaign","related_object_id":"{{{campaign}}}"}""")).Ok();
    }

    private static async Task<(int Succeeded, int Failed)> ResultsAsync(ProjectClient shop)
    {
        var all = await AllRedemptionsAsync(shop);
        return (all.Count(one => Text(one, "result") == "SUCCESS"), all.Count(one => Text(one, "result") == "FAILURE"));
    }

    private static async Task<List<JsonElement>> AllRedemptionsAsync(ProjectClient shop)
    {
        var all = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var answer = (await shop.GetAsync($"/v1/redemptions?limit=100&page={page}")).Ok();
            all.AddRange(answer.GetProperty("redemptions").EnumerateArray());
            if (all.Count >= answer.GetProperty("total").GetInt32())
            {
                return all;
            }
        }
    }

    private static async Task<List<JsonElement>> AllAsync(ProjectClient shop, string path, string name)
    {
        var all = new List<JsonElement>();
        for (var after = ""; ;)
        {
            var answer = (await shop.GetAsync(path + after)).Ok();
            all.AddRange(answer.GetProperty(name).EnumerateArray());
            if (!answer.GetProperty("has_more").GetBoolean())
            {
                return all;
            }

            after = $"&starting_after_id={Text(all[^1], "id")}";
        }
    }

    private static Task<Answer[]> AtOnceAsync(Func<int, Task<Answer>> call) => Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => call(caller))));
}
