using Marketing.Browser;
using Marketing.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>Manual messages, from signing in to the last figure.</summary>
[Collection(Manager.Collection)]
public sealed class SendingTests(Manager manager)
{
    [Fact]
    public async Task A_message_is_made_in_four_steps_and_its_numbers_are_those_of_the_outbox()
    {
        await manager.AudienceAsync("autumn", 5, withoutAddress: 2);
        await using var visitor = await manager.VisitAsync(signedIn: false);
        var page = await visitor.OpenAsync("/");
        await page.GetByLabel("Application ID").FillAsync("test-app");
        await page.GetByLabel("Application token").FillAsync("test-token");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Create distribution" }).ClickAsync();

        await page.GetByLabel("Name of the distribution").FillAsync("Autumn greetings");
        await page.WaitForURLAsync("**/distr_*/edit/trigger");
        await Expect(page.GetByLabel("Name of the distribution")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Manual message" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Audience" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Segment" }).FillAsync("autumn");
        await page.GetByRole(AriaRole.Option, new() { Name = "autumn" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "A plain message" }).CheckAsync();
        await Expect(page.GetByText("Email: 3 reachable")).Not.ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Message" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Email" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "HTML of my own" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the template" }).ClickAsync();
        await page.GetByLabel("Subject", new() { Exact = true }).FillAsync("Autumn for ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Insert a variable into Subject" }).ClickAsync();
        await page.GetByPlaceholder("Search variables").FillAsync("customer.name");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Subject", new() { Exact = true })).ToHaveValueAsync("Autumn for {{ customer.name }}");
        await Expect(page.GetByText("Email: 3 reachable")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "builder-message");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next: Summary" }).ClickAsync();
        await Expect(page.GetByText("Everything is there.")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "builder-summary");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save & Send" }).ClickAsync();

        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Row, new() { Name = "Audience 5" })).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Row, new() { Name = "Skipped: no address −2" })).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Row, new() { Name = "Will get it 3" })).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "builder-send");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await Expect(page.Locator("[data-figure=sent] .value")).ToHaveTextAsync("3", new() { Timeout = 20_000 });
        await Expect(page.Locator("[data-figure=skipped] .value")).ToHaveTextAsync("2");
        await Expect(page.Locator("[data-figure=audience] .value")).ToHaveTextAsync("5");
        await Expect(page.Locator("h1 + *")).ToHaveTextAsync("Sent");
        Assert.Equal(3, manager.MailsTo("@autumn.example").Count);
        Assert.Contains("Autumn for autumn 4", Assert.Single(manager.MailsTo("4@autumn.example")), StringComparison.Ordinal);
        await visitor.FinishAsync(page, "distribution");
    }

    [Fact]
    public async Task Impatience_sends_once()
    {
        var segment = await manager.AudienceAsync("impatient", 2);
        var id = await manager.Shop.DraftAsync(Manager.Mail("For the impatient", segment));
        await using var visitor = await manager.VisitAsync();
        var activations = 0;
        var page = await visitor.OpenAsync($"/distributions/{id}/edit/summary");
        page.Request += (_, request) => activations += request.Url.EndsWith("/activate", StringComparison.Ordinal) ? 1 : 0;
        await page.GetByRole(AriaRole.Button, new() { Name = "Save & Send" }).ClickAsync(new() { ClickCount = 3 });
        var send = page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true });
        await Expect(send).ToBeEnabledAsync();
        await send.EvaluateAsync("button => { button.click(); button.click(); button.click(); }");
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("[data-figure=sent] .value")).ToHaveTextAsync("2", new() { Timeout = 20_000 });
        Assert.Equal(1, activations);
        Assert.Single(manager.MailsTo("0@impatient.example"));
        Assert.Single(manager.MailsTo("1@impatient.example"));
        await visitor.FinishAsync(page, "sent");
    }

    [Fact]
    public async Task What_is_stopped_while_it_counts_down_reaches_nobody_and_what_is_paused_goes_on()
    {
        var segment = await manager.AudienceAsync("waiting", 1);
        var stopped = await manager.Shop.DistributionAsync(Manager.Mail("Stopped in time", segment));
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync($"/distributions/{stopped}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Stop for good" }).ClickAsync();
        await Expect(page.Locator("h1 + *")).ToHaveTextAsync("Stopped");
        await Expect(page.GetByText("“Stopped in time” was stopped")).ToBeVisibleAsync();

        var paused = await manager.Shop.DistributionAsync(Manager.Mail("Paused for a while", segment));
        await page.GotoAsync($"/ui/distributions/{paused}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.Locator("h1 + *")).ToHaveTextAsync("Paused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.Locator("[data-figure=sent] .value")).ToHaveTextAsync("1", new() { Timeout = 20_000 });

        // The second was sent after the first would have been.
        var mail = Assert.Single(manager.MailsTo("0@waiting.example"));
        Assert.Contains("Paused for a while", mail, StringComparison.Ordinal);
        await visitor.FinishAsync(page, "resumed");
    }

    [Fact]
    public async Task What_failed_is_shown_with_its_reason_and_sent_again()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Always(SinkAnswer.Of(410));
        await manager.AudienceAsync("failing", 1);
        var id = await manager.Shop.DistributionAsync(new
        {
            name = "To a system that refuses",
            type = "automatic",
            trigger = new { type = "customer.custom_event", custom_event = "refused_once" },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "webhook", template = new { event_name = "hook", target_url = sink.Url.ToString() } } },
        });
        await manager.Shop.PostAsync("/v1/events", new { @event = "refused_once", customer = new { source_id = "failing-0" } });
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync($"/distributions/{id}/messages");
        var row = page.GetByRole(AriaRole.Row).Nth(1);
        await Expect(row).ToContainTextAsync("failing 0");
        await Expect(row).ToContainTextAsync("Failed", new() { Timeout = 20_000 });
        await Expect(row).ToContainTextAsync("410");
        await visitor.FinishAsync(page, "messages");

        // Opened by keyboard, with the words of who refused it.
        await row.GetByRole(AriaRole.Button, new() { Name = "failing 0" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("410");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText("Attempts")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "message");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        sink.Always(SinkAnswer.Ok);
        await row.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Retry 1 chosen" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Expect(page.GetByText("1 message is sent again")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-figure=sent] .value")).ToHaveTextAsync("1", new() { Timeout = 20_000 });
        await Expect(page.Locator("[data-figure=failed] .value")).ToHaveTextAsync("0");
    }
}
