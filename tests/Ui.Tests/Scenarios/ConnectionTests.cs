using System.Text.RegularExpressions;
using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>Connections with providers, as the catalogue describes them.</summary>
[Collection(Manager.Collection)]
public sealed class ConnectionTests(Manager manager)
{
    [Fact]
    public async Task A_mail_server_is_entered_tested_and_changed_without_its_password_being_shown()
    {
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/settings/connections");
        await Expect(page.GetByText("No connections yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create connection" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);

        // There is a host, a user and a password of the mailbox for bounces, too.
        ILocator Field(string label) => dialog.GetByLabel(new Regex($"^{label}"));
        await dialog.GetByLabel("Channel", new() { Exact = true }).SelectOptionAsync("email");
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Newsletter server");
        await Field("Host").FillAsync("127.0.0.1");
        await Field("Port").FillAsync("1");
        await Field("Sender").FillAsync("Shop <news@shop.example>");
        await Field("User").FillAsync("shop");
        await Field("Password").FillAsync("not-for-eyes");
        await dialog.GetByLabel("Limit").FillAsync("50");
        await visitor.FinishAsync(page, "connection-new");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create connection" }).ClickAsync();

        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Newsletter server" });
        await Expect(row).ToContainTextAsync("50 a second");
        await row.GetByRole(AriaRole.Button, new() { Name = "Test “Newsletter server”" }).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Status)).ToContainTextAsync("It does not work:");
        await visitor.FinishAsync(page, "connections");

        await row.GetByRole(AriaRole.Button, new() { Name = "Actions for Newsletter server" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit" }).ClickAsync();
        await Expect(Field("Password")).ToHaveValueAsync("");
        await Expect(dialog.GetByText("It is set. Leave it empty to keep it.").First).ToBeVisibleAsync();
        await dialog.GetByLabel("Limit").FillAsync("");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save connection" }).ClickAsync();
        await Expect(row).ToContainTextAsync("none");
        var stored = (await manager.Shop.GetAsync("/v1/channels")).GetProperty("data").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "Newsletter server");
        Assert.Contains(stored.GetProperty("credentials_set").EnumerateArray(), name => name.GetString() == "password");
        Assert.DoesNotContain("not-for-eyes", await page.ContentAsync());

        await row.GetByRole(AriaRole.Button, new() { Name = "Actions for Newsletter server" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByText("No connections yet")).ToBeVisibleAsync();
    }
}
