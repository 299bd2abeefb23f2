using System.Text.Encodings.Web;
using System.Text.Json;
using Marketing.Browser;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Marketing.Scenarios;

/// <summary>What is built and what the API has are the same filter, for every operator that the server knows.</summary>
[Collection(Manager.Collection)]
public sealed class FilterTests(Manager manager)
{
    // As JSON.stringify has it.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("text", "email", "Email")]
    [InlineData("number", "loyalty.points", "Loyalty points")]
    [InlineData("date", "created_at", "Created")]
    [InlineData("any", "metadata.visits", "Metadata “visits”")]
    public async Task Every_operator_that_is_chosen_is_in_the_json_and_the_api_takes_it(string kind, string field, string label)
    {
        var catalogue = await manager.Shop.GetAsync("/v1/filters/catalogue");
        var operators = catalogue.GetProperty("operators").EnumerateArray().Where(one => one.GetProperty("kinds").EnumerateArray().Any(of => of.GetString() == kind)).ToList();
        Assert.NotEmpty(operators);
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/segments/new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a condition" }).ClickAsync();
        await page.GetByLabel("Field", new() { Exact = true }).SelectOptionAsync(kind == "any" ? "metadata.KEY" : field);
        if (kind == "any")
        {
            await page.GetByLabel("Key", new() { Exact = true }).FillAsync("visits");
        }

        var json = page.GetByLabel("As JSON");
        foreach (var one in operators)
        {
            var (name, takes, many) = (one.GetProperty("name").GetString()!, one.GetProperty("takes").GetString()!, one.GetProperty("many").GetBoolean());
            await page.GetByLabel($"Condition on {label}").SelectOptionAsync(name);
            var value = await EnterAsync(page, label, takes == "value" ? kind : takes, many);
            var filter = new Dictionary<string, object> { ["junction"] = "and", [field] = new { conditions = new Dictionary<string, object> { [name] = many ? new[] { value } : value } } };
            await Expect(json).ToHaveValueAsync(JsonSerializer.Serialize(filter, Indented));
            await manager.Shop.PostAsync("/v1/segments/preview", new { filter });
        }

        await visitor.FinishAsync(page, $"filter-{kind}");
    }

    [Fact]
    public async Task A_filter_is_counted_while_it_is_built_and_stored_as_it_reads()
    {
        await manager.AudienceAsync("builtplan", customers: 3);
        await using var visitor = await manager.VisitAsync();
        var page = await visitor.OpenAsync("/segments/new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create segment" }).ClickAsync();
        await Expect(page.GetByText("Give the segment a name.")).ToBeVisibleAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Built by hand");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a condition" }).ClickAsync();
        await page.GetByLabel("Field", new() { Exact = true }).SelectOptionAsync("metadata.plan");
        await page.GetByLabel("Value for plan").FillAsync("builtplan");
        await page.GetByLabel("Value for plan").PressAsync("Enter");
        await Expect(page.Locator("[data-matches]")).ToHaveTextAsync("3");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "builtplan 0" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-sentence]")).ToHaveTextAsync("Customers for whom: plan is “builtplan”.");
        await visitor.FinishAsync(page, "segment-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create segment" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Built by hand" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-count]")).ToHaveTextAsync("3");
        var stored = await manager.Shop.GetAsync($"/v1/segments/{page.Url.Split('/')[^1]}");
        Assert.Equal("""{"junction":"and","metadata.plan":{"conditions":{"$is":["builtplan"]}}}""", stored.GetProperty("filter").GetRawText());
        await visitor.FinishAsync(page, "segment");
        await page.GotoAsync("/ui/segments?text=Built by");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Built by hand" })).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "segments");
    }

    [Fact]
    public async Task What_the_builder_does_not_know_is_shown_and_kept()
    {
        var made = await manager.Shop.PostAsync("/v1/segments", new { name = "Of another time", type = "passive", filter = new Dictionary<string, object> { ["name"] = new { conditions = new Dictionary<string, object> { ["$is"] = "x" } } } });
        var id = made.GetProperty("id").GetString();
        await using var visitor = await manager.VisitAsync();
        await visitor.Context.RouteAsync($"**/v1/segments/{id}", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("\"$is\":", "\"$redeemed\":", StringComparison.Ordinal) });
        });
        var page = await visitor.OpenAsync($"/segments/{id}/edit");
        await Expect(page.GetByText("$redeemed is not supported here.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "And also" }).ClickAsync();
        await page.GetByLabel("Value for Name").FillAsync("Ada");
        await page.GetByLabel("Value for Name").PressAsync("Enter");
        var filter = new Dictionary<string, object> { ["junction"] = "and", ["name"] = new { conditions = new Dictionary<string, object> { ["$redeemed"] = "x", ["$is"] = new[] { "Ada" } } } };
        await Expect(page.GetByLabel("As JSON")).ToHaveValueAsync(JsonSerializer.Serialize(filter, Indented));

        // The server's own words for it stand at the condition.
        visitor.Expected = static trouble => trouble.Contains("400", StringComparison.Ordinal);
        await Expect(page.GetByText("is about vouchers and campaigns").First).ToBeVisibleAsync();
        await visitor.FinishAsync(page, "filter-unknown");
    }

    private static async Task<object> EnterAsync(IPage page, string label, string takes, bool many)
    {
        // Values that the operator before has left.
        var chips = page.Locator(".chip button");
        for (var left = await chips.CountAsync(); left > 0; left--)
        {
            await chips.First.ClickAsync();
        }

        var input = page.GetByLabel($"Value for {label}");
        var (typed, value) = takes switch
        {
            "flag" => ("", (object)true),
            "places" => ("", new { lat = 52.2, lng = 21, radius = 5 }),
            "date" => ("2024-02-29", "2024-02-29"),
            "number" or "days" or "count" or "day_of_month" or "month" => ("7", 7),
            "weekday" => ("3", 3),
            "years" => ("2", 2),
            "year" => ("2024", 2024),
            _ => ("gold", "gold"),
        };
        if (takes == "places")
        {
            foreach (var (part, number) in new[] { ("Latitude", "52.2"), ("Longitude", "21"), ("Radius in km", "5") })
            {
                await page.GetByLabel(part).FillAsync(number);
                await page.GetByLabel(part).BlurAsync();
            }
        }
        else if (takes is "weekday" or "month")
        {
            await input.SelectOptionAsync(typed);
        }
        else if (takes != "flag")
        {
            await input.FillAsync(typed);
            if (many)
            {
                await input.PressAsync("Enter");
            }
            else
            {
                await input.BlurAsync();
            }
        }

        return value;
    }
}
