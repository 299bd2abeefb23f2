using Marketing.Api;
using Xunit;

namespace Marketing.Redemptions;

/// <summary>A day's budget while the day ends.</summary>
public sealed class BudgetAtMidnightTests(TimedApiHost api) : IClassFixture<TimedApiHost>
{
    [Fact]
    public async Task A_days_budget_ends_with_the_day_of_the_project_and_is_exact_on_both_sides()
    {
        using var shop = await api.NewProjectAsync(static settings => settings with { TimeZone = "Europe/Berlin" });
        (await shop.PostAsync("/v1/vouchers/TEN", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":100},"redemption":{"quantity":null}}""")).Ok();
        var rule = (await shop.PostAsync("/v1/validation-rules", """{"name":"Budget","rules":{"1":{"name":"redemption.count.daily","property":null,"conditions":{"$less_than_or_equal":[10]}},"logic":"1"}}"""))["id"];
        (await shop.PostAsync($"/v1/validation-rules/{rule}/assignments", """{"voucher":"TEN"}""")).Ok();

        // A second before midnight in Berlin, which is 23:00 in UTC.
        api.Clock.SetUtcNow(new DateTimeOffset(2030, 3, 1, 22, 59, 59, TimeSpan.Zero));
        Assert.Equal(10, await RedeemedAsync(shop));
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, await RedeemedAsync(shop));

        // While the day changes under them both budgets are there, and neither is exceeded.
        api.Clock.SetUtcNow(new DateTimeOffset(2030, 3, 3, 22, 59, 59, 900, TimeSpan.Zero));
        var answers = Enumerable.Range(0, 64).Select(caller => RedeemAsync(shop, caller)).ToList();
        await Task.WhenAll(answers.Take(20));
        api.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await Task.WhenAll(answers);
        var later = await RedeemedAsync(shop);
        var during = answers.Count(static answer => answer.Result.Status == 200);
        Assert.Equal(20, during + later);
        Assert.InRange(during, 10, 20);
    }

    private static async Task<int> RedeemedAsync(ProjectClient shop)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => RedeemAsync(shop, caller)));
        Assert.All(answers.Where(static answer => answer.Status != 200), static answer => answer.Error(400, "redemption_rules_violated"));
        return answers.Count(static answer => answer.Status == 200);
    }

    private static Task<Answer> RedeemAsync(ProjectClient shop, int caller) => shop.PostAsync(
        "/v1/redemptions", RedemptionApiTests.Of("TEN", $$$""","order":{"amount":500},"customer":{"source_id":"c{{{caller}}}"}"""));
}
