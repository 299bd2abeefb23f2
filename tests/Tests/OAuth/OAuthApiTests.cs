using System.Text;
using Marketing.Api;
using Marketing.Http;
using Xunit;

namespace Marketing.OAuth;

[Collection(ApiTests.Name)]
public sealed class OAuthApiTests(ApiHost api)
{
    [Fact]
    public async Task A_token_opens_what_the_key_opens()
    {
        using var shop = await api.NewProjectAsync();
        var answer = await shop.AskForTokenAsync();
        var body = answer.Ok();
        Shape.Is(body, "access_token client_id expires_at expires_in scope token_type");
        Assert.Equal((shop.ServerKey.AppId, 900, "api", "Bearer"),
            (body.GetProperty("client_id").GetString(), body.GetProperty("expires_in").GetInt32(), body.GetProperty("scope").GetString(), body.GetProperty("token_type").GetString()));
        Assert.InRange(body.GetProperty("expires_at").GetInt64() - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), 890, 900);
        Assert.Equal("no-store", answer.Header("Cache-Control"));

        using var bearer = api.Bearing(body.GetProperty("access_token").GetString()!);
        await shop.NewCustomerAsync("""{"source_id":"ann"}""");
        (await bearer.GetAsync("/v1/customers/ann")).Ok();
        (await bearer.PostAsync("/v1/events", """{"event":"seen","customer":{"source_id":"ann"}}""")).Ok();
        (await bearer.GetAsync("/v1/distributions")).Ok();
        (await bearer.GetAsync("/management/v1/projects")).Error(401, "unauthorized");
    }

    [Fact]
    public async Task Nobody_guesses_one()
    {
        using var shop = await api.NewProjectAsync();
        var token = await shop.TokenAsync();
        var other = BearerToken.New(shop.Project.Number).Text;
        foreach (var wrong in new[] { "", "x", token[..^1], token + "A", other, token[..16] + other[16..], token[..^5] + (token.EndsWith("AAAAA", StringComparison.Ordinal) ? "BBBBA" : "AAAAA"), token.Replace(token[0], '%') })
        {
            using var guess = api.Bearing(wrong);
            (await guess.GetAsync("/v1/customers")).Error(401, "unauthorized");
            Assert.Equal("{\"active\":false}", wrong.Length == 0 ? "{\"active\":false}" : (await shop.IntrospectAsync(wrong)).GetRawText());
        }

        using var bearer = api.Bearing(token);
        (await bearer.GetAsync("/v1/customers")).Ok();
    }

    [Fact]
    public async Task It_opens_what_its_scope_names_and_nothing_else()
    {
        using var shop = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"source_id":"ann"}""");
        using var bearer = api.Bearing(await shop.TokenAsync("customers  events customers"));
        (await bearer.GetAsync("/v1/customers/ann/activity")).Ok();
        (await bearer.PostAsync("/v1/events", """{"event":"seen","customer":{"source_id":"ann"}}""")).Ok();
        foreach (var path in new[] { "/v1/orders", "/v1/distributions", "/v1/async-actions", "/v1/products", "/v1/skus/x" })
        {
            var refused = await bearer.GetAsync(path);
            Assert.Equal("The token is limited to: customers events", refused.Error(403, "missing_required_permission").GetProperty("details").GetString());
            Assert.Equal("Bearer error=\"insufficient_scope\"", refused.Header("WWW-Authenticate"));
        }
    }

    [Fact]
    public async Task The_client_side_has_scopes_of_its_own()
    {
        using var shop = await api.NewProjectAsync(settings => settings with { ClientCreateCustomer = true });
        const string Event = """{"event":"seen","customer":{"source_id":"ann"}}""";
        var origin = ("Origin", "https://shop.example");
        using var events = api.Bearing(await shop.TokenAsync("client_events"));
        (await events.PostAsync("/client/v1/events", Event, origin)).Ok();
        (await events.PostAsync("/client/v1/events", Event, ("Origin", "https://thief.example"))).Error(401, "unauthorized");
        (await events.PostAsync("/client/v1/customers", """{"source_id":"ann"}""", origin)).Error(403, "missing_required_permission");
        (await events.PostAsync("/v1/events", Event)).Error(403, "missing_required_permission");
        using var all = api.Bearing(await shop.TokenAsync());
        (await all.PostAsync("/client/v1/events", Event, origin)).Error(403, "missing_required_permission");
    }

    [Fact]
    public async Task It_stays_in_its_project()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        await shop.NewCustomerAsync("""{"source_id":"ann"}""");
        var token = await other.TokenAsync();
        using var bearer = api.Bearing(token);
        (await bearer.GetAsync("/v1/customers/ann")).Error(404, "not_found");
        Assert.Equal("{\"active\":false}", (await shop.IntrospectAsync(token)).GetRawText());
        (await shop.RevokeAsync(token)).Error(404, "not_found");
        Assert.True((await other.IntrospectAsync(token)).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_revoked_one_opens_nothing()
    {
        using var shop = await api.NewProjectAsync();
        var (token, kept) = (await shop.TokenAsync(), await shop.TokenAsync());
        using var bearer = api.Bearing(token);
        (await bearer.GetAsync("/v1/customers")).Ok();
        var known = await shop.IntrospectAsync(token);
        Shape.Is(known, "access_token client_id expires_at expires_in scope token_type active");
        Assert.True(known.GetProperty("active").GetBoolean());

        (await shop.RevokeAsync(token)).Ok(204);
        (await bearer.GetAsync("/v1/customers")).Error(401, "unauthorized");
        Assert.Equal("{\"active\":false}", (await shop.IntrospectAsync(token)).GetRawText());
        Assert.DoesNotContain(token, (await shop.RevokeAsync(token)).Error(404, "not_found").GetRawText(), StringComparison.Ordinal);
        using var other = api.Bearing(kept);
        (await other.GetAsync("/v1/customers")).Ok();
    }

    [Fact]
    public async Task A_token_makes_no_tokens()
    {
        using var shop = await api.NewProjectAsync();
        var token = await shop.TokenAsync();
        using var bearer = api.Bearing(token);
        (await bearer.AskForTokenAsync()).Error(401, "unauthorized");
        (await bearer.OAuthAsync("introspect", ("access_token", token))).Error(401, "unauthorized");
        (await bearer.RevokeAsync(token)).Error(401, "unauthorized");
    }

    [Fact]
    public async Task What_is_asked_for_wrongly_is_refused()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.OAuthAsync("token", ("scope", "api"))).Error(400, "missing_parameters");
        (await shop.OAuthAsync("token", ("grant_type", "client_credentials"))).Error(400, "missing_parameters");
        (await shop.OAuthAsync("introspect")).Error(400, "missing_parameters");
        (await shop.OAuthAsync("token/revoke", ("access_token", ""))).Error(400, "missing_parameters");
        (await shop.OAuthAsync("token", ("grant_type", "password"), ("scope", "api"))).Error(400, "invalid_grant_type");
        Assert.Equal("Invalid scope: vouchers,campaigns", (await shop.AskForTokenAsync("vouchers,campaigns")).Error(400, "invalid_scope").GetProperty("message").GetString());
        (await shop.AskForTokenAsync("api nothing")).Error(400, "invalid_scope");
        (await shop.AskForTokenAsync("api\0")).Error(400, "invalid_scope");
        (await shop.AskForTokenAsync(" ")).Error(400, "invalid_scope");
        (await shop.OAuthAsync("token", ("grant_type", "client_credentials"), ("scope", "api"), ("scope", "events"))).Error(400, "invalid_payload");
        (await shop.OAuthAsync("token", ("grant_type", "client_credentials"), ("scope", new string('x', 17_000)))).Error(413, "payload_too_large");
        (await shop.PostAsync("/v1/oauth/token", """{"grant_type":"client_credentials","scope":"api"}""")).Error(415, "unsupported_media_type");
        (await shop.PostAsync("/v1/oauth/token")).Error(415, "unsupported_media_type");
    }

    [Fact]
    public async Task Only_its_hash_is_stored()
    {
        using var shop = await api.NewProjectAsync();
        var token = BearerToken.TryRead(await shop.TokenAsync())!;
        var stored = await Task.WhenAll(api.Data.EnumerateFiles("*.db*", SearchOption.AllDirectories).Select(file => ReadAsync(file.FullName)));
        Assert.Contains(stored, file => file.AsSpan().IndexOf(token.Hash) >= 0);
        Assert.All(stored, file => Assert.True(file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(token.Text[20..])) < 0));
        Assert.All(stored, file => Assert.True(file.AsSpan().IndexOf(System.Buffers.Text.Base64Url.DecodeFromChars(token.Text).AsSpan(12)) < 0));
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}
