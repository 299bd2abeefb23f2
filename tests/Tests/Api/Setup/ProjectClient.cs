using System.Text.Json;
using Marketing.Projects;

namespace Marketing.Api;

/// <summary>The server of one shop, and its browsers.</summary>
internal sealed class ProjectClient(Uri address, ProjectCreated created)
    : ApiClient(address, ("X-App-Id", created.ServerKey.AppId), ("X-App-Token", created.ServerKey.AppToken))
{
    public Project Project => created.Project;

    public IssuedKey ServerKey => created.ServerKey;

    public IssuedKey ClientKey => created.ClientKey;

    /// <summary>A caller with the project's client-side key.</summary>
    public ApiClient ClientSide(string origin = "https://shop.example") => new(
        Address, ("X-Client-Application-Id", created.ClientKey.AppId), ("X-Client-Token", created.ClientKey.AppToken), ("Origin", origin));

    public async Task<string> NewCustomerAsync(string? json = null) => (await PostAsync("/v1/customers", json ?? "{}")).Ok().GetProperty("id").GetString()!;

    public async Task<string> NewSegmentAsync(string name = "Everybody") =>
        (await PostAsync("/v1/segments", SegmentOf(name))).Ok().GetProperty("id").GetString()!;

    public async Task<string> NewDistributionAsync(string body = """{"name":"Draft"}""") =>
        (await PostAsync("/v1/distributions", body)).Ok().GetProperty("id").GetString()!;

    /// <summary>Asks until the answer is as wanted, for at most half a minute.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> wanted)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        for (var attempt = 0; attempt < 1_200; attempt++)
        {
            var body = (await GetAsync(path)).Ok();
            if (wanted(body))
            {
                return body;
            }

            await timer.WaitForNextTickAsync();
        }

        throw new TimeoutException($"{path} did not become as wanted: {(await GetAsync(path)).Text}");
    }

    /// <summary>A segment of all customers with an email address.</summary>
    public static string SegmentOf(string name) =>
        $$$"""{"name":"{{{name}}}","type":"auto-update","filter":{"junction":"and","email":{"conditions":{"$has_value":true} } } }""";
}
