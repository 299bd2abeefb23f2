using System.Text.Json;
using Marketing.Api;
using Marketing.Testing;

namespace Marketing.Endurance;

/// <summary>A shop that asks again, under the same key, until it is answered: whoever it asked may have died of it.</summary>
internal sealed class StubbornShop(EngineProcess engine)
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(60);

    public Task<(int Status, JsonElement Body)> PostAsync(string path, string body, string key) => SendAsync(HttpMethod.Post, path, body, ("Idempotency-Key", key));

    /// <summary>What must be done.</summary>
    public async Task<JsonElement> OkAsync(string path, string body)
    {
        var (status, answer) = await PostAsync(path, body, Guid.NewGuid().ToString());
        return status is >= 200 and < 300 ? answer : throw new InvalidOperationException($"{path}: {status} {answer}");
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        var (status, answer) = await SendAsync(HttpMethod.Get, path, null);
        return status == 200 ? answer : throw new InvalidOperationException($"{path}: {status} {answer}");
    }

    /// <summary>All of a list that says where it goes on.</summary>
    public async Task<List<JsonElement>> AllAsync(string path)
    {
        var all = new List<JsonElement>();
        for (var next = $"{path}?limit=100"; ;)
        {
            var page = await GetAsync(next);
            all.AddRange(page.GetProperty("data").EnumerateArray());
            if (!page.GetProperty("has_more").GetBoolean())
            {
                return all;
            }

            next = $"{path}?limit=100&starting_after_id={page.GetProperty("more_starting_after").GetString()}";
        }
    }

    /// <summary>Moves the shop to another time zone, and with it to another day.</summary>
    public async Task MoveAsync(string zone)
    {
        var key = SavedKeys.ReadManagement(new DirectoryInfo(engine.Directory));
        (string, string)[] headers = [("X-Management-Id", key.AppId), ("X-Management-Token", key.AppToken)];
        var (_, projects) = await SendAsync(HttpMethod.Get, "/management/v1/projects", null, headers);
        var id = projects.GetProperty("data")[0].GetProperty("id").GetString();
        var (status, answer) = await SendAsync(HttpMethod.Put, $"/management/v1/projects/{id}", $$"""{"name":"Test","timezone":"{{zone}}"}""", headers);
        if (status != 200)
        {
            throw new InvalidOperationException($"{zone}: {status} {answer}");
        }
    }

    private async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        (int, JsonElement) answer = default;
        await Wait.UntilAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, null, "application/json") };
                foreach (var (name, value) in headers)
                {
                    request.Headers.Add(name, value);
                }

                try
                {
                    using var response = await engine.Http.SendAsync(request, CancellationToken.None);
                    var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
                    answer = ((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
                    return (int)response.StatusCode < 500;
                }
                catch (Exception death) when (death is HttpRequestException or IOException)
                {
                    return false;
                }
            },
            AtMost,
            () => $"{method} {path} is not answered: {answer}");
        return answer;
    }
}
