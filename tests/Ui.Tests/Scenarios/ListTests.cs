using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>The list: what is in its address, what it says when there is nothing, what it costs.</summary>
[Collection(Manager.Collection)]
public sealed class ListTests(Manager manager)
{
    [Fact]
    public async Task Filters_and_page_survive_reload_and_going_back()
    {
        for (var i = 0; i < 60; i++)
        {
            await manager.Shop.DraftAsync(new { name = $"Listed {i}" });
        }

        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/distributions");
        await page.GetByLabel("Search by name").FillAsync("Listed");

        // Where there is nothing else the list looks the same before it is searched.
        await page.WaitForURLAsync("**/distributions?text=Listed");
        await Expect(page.GetByText("1–25 of 60")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(page.GetByText("26–50 of 60")).ToBeVisibleAsync();
        await page.GetByLabel("Order").SelectOptionAsync("name");
        await Expect(page.GetByText("1–25 of 60")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Listed 0");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Listed 0");
        await Expect(page.GetByLabel("Search by name")).ToHaveValueAsync("Listed");
        await page.GoBackAsync();
        await Expect(page.GetByText("26–50 of 60")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Order")).ToHaveValueAsync("-created_at");
        await visitor.FinishAsync(page, "list");

        await page.GetByLabel("Search by name").FillAsync("Nothing is called so");
        await Expect(page.GetByText("No distribution matches")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "list-nomatch");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear filters" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Nth(25)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Deleting_asks_with_the_name()
    {
        await manager.Shop.DraftAsync(new { name = "To be deleted" });
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/distributions?text=To be deleted");
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for To be deleted" }).ClickAsync();
        await visitor.FinishAsync(page, "list-menu");
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Delete “To be deleted”?" })).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "list-delete");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete distribution" }).ClickAsync();
        await Expect(page.GetByText("No distribution matches")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_cannot_be_loaded_is_said_with_a_way_to_try_again()
    {
        await using var visitor = await manager.VisitAsync();
        visitor.Expected = static trouble => trouble.Contains("500", StringComparison.Ordinal);
        await visitor.Context.RouteAsync("**/v1/distributions?*", route => route.FulfillAsync(new()
        {
            Status = 500,
            ContentType = "application/json",
            Headers = new Dictionary<string, string> { ["X-Request-Id"] = "v-broken" },
            Body = """{"code":500,"key":"internal_error","message":"Internal error"}""",
        }));
        var page = await visitor.OpenAsync("/distributions");
        await Expect(page.GetByText("Internal error")).ToBeVisibleAsync();
        await Expect(page.GetByText("Request v-broken")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "list-error");
        await visitor.Context.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.GetByText("Internal error")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task It_speaks_german_and_knows_the_dark()
    {
        await manager.Shop.DraftAsync(new { name = "Auf Deutsch" });
        await using var visitor = await manager.VisitAsync(language: "de-DE");
        var page = await visitor.OpenAsync("/distributions?text=Auf Deutsch");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Distributionen" })).ToBeVisibleAsync();
        Assert.Equal("de", await page.EvaluateAsync<string>("document.documentElement.lang"));
        await visitor.FinishAsync(page, "list-german");
        await page.GetByLabel("Sprache").SelectOptionAsync("en");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Distributions" })).ToBeVisibleAsync();
        await page.GetByLabel("Appearance").SelectOptionAsync("dark");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Appearance")).ToHaveValueAsync("dark");
        Assert.Equal("dark", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme"));
    }

    [Fact]
    public async Task The_first_page_is_small_and_stays_where_it_is()
    {
        await manager.Shop.DraftAsync(new { name = "On the first page" });
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.Context.NewPageAsync();
        var devtools = await visitor.Context.NewCDPSessionAsync(page);
        var bytes = 0.0;
        devtools.Event("Network.loadingFinished").OnEvent += (_, data) => bytes += data!.Value.GetProperty("encodedDataLength").GetDouble();
        await devtools.SendAsync("Network.enable");
        await page.GotoAsync("/ui/distributions");
        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        var shift = await page.EvaluateAsync<double>("new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; }).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 300); })");
        Assert.InRange(bytes, 1, 1.5 * 100_000);
        Assert.InRange(shift, 0, 0.075);
    }

    [Fact]
    public async Task Nothing_at_an_address_is_said_in_words()
    {
        await using var visitor = await manager.VisitAsync();
        visitor.Expected = static trouble => trouble.Contains("404", StringComparison.Ordinal);
        var page = await visitor.OpenAsync("/nowhere/at/all/that/is");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Page not found" })).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "notfound");
        await page.GotoAsync("/ui/distributions/distr_none");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "This distribution does not exist" })).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "gone");
    }
}
