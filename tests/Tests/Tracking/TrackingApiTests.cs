using System.Text.RegularExpressions;
using Marketing.Api;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace Marketing.Tracking;

[Collection(ApiTests.Name)]
public sealed partial class TrackingApiTests(ApiHost api)
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

    [Fact]
    public async Task What_readers_do_is_shown_in_the_message_and_in_the_figures()
    {
        using var shop = await api.NewProjectAsync();
        var (id, html) = await SendAsync(shop, """ "tracking":{"opens":true,"clicks":true}, """);
        var (open, click) = (Picture().Match(html).Groups[1].Value, Click().Match(html).Groups[1].Value);

        // Only pages are tracked, and never the way out.
        Assert.Contains("mailto:a@b.example", html, StringComparison.Ordinal);
        Assert.Matches("href=\"http://[^\"]*/u/", html);
        Assert.Equal(new MailCounts(0, 0, 0), await CountsAsync(shop, id));

        // What receives it looks into it first.
        Assert.Equal(200, await VisitAsync(open, "Mozilla/5.0"));
        Assert.Equal(new MailCounts(0, 0, 1), await CountsAsync(shop, id));

        Assert.Equal(200, await VisitAsync(Later(shop, open), Browser));
        Assert.Equal(200, await VisitAsync(Later(shop, open), Browser));
        Assert.Equal(new MailCounts(1, 0, 1), await CountsAsync(shop, id));
        var later = Later(shop, click);
        Assert.Equal(302, await VisitAsync(later, Browser, "https://shop.example/page?a=1&b=Ada"));
        Assert.Equal(new MailCounts(1, 1, 1), await CountsAsync(shop, id));

        var visit = (await shop.GetAsync($"/v1/distributions/{id}/messages")).Ok().GetProperty("data")[0].GetProperty("visit");
        Shape.Is(visit, "opened_at opens clicked_at clicks machine_at");
        Assert.Equal((2, 1), (visit.GetProperty("opens").GetInt32(), visit.GetProperty("clicks").GetInt32()));
    }

    [Fact]
    public async Task Nothing_is_tracked_unless_it_is_asked_for()
    {
        using var shop = await api.NewProjectAsync();
        var (id, html) = await SendAsync(shop, "");
        Assert.DoesNotContain("/t/", html, StringComparison.Ordinal);
        Assert.False((await shop.GetAsync($"/v1/distributions/{id}/analytics")).Ok().TryGetProperty("tracking", out _));
        var problem = (await shop.PostAsync("/v1/distributions/validate", """{"tracking":{"opens":true},"channels":[{"type":"webhook"}]}""")).Ok().GetProperty("problems").EnumerateArray()
            .Select(one => one.GetProperty("field").GetString());
        Assert.Contains("tracking", problem);
    }

    [Fact]
    public async Task Nobody_makes_a_link_that_leads_elsewhere()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        var (_, html) = await SendAsync(shop, """ "tracking":{"clicks":true}, """);
        var token = Click().Match(html).Groups[1].Value.Split('/')[^1];
        var parts = token.Split('.');
        var forged = System.Buffers.Text.Base64Url.EncodeToString("visit\nmsg_1\n1\nhttps://evil.example/"u8);
        foreach (var wrong in new[] { $"{parts[0]}.{forged}.{parts[2]}", $"{other.Project.Number}.{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}.", "x", "1..", "99999.a.b" })
        {
            Assert.Equal(404, await VisitAsync($"/t/c/{wrong}", Browser));
        }

        Assert.Equal(404, await VisitAsync($"/t/o/{token}.gif", Browser));
    }

    private async Task<(string Id, string Html)> SendAsync(ProjectClient shop, string tracking)
    {
        var address = $"{shop.Project.Id}@example.com";
        await shop.NewCustomerAsync($$"""{"source_id":"ada","name":"Ada","email":"{{address}}"}""");
        var id = await shop.NewDistributionAsync($$"""
            {"name":"Seen",{{tracking}}"type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"seen"},"action":{"type":"plain_message"},
             "channels":[{"type":"email","template":{"subject":"Hi","html":"<a href=\"https://shop.example/page?a=1&amp;b={{"{{ customer.name }}"}}\">x</a><a href=\"mailto:a@b.example\">y</a><a href=\"{{"{{ unsubscribe_url }}"}}\">z</a>" } }]}
            """);
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        (await shop.PostAsync("/v1/events", """{"event":"seen","customer":{"source_id":"ada"}}""")).Ok();
        var sent = await shop.UntilAsync($"/v1/distributions/{id}/messages", list => list.GetProperty("data").EnumerateArray().Any(message => message.GetProperty("status").GetString() == "sent"));
        var mail = await MimeMessage.LoadAsync(Path.Combine(api.Data.FullName, "outbox", $"{sent.GetProperty("data")[0].GetProperty("id").GetString()}.eml"), TestContext.Current.CancellationToken);
        return (id, mail.HtmlBody!);
    }

    // The same link of a mail that was sent a minute before: nobody reads one at once.
    private string Later(ProjectClient shop, string path)
    {
        var links = api.Services.GetRequiredService<TrackedLinks>();
        var number = shop.Project.Number;
        var link = links.Read(number, path.Split('/')[^1].Replace(".gif", "", StringComparison.Ordinal))!;
        var at = link.SentAt.AddMinutes(-1);
        return new Uri(link.Url.Length == 0 ? links.PictureOf(number, link.Message, at) : links.By(number, link.Message, at, link.Url)).PathAndQuery;
    }

    private async Task<int> VisitAsync(string path, string agent, string? to = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = api.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        if (to is not null)
        {
            Assert.Equal(to, answer.Headers.Location?.OriginalString);
        }

        return (int)answer.StatusCode;
    }

    private static async Task<MailCounts> CountsAsync(ProjectClient shop, string id)
    {
        var figures = (await shop.GetAsync($"/v1/distributions/{id}/analytics")).Ok().GetProperty("tracking");
        return new MailCounts(Of("opened"), Of("clicked"), Of("machine_opened"));

        long Of(string name) => figures.GetProperty(name).GetInt64();
    }

    private sealed record MailCounts(long Opened, long Clicked, long Machine);

    [GeneratedRegex("src=\"http://[^/\"]+(/t/o/[^\"]+)\"")]
    private static partial Regex Picture();

    [GeneratedRegex("href=\"http://[^/\"]+(/t/c/[^\"]+)\"")]
    private static partial Regex Click();
}
