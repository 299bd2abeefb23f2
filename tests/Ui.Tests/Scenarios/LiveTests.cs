using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>Automatic distributions, and what is seen of them while they run.</summary>
[Collection(Manager.Collection)]
public sealed class LiveTests(Manager manager)
{
    [Fact]
    public async Task An_event_is_on_the_page_within_two_seconds()
    {
        await manager.AudienceAsync("lively", 1);
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/distributions/new");
        await page.GetByLabel("Name of the distribution").FillAsync("Reviews");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Automatic message" }).CheckAsync();
        await page.GetByLabel("Search").FillAsync("custom");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Custom event" }).CheckAsync();
        await page.GetByLabel("Name of the event").FillAsync("review_written");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Audience" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "A plain message" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Message" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Email" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "HTML of my own" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the template" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Summary" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save & set live" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Set live" }).ClickAsync();
        await Expect(page.Locator("h1 + *")).ToHaveTextAsync("Live");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Activity" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Activated" })).ToBeVisibleAsync();
        await Expect(page.GetByText("lively 0")).ToBeHiddenAsync();

        await manager.Shop.PostAsync("/v1/events", new { @event = "review_written", customer = new { source_id = "lively-0" } });
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "lively 0" })).ToContainTextAsync("Message sent", new() { Timeout = 3_000 });
        await Expect(page.Locator("[data-figure=sent] .value")).ToHaveTextAsync("1", new() { Timeout = 3_000 });
        await visitor.FinishAsync(page, "activity");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Analytics" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Email" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show as table" }).ClickAsync();
        await visitor.FinishAsync(page, "analytics-table");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show as chart" }).ClickAsync();
        await visitor.FinishAsync(page, "analytics");
    }
}
