using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>A browser is answered now by one API process, now by another.</summary>
public sealed class BrowserSessionTests : ClusterTest
{
    [Fact]
    public async Task A_session_begun_at_one_process_is_known_to_all_outlives_it_and_ends_with_its_key()
    {
        await StartAsync(silos: 1, apis: 2);
        var key = await Cluster.Shop.PostAsync("/v1/keys", new { kind = "server", name = "of a browser" });
        var cookie = await SignInAsync(Cluster.Apis[0], key);
        foreach (var api in Cluster.Apis)
        {
            Assert.Equal(HttpStatusCode.OK, await AskAsync(api, cookie));
        }

        await Cluster.Apis[0].KillAsync();
        var left = Cluster.Apis[1];
        Assert.Equal(HttpStatusCode.OK, await AskAsync(left, cookie));
        using (var revoked = await left.Http.DeleteAsync($"/v1/keys/{key.GetProperty("app_id").GetString()}", Cancelled))
        {
            Assert.True(revoked.IsSuccessStatusCode);
        }

        await Wait.UntilAsync(async () => await AskAsync(left, cookie) == HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(30), () => "The key is revoked and opens the project still.");
    }

    private static async Task<string> SignInAsync(EngineProcess api, JsonElement key)
    {
        using var browser = BrowserOf(api);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ui/session") { Content = JsonContent.Create(new { app_id = key.GetProperty("app_id").GetString(), app_token = key.GetProperty("app_token").GetString() }) };
        request.Headers.Add("X-Distributions-Ui", "1");
        using var answer = await browser.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<HttpStatusCode> AskAsync(EngineProcess api, string cookie)
    {
        using var browser = BrowserOf(api);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/project");
        request.Headers.Add("Cookie", cookie);
        using var answer = await browser.SendAsync(request, Cancelled);
        return answer.StatusCode;
    }

    // Without the keys of a shop, and with the cookie it is given.
    private static HttpClient BrowserOf(EngineProcess api) =>
        new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{api.Port}") };
}
