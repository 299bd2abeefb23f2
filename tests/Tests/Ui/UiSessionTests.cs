using System.Text.Json;
using Marketing.Api;
using Marketing.Http;
using Marketing.Projects;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Ui;

/// <summary>Signing in to the manager, and what the cookie opens.</summary>
public sealed class UiSessionTests(ApiHost api) : IClassFixture<ApiHost>
{
    private static readonly (string Name, string Value) Own = ("X-Distributions-Ui", "1");

    [Fact]
    public async Task A_server_key_signs_in_and_the_cookie_opens_its_project_and_no_other()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        var customer = await shop.NewCustomerAsync("""{"source_id":"ada"}""");
        using var browser = api.Anonymous();
        var cookie = await SignInAsync(shop.ServerKey);
        Assert.Equal(customer, (await browser.SendAsync("GET", "/v1/customers/ada", (string?)null, cookie))["id"]);
        (await browser.SendAsync("GET", $"/v1/customers/{await other.NewCustomerAsync()}", (string?)null, cookie)).Error(404, "not_found");
        var session = (await browser.SendAsync("GET", "/ui/session", (string?)null, cookie)).Ok();
        Assert.Equal((true, shop.ServerKey.AppId, shop.Project.Id), (session.GetProperty("signed_in").GetBoolean(), session.GetProperty("app_id").GetString(), session.GetProperty("project").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Neither_wrong_keys_nor_those_of_clients_and_operators_sign_in()
    {
        using var shop = await api.NewProjectAsync();
        using var browser = api.Anonymous();
        foreach (var key in (IssuedKey[])[new(shop.ServerKey.AppId, "wrong"), new("nobody", shop.ServerKey.AppToken), shop.ClientKey, api.ManagementKey])
        {
            var answer = await browser.PostAsync("/ui/session", Keys(key), Own);
            answer.Error(401, "unauthorized");
            Assert.Null(answer.Header("Set-Cookie"));
        }

        Assert.False((await browser.GetAsync("/ui/session")).Ok().GetProperty("signed_in").GetBoolean());
        Assert.Contains("'app_id'", (await browser.PostAsync("/ui/session", "{}", Own)).Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_for_this_server_and_not_for_scripts()
    {
        using var shop = await api.NewProjectAsync();
        using var browser = api.Anonymous();
        var plain = (await browser.PostAsync("/ui/session", Keys(shop.ServerKey), Own)).Header("Set-Cookie")!;
        Assert.Contains("httponly", plain, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", plain, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", plain, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", (await browser.PostAsync("/ui/session", Keys(shop.ServerKey), Own, ("Origin", "https://shop.example"))).Header("Set-Cookie"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(shop.ServerKey.AppToken, plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", null, false, 401)]
    [InlineData("POST", null, true, 200)]
    [InlineData("POST", "same-origin", false, 200)]
    [InlineData("POST", "same-site", true, 401)]
    [InlineData("POST", "cross-site", true, 401)]
    [InlineData("POST", "none", true, 401)]
    [InlineData("GET", null, false, 200)]
    [InlineData("GET", "none", false, 200)]
    [InlineData("GET", "same-site", false, 401)]
    [InlineData("GET", "cross-site", false, 401)]
    public async Task Pages_of_other_origins_cannot_use_it(string method, string? site, bool own, int status)
    {
        using var shop = await api.NewProjectAsync();
        using var browser = api.Anonymous();
        List<(string, string)> headers = [await SignInAsync(shop.ServerKey)];
        if (site is not null)
        {
            headers.Add(("Sec-Fetch-Site", site));
        }

        if (own)
        {
            headers.Add(Own);
        }

        Assert.Equal(status, (await browser.SendAsync(method, "/v1/customers", method == "POST" ? "{}" : null, [.. headers])).Status);
    }

    [Fact]
    public async Task A_cookie_that_was_changed_or_made_up_opens_nothing()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        using var browser = api.Anonymous();
        var (_, cookie) = await SignInAsync(shop.ServerKey);
        var (_, theirs) = await SignInAsync(other.ServerKey);
        var (mine, foreign) = (cookie.Split('=', 2)[1].Split('.'), theirs.Split('=', 2)[1].Split('.'));
        string[] forged =
        [
            $"{foreign[0]}.{mine[1]}.{mine[2]}", $"{mine[0]}.9{mine[1]}.{mine[2]}", $"{mine[0]}.{mine[1]}.{foreign[2]}", $"{mine[0]}.{mine[1]}.", $"{mine[0]}.{mine[1]}", "..", "!.1.x",
            new string('a', 5_000), $"{mine[0]}.99999999999999999999.{mine[2]}",
        ];
        foreach (var value in forged)
        {
            (await browser.SendAsync("GET", "/v1/customers", (string?)null, ("Cookie", $"distributions_session={value}"))).Error(401, "unauthorized");
        }
    }

    [Fact]
    public async Task It_opens_what_a_server_key_opens_and_makes_no_tokens()
    {
        using var shop = await api.NewProjectAsync();
        using var browser = api.Anonymous();
        var cookie = await SignInAsync(shop.ServerKey);
        (await browser.SendAsync("GET", "/management/v1/projects", (string?)null, cookie)).Error(401, "unauthorized");
        (await browser.SendAsync("GET", "/client/v1/promotions/tiers", (string?)null, cookie, ("Origin", "https://shop.example"))).Error(401, "unauthorized");
        (await browser.SendAsync("POST", "/v1/oauth/introspect", new FormUrlEncodedContent([new("access_token", "x")]), cookie, Own)).Error(401, "unauthorized");
        (await browser.SendAsync("GET", "/v1/customers", (string?)null, cookie, ("X-App-Id", shop.ServerKey.AppId), ("X-App-Token", "wrong"))).Error(401, "unauthorized");
    }

    [Fact]
    public async Task It_makes_and_revokes_keys_and_ends_with_its_own()
    {
        using var shop = await api.NewProjectAsync();
        using var browser = api.Anonymous();
        var cookie = await SignInAsync(shop.ServerKey);
        (await browser.SendAsync("POST", "/v1/keys", """{"kind":"server"}""", cookie)).Error(401, "unauthorized");
        var made = (await browser.SendAsync("POST", "/v1/keys", """{"kind":"server","name":"Till"}""", cookie, Own)).Ok();
        (await browser.SendAsync("PUT", "/v1/project", """{"timezone":"Europe/Warsaw"}""", cookie, Own)).Ok();
        Assert.Equal("Europe/Warsaw", (await browser.SendAsync("GET", "/v1/project", (string?)null, cookie)).Ok().GetProperty("timezone").GetString());
        (await browser.SendAsync("DELETE", $"/v1/keys/{shop.ServerKey.AppId}", (string?)null, cookie, Own)).Error(409, "key_in_use");
        var theirs = await SignInAsync(new IssuedKey(made.GetProperty("app_id").GetString()!, made.GetProperty("app_token").GetString()!));
        (await browser.SendAsync("DELETE", $"/v1/keys/{shop.ServerKey.AppId}", (string?)null, theirs, Own)).Ok(204);
        (await browser.SendAsync("GET", "/v1/keys", (string?)null, cookie)).Error(401, "unauthorized");
    }

    [Fact]
    public async Task Whoever_signs_out_has_no_cookie_any_more()
    {
        using var shop = await api.NewProjectAsync();
        using var browser = api.Anonymous();
        var cookie = await SignInAsync(shop.ServerKey);
        var answer = await browser.SendAsync("DELETE", "/ui/session", (string?)null, cookie, Own);
        answer.Ok(204);
        Assert.Contains("expires=Thu, 01 Jan 1970", answer.Header("Set-Cookie"), StringComparison.Ordinal);
        (await browser.SendAsync("DELETE", "/ui/session", (string?)null, cookie)).Error(403, "forbidden");
    }

    [Fact]
    public async Task A_code_signs_in_once()
    {
        var codes = api.Services.GetRequiredService<SignInCode>();
        using var shop = await api.NewProjectAsync();
        var code = codes.Issue(shop.ServerKey.AppId);
        using var browser = api.Anonymous();
        (await browser.PostAsync("/ui/session", """{"code":"wrong"}""", Own)).Error(401, "unauthorized");
        (await browser.PostAsync("/ui/session", $$"""{"code":"{{code}}"}""")).Error(403, "forbidden");
        Assert.Equal(shop.Project.Id, (await browser.PostAsync("/ui/session", $$"""{"code":"{{code}}"}""", Own)).Ok().GetProperty("project").GetProperty("id").GetString());
        (await browser.PostAsync("/ui/session", $$"""{"code":"{{code}}"}""", Own)).Error(401, "unauthorized");
    }

    // By a client of its own, because clients keep the cookies that they are given, and send them along.
    private async Task<(string Name, string Value)> SignInAsync(IssuedKey key)
    {
        using var browser = api.Anonymous();
        var answer = await browser.PostAsync("/ui/session", Keys(key), Own);
        answer.Ok();
        return ("Cookie", answer.Header("Set-Cookie")!.Split(';')[0]);
    }

    private static string Keys(IssuedKey key) => JsonSerializer.Serialize(new { app_id = key.AppId, app_token = key.AppToken });
}
