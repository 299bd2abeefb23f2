using System.Text;
using System.Text.RegularExpressions;
using Marketing.Browser;
using Marketing.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>Webhooks of a project: made, tested, followed, mended and posted again without leaving the manager.</summary>
[Collection(Manager.Collection)]
public sealed class WebhookTests(Manager manager)
{
    [Fact]
    public async Task A_webhook_is_made_tested_and_its_secret_shown_once()
    {
        await using var sink = await HttpSink.StartAsync();
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/settings/webhooks");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create webhook" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create webhook" }).ClickAsync();
        await Expect(dialog.GetByText("Say where events are posted to.")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("Choose at least one event.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Address").FillAsync(sink.Url + "made");
        await dialog.GetByLabel("Search events").FillAsync("customer.created");
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "customer.created" }).PressAsync("Space");
        await dialog.GetByLabel("Search events").FillAsync("");
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "All of publication" }).CheckAsync();
        await Expect(dialog.GetByText("2 chosen")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "webhook-new");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create webhook" }).ClickAsync();

        var secret = page.GetByRole(AriaRole.Textbox, new() { Name = "Secret of the webhook" });
        await Expect(secret).ToHaveValueAsync(new Regex("^whsec_"));
        var value = await secret.InputValueAsync();
        await visitor.FinishAsync(page, "webhook-secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "I have stored it" }).ClickAsync();
        await page.WaitForURLAsync("**/settings/webhooks/wh_*");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = sink.Url + "made" })).ToBeVisibleAsync();
        Assert.DoesNotContain(value, await page.ContentAsync(), StringComparison.Ordinal);

        // What the receiver says is shown in its own words.
        sink.Then(SinkAnswer.Of(503) with { Body = Encoding.UTF8.GetBytes("closed for stocktaking") });
        await page.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
        await Expect(page.GetByText("It does not work.")).ToBeVisibleAsync();
        await Expect(page.GetByText("closed for stocktaking")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "webhook-test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
        await Expect(page.GetByText("It works.")).ToBeVisibleAsync();

        // Another secret, which holds beside the first for an hour.
        await page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {sink.Url}made" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "New secret" }).ClickAsync();
        await dialog.GetByLabel("How long the present secret still holds").SelectOptionAsync("PT1H");
        await visitor.FinishAsync(page, "webhook-rotate");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make a new secret" }).ClickAsync();
        await Expect(secret).ToHaveValueAsync(new Regex("^whsec_"));
        Assert.NotEqual(value, await secret.InputValueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "I have stored it" }).ClickAsync();
        await Expect(page.GetByText("holds until")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {sink.Url}made" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByText("The webhook was deleted")).ToBeVisibleAsync();
        Assert.DoesNotContain((await manager.Shop.GetAsync("/v1/webhooks")).GetProperty("data").EnumerateArray(), hook => hook.GetProperty("target_url").GetString() == sink.Url + "made");
    }

    [Fact]
    public async Task A_webhook_that_was_disabled_says_why_is_enabled_and_posts_again()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Always(SinkAnswer.Of(410) with { Body = Encoding.UTF8.GetBytes("moved away") });
        var hook = (await manager.Shop.PostAsync("/v1/webhooks", new { target_url = sink.Url + "gone", events = new[] { "customer.created" } })).GetProperty("id").GetString();
        await manager.Shop.PostAsync("/v1/customers", new { source_id = "hooked-1", name = "Hooked" });
        await manager.Shop.UntilAsync($"/v1/webhooks/{hook}", state => !state.GetProperty("active").GetBoolean());

        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/settings/webhooks");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = sink.Url + "gone" });
        await Expect(row).ToContainTextAsync("Disabled by failures");
        await Expect(row).ToContainTextAsync("Failed");
        await visitor.FinishAsync(page, "webhooks");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByText("It was disabled because the receiver did not take what was posted.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Post many again" })).ToBeDisabledAsync();
        await visitor.FinishAsync(page, "webhook-disabled");
        sink.Always(SinkAnswer.Ok);
        await page.GetByRole(AriaRole.Button, new() { Name = "Enable" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Enable" }).ClickAsync();
        await Expect(page.Locator("h1 + *")).ToHaveTextAsync("Active");

        // One of the log, with the answer of then and the body.
        var sendout = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "customer.created" });
        await sendout.GetByRole(AriaRole.Button, new() { Name = "customer.created", Exact = true }).ClickAsync();
        await Expect(dialog.GetByText("moved away")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("hooked-1")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "webhook-sendout");
        await page.Keyboard.PressAsync("Escape");
        await sendout.GetByRole(AriaRole.Button, new() { Name = "Post customer.created again" }).ClickAsync();
        await Expect(page.GetByText("1 event is posted again")).ToBeVisibleAsync();
        await Expect(sendout).ToContainTextAsync("Arrived", new() { Timeout = 20_000 });

        // Nothing failed any more; all that happened since yesterday arrives a second time.
        await page.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync("failed");
        await Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear filters" }).ClickAsync();
        var before = sink.Count;
        await page.GetByRole(AriaRole.Button, new() { Name = "Post many again" }).ClickAsync();
        await dialog.GetByLabel("Which", new() { Exact = true }).SelectOptionAsync("all");
        await visitor.FinishAsync(page, "webhook-replay");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Post many again" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await sink.WaitForAsync(before + 1, TimeSpan.FromSeconds(20));
        Assert.Single(sink.Ledger.Keys);
    }
}
