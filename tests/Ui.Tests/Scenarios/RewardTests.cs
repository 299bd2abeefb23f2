using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>Rewards: from nothing to what a member got for points, and took back.</summary>
[Collection(Manager.Collection)]
public sealed class RewardTests(Manager manager)
{
    [Fact]
    public async Task A_product_is_made_a_reward_assigned_redeemed_and_taken_back()
    {
        var product = (await manager.Shop.PostAsync("/v1/products", new { source_id = "ui-mug", name = "Blue mug", price = 900 })).GetProperty("id").GetString();
        var program = await ProgramAsync("Mug club", points: 100);
        var card = await MemberAsync(program, "mugger", "Mug Molly");
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/campaigns/rewards/new");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Product" }).PressAsync("Space");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create reward" }).ClickAsync();
        await Expect(page.GetByText("Choose a product.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Give the reward a name.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Product" }).FillAsync("Blue");
        await page.GetByRole(AriaRole.Option, new() { Name = "Blue mug" }).ClickAsync();
        await page.GetByLabel("How many are left").FillAsync("2");
        await page.GetByLabel("Name of the reward").FillAsync("A mug for you");
        await visitor.FinishAsync(page, "reward-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create reward" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "A mug for you" })).ToBeVisibleAsync();
        var id = new Uri(page.Url).AbsolutePath.Split('/')[^1];
        var made = await manager.Shop.GetAsync($"/v1/rewards/{id}");
        Assert.Equal(("MATERIAL", product, 2), (made.GetProperty("type").GetString(), made.GetProperty("parameters").GetProperty("product").GetProperty("id").GetString(), made.GetProperty("stock").GetInt32()));

        // It costs 40 points in the programme.
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to a programme" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Loyalty programme" }).FillAsync("Mug");
        await dialog.GetByRole(AriaRole.Option, new() { Name = "Mug club" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add to a programme" }).ClickAsync();
        await Expect(dialog.GetByText("Enter a whole number of points.")).ToBeVisibleAsync();
        await dialog.GetByLabel("What it costs, in points").FillAsync("40");
        await visitor.FinishAsync(page, "reward-assign");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add to a programme" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Mug club" })).ToContainTextAsync("40 points");
        await visitor.FinishAsync(page, "reward");
        await RedeemAsync(page, visitor, program, card, id);
        await StockOfOthersAsync(page, id);

        // Whoever deletes it hears where it goes.
        await page.GotoAsync("/ui/campaigns/rewards");
        await visitor.FinishAsync(page, "rewards");
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for A small mug" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        await Expect(dialog.GetByText("Mug club")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "reward-delete");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take out and delete" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "A small mug" })).ToBeHiddenAsync();
        Assert.Equal(0, (await manager.Shop.GetAsync($"/v1/loyalties/{program}/rewards")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Points_pay_for_an_order_codes_are_given_and_one_reward_is_redeemed_by_itself()
    {
        var program = await ProgramAsync("Payers", points: 250);
        await MemberAsync(program, "payer", "Paying Paul");
        var coupons = (await manager.Shop.PostAsync("/v1/campaigns", new { name = "Paid coupons", vouchers_count = 3, voucher = new { discount = new { type = "PERCENT", percent_off = 10 } } })).GetProperty("id").GetString();
        await manager.Shop.UntilAsync($"/v1/campaigns/{coupons}", made => made.GetProperty("creation_status").GetString() == "DONE");
        await using var visitor = await manager.VisitAsync(language: "de-DE");
        var page = await visitor.OpenAsync("/campaigns/rewards/new");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Mit Punkten zahlen" }).CheckAsync();
        await page.GetByLabel("Für so viele Punkte").FillAsync("100");
        await page.GetByLabel("So viel weniger").FillAsync("0,005");
        await page.GetByLabel("Name der Prämie").FillAsync("Zahl mit Punkten");
        await page.GetByRole(AriaRole.Button, new() { Name = "Prämie anlegen" }).ClickAsync();
        await Expect(page.GetByText("Geben Sie eine passende Zahl ein.")).ToBeVisibleAsync();
        await page.GetByLabel("So viel weniger").FillAsync("1,50");
        await visitor.FinishAsync(page, "reward-coin-de");
        await page.GetByRole(AriaRole.Button, new() { Name = "Prämie anlegen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Zahl mit Punkten" })).ToBeVisibleAsync();

        await page.GotoAsync("/ui/campaigns/rewards/new");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Kampagne" }).FillAsync("Paid");
        await page.GetByRole(AriaRole.Option, new() { Name = "Paid coupons" }).ClickAsync();
        await page.GetByLabel("Name der Prämie").FillAsync("Ein Code");
        await page.GetByRole(AriaRole.Button, new() { Name = "Prämie anlegen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Ein Code" })).ToBeVisibleAsync();

        // Both are taken up on the page of the programme; one that is redeemed by itself leaves no room for another.
        await page.GotoAsync($"/ui/campaigns/{program}/rewards");
        await AddAsync(page, "Zahl mit Punkten", null, byItself: false);
        await AddAsync(page, "Ein Code", "200", byItself: true);
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ein Code" })).ToContainTextAsync("Von selbst");
        await visitor.FinishAsync(page, "program-rewards-de");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Prämie aufnehmen" }).ClickAsync();
        await Expect(dialog.GetByText("„Ein Code“ wird in diesem Programm schon von selbst eingelöst")).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Checkbox)).ToBeDisabledAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Abbrechen" }).ClickAsync();

        // On a small screen the tab that is shown is not left beside it.
        await page.SetViewportSizeAsync(375, 812);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Tab, new() { Selected = true })).ToBeInViewportAsync(new() { Ratio = 0.9f });

        // Two steps of 100 points are worth 3.00, and 2.20 are to pay.
        await OpenMemberAsync(page, program, "Paying Paul");
        await page.GetByRole(AriaRole.Button, new() { Name = "Prämie einlösen" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Zahl mit Punkten" }).CheckAsync();
        await dialog.GetByLabel("Betrag der Bestellung").FillAsync("2,20");
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("Danach sind 50 Punkte übrig.");
        await visitor.FinishAsync(page, "redeem-coin-de");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Für 200 Punkte einlösen" }).ClickAsync();
        await Expect(page.Locator("[data-figure=balance]")).ToHaveTextAsync("50");

        // What there are not enough points for cannot be chosen.
        await page.GetByRole(AriaRole.Button, new() { Name = "Prämie einlösen" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Radio, new() { Name = "Ein Code" })).ToBeDisabledAsync();
        await Expect(dialog.GetByText("150 Punkte fehlen")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "redeem-missing-de");
        await CheaperAsync(page, visitor, program);
    }

    // By keys alone: the points it costs and what is left are said before, one of the stock goes, and all of it comes back.
    private async Task RedeemAsync(IPage page, Visitor visitor, string program, string card, string reward)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await OpenMemberAsync(page, program, "Mug Molly");
        await page.GetByRole(AriaRole.Button, new() { Name = "Redeem reward" }).PressAsync("Enter");
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "A mug for you" }).PressAsync("Space");
        await Expect(dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("60 points are left afterwards.");
        await visitor.FinishAsync(page, "redeem");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Redeem for 40 points" }).PressAsync("Enter");
        await Expect(page.Locator("[data-figure=balance]")).ToHaveTextAsync("60");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = "A mug for you" }) });
        await Expect(row).ToContainTextAsync("40");
        Assert.Equal(1, await StockAsync(reward));
        await visitor.FinishAsync(page, "member-rewards");

        await row.GetByRole(AriaRole.Button, new() { Name = "Roll back A mug for you" }).PressAsync("Enter");
        await Expect(dialog.GetByText("The points go back to where they were taken from")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Roll back" }).PressAsync("Enter");
        await Expect(page.Locator("[data-figure=balance]")).ToHaveTextAsync("100");
        await Expect(page.GetByText("Rolled back", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(2, await StockAsync(reward));
        Assert.Equal(100, (await manager.Shop.GetAsync($"/v1/loyalties/members/{card}")).GetProperty("loyalty_card").GetProperty("balance").GetInt32());
    }

    // Somebody redeems one while the form is open: its name is changed, and the stock stays what it became.
    private async Task StockOfOthersAsync(IPage page, string reward)
    {
        await page.GotoAsync($"/ui/campaigns/rewards/{reward}");
        await Expect(page.GetByLabel("How many are left")).ToHaveValueAsync("2");
        var taken = await manager.Shop.GetAsync("/v1/loyalties/Mug club/members");
        await manager.Shop.PostAsync($"/v1/loyalties/members/{taken.GetProperty("vouchers")[0].GetProperty("code").GetString()}/redemption", new { reward = new { id = reward } });
        await page.GetByLabel("Name of the reward").FillAsync("A small mug");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save reward" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "A small mug" })).ToBeVisibleAsync();
        Assert.Equal(1, await StockAsync(reward));
        await Expect(page.GetByLabel("How many are left")).ToHaveValueAsync("1");
    }

    private static async Task AddAsync(IPage page, string reward, string? cost, bool byItself)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Prämie aufnehmen" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Prämie" }).FillAsync(reward);
        await dialog.GetByRole(AriaRole.Option, new() { Name = reward }).ClickAsync();
        if (cost is null)
        {
            await Expect(dialog.GetByText("Was ihre Punkte wert sind, sagt die Prämie selbst")).ToBeVisibleAsync();
        }
        else
        {
            await dialog.GetByLabel("Was sie kostet, in Punkten").FillAsync(cost);
        }

        if (byItself)
        {
            await dialog.GetByRole(AriaRole.Checkbox).CheckAsync();
        }

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Prämie aufnehmen" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    // In a tier a reward costs half of it.
    private async Task CheaperAsync(IPage page, Visitor visitor, string program)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GotoAsync($"/ui/campaigns/{program}/tiers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stufe hinzufügen" }).ClickAsync();
        await dialog.GetByLabel("Name der Stufe").FillAsync("Silber");
        await dialog.GetByLabel("Ab so vielen Punkten").FillAsync("5000");
        await dialog.GetByLabel("Was „Ein Code“ in dieser Stufe kostet").SelectOptionAsync("MULTIPLY");
        await dialog.GetByLabel("Mal die Punkte von „Ein Code“").FillAsync("0,5");
        await visitor.FinishAsync(page, "tier-costs-de");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Stufe hinzufügen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Silber" })).ToContainTextAsync("Preis von Ein Code");
        var assignment = (await manager.Shop.GetAsync($"/v1/loyalties/{program}/rewards")).GetProperty("data").EnumerateArray().Single(one => one.TryGetProperty("parameters", out _)).GetProperty("id").GetString()!;
        var tier = Assert.Single((await manager.Shop.GetAsync($"/v1/loyalties/{program}/tiers")).GetProperty("data").EnumerateArray());
        Assert.Equal(0.5m, tier.GetProperty("rewards").GetProperty(assignment).GetProperty("multiplier").GetDecimal());
    }

    private static async Task OpenMemberAsync(IPage page, string program, string name)
    {
        await page.GotoAsync($"/ui/campaigns/{program}/members");
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = name }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.Locator("[data-figure=balance]")).ToBeVisibleAsync();
    }

    private async Task<int> StockAsync(string reward) => (await manager.Shop.GetAsync($"/v1/rewards/{reward}")).GetProperty("stock").GetInt32();

    private async Task<string> ProgramAsync(string name, int points) =>
        (await manager.Shop.PostAsync("/v1/loyalties", new { name, type = "AUTO_UPDATE", join_once = true, voucher = new { type = "LOYALTY_CARD", loyalty_card = new { points } } })).GetProperty("id").GetString()!;

    private async Task<string> MemberAsync(string program, string source, string name) =>
        (await manager.Shop.PostAsync($"/v1/loyalties/{program}/members", new { customer = new { source_id = source, name, email = $"{source}@rewards.example" } })).GetProperty("code").GetString()!;
}
