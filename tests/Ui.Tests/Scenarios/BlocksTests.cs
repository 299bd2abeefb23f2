using System.Text.Json;
using Marketing.Browser;
using Microsoft.Playwright;
using MimeKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>Mails of blocks: written with a mouse and with keys, previewed, taken back, sent, and saved for others.</summary>
[Collection(Manager.Collection)]
public sealed class BlocksTests(Manager manager)
{
    [Fact]
    public async Task A_mail_of_blocks_is_written_and_arrives_as_it_was_previewed()
    {
        var segment = await manager.AudienceAsync("blocks", 1);
        var id = await manager.Shop.DraftAsync(new { name = "Blocks", type = "manual", audience = new { segment_id = segment }, action = new { type = "plain_message" }, channels = new[] { new { type = "email", template = new { } } } });
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync($"/distributions/{id}/edit/message");
        await page.GetByLabel("Subject", new() { Exact = true }).FillAsync("Of blocks");
        await page.GetByRole(AriaRole.Button, new() { Name = "With blocks" }).ClickAsync();

        // A heading with a variable, whose chip one key takes away.
        await AddAsync(page, "Heading");
        var heading = page.GetByRole(AriaRole.Textbox, new() { Name = "Heading" });
        await heading.ClickAsync();
        await page.Keyboard.TypeAsync("Hello \"you\", ");
        await InsertAsync(page, "Heading", "customer.email");
        await Expect(heading.Locator(".chip")).ToHaveTextAsync("customer.email");
        await heading.FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.PressAsync("Backspace");
        await Expect(heading.Locator(".chip")).ToHaveCountAsync(0);
        await InsertAsync(page, "Heading", "customer.name");

        // A button, which is not refused while its address is being typed.
        await AddAsync(page, "Button");
        var form = page.Locator("li.open .form");
        await form.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync("Shop now");
        await form.GetByRole(AriaRole.Textbox, new() { Name = "Where it leads" }).FillAsync("javascript:alert(1)");
        await Expect(form.GetByText("Begins with https://")).ToBeVisibleAsync();
        await form.GetByRole(AriaRole.Textbox, new() { Name = "Where it leads" }).FillAsync("https://shop.example/now");
        await AddAsync(page, "Divider");
        await Expect(OrderOf(page)).ToHaveTextAsync(["Heading", "Button", "Divider"]);

        // By keys, by buttons, and back.
        await page.GetByRole(AriaRole.Button, new() { Name = "Divider" }).First.PressAsync("Alt+ArrowUp");
        await Expect(OrderOf(page)).ToHaveTextAsync(["Heading", "Divider", "Button"]);
        await Expect(page.GetByText("Moved to place 2 of 3")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Move block 2 up" }).ClickAsync();
        await Expect(OrderOf(page)).ToHaveTextAsync(["Divider", "Heading", "Button"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(OrderOf(page)).ToHaveTextAsync(["Heading", "Button", "Divider"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Redo" }).ClickAsync();
        await Expect(OrderOf(page)).ToHaveTextAsync(["Heading", "Divider", "Button"]);

        // By the handle.
        await page.Locator(".blocks > li").Nth(2).Locator(".handle").DragToAsync(page.Locator(".blocks > li").Nth(1));
        await Expect(OrderOf(page)).ToHaveTextAsync(["Heading", "Button", "Divider"]);

        var frame = page.FrameLocator("iframe[title]");
        await Expect(frame.GetByText("Hello \"you\", blocks 0")).ToBeVisibleAsync();
        await Expect(frame.GetByRole(AriaRole.Link, new() { Name = "Unsubscribe" })).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "blocks");

        await page.ReloadAsync();
        await Expect(OrderOf(page)).ToHaveTextAsync(["Heading", "Button", "Divider"]);
        var preview = (await manager.Shop.PostAsync($"/v1/distributions/{id}/preview", new { customer = "blocks-0" })).GetProperty("messages").GetProperty("email");
        await manager.Shop.ActivateAsync(id);
        await manager.Shop.UntilAsync($"/v1/distributions/{id}", state => state.GetProperty("status").GetString() == "sent");
        using var raw = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Assert.Single(manager.MailsTo("0@blocks.example"))));
        var mail = await MimeMessage.LoadAsync(raw, TestContext.Current.CancellationToken);
        Assert.Equal(Settled(preview.GetProperty("html")), Settled(mail.HtmlBody!));
        Assert.Equal(Settled(preview.GetProperty("text")), Settled(mail.TextBody!));
    }

    [Fact]
    public async Task A_saved_template_is_taken_by_a_distribution_and_keeps_its_version()
    {
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/templates");
        await page.GetByRole(AriaRole.Link, new() { Name = "New template" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("For everybody");
        await page.GetByLabel("Subject", new() { Exact = true }).FillAsync("First subject");
        await AddAsync(page, "Divider");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved as version 1")).ToBeVisibleAsync();
        await page.WaitForURLAsync("**/templates/mtpl_*");
        await visitor.FinishAsync(page, "template");

        var id = await manager.Shop.DraftAsync(new { name = "Of a template", type = "manual", action = new { type = "plain_message" }, channels = new[] { new { type = "email", template = new { } } } });
        var builder = await visitor.OpenAsync($"/distributions/{id}/edit/message");
        await builder.GetByLabel("Saved template").SelectOptionAsync("For everybody");
        await Expect(builder.GetByText("Version 1. Later versions change nothing here.")).ToBeVisibleAsync();
        await manager.Shop.UntilAsync($"/v1/distributions/{id}", draft => draft.GetProperty("channels")[0].TryGetProperty("template", out var template) && template.TryGetProperty("saved", out _));

        await page.GetByLabel("Subject", new() { Exact = true }).FillAsync("Second subject");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved as version 2")).ToBeVisibleAsync();
        var kept = (await manager.Shop.GetAsync($"/v1/distributions/{id}")).GetProperty("channels")[0].GetProperty("template");
        Assert.Equal(("First subject", 1), (kept.GetProperty("subject").GetString(), kept.GetProperty("saved").GetProperty("version").GetInt32()));
        await builder.ReloadAsync();
        await Expect(builder.GetByText("Version 1; the newest is 2.")).ToBeVisibleAsync();
        await visitor.FinishAsync(builder, "template-taken");
    }

    [Fact]
    public async Task Blocks_become_html_after_a_question_and_what_it_lacks_is_warned_of()
    {
        var segment = await manager.AudienceAsync("copied", 1);
        var id = await manager.Shop.DraftAsync(new
        {
            name = "To be HTML",
            type = "manual",
            audience = new { segment_id = segment },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "email", template = new { subject = "Copied", blocks = new { version = 1, blocks = new object[] { new { type = "heading", content = new[] { new { type = "text", text = "Made of blocks" } } }, new { type = "qr", value = "{{ customer.id }}" } }, footer = new { } } } } },
        });
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync($"/distributions/{id}/edit/message");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on in HTML" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("There is no way back from HTML to blocks.")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "blocks-to-html");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(OrderOf(page)).ToHaveTextAsync(["Heading", "QR code"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on in HTML" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make it HTML" }).ClickAsync();
        await Expect(page.GetByText("1 code is only written in it")).ToBeVisibleAsync();
        await Expect(page.FrameLocator("iframe[title]").GetByText("Made of blocks")).ToBeVisibleAsync();
        var stored = await manager.Shop.UntilAsync($"/v1/distributions/{id}", draft => draft.GetProperty("channels")[0].GetProperty("template").TryGetProperty("html", out _));
        Assert.False(stored.GetProperty("channels")[0].GetProperty("template").TryGetProperty("blocks", out _));
        Assert.Contains("{{ customer.id }}", stored.GetProperty("channels")[0].GetProperty("template").GetProperty("html").GetString(), StringComparison.Ordinal);

        // Nobody has to be told how to unsubscribe in HTML of hands, but it is said.
        var html = page.GetByRole(AriaRole.Textbox, new() { Name = "HTML", Exact = true });
        await html.ClickAsync();
        await page.Keyboard.PressAsync("Control+a");

        // The browser tries to keep how the text looked that it takes out, as a style of its own, which the page does not allow.
        visitor.Expected = static trouble => trouble.Contains("Applying inline style", StringComparison.Ordinal);
        await page.Keyboard.InsertTextAsync("<p>Hello</p>");
        await Expect(page.GetByText("There is no unsubscribe link yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Summary" }).ClickAsync();
        await Expect(page.GetByText("Everything is there.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "1 thing to look at" })).ToContainTextAsync("There is no unsubscribe link yet");
        await visitor.FinishAsync(page, "summary-warnings");
    }

    [Fact]
    public async Task Brand_details_are_entered_once_and_every_mail_has_them()
    {
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/settings/brand");
        await page.GetByLabel("Street and number").FillAsync("Other street 7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
        await Expect(page.GetByText("The brand details are saved")).ToBeVisibleAsync();
        Assert.Equal("Other street 7", (await manager.Shop.GetAsync("/v1/branding")).GetProperty("address").GetProperty("street").GetString());
        await visitor.FinishAsync(page, "brand");
    }

    private static ILocator OrderOf(IPage page) => page.Locator(".blocks > li .name strong");

    private static async Task AddAsync(IPage page, string type)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a block" }).ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Add a block" }).GetByRole(AriaRole.Button, new() { Name = type, Exact = true }).ClickAsync();
    }

    private static async Task InsertAsync(IPage page, string field, string variable)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Insert a variable into {field}" }).ClickAsync();
        await page.GetByPlaceholder("Search variables").FillAsync(variable);
        await page.Keyboard.PressAsync("Enter");
    }

    private static string Settled(JsonElement text) => Settled(text.GetString()!);

    // The way out is everybody's own, and lines end in a mail as lines of mails do.
    private static string Settled(string text) => System.Text.RegularExpressions.Regex.Replace(text.ReplaceLineEndings("\n"), "http://[^\"\\s)]+/u/[^\"\\s)]*", "").Trim();
}
