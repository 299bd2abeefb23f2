using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>What is typed is not lost.</summary>
[Collection(Manager.Collection)]
public sealed class DraftTests(Manager manager)
{
    [Theory]
    [InlineData("trigger")]
    [InlineData("audience")]
    [InlineData("message")]
    [InlineData("summary")]
    public async Task A_name_typed_in_any_step_is_in_the_list_after_the_tab_was_closed(string step)
    {
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync($"/distributions/new/{step}");
        await Expect(page.Locator("h2#step-title")).ToBeVisibleAsync();
        await page.GetByLabel("Name of the distribution").FillAsync($"Typed in {step}");
        await Expect(page.Locator("[data-state=saved]")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, $"builder-{step}-empty");
        await page.CloseAsync();
        var list = await visitor.OpenAsync($"/distributions?text=Typed in {step}");
        await Expect(list.GetByRole(AriaRole.Link, new() { Name = $"Typed in {step}" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_summary_says_what_is_missing_and_leads_there()
    {
        await using var visitor = await manager.VisitAsync();
        var id = await manager.Shop.DraftAsync(new { name = "Incomplete", type = "automatic", trigger = new { type = "customer.custom_event" }, channels = new[] { new { type = "email", template = new { html = "{{ nobody.knows }}" } } } });
        var page = await visitor.OpenAsync($"/distributions/{id}/edit/summary");
        await page.GetByRole(AriaRole.Button, new() { Name = "Name of the event is missing" }).ClickAsync();
        await Expect(page.GetByLabel("Name of the event")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Summary" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Email: Subject is missing" }).ClickAsync();
        await Expect(page.GetByLabel("Subject", new() { Exact = true })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Summary" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Email: HTML" }).First.ClickAsync();
        await Expect(page.GetByLabel("HTML", new() { Exact = true })).ToBeFocusedAsync();
        await Expect(page.GetByLabel("HTML", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await visitor.FinishAsync(page, "builder-wrong");
    }

    [Fact]
    public async Task While_the_server_is_away_nothing_is_said_to_be_saved_and_afterwards_it_is()
    {
        await using var own = new OwnManager();
        await own.InitializeAsync();
        await using var visitor = await own.Manager.VisitAsync();
        visitor.Expected = static trouble => trouble.Contains("ERR_", StringComparison.Ordinal);
        var id = await own.Manager.Shop.DraftAsync(new { name = "Before" });
        var page = await visitor.OpenAsync($"/distributions/{id}/edit/trigger");
        await Expect(page.Locator("[data-state=saved]")).ToBeVisibleAsync();

        // The page is kept in the browser a moment after it was shown.
        await page.WaitForFunctionAsync("async () => (await (await caches.open('distributions')).keys()).length > 3");
        await own.Manager.Engine.KillAsync();
        await page.GetByLabel("Name of the distribution").FillAsync("During");
        await Expect(page.GetByText("Not saved – retrying")).ToBeVisibleAsync();
        await own.Manager.Engine.StartAsync();
        await Expect(page.Locator("[data-state=saved]")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        Assert.Equal("During", (await own.Manager.Shop.GetAsync($"/v1/distributions/{id}")).GetProperty("name").GetString());

        await own.Manager.Engine.KillAsync();
        await page.GetByLabel("Name of the distribution").FillAsync("Kept in the browser");
        await Expect(page.GetByText("Not saved – retrying")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Name of the distribution")).ToHaveValueAsync("Kept in the browser");
        await Expect(page.GetByText("Not saved – retrying")).ToBeVisibleAsync();
        await own.Manager.Engine.StartAsync();
        await Expect(page.Locator("[data-state=saved]")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        Assert.Equal("Kept in the browser", (await own.Manager.Shop.GetAsync($"/v1/distributions/{id}")).GetProperty("name").GetString());
        await visitor.FinishAsync(page, "builder-after-outage");
    }

    [Fact]
    public async Task Two_tabs_on_one_draft_lose_nothing()
    {
        var id = await manager.Shop.DraftAsync(new { name = "For two" });
        await using var visitor = await manager.VisitAsync();
        visitor.Expected = static trouble => trouble.Contains("412", StringComparison.Ordinal);
        var first = await visitor.OpenAsync($"/distributions/{id}/edit/trigger");
        await Expect(first.Locator("[data-state=saved]")).ToBeVisibleAsync();
        await using var colleague = await manager.VisitAsync();
        var second = await colleague.OpenAsync($"/distributions/{id}/edit/trigger");
        await Expect(second.Locator("[data-state=saved]")).ToBeVisibleAsync();
        await second.GetByLabel("Name of the distribution").FillAsync("By a colleague");
        await Expect(second.Locator("[data-state=changed]")).ToBeVisibleAsync();
        await Expect(second.Locator("[data-state=saved]")).ToBeVisibleAsync();
        await first.GetByLabel("Name of the distribution").FillAsync("By me");
        var dialog = first.GetByRole(AriaRole.Dialog, new() { Name = "Changed elsewhere" });
        await Expect(dialog.GetByRole(AriaRole.Row, new() { Name = "Name By me By a colleague" })).ToBeVisibleAsync();
        await visitor.FinishAsync(first, "builder-conflict");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save mine as a copy" }).ClickAsync();
        await Expect(first.GetByLabel("Name of the distribution")).ToHaveValueAsync("By a colleague");
        await Expect(first.GetByText("Your version is now the draft “By me (my version)”")).ToBeVisibleAsync();
        Assert.Equal("By a colleague", (await manager.Shop.GetAsync($"/v1/distributions/{id}")).GetProperty("name").GetString());
        Assert.Equal(1, (await manager.Shop.GetAsync("/v1/distributions?text=By me (my version)")).GetProperty("total").GetInt32());

        await second.GetByLabel("Name of the distribution").FillAsync("By a colleague again");
        await Expect(second.Locator("[data-state=changed]")).ToBeVisibleAsync();
        await Expect(second.Locator("[data-state=saved]")).ToBeVisibleAsync();
        await first.GetByLabel("Name of the distribution").FillAsync("Mine after all");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Keep mine" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(first.Locator("[data-state=saved]")).ToBeVisibleAsync();
        Assert.Equal("Mine after all", (await manager.Shop.GetAsync($"/v1/distributions/{id}")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Changes_to_what_runs_ask_before_they_are_left()
    {
        var id = await manager.Shop.DistributionAsync(new
        {
            name = "Runs already",
            type = "automatic",
            trigger = new { type = "customer.order.paid" },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "email", template = new { subject = "Thanks", html = "<a href=\"{{ unsubscribe_url }}\">x</a>" } } },
        });
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/distributions");
        await page.GotoAsync($"/ui/distributions/{id}/edit/message");
        await page.GetByLabel("Subject", new() { Exact = true }).FillAsync("Many thanks");
        await page.GetByRole(AriaRole.Link, new() { Name = "Home" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync();
        await Expect(page.GetByLabel("Subject", new() { Exact = true })).ToHaveValueAsync("Many thanks");
        Assert.DoesNotContain("Many thanks", (await manager.Shop.GetAsync($"/v1/distributions/{id}")).GetRawText(), StringComparison.Ordinal);
        await visitor.FinishAsync(page, "builder-running");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(page.GetByText("Changes saved")).ToBeVisibleAsync();
        Assert.Contains("Many thanks", (await manager.Shop.GetAsync($"/v1/distributions/{id}")).GetRawText(), StringComparison.Ordinal);
    }
}

/// <summary>A process of its own, for scenarios that end it.</summary>
internal sealed class OwnManager : IAsyncDisposable
{
    public Manager Manager { get; } = new();

    public ValueTask InitializeAsync() => Manager.InitializeAsync();

    public ValueTask DisposeAsync() => Manager.DisposeAsync();
}
