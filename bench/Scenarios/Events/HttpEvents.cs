using System.Globalization;
using System.Net;
using System.Text;

namespace Marketing.Bench.Scenarios;

/// <summary>Events over HTTP.</summary>
internal sealed class HttpEvents(HttpClient http)
{
    public const int Batch = 100;

    public Task PostAsync(int number) => SendAsync("/v1/events", Event(number));

    /// <summary>A request with a hundred of them.</summary>
    public Task PostManyAsync(int number) =>
        SendAsync("/v1/events/bulk", $"[{string.Join(',', Enumerable.Range(0, Batch).Select(i => Event((number * Batch) + i)))}]");

    private static string Event(int number) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"event":"{{EventScene.Event}}","metadata":{"page":"home"},"customer":{"source_id":"c-{{number % EventScene.Customers}}"} }""");

    private async Task SendAsync(string path, string json)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        body.Headers.ContentType = new("application/json");
        using var response = await http.PostAsync(path, body);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException(await response.Content.ReadAsStringAsync());
        }
    }
}
