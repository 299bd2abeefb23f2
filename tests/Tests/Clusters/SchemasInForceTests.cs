using System.Net.Http.Json;
using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>What a schema says holds once that was answered, for every write accepted later, by whichever process.</summary>
public sealed class SchemasInForceTests : ClusterTest
{
    private const int Rounds = 6;
    private const int Objects = 12;

    private static readonly string[] Resources = ["customer", "product", "order"];

    [Fact]
    public async Task A_schema_that_was_answered_is_in_force_on_every_silo()
    {
        await StartAsync(silos: 2, apis: 2);
        var ids = new Dictionary<string, string>();
        for (var round = 0; round < Rounds; round++)
        {
            var (one, other) = round % 2 == 0 ? (Cluster.Apis[0], Cluster.Apis[1]) : (Cluster.Apis[1], Cluster.Apis[0]);
            var (allowed, refused) = round % 2 == 0 ? ("gold", "silver") : ("silver", "gold");
            foreach (var resource in Resources)
            {
                ids[resource] = await DefineAsync(one, resource, ids.GetValueOrDefault(resource), allowed);
            }

            // Through both, so that silos are asked that did not hear of it from anybody.
            await Task.WhenAll(Enumerable.Range(0, Objects).SelectMany(number => Resources.Select(async resource =>
            {
                Assert.Equal(400, await WriteAsync(number % 2 == 0 ? one : other, resource, number, refused));
                Assert.Equal(200, await WriteAsync(number % 2 == 0 ? other : one, resource, number, allowed));
            })));
        }
    }

    private static async Task<int> WriteAsync(EngineProcess api, string resource, int number, string plan)
    {
        // Orders of customers are written by the customers.
        object body = resource == "order" && number % 3 == 0 ? new { source_id = $"{resource}-{number}", customer = new { source_id = $"buyer-{number}", metadata = new { plan } }, metadata = new { plan } }
            : new { source_id = $"{resource}-{number}", metadata = new { plan } };
        using var response = await api.Http.PostAsJsonAsync($"/v1/{resource}s", body, Cancelled);
        return (int)response.StatusCode;
    }

    private async Task<string> DefineAsync(EngineProcess api, string resource, string? id, string plan)
    {
        var keys = Cluster.Apis.Select(one => Path.Combine(one.Directory, "keys.json")).Single(File.Exists);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(keys, Cancelled));
        var schemas = $"/management/v1/projects/{document.RootElement.GetProperty("project").GetString()}/metadata-schemas";
        var properties = new { plan = new { type = "string", optional = false, array = false, eq = new[] { plan } } };
        using var request = id is null ? new HttpRequestMessage(HttpMethod.Post, schemas) { Content = JsonContent.Create(new { related_object = resource, properties }) }
            : new HttpRequestMessage(HttpMethod.Put, $"{schemas}/{id}") { Content = JsonContent.Create(new { properties }) };
        request.Headers.Add("X-Management-Id", document.RootElement.GetProperty("management").GetProperty("id").GetString());
        request.Headers.Add("X-Management-Token", document.RootElement.GetProperty("management").GetProperty("token").GetString());
        using var response = await api.Http.SendAsync(request, Cancelled);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancelled));
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetString()!;
    }
}
