using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Marketing.Testing;

/// <summary>What a shop does with the engine, over HTTP. Commands carry a key and are repeated while the answer is 503.</summary>
public sealed class ShopClient(HttpClient http, Func<string> log)
{
    private const int RowsPerFile = 100_000;

    private static readonly object Brand = new { brand = new { name = "Test Shop" }, address = new { street = "Porcelanowa 23", city = "Katowice", postal = "40-246", country = "Poland" }, contact = new { email = "help@shop.example" } };

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Work = TimeSpan.FromMinutes(15);

    private bool _hasBrand;

    public Task<JsonElement> GetAsync(string path) => CallAsync(HttpMethod.Get, path, null);

    public Task<JsonElement> PostAsync(string path, object body) => CallAsync(HttpMethod.Post, path, body);

    public Task<JsonElement> PutAsync(string path, object body) => CallAsync(HttpMethod.Put, path, body);

    /// <summary>Imports customers c-from … c-(to-1).</summary>
    public async Task ImportCustomersAsync(int from, int to)
    {
        for (var start = from; start < to; start += RowsPerFile)
        {
            await ImportCustomersAsync(Csv(start, Math.Min(to, start + RowsPerFile)));
        }
    }

    /// <summary>Imports the customers of a file.</summary>
    public async Task ImportCustomersAsync(byte[] csv)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(csv), "file", "customers.csv" } };
        using var response = await http.PostAsync("/v1/customers/importCSV", form);
        response.EnsureSuccessStatusCode();
        var action = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("async_action_id").GetString();
        await UntilAsync($"/v1/async-actions/{action}", job => job.GetProperty("status").GetString() == "DONE");
    }

    /// <summary>Creates a segment that follows its filter.</summary>
    public async Task<string> SegmentAsync(string name, string field, string op, string value) => Id(await PostAsync("/v1/segments", new
    {
        name,
        type = "auto-update",
        filter = new Dictionary<string, object> { ["junction"] = "and", [field] = new { conditions = new Dictionary<string, string[]> { [op] = [value] } } },
    }));

    public Task SyncedAsync(string segment) =>
        UntilAsync($"/v1/segments/{segment}", state => state.GetProperty("initial_sync_status").GetString() == "DONE");

    /// <summary>Creates a draft.</summary>
    public async Task<string> DraftAsync(object draft) => Id(await PostAsync("/v1/distributions", draft));

    /// <summary>Activates a distribution, for which mail needs brand details.</summary>
    public async Task ActivateAsync(string distribution)
    {
        await BrandAsync();
        await PostAsync($"/v1/distributions/{distribution}/activate", new { });
    }

    /// <summary>Gives the shop brand details, once.</summary>
    public async Task BrandAsync()
    {
        if (!_hasBrand)
        {
            await CallAsync(HttpMethod.Put, "/v1/branding", Brand);
            _hasBrand = true;
        }
    }

    /// <summary>Creates a distribution and activates it.</summary>
    public async Task<string> DistributionAsync(object draft)
    {
        var id = await DraftAsync(draft);
        await ActivateAsync(id);
        return id;
    }

    /// <summary>All messages of a distribution as the API shows them.</summary>
    public async Task<List<JsonElement>> MessagesAsync(string distribution)
    {
        List<JsonElement> all = [];
        while (true)
        {
            var after = all.Count == 0 ? "" : $"&starting_after_id={Id(all[^1])}";
            var page = await GetAsync($"/v1/distributions/{distribution}/messages?limit=100{after}");
            all.AddRange(page.GetProperty("data").EnumerateArray());
            if (!page.GetProperty("has_more").GetBoolean())
            {
                return all;
            }
        }
    }

    /// <summary>Asks until the answer is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> condition, TimeSpan? atMost = null)
    {
        JsonElement last = default;
        await Wait.UntilAsync(async () => condition(last = await GetAsync(path)), atMost ?? Work, () => $"{path} stays {last}\n{log()}");
        return last;
    }

    private async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body)
    {
        var key = Guid.NewGuid().ToString();
        JsonElement answer = default;
        var refusal = "";
        await Wait.UntilAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(method, path);
                if (body is not null)
                {
                    request.Content = JsonContent.Create(body);
                    request.Headers.Add("Idempotency-Key", key);
                }

                using var response = await http.SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();
                if (response.IsSuccessStatusCode)
                {
                    answer = JsonSerializer.Deserialize<JsonElement>(text);
                    return true;
                }

                refusal = $"{method} {path}: {(int)response.StatusCode} {text}";
                return response.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable ? false : throw new HttpRequestException(refusal);
            },
            Outage,
            () => $"{refusal}\n{log()}");
        return answer;
    }

    private static string Id(JsonElement created) => created.GetProperty("id").GetString()!;

    private static byte[] Csv(int from, int to)
    {
        var text = new StringBuilder("Source_id,Name,Email,City,plan,score\n");
        for (var i = from; i < to; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"c-{i},Customer {i},c{i}@example.com,{(i % 3 == 0 ? "Lodz" : "Oslo")},{(i % 2 == 0 ? "gold" : "blue")},{i % 100}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
