using System.Text.Json;
using System.Text.RegularExpressions;
using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>What a campaign of points or referrals usually tells its customers, made into drafts from its page.</summary>
[Collection(Manager.Collection)]
public sealed partial class PresetTests(Manager manager)
{
    [Fact]
    public async Task A_preset_becomes_one_draft_however_often_it_is_pressed_and_leads_to_it_from_then_on()
    {
        var id = await ProgramAsync("Preset club");
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync($"/campaigns/{id}/distributions");
        var make = page.GetByRole(AriaRole.Button, new() { Name = "Make a draft: Points earned" });
        await Expect(make).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "presets");

        // Another tab that does not know of it yet, and a double click.
        var other = await visitor.OpenAsync($"/campaigns/{id}/distributions");
        await Expect(other.GetByRole(AriaRole.Button, new() { Name = "Make a draft: Points earned" })).ToBeVisibleAsync();
        await make.DblClickAsync();
        await Expect(page).ToHaveURLAsync(Message());
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Subject" })).ToHaveValueAsync("You earned points");
        await other.GetByRole(AriaRole.Button, new() { Name = "Make a draft: Points earned" }).PressAsync("Enter");
        await Expect(other).ToHaveURLAsync(Message());
        Assert.Equal(new Uri(page.Url).AbsolutePath, new Uri(other.Url).AbsolutePath);
        var made = await MadeAsync(id);
        Assert.Equal("customer.rewarded.loyalty_points", made.GetProperty("trigger").GetProperty("type").GetString());

        await page.GotoAsync($"/ui/campaigns/{id}/distributions");
        var open = page.GetByRole(AriaRole.Link, new() { Name = "Open Preset club: Customer rewarded loyalty points" });
        await Expect(open).ToBeVisibleAsync();
        await Expect(make).ToBeHiddenAsync();
        await visitor.FinishAsync(page, "presets-made");
        await open.ClickAsync();
        await Expect(page).ToHaveURLAsync(Message());
        Assert.Contains(made.GetProperty("id").GetString()!, page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_made_and_deleted_is_made_again()
    {
        var id = (await manager.Shop.PostAsync("/v1/campaigns", new
        {
            name = "Preset friends",
            campaign_type = "REFERRAL_PROGRAM",
            type = "AUTO_UPDATE",
            voucher = new { type = "DISCOUNT_VOUCHER", is_referral_code = true, discount = new { type = "PERCENT", percent_off = 10 } },
        })).GetProperty("id").GetString()!;
        await using var visitor = await manager.VisitAsync(language: "de-DE");

        // The server knows the first key of a draft that is gone.
        visitor.Expected = trouble => trouble.Contains("404", StringComparison.Ordinal);
        var page = await visitor.OpenAsync($"/campaigns/{id}/distributions");
        var make = page.GetByRole(AriaRole.Button, new() { Name = "Entwurf anlegen: Kunde wurde empfohlen" });
        await Expect(page.GetByText("Wer durch den Code eines Freundes kommt, wird begrüßt.")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "presets-de");
        await make.ClickAsync();
        await Expect(page).ToHaveURLAsync(Message());
        var first = (await MadeAsync(id)).GetProperty("id").GetString();
        await page.GotoAsync("/ui/distributions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Aktionen für Preset friends: Customer was referred" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Löschen" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Distribution löschen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();

        await page.GotoAsync($"/ui/campaigns/{id}/distributions");
        await make.ClickAsync();
        await Expect(page).ToHaveURLAsync(Message());
        Assert.NotEqual(first, (await MadeAsync(id)).GetProperty("id").GetString());
    }

    private async Task<string> ProgramAsync(string name) =>
        (await manager.Shop.PostAsync("/v1/loyalties", new { name, type = "AUTO_UPDATE", join_once = true, voucher = new { type = "LOYALTY_CARD", loyalty_card = new { points = 0 } } })).GetProperty("id").GetString()!;

    // The only one that the campaign has.
    private async Task<JsonElement> MadeAsync(string campaign)
    {
        var made = Assert.Single((await manager.Shop.GetAsync($"/v1/campaigns/{campaign}/distributions")).GetProperty("distributions").EnumerateArray());
        return await manager.Shop.GetAsync($"/v1/distributions/{made.GetProperty("id").GetString()}");
    }

    // The builder, where it shows the message.
    [GeneratedRegex("/distributions/[^/]+/edit/message$")]
    private static partial Regex Message();
}
