using Marketing.Api;
using Marketing.Http;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.OAuth;

/// <summary>What becomes of tokens while time passes.</summary>
public sealed class OAuthInTimeTests(TimedApiHost api) : IClassFixture<TimedApiHost>
{
    [Fact]
    public async Task A_token_is_good_for_a_quarter_of_an_hour()
    {
        using var shop = await api.NewProjectAsync();
        var token = await shop.TokenAsync();
        using var bearer = api.Bearing(token);
        api.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        (await bearer.GetAsync("/v1/customers")).Ok();
        Assert.Equal(1, (await shop.IntrospectAsync(token)).GetProperty("expires_in").GetInt32());

        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var refused = await bearer.GetAsync("/v1/customers");
        refused.Error(401, "unauthorized");
        Assert.Equal("Bearer error=\"invalid_token\"", refused.Header("WWW-Authenticate"));
        Assert.Equal("{\"active\":false}", (await shop.IntrospectAsync(token)).GetRawText());
        (await shop.RevokeAsync(token)).Error(404, "not_found");
    }

    [Fact]
    public async Task Another_process_hears_within_half_a_minute_that_one_was_revoked()
    {
        using var shop = await api.NewProjectAsync();
        var token = BearerToken.TryRead(await shop.TokenAsync())!;
        var other = new AccessTokens(api.Grains, new AccessKeys(api.Grains, api.Clock), api.Clock);
        Assert.NotNull(await other.AuthenticateAsync($"Bearer {token.Text}"));
        (await shop.RevokeAsync(token.Text)).Ok(204);
        api.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(await other.AuthenticateAsync($"Bearer {token.Text}"));
    }

    [Fact]
    public async Task A_project_has_so_many_and_no_more_until_some_expire()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        var oauth = api.Grains.OAuth(shop.Project.Number);
        await Task.WhenAll(Enumerable.Range(0, OAuthToken.Most).Select(number => oauth.IssueAsync($"{number}", [1], shop.ServerKey.AppId, "api")));
        (await shop.AskForTokenAsync()).Error(400, "too_many_tokens");
        (await other.AskForTokenAsync()).Ok();

        api.Clock.Advance(OAuthToken.Lifetime);
        (await shop.AskForTokenAsync()).Ok();
        var left = await api.Services.GetRequiredService<ITableStore<OAuthTokenRow>>().ListAsync(shop.Project.Number, new TableQuery(null, 1, 1), TestContext.Current.CancellationToken);
        Assert.True(left.Total < OAuthToken.Most, $"{left.Total} are left");
    }
}
