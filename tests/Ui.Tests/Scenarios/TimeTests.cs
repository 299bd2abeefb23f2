using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>Clocks: the project's, the browser's, and the hour that is skipped in spring.</summary>
public sealed class TimeTests : IAsyncLifetime
{
    private readonly OwnManager _own = new();

    public async ValueTask InitializeAsync()
    {
        await _own.InitializeAsync();
        using var answer = await _own.Manager.Engine.Http.PutAsync("/v1/project", System.Net.Http.Json.JsonContent.Create(new { timezone = "Europe/Warsaw" }), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => _own.DisposeAsync();

    [Fact]
    public async Task A_time_is_that_of_the_project_and_says_so()
    {
        var manager = _own.Manager;
        var id = await manager.Shop.DraftAsync(new { name = "On time", type = "manual" });
        await using var visitor = await manager.VisitAsync(zone: "America/New_York");
        var page = await visitor.OpenAsync($"/distributions/{id}/edit/audience");
        var field = page.GetByLabel("Not before (Europe/Warsaw)");
        await field.FillAsync("2027-07-01T07:00");
        await field.BlurAsync();
        await Expect(page.GetByText("In your time: Jul 1, 2027, 01:00 AM EDT.")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-state=saved]")).ToBeVisibleAsync();
        Assert.Equal("2027-07-01T05:00:00.000Z", (await manager.Shop.UntilAsync($"/v1/distributions/{id}", draft => draft.TryGetProperty("starts_at", out _), TimeSpan.FromSeconds(10))).GetProperty("starts_at").GetString());
        await field.FillAsync("2027-03-28T02:30");
        await field.BlurAsync();
        await Expect(page.GetByText("In Europe/Warsaw clocks skip this time that day.")).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "times");
        await page.ReloadAsync();
        await Expect(field).ToHaveValueAsync("2027-07-01T07:00");
    }
}
