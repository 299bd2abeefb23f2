using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>What a project writes about: made in the settings, chosen in a distribution, counted before sending.</summary>
[Collection(Manager.Collection)]
public sealed class TopicTests(Manager manager)
{
    [Fact]
    public async Task Who_opted_out_of_a_topic_is_left_out_of_what_is_sent_about_it()
    {
        var segment = await manager.AudienceAsync("arrivals", 2);
        var id = await manager.Shop.DraftAsync(Manager.Mail("What is new", segment));
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/settings/topics");
        await Expect(page.GetByText("No topics yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create topic" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Create topic" })).ToBeDisabledAsync();
        await dialog.GetByLabel("Name").FillAsync("New arivals");
        await dialog.GetByLabel("Description").FillAsync("Once a week");
        await visitor.FinishAsync(page, "topic-new");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create topic" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit New arivals" }).ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("New arrivals");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "New arrivals" })).ToContainTextAsync("Once a week");
        await visitor.FinishAsync(page, "topics");
        var topic = (await manager.Shop.GetAsync("/v1/topics")).GetProperty("data")[0].GetProperty("id").GetString();
        await manager.Shop.PostAsync("/v1/suppressions", new { channel = "email", address = "0@arrivals.example", topic });

        await page.GotoAsync($"/ui/distributions/{id}/edit/audience");
        await page.GetByLabel("Topic").SelectOptionAsync("New arrivals");
        await visitor.FinishAsync(page, "builder-topic");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Message" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Summary" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Will get it 1" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save & Send" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Row, new() { Name = "Will get it 1" })).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-figure=sent] .value")).ToHaveTextAsync("1", new() { Timeout = 20_000 });
        Assert.Empty(manager.MailsTo("0@arrivals.example"));
        Assert.Single(manager.MailsTo("1@arrivals.example"));

        await page.GotoAsync("/ui/settings/topics");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete New arrivals" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByText("No topics yet")).ToBeVisibleAsync();
    }
}
