using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>The settings of a project: what is changed is in force, a key is shown once.</summary>
[Collection(Manager.Collection)]
public sealed class SettingsTests
{
    [Fact]
    public async Task A_key_is_shown_once_opens_the_project_and_is_refused_after_it_was_revoked()
    {
        await using var own = new OwnManager();
        await own.InitializeAsync();
        await using var visitor = await own.Manager.VisitAsync();
        var page = await visitor.OpenAsync("/settings/keys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create key" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Till 3");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create key" }).ClickAsync();
        var (id, token) = (await page.GetByLabel("X-App-Id", new() { Exact = true }).InputValueAsync(), await page.GetByLabel("X-App-Token", new() { Exact = true }).InputValueAsync());
        await visitor.FinishAsync(page, "key-made");
        await page.GetByRole(AriaRole.Button, new() { Name = "I have stored it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Till 3" })).ToContainTextAsync(id);
        Assert.Equal(200, await AskAsync(own.Manager, id, token));
        await page.ReloadAsync();
        await Expect(page.GetByText("Till 3")).ToBeVisibleAsync();
        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
        await visitor.FinishAsync(page, "keys");

        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Till 3" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Revoke “Till 3”?" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Till 3" })).ToBeHiddenAsync();
        Assert.Equal(401, await AskAsync(own.Manager, id, token));

        // The one that opened this page cannot be revoked from it.
        await Expect(page.GetByText("You are signed in with it")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "You are signed in with it" }).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_zone_and_the_name_of_the_project_are_those_of_every_page()
    {
        await using var own = new OwnManager();
        await own.InitializeAsync();
        await using var visitor = await own.Manager.VisitAsync();
        var page = await visitor.OpenAsync("/settings");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save settings" })).ToBeDisabledAsync();
        await page.GetByLabel("Name of the project").FillAsync("Shop of the north");
        await page.GetByLabel("Time zone").SelectOptionAsync("Europe/Warsaw");
        await page.GetByLabel("Currency").SelectOptionAsync("PLN");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
        await Expect(page.GetByText("Times in Europe/Warsaw")).ToBeVisibleAsync();
        await Expect(page.GetByText("Shop of the north")).ToBeVisibleAsync();
        var stored = await own.Manager.Shop.GetAsync("/v1/project");
        Assert.Equal(("Shop of the north", "Europe/Warsaw", "PLN"), (stored.GetProperty("name").GetString(), stored.GetProperty("timezone").GetString(), stored.GetProperty("currency").GetString()));
        await visitor.FinishAsync(page, "settings");
        foreach (var tab in (string[])["schemas", "webhooks"])
        {
            await page.GotoAsync($"/ui/settings/{tab}");
            await Expect(page.GetByRole(AriaRole.Tab, new() { Selected = true })).ToHaveTextAsync(tab == "schemas" ? "Schemas" : "Webhooks");
            await visitor.FinishAsync(page, tab);
        }
    }

    private static async Task<int> AskAsync(Manager manager, string id, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{manager.Engine.Port}/v1/customers");
        request.Headers.Add("X-App-Id", id);
        request.Headers.Add("X-App-Token", token);
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
