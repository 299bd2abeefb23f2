using System.Text;
using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>Addresses that must not be written to.</summary>
[Collection(Manager.Collection)]
public sealed class SuppressionTests(Manager manager)
{
    [Fact]
    public async Task Addresses_are_added_by_hand_and_by_file_found_and_taken_off()
    {
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/customers/suppressions");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add address" }).PressAsync("Enter");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add address" }).PressAsync("Enter");
        await Expect(dialog.GetByText("Say which address.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Address").FocusAsync();
        await page.Keyboard.TypeAsync("hand@suppressed.example");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("End");
        await visitor.FinishAsync(page, "suppression-new");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add address" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "hand@suppressed.example" })).ToContainTextAsync("Complained");

        await page.GetByRole(AriaRole.Button, new() { Name = "Import a file" }).ClickAsync();
        await dialog.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload
        {
            Name = "list.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("address,reason\none@suppressed.example,bounced\ntwo@suppressed.example,\nthree@suppressed.example,because\n"),
        });
        await visitor.FinishAsync(page, "suppressions-file");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Suppress them" }).ClickAsync();
        await Expect(dialog.GetByText("Import finished")).ToBeVisibleAsync();
        await Expect(dialog.Locator("dl > div").Filter(new() { HasText = "Taken" })).ToContainTextAsync("2");
        await Expect(dialog.Locator("dl > div").Filter(new() { HasText = "Failed" })).ToContainTextAsync("1");
        await Expect(dialog.GetByRole(AriaRole.Row).Filter(new() { HasText = "reason must be one of" })).ToContainTextAsync("3");
        await visitor.FinishAsync(page, "suppressions-imported");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "one@suppressed.example" })).ToContainTextAsync("Bounced");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "two@suppressed.example" })).ToContainTextAsync("Added by hand");
        await visitor.FinishAsync(page, "suppressions");

        await page.GetByLabel("Search a whole address").FillAsync("ONE@suppressed.example");
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove one@suppressed.example" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.GetByText("No address matches")).ToBeVisibleAsync();
        Assert.DoesNotContain((await manager.Shop.GetAsync("/v1/suppressions?limit=100")).GetProperty("data").EnumerateArray(), one => one.GetProperty("address").GetString() == "one@suppressed.example");
    }
}
