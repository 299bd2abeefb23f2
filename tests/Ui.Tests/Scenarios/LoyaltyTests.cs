using System.Text.Json;
using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>Loyalty programmes: from nothing to a member with points, tiers and points that wait.</summary>
[Collection(Manager.Collection)]
public sealed class LoyaltyTests(Manager manager)
{
    [Fact]
    public async Task A_programme_is_made_with_rules_and_tiers_and_members_earn_by_them()
    {
        await manager.Shop.PostAsync("/v1/customers", new { source_id = "loyal", name = "Loyal Lou", email = "lou@loyal.example" });
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/campaigns/new");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Loyalty programme" }).PressAsync("Space");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Friends of the shop");
        await page.GetByLabel("Points that a card begins with").FillAsync("50");
        await page.GetByLabel("Points end", new() { Exact = true }).SelectOptionAsync("months");
        await page.GetByLabel("And then on").SelectOptionAsync("END_OF_QUARTER");
        await page.GetByLabel("A tier ends").SelectOptionAsync("CUSTOM");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create campaign" }).ClickAsync();
        await Expect(page.GetByText("This is no value that fits.")).ToBeVisibleAsync();
        await page.GetByLabel("After", new() { Exact = true }).FillAsync("6");
        await visitor.FinishAsync(page, "loyalty-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create campaign" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Friends of the shop" })).ToBeVisibleAsync();
        await Expect(page.GetByText("12 months after they were earned, until the end of the quarter")).ToBeVisibleAsync();
        var id = new Uri(page.Url).AbsolutePath.Split('/')[3];
        var made = await manager.Shop.GetAsync($"/v1/loyalties/{id}");
        Assert.Equal("P6M", made.GetProperty("loyalty_tiers_expiration").GetProperty("expiration_date").GetProperty("extend").GetString());

        await OrdersEarnAsync(page, visitor);
        await TiersAsync(page, visitor);

        // Somebody becomes a member.
        await TabAsync(page, "Members");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add member" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Combobox).FillAsync("Loyal Lou");
        await dialog.GetByRole(AriaRole.Option, new() { Name = "Loyal Lou" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add member" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Loyal Lou" });
        await Expect(row).ToContainTextAsync("50");

        await manager.Shop.PostAsync("/v1/orders", new { source_id = "lou-1", status = "PAID", amount = 20_000, customer = new { source_id = "loyal" } });
        await manager.Shop.PostAsync("/v1/events", new { @event = "review_written", customer = new { source_id = "loyal" } });
        await page.ReloadAsync();
        await Expect(row).ToContainTextAsync("200");
        await visitor.FinishAsync(page, "loyalty-members");
        await row.GetByRole(AriaRole.Link).First.ClickAsync();

        // 50 to begin with, and 25 for the review; 200 of the order wait.
        await Expect(page.Locator("[data-figure=balance]")).ToHaveTextAsync("75");
        await Expect(page.Locator("[data-figure=pending]")).ToHaveTextAsync("200");
        await PointsThatWaitAsync(page, visitor);

        // The gold tier is reached with a hundred more, and some are taken again.
        await AddAsync(page, "100", "A late parcel");
        await Expect(page.Locator("[data-figure=balance]")).ToHaveTextAsync("325");
        await Expect(page.Locator("[data-figure=tier]")).ToHaveTextAsync("Gold");
        await visitor.FinishAsync(page, "loyalty-member");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change balance" }).PressAsync("Enter");
        await dialog.GetByLabel("What to do").PressAsync("ArrowDown");
        await dialog.GetByLabel("Points", new() { Exact = true }).FillAsync("1000");
        await Expect(dialog.GetByText("There are not so many on the card.")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "loyalty-balance");
        await dialog.GetByLabel("Points", new() { Exact = true }).FillAsync("25");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take points" }).PressAsync("Enter");
        await Expect(page.Locator("[data-figure=balance]")).ToHaveTextAsync("300");
        var code = await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync();
        var card = (await manager.Shop.GetAsync($"/v1/loyalties/members/{code}")).GetProperty("loyalty_card");
        Assert.Equal((300, 0), (card.GetProperty("balance").GetInt32(), card.GetProperty("pending_points").GetInt32()));
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "A late parcel" })).ToContainTextAsync("+100");

        await page.GotoAsync($"/ui/campaigns/{id}/transactions");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "lou-1" })).ToContainTextAsync("+150");
        await visitor.FinishAsync(page, "loyalty-transactions");
        await TabAsync(page, "Overview");
        await Expect(page.Locator("[data-figure=published]")).ToHaveTextAsync("1");

        // 25 for the review and 150 of the order, 50 to begin with and 100 by hand, of which 25 were taken; what is missing is said.
        await Expect(page.Locator("[data-figure=balance]")).ToHaveTextAsync("300");
        await Expect(page.Locator("[data-figure=earned]")).ToHaveTextAsync("175");
        await Expect(page.Locator("[data-figure=added]")).ToHaveTextAsync("150");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Give points a use" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Let members earn points" })).ToBeHiddenAsync();
        await visitor.FinishAsync(page, "loyalty");

        // What the programme says can be changed, and is in force.
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for Friends of the shop" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit programme" }).ClickAsync();
        await Expect(dialog.GetByLabel("After", new() { Exact = true })).ToHaveValueAsync("6");
        await dialog.GetByLabel("Points end", new() { Exact = true }).SelectOptionAsync("none");
        await visitor.FinishAsync(page, "loyalty-edit");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save programme" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        var changed = (await manager.Shop.GetAsync($"/v1/loyalties/{id}")).GetProperty("voucher").GetProperty("loyalty_card");
        Assert.True(!changed.TryGetProperty("expiration_rules", out var rules) || rules.ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task Rules_of_every_kind_are_made_and_read_back()
    {
        var segment = await manager.AudienceAsync("earners", 1);
        var id = (await manager.Shop.PostAsync("/v1/loyalties", new { name = "Every kind", type = "AUTO_UPDATE", join_once = true, voucher = new { type = "LOYALTY_CARD", loyalty_card = new { points = 0 } } })).GetProperty("id").GetString();
        await manager.Shop.PostAsync($"/v1/loyalties/{id}/tiers", new[] { new { name = "Bronze", points = new { from = 10 } } });
        await using var visitor = await manager.VisitAsync(language: "de-DE");
        var page = await visitor.OpenAsync($"/campaigns/{id}/rules");
        var dialog = page.GetByRole(AriaRole.Dialog);

        await BeginAsync("Eigenes Ereignis");
        await dialog.GetByLabel("Name des Ereignisses").FillAsync("pages_read");
        await dialog.GetByLabel("Wie viele Punkte").SelectOptionAsync("CUSTOM_EVENT_METADATA");
        await dialog.GetByLabel("Schlüssel der Metadaten").FillAsync("pages");
        await dialog.GetByLabel("Für je so viele").FillAsync("10");
        await SaveAsync("2");

        await BeginAsync("Kunde kam ins Segment");
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Segment", Exact = true }).FillAsync("earners");
        await dialog.GetByRole(AriaRole.Option, new() { Name = "earners" }).ClickAsync();
        await SaveAsync("5");

        await BeginAsync("Stufe geändert");
        await dialog.GetByLabel("Stufe", new() { Exact = true }).SelectOptionAsync("Bronze");
        await visitor.FinishAsync(page, "loyalty-rule-de");
        await SaveAsync("7");

        var all = (await manager.Shop.GetAsync($"/v1/loyalties/{id}/earning-rules?limit=10&order=created_at")).GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(["pages_read", "customer.segment.entered", "customer.loyalty.tier.joined"], all.Select(rule => rule.GetProperty("event").GetString()));
        Assert.Equal((10, 2, "pages"), all[0].GetProperty("loyalty").GetProperty("custom_event").GetProperty("metadata") is var ratio ? (ratio.GetProperty("every").GetInt32(), ratio.GetProperty("points").GetInt32(), ratio.GetProperty("property").GetString()) : default);
        Assert.Equal(segment, all[1].GetProperty("segment").GetProperty("id").GetString());
        Assert.StartsWith("ltr_", all[2].GetProperty("loyalty_tier").GetProperty("id").GetString(), StringComparison.Ordinal);

        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ereignis pages_read" });
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Abschalten" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Abgeschaltet");
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Löschen" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Löschen" }).ClickAsync();
        await Expect(row).ToBeHiddenAsync();
        await visitor.FinishAsync(page, "loyalty-rules-de");

        async Task BeginAsync(string kind)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Punkteregel anlegen" }).ClickAsync();
            await dialog.GetByRole(AriaRole.Radio, new() { Name = kind }).CheckAsync();
        }

        async Task SaveAsync(string points)
        {
            await dialog.GetByLabel("Punkte", new() { Exact = true }).FillAsync(points);
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Punkteregel anlegen" }).ClickAsync();
            await Expect(dialog).ToBeHiddenAsync();
        }
    }

    [Fact]
    public async Task A_distribution_may_be_of_one_tier_of_a_programme()
    {
        var id = (await manager.Shop.PostAsync("/v1/loyalties", new { name = "With tiers", type = "AUTO_UPDATE", join_once = true, voucher = new { type = "LOYALTY_CARD", loyalty_card = new { points = 0 } } })).GetProperty("id").GetString();
        var tier = (await manager.Shop.PostAsync($"/v1/loyalties/{id}/tiers", new[] { new { name = "Platinum", points = new { from = 10 } } }))[0].GetProperty("id").GetString();
        var draft = await manager.Shop.DraftAsync(new { name = "Welcome to platinum", type = "automatic" });
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync($"/distributions/{draft}/edit/trigger");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Joined a tier" }).CheckAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Campaign" }).FillAsync("With tiers");
        await page.GetByRole(AriaRole.Option, new() { Name = "With tiers" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { NameRegex = new("^Tier") }).SelectOptionAsync("Platinum");
        await manager.Shop.UntilAsync($"/v1/distributions/{draft}", state => state.TryGetProperty("trigger", out var trigger) && trigger.TryGetProperty("loyalty_tier_id", out var chosen) && chosen.GetString() == tier);
        await visitor.FinishAsync(page, "trigger-tier");
    }

    // A point for each dollar of an order, after three days; 25 for each review.
    private static async Task OrdersEarnAsync(IPage page, Visitor visitor)
    {
        await TabAsync(page, "Earning rules");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create earning rule" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create earning rule" }).ClickAsync();
        await Expect(dialog.GetByText("Enter a whole number of points.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Name of the rule").FillAsync("A point a dollar");
        await dialog.GetByLabel("How many points").SelectOptionAsync("ORDER_AMOUNT");
        await dialog.GetByLabel("For every so much, in USD").FillAsync("1");
        await dialog.GetByLabel("Points", new() { Exact = true }).FillAsync("1");
        await dialog.GetByLabel("Days that points wait").FillAsync("3");
        await visitor.FinishAsync(page, "loyalty-rule");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create earning rule" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "A point a dollar" });
        await Expect(row).ToContainTextAsync("1 point for every $1.00 of amount of the order before discounts");
        await Expect(row).ToContainTextAsync("after 3 days");

        await page.GetByRole(AriaRole.Button, new() { Name = "Create earning rule" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Custom event" }).CheckAsync();
        await dialog.GetByLabel("Name of the event").FillAsync("review_written");
        await dialog.GetByLabel("Points", new() { Exact = true }).FillAsync("20");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create earning rule" }).ClickAsync();
        var review = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Event review_written" });
        await Expect(review).ToContainTextAsync("20 points");
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for Event review_written" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit" }).ClickAsync();
        await Expect(dialog.GetByLabel("Points", new() { Exact = true })).ToHaveValueAsync("20");
        await dialog.GetByLabel("Points", new() { Exact = true }).FillAsync("25");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save earning rule" }).ClickAsync();
        await Expect(review).ToContainTextAsync("25 points");
        await visitor.FinishAsync(page, "loyalty-rules");
    }

    // Silver from 60 on; gold from 300 on, with twice the points of an order.
    private static async Task TiersAsync(IPage page, Visitor visitor)
    {
        await TabAsync(page, "Tiers");
        var dialog = page.GetByRole(AriaRole.Dialog);
        foreach (var (name, from) in new[] { ("Gold", "300"), ("Silver", "60") })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Add tier" }).ClickAsync();
            await dialog.GetByLabel("Name of the tier").FillAsync(name);
            await dialog.GetByLabel("From so many points on").FillAsync(from);
            if (name == "Gold")
            {
                await dialog.GetByLabel("What members get by “A point a dollar”").SelectOptionAsync("MULTIPLY");
                await dialog.GetByLabel("Times the points of “A point a dollar”").FillAsync("2");
                await visitor.FinishAsync(page, "loyalty-tier");
            }

            await dialog.GetByRole(AriaRole.Button, new() { Name = "Add tier" }).ClickAsync();
            await Expect(dialog).ToBeHiddenAsync();
        }

        // The lowest is first, whichever was made first.
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Silver");
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("60 to 299");
        await Expect(page.GetByRole(AriaRole.Row).Nth(2)).ToContainTextAsync("A point a dollar: 2 times");
        await visitor.FinishAsync(page, "loyalty-tiers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for Silver" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit" }).ClickAsync();
        await dialog.GetByLabel("From so many points on").FillAsync("300");
        await Expect(dialog.GetByText("“Gold” begins there already.")).ToBeVisibleAsync();
        await dialog.GetByLabel("From so many points on").FillAsync("70");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save tier" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("70 to 299");
    }

    // Less of them, then points before their day.
    private static async Task PointsThatWaitAsync(IPage page, Visitor visitor)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for 200 points that wait" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Activate now" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Change" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await dialog.GetByLabel("Points that shall wait").PressAsync("Control+a");
        await page.Keyboard.TypeAsync("150");
        await visitor.FinishAsync(page, "loyalty-pending");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).PressAsync("Enter");
        await Expect(page.Locator("[data-figure=pending]")).ToHaveTextAsync("150");
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for 150 points that wait" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Activate now" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Activate now" }).ClickAsync();
        await Expect(page.Locator("[data-figure=pending]")).ToHaveTextAsync("0");
        await Expect(page.Locator("[data-figure=balance]")).ToHaveTextAsync("225");
    }

    private static async Task AddAsync(IPage page, string points, string reason)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change balance" }).ClickAsync();
        await dialog.GetByLabel("Points", new() { Exact = true }).FillAsync(points);
        await dialog.GetByLabel("Reason").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add points" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    private static async Task TabAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = name, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Tab, new() { Selected = true })).ToHaveTextAsync(name);
    }
}
