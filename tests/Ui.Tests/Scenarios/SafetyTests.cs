using System.Diagnostics;
using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>What must not happen: scripts in names, tabs that never load, mice that are needed.</summary>
[Collection(Manager.Collection)]
public sealed class SafetyTests(Manager manager)
{
    private const string Script = "<img src=x onerror=\"window.hurt=1\"><script>window.hurt=1</script>";

    [Fact]
    public async Task Markup_in_names_and_templates_never_runs()
    {
        await manager.Shop.PostAsync("/v1/customers", new { source_id = "evil", name = Script, email = "evil@example.com" });
        var id = await manager.Shop.DraftAsync(new
        {
            name = Script,
            type = "automatic",
            trigger = new { type = "customer.custom_event", custom_event = Script },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "email", template = new { subject = "For {{ customer.name }}", html = $"{{{{ customer.name }}}} {Script} <a href=\"{{{{ unsubscribe_url }}}}\">x</a>" } } },
        });
        await using var visitor = await manager.VisitAsync();

        // The sandbox of the preview says on the console that it stopped a script.
        visitor.Expected = static trouble => trouble.Contains("sandbox", StringComparison.Ordinal) || trouble.Contains("Content Security Policy", StringComparison.Ordinal);
        var page = await visitor.OpenAsync("/distributions");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = Script })).ToBeVisibleAsync();
        Assert.Null(await page.EvaluateAsync<object?>("window.hurt ?? null"));
        await page.GotoAsync($"/ui/distributions/{id}/edit/message");
        var frame = page.FrameLocator("iframe");
        await Expect(frame.GetByText(Script)).ToBeVisibleAsync();
        foreach (var one in page.Frames)
        {
            Assert.Null(await one.EvaluateAsync<object?>("window.hurt ?? null"));
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Summary" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Definition).Filter(new() { HasText = Script })).ToBeVisibleAsync();
        Assert.Null(await page.EvaluateAsync<object?>("window.hurt ?? null"));
        await visitor.FinishAsync(page, "markup");
    }

    [Fact]
    public async Task Eight_tabs_that_listen_leave_room_for_a_ninth()
    {
        var id = await manager.Shop.DraftAsync(new { name = "Watched by many" });
        await using var visitor = await manager.VisitAsync();
        IPage last = null!;
        for (var tab = 0; tab < 8; tab++)
        {
            last = await visitor.OpenAsync($"/distributions/{id}/activity");
            await Expect(last.GetByRole(AriaRole.Heading, new() { Name = "Watched by many" })).ToBeVisibleAsync();
        }

        var watch = Stopwatch.StartNew();
        var ninth = await visitor.OpenAsync($"/distributions/{id}/details");
        await Expect(ninth.GetByText(id)).ToBeVisibleAsync();
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 3);
        await visitor.FinishAsync(ninth, "ninth-tab");
    }

    [Fact]
    public async Task A_draft_is_made_and_set_live_without_a_mouse()
    {
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/distributions");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Create distribution" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Manual message" })).ToBeVisibleAsync();
        await TabToAsync(page, page.GetByLabel("Name of the distribution"));
        await page.Keyboard.TypeAsync("By keys");
        await TabToAsync(page, page.GetByRole(AriaRole.Radio, new() { Name = "Manual message" }));
        await page.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, page.GetByRole(AriaRole.Radio, new() { Name = "Customer entered segment" }));
        for (var i = 0; i < 4; i++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Order paid" })).ToBeCheckedAsync();
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Next: Audience" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who gets it" })).ToBeFocusedAsync();
        await TabToAsync(page, page.GetByRole(AriaRole.Radio, new() { Name = "A plain message" }));
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Next: Message" }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Email" }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "HTML of my own" }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Use the template" }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Next: Summary" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Everything is there.")).ToBeVisibleAsync();
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Save & set live" }));
        await page.Keyboard.PressAsync("Enter");
        var set = page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Set live" });
        await Expect(set).ToBeEnabledAsync();
        await TabToAsync(page, set);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1 + *")).ToHaveTextAsync("Live");
        await visitor.FinishAsync(page, "live-by-keys");
    }

    [Fact]
    public async Task A_code_or_a_key_that_is_wrong_signs_nobody_in()
    {
        await using var own = new OwnManager();
        await own.InitializeAsync();
        await using var visitor = await own.Manager.VisitAsync(signedIn: false);
        visitor.Expected = static trouble => trouble.Contains("401", StringComparison.Ordinal);
        var page = await visitor.OpenAsync("/#code=made-up");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.DoesNotContain("code", page.Url, StringComparison.Ordinal);
        await page.GetByLabel("Application ID").FillAsync("test-app");
        await page.GetByLabel("Application token").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByText("No server key is like this.")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "signin");
    }

    // As long as it takes somebody with a keyboard, and no longer.
    private static async Task TabToAsync(IPage page, ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var presses = 0; presses < 80; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"80 times Tab do not lead to {target}");
    }
}
