using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>What a distribution needs is made without leaving it.</summary>
[Collection(Manager.Collection)]
public sealed class CreationTests(Manager manager)
{
    [Fact]
    public async Task A_segment_made_in_the_builder_is_of_the_draft_and_its_members_get_the_message()
    {
        await manager.AudienceAsync("inside", customers: 2);
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/distributions/new");
        await page.GetByLabel("Name of the distribution").FillAsync("Made from inside");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Manual message" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Audience" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create segment" }).ClickAsync();

        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Create segment" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create segment" }).ClickAsync();
        await Expect(dialog.GetByText("Give the segment a name.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Insiders");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a condition" }).ClickAsync();
        await dialog.GetByLabel("Field", new() { Exact = true }).SelectOptionAsync("metadata.plan");
        await dialog.GetByLabel("Value for plan").FillAsync("inside");
        await dialog.GetByLabel("Value for plan").PressAsync("Enter");
        await Expect(dialog.Locator("[data-matches]")).ToHaveTextAsync("2");
        await visitor.FinishAsync(page, "builder-new-segment");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create segment" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Segment" })).ToHaveValueAsync("Insiders");
        Assert.DoesNotContain(await NamesAsync(), name => name == "Insiders");

        await page.GetByRole(AriaRole.Radio, new() { Name = "A plain message" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Message" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Email" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "HTML of my own" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the template" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Summary" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save & Send" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-figure=sent] .value")).ToHaveTextAsync("2", new() { Timeout = 20_000 });
        Assert.Contains(await NamesAsync(), name => name == "Insiders");
    }

    [Fact]
    public async Task A_customer_made_in_the_builder_is_the_audience()
    {
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/distributions/new");
        await page.GetByLabel("Name of the distribution").FillAsync("For one");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Manual message" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Audience" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "A single customer" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create customer" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Create customer" });
        await dialog.GetByLabel("Email").FillAsync("one@inside.example");
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("The One");
        await visitor.FinishAsync(page, "builder-new-customer");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create customer" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Customer" })).ToHaveValueAsync("The One");
        await page.GetByRole(AriaRole.Radio, new() { Name = "A plain message" }).CheckAsync();
        await Expect(page.GetByText("1 customer")).ToBeVisibleAsync();
    }

    private async Task<IEnumerable<string?>> NamesAsync() =>
        (await manager.Shop.GetAsync("/v1/segments?limit=100")).GetProperty("data").EnumerateArray().Select(segment => segment.GetProperty("name").GetString());
}
