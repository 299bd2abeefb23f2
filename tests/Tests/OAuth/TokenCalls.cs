using System.Text.Json;
using Marketing.Api;

namespace Marketing.OAuth;

/// <summary>How clients ask for tokens and use them.</summary>
internal static class TokenCalls
{
    extension(ApiClient client)
    {
        public Task<Answer> OAuthAsync(string path, params (string Name, string Value)[] fields) =>
            client.SendAsync("POST", $"/v1/oauth/{path}", new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

        public Task<Answer> AskForTokenAsync(string scope = "api") => client.OAuthAsync("token", ("grant_type", "client_credentials"), ("scope", scope));

        public async Task<string> TokenAsync(string scope = "api") => (await client.AskForTokenAsync(scope)).Ok().GetProperty("access_token").GetString()!;

        public async Task<JsonElement> IntrospectAsync(string token) => (await client.OAuthAsync("introspect", ("access_token", token))).Ok();

        public Task<Answer> RevokeAsync(string token) => client.OAuthAsync("token/revoke", ("access_token", token));
    }

    extension(ApiHost api)
    {
        /// <summary>Whoever has nothing but the token.</summary>
        public ApiClient Bearing(string token) => new(api.Address, ("Authorization", $"Bearer {token}"));
    }
}
