using System.Diagnostics;
using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Templates that ask for too much, seen by those who preview them and by everybody else.</summary>
[Collection(ApiTests.Name)]
public sealed class PreviewLimitTests(ApiHost api)
{
    // Nothing is printed, so that only time and steps stop it.
    private const string Busy = "{% for i in (1..10000) %}{% for j in (1..10000) %}{% if i == j %}{% endif %}{% endfor %}{% endfor %}";

    [Theory]
    [InlineData("{% assign s = 'xxxxxxxx' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}", "2097152")]
    [InlineData("{{ 1 | divided_by: 0 }}", "divided by 0")]
    [InlineData("{{ 'é' | base64_decode }}", "not valid base64")]
    [InlineData("{{ 79228162514264337593543950335 | times: 79228162514264337593543950335 }}", "too large")]
    [InlineData("{% tablerow i in (1..3) cols: 'many' %}{{ i }}{% endtablerow %}", "no number")]
    [InlineData("{% for i in (1..9000) %}{% for j in (1..9000) %}{% endfor %}{% endfor %}", "steps")]
    [InlineData("{{ (1..99999999) | join }}", "100000 entries")]
    public async Task What_only_shows_when_a_template_is_rendered_is_a_problem_of_its_field(string html, string reason)
    {
        using var shop = await api.NewProjectAsync();
        var id = await NewDistributionAsync(shop, html);
        Problem(await PreviewAsync(shop, id), reason);
        Problem(await shop.PostAsync($"/v1/distributions/{id}/test", """{"customer":"ada","channel":"email","addresses":["me@example.com"]}"""), reason);
    }

    [Fact]
    public async Task Dates_are_shown_in_the_zone_the_project_has_now()
    {
        using var operations = api.Management();
        using var shop = await api.NewProjectAsync(settings => settings with { TimeZone = "Europe/Warsaw" });
        var id = await NewDistributionAsync(shop, "{{ '2026-07-01T22:30:00Z' | date: '%d %H:%M' }}");
        Assert.Equal("02 00:30", await HtmlAsync());
        (await operations.PutAsync($"/management/v1/projects/{shop.Project.Id}", """{"name":"Shop","timezone":"America/New_York"}""")).Ok();
        Assert.Equal("01 18:30", await HtmlAsync());

        async Task<string?> HtmlAsync() => (await PreviewAsync(shop, id)).Ok().GetProperty("messages").GetProperty("email").GetProperty("html").GetString();
    }

    [Fact]
    public async Task A_template_of_too_many_tags_is_a_problem_of_its_field()
    {
        using var shop = await api.NewProjectAsync();
        var id = await NewDistributionAsync(shop, string.Concat(Enumerable.Repeat("{% if customer.name %}{% endif %}", 14_000)));
        var watch = Stopwatch.StartNew();
        Problem(await PreviewAsync(shop, id), "5000 tags");
        Problem(await shop.PostAsync($"/v1/distributions/{id}/test", """{"customer":"ada","channel":"email","addresses":["me@example.com"]}"""), "5000 tags");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task Previews_that_run_away_leave_other_calls_answering()
    {
        using var shop = await api.NewProjectAsync();
        var ids = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            ids.Add(await NewDistributionAsync(shop, Busy, $"Busy {i}"));
        }

        using var other = await api.NewProjectAsync();
        var quiet = await other.NewDistributionAsync();
        var hostile = ids.ConvertAll(id => PreviewAsync(shop, id));
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 20; i++)
        {
            var watch = Stopwatch.StartNew();
            (await other.GetAsync($"/v1/distributions/{quiet}")).Ok();
            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
        }

        Assert.True(slowest < TimeSpan.FromSeconds(2), $"{slowest}");
        Assert.All(await Task.WhenAll(hostile), answer => Assert.Contains(answer.Status, new[] { 400, 503 }));
        Assert.Contains(hostile, answer => answer.Result.Status == 400 && answer.Result.Text.Contains("The template takes", StringComparison.Ordinal));
    }

    private static void Problem(Answer answer, string reason)
    {
        var problem = Assert.Single(answer.Error(400, "invalid_payload").GetProperty("problems").EnumerateArray());
        Assert.Equal("channels[0].template.html", problem.GetProperty("field").GetString());
        Assert.Contains(reason, problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static Task<Answer> PreviewAsync(ProjectClient shop, string id) => shop.PostAsync($"/v1/distributions/{id}/preview", """{"customer":"ada"}""");

    private static async Task<string> NewDistributionAsync(ProjectClient shop, string html, string name = "Hungry")
    {
        (await shop.PostAsync("/v1/customers", """{"source_id":"ada","name":"Ada","email":"ada@example.com"}""")).Ok();
        return await shop.NewDistributionAsync(JsonSerializer.Serialize(new
        {
            name,
            type = "automatic",
            trigger = new { type = "customer.custom_event", custom_event = "seen" },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "email", template = new { subject = "Hi", html } } },
        }));
    }
}
