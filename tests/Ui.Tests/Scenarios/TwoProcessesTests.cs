using System.Globalization;
using Marketing.Browser;
using Marketing.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>Two API processes on PostgreSQL answer by turns, and one of them dies in the middle.</summary>
[Collection(Manager.Collection)]
public sealed class TwoProcessesTests(Manager manager)
{
    [Fact]
    public async Task A_message_made_through_two_processes_is_whole_and_sent_once_when_one_is_killed()
    {
        await using var mails = SmtpSink.Start();
        await using var cluster = await EngineCluster.StartAsync(silos: 1, apis: 2, new Dictionary<string, string>
        {
            ["Distributions:Email:Host"] = SmtpSink.Host,
            ["Distributions:Email:Port"] = mails.Port.ToString(CultureInfo.InvariantCulture),
            ["Distributions:Email:From"] = "shop@example.com",
            ["Distributions:Email:Security"] = "None",
            ["Distributions:ManualDelay"] = "00:00:03",
        });
        await cluster.Shop.BrandAsync();
        for (var i = 0; i < 3; i++)
        {
            await cluster.Shop.PostAsync("/v1/customers", new { source_id = $"turns-{i}", name = $"Turn {i}", email = $"{i}@turns.example", metadata = new { plan = "turns" } });
        }

        await cluster.Shop.SyncedAsync(await cluster.Shop.SegmentAsync("turns", "metadata.plan", "$is", "turns"));
        await using var turns = await TurnTaking.StartAsync(cluster.Apis[0].Port, cluster.Apis[1].Port);
        await using var visitor = await manager.VisitAsync(signedIn: false, at: turns.Url);

        // What was on its way when the process died.
        visitor.Expected = static trouble => trouble.Contains("502", StringComparison.Ordinal) || trouble.Contains("ERR_", StringComparison.Ordinal);
        var page = await visitor.OpenAsync("/distributions/new");
        await page.GetByLabel("Application ID").FillAsync("test-app");
        await page.GetByLabel("Application token").FillAsync("test-token");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("Name of the distribution").FillAsync("By turns");
        await page.WaitForURLAsync("**/distr_*/edit/trigger");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Manual message" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Audience" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Segment" }).FillAsync("turns");
        await page.GetByRole(AriaRole.Option, new() { Name = "turns" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "A plain message" }).CheckAsync();
        await Expect(page.Locator("[data-state=saved]")).ToBeVisibleAsync();
        Assert.True(turns.AnsweredBy(cluster.Apis[0].Port) > 3 && turns.AnsweredBy(cluster.Apis[1].Port) > 3);

        await cluster.Apis[0].KillAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Message" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Email" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "HTML of my own" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the template" }).ClickAsync();
        await page.GetByLabel("Subject", new() { Exact = true }).FillAsync("Turn and turn about");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Summary" }).ClickAsync();
        await Expect(page.GetByText("Everything is there.")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByText("Everything is there.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save & Send" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-figure=sent] .value")).ToHaveTextAsync("3", new() { Timeout = 30_000 });
        Assert.Equal(["0@turns.example", "1@turns.example", "2@turns.example"], mails.Received.SelectMany(static mail => mail.To).Order(StringComparer.Ordinal));

        await cluster.Apis[0].StartAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("[data-figure=sent] .value")).ToHaveTextAsync("3");
        await Expect(page.Locator("[data-figure=audience] .value")).ToHaveTextAsync("3");
        await visitor.FinishAsync(page, "by-turns");
    }
}
