using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>Messages as their authors write them: HTML, text, short messages.</summary>
[Collection(Manager.Collection)]
public sealed class TemplateTests(Manager manager)
{
    [Fact]
    public async Task Variables_are_completed_in_html_and_mistakes_are_marked_where_they_are()
    {
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/distributions/new");
        await page.GetByLabel("Name of the distribution").FillAsync("Typed by hand");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Manual message" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Audience" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "A plain message" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Message" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Email" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "HTML of my own" }).ClickAsync();

        var html = page.GetByRole(AriaRole.Textbox, new() { Name = "HTML", Exact = true });
        await Expect(page.Locator(".cm-content")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await html.ClickAsync();
        await page.Keyboard.TypeAsync("<p>{{ customer.na");
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = "name", Exact = true })).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "builder-completion");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync(" }}");
        await Expect(html).ToHaveTextAsync("<p>{{ customer.name }}</p>");

        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync("\n<b>{{ customer.nmae }}");
        await Expect(page.Locator(".cm-lintRange-error")).ToHaveTextAsync("customer.nmae");
        await Expect(html).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByText("Did you mean 'name'?").First).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "builder-mistake");

        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("<p>{{ customer.name }}");
        await Expect(html).ToHaveTextAsync("<p>{{ customer.name }}</p>");
        await Expect(page.Locator(".cm-lintRange-error")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_short_message_says_how_many_it_takes_and_which_character_makes_it_more()
    {
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/distributions/new");
        await page.GetByLabel("Name of the distribution").FillAsync("Short");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Manual message" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Audience" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "A plain message" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Message" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "SMS" }).ClickAsync();

        // A bracket takes two places of GSM-7, and an emoji turns all of it into UCS-2.
        var text = page.GetByRole(AriaRole.Textbox, new() { Name = "Plain text", Exact = true });
        await text.FillAsync("Hello ]");
        await Expect(page.GetByText("1 message, 8 places in GSM-7.")).ToBeVisibleAsync();
        await text.FillAsync(new string('a', 161));
        await Expect(page.GetByText("2 messages, 161 places in GSM-7.")).ToBeVisibleAsync();
        await text.FillAsync(new string('a', 69) + "👋");
        await Expect(page.GetByText("2 messages, 71 places in UCS-2.")).ToBeVisibleAsync();
        await Expect(page.GetByText("These characters make it longer: 👋")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "builder-sms");
    }
}
