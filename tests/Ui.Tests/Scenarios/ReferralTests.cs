using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>Referral programmes: from nothing to a friend who came and a referrer who got something.</summary>
[Collection(Manager.Collection)]
public sealed class ReferralTests(Manager manager)
{
    [Fact]
    public async Task A_programme_is_made_codes_are_given_and_a_friend_comes_by_one()
    {
        await manager.Shop.PostAsync("/v1/campaigns", new { name = "Thanks cards", type = "AUTO_UPDATE", voucher = new { type = "GIFT_VOUCHER", gift = new { amount = 0 } } });
        await manager.Shop.PostAsync("/v1/customers", new { source_id = "ref-rita", name = "Referring Rita", email = "rita@referrals.example" });
        await manager.Shop.PostAsync("/v1/customers", new { source_id = "ref-fred", name = "Friend Fred", email = "fred@referrals.example" });
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/campaigns/new");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Referral programme" }).PressAsync("Space");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Bring a friend");
        await page.GetByLabel("Prefix").FillAsync("FRIEND-");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a reward" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create campaign" }).ClickAsync();
        await Expect(page.GetByText("Choose a campaign.")).ToBeVisibleAsync();
        await page.GetByLabel("Name of the reward").FillAsync("First friend");
        await GiftAsync(page.GetByRole(AriaRole.Group, new() { Name = "Reward 1" }), "5.00");
        await visitor.FinishAsync(page, "referral-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create campaign" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Bring a friend" })).ToBeVisibleAsync();
        await Expect(page.GetByText("$5.00 on a card of “Thanks cards”")).ToBeVisibleAsync();
        var id = new Uri(page.Url).AbsolutePath.Split('/')[3];
        await visitor.FinishAsync(page, "referral-begin");

        // The first step that is left leads to where codes are given.
        await page.GetByRole(AriaRole.Link, new() { Name = "Give codes away" }).ClickAsync();
        await visitor.FinishAsync(page, "referrers-none");
        var code = await GiveAsync(page, visitor);
        Assert.StartsWith("FRIEND-", code, StringComparison.Ordinal);

        await manager.Shop.PostAsync("/v1/redemptions", new { redeemables = new[] { new { @object = "voucher", id = code } }, order = new { amount = 1_000 }, customer = new { source_id = "ref-fred" } });
        await manager.Shop.UntilAsync("/v1/customers/ref-rita/activity?limit=100&type=customer.rewarded", given => given.GetProperty("data").GetArrayLength() == 1);
        await page.ReloadAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = code });
        await Expect(row.GetByRole(AriaRole.Cell).Nth(2)).ToHaveTextAsync("1");
        await visitor.FinishAsync(page, "referrers");

        await row.GetByRole(AriaRole.Link, new() { Name = code, Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-figure=referred]")).ToHaveTextAsync("1");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "First friend" })).ToContainTextAsync("$5.00");
        await HoldersAsync(page, visitor);

        await page.GotoAsync($"/ui/campaigns/{id}");
        await Expect(page.Locator("[data-figure=referred]")).ToHaveTextAsync("1");
        await Expect(page.Locator("[data-figure=published]")).ToHaveTextAsync("1");
        await visitor.FinishAsync(page, "referral");
    }

    [Fact]
    public async Task What_a_programme_says_is_edited_and_what_the_form_does_not_know_stays()
    {
        var cards = (await manager.Shop.PostAsync("/v1/campaigns", new { name = "Gift cards for friends", type = "AUTO_UPDATE", voucher = new { type = "GIFT_VOUCHER", gift = new { amount = 0 } } })).GetProperty("id").GetString();
        var id = (await manager.Shop.PostAsync("/v1/campaigns", new
        {
            name = "Edited friends",
            campaign_type = "REFERRAL_PROGRAM",
            type = "AUTO_UPDATE",
            voucher = new { type = "DISCOUNT_VOUCHER", is_referral_code = true, discount = new { type = "PERCENT", percent_off = 10 } },
            referral_program = new { conversion_event_type = "redemption", referral_tiers = new[] { new { id = "rft_mine", reward = new { type = "GIFT_VOUCHER", amount = 100, related_object_parent = new { name = "Gift cards for friends" } } } } },
        })).GetProperty("id").GetString();
        await using var visitor = await manager.VisitAsync(language: "de-DE");
        var page = await visitor.OpenAsync($"/campaigns/{id}");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Aktionen für Edited friends" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Programm bearbeiten" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Ein Freund tut etwas" }).CheckAsync();
        await dialog.GetByRole(AriaRole.Checkbox).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Programm speichern" }).ClickAsync();
        await Expect(dialog.GetByText("Sagen Sie, welches Ereignis.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Name des Ereignisses").FillAsync("signed_up");
        await GiftAsync(dialog.GetByRole(AriaRole.Group, new() { Name = "Für den Freund" }), "2,50", "Gift cards for friends", "Aus welcher Kampagne", "Guthaben");
        await dialog.GetByLabel("Wann").SelectOptionAsync("AT_LEAST");
        await dialog.GetByLabel("Mit so vielen Freunden").FillAsync("5");
        await visitor.FinishAsync(page, "referral-edit-de");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Programm speichern" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.GetByText("einmal, mit 5 Freunden")).ToBeVisibleAsync();

        var program = (await manager.Shop.GetAsync($"/v1/campaigns/{id}")).GetProperty("referral_program");
        Assert.Equal(("custom_event", "signed_up"), (program.GetProperty("conversion_event_type").GetString(), program.GetProperty("custom_event").GetProperty("name").GetString()));
        Assert.Equal((250, cards), (program.GetProperty("referee_reward").GetProperty("amount").GetInt32(), program.GetProperty("referee_reward").GetProperty("related_object_parent").GetProperty("id").GetString()));
        var tier = Assert.Single(program.GetProperty("referral_tiers").EnumerateArray());
        Assert.Equal(("rft_mine", 100, 5), (tier.GetProperty("id").GetString(), tier.GetProperty("reward").GetProperty("amount").GetInt32(), tier.GetProperty("conversions").GetProperty("count").GetInt32()));
    }

    private static async Task GiftAsync(ILocator part, string amount, string campaign = "Thanks cards", string field = "Of which campaign", string credits = "Credits")
    {
        await part.GetByRole(AriaRole.Combobox, new() { Name = field }).FillAsync(campaign);
        await part.GetByRole(AriaRole.Option, new() { Name = campaign }).ClickAsync();
        await part.GetByLabel(credits).FillAsync(amount);
    }

    // A customer becomes a referrer.
    private static async Task<string> GiveAsync(IPage page, Visitor visitor)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Give a code" }).PressAsync("Enter");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Give a code" }).ClickAsync();
        await Expect(dialog.GetByText("Choose a customer.")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Combobox).FillAsync("Referring Rita");
        await dialog.GetByRole(AriaRole.Option, new() { Name = "Referring Rita" }).ClickAsync();
        await visitor.FinishAsync(page, "referral-give");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Give a code" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Referring Rita" });
        await Expect(row.GetByRole(AriaRole.Cell).Nth(2)).ToHaveTextAsync("0");
        return (await row.GetByRole(AriaRole.Link).First.TextContentAsync())!;
    }

    // The referrer first, then the friend who came; another is made one before, and removed.
    private async Task HoldersAsync(IPage page, Visitor visitor)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await manager.Shop.PostAsync("/v1/customers", new { source_id = "ref-gina", name = "Later Gina" });
        var holders = page.GetByRole(AriaRole.Table, new() { Name = "Holders" }).GetByRole(AriaRole.Row);
        await Expect(holders.Nth(1)).ToContainTextAsync("Referring Rita");
        await Expect(holders.Nth(2)).ToContainTextAsync("Friend Fred");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a friend" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Combobox).FillAsync("Later Gina");
        await dialog.GetByRole(AriaRole.Option, new() { Name = "Later Gina" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a friend" }).ClickAsync();
        await Expect(holders.Nth(3)).ToContainTextAsync("Later Gina");
        await visitor.FinishAsync(page, "referral-code");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Later Gina" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(holders).ToHaveCountAsync(3);
        await Expect(page.Locator("[data-figure=referred]")).ToHaveTextAsync("1");
    }
}
