using System.Globalization;
using System.Text.Json;
using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>The page of a campaign says what the API says.</summary>
[Collection(Manager.Collection)]
public sealed class CampaignTests(Manager manager)
{
    [Fact]
    public async Task Figures_are_those_of_the_api_before_and_after_a_rollback()
    {
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/campaigns/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Counted");
        await page.GetByLabel("Number of codes").FillAsync("12");
        await page.GetByLabel("Prefix").FillAsync("CNT-");
        await visitor.FinishAsync(page, "campaign-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create campaign" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Counted" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-figure=created]")).ToHaveTextAsync("12");
        var id = new Uri(page.Url).AbsolutePath.Split('/')[3];

        var segment = await manager.AudienceAsync("counted", customers: 3);
        var distribution = await manager.Shop.DistributionAsync(new
        {
            name = "Codes for the counted",
            type = "manual",
            audience = new { segment_id = segment },
            action = new { type = "publish_codes", campaign_id = id },
            channels = new[] { new { type = "email", template = new { subject = "Yours", html = "<p>{{ voucher.code }} <a href=\"{{ unsubscribe_url }}\">unsubscribe</a></p>" } } },
        });
        await manager.Shop.UntilAsync($"/v1/distributions/{distribution}", found => found.GetProperty("status").GetString() == "sent");
        var codes = (await manager.Shop.GetAsync("/v1/vouchers?campaign_id=" + id + "&limit=100")).GetProperty("vouchers").EnumerateArray().Where(one => one.GetProperty("holder_id").ValueKind == JsonValueKind.String).Select(one => one.GetProperty("code").GetString()!).ToList();
        Assert.Equal(3, codes.Count);
        await manager.Shop.PostAsync("/v1/redemptions", new { redeemables = new[] { new { @object = "voucher", id = codes[0] } }, customer = new { source_id = "counted-0" }, order = new { amount = 10_000 } });
        await manager.Shop.UntilAsync($"/v1/campaigns/{id}/distributions", found => found.GetProperty("codes_redeemed").GetInt64() == 1);

        await page.ReloadAsync();
        await AssertFiguresAsync(page, id);
        await visitor.FinishAsync(page, "campaign");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Distributions" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Codes for the counted" })).ToContainTextAsync("33.3");
        await visitor.FinishAsync(page, "campaign-distributions");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Codes" }).ClickAsync();
        await page.GetByLabel("Search a whole code").FillAsync(codes[1]);
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync(codes[1]);
        await visitor.FinishAsync(page, "campaign-codes");

        await page.GetByRole(AriaRole.Tab, new() { Name = "Redemptions" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Roll back {codes[0]}" }).ClickAsync();
        await visitor.FinishAsync(page, "campaign-rollback");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Roll back" }).ClickAsync();
        await Expect(page.GetByText("Rolled back").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Overview" }).ClickAsync();
        await Expect(page.Locator("[data-figure=rolledBack]")).ToHaveTextAsync("1");
        await AssertFiguresAsync(page, id);
    }

    private async Task AssertFiguresAsync(IPage page, string id)
    {
        var summary = await manager.Shop.GetAsync($"/v1/campaigns/{id}/summary");
        var reached = await manager.Shop.GetAsync($"/v1/campaigns/{id}/distributions");
        foreach (var (figure, value) in new[]
        {
            ("created", summary.GetProperty("vouchers_created")), ("published", summary.GetProperty("vouchers_published")), ("redeemed", summary.GetProperty("redemptions_succeeded")),
            ("issued", reached.GetProperty("codes_issued")), ("delivered", reached.GetProperty("messages_delivered")), ("used", reached.GetProperty("codes_redeemed")),
        })
        {
            await Expect(page.Locator($"[data-figure={figure}]")).ToHaveTextAsync(value.GetInt64().ToString(CultureInfo.InvariantCulture));
        }

        await Expect(page.Locator("[data-figure=rate]")).ToHaveTextAsync(string.Create(CultureInfo.InvariantCulture, $"{100 * Math.Round(reached.GetProperty("redemption_rate").GetDecimal(), 3):0.#}%"));
        await Expect(page.Locator("[data-figure=discounted]")).ToHaveTextAsync(string.Create(CultureInfo.InvariantCulture, $"${summary.GetProperty("discounted_amount").GetInt64() / 100m:0.00}"));
    }
}
