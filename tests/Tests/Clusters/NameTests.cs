using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Marketing.Clusters;

/// <summary>Names that many want at once, through two APIs and on two silos.</summary>
public sealed class NameTests : ClusterTest
{
    private const int Rounds = 15;
    private const int AtOnce = 16;

    [Fact]
    public async Task One_gets_the_name_and_the_others_are_told_so_whoever_was_faster()
    {
        await StartAsync(silos: 2, apis: 2);
        for (var round = 0; round < Rounds; round++)
        {
            await CreateAsync($"Summer {round}");
        }

        for (var round = 0; round < Rounds; round++)
        {
            await RenameAsync($"Winter {round}", [.. Enumerable.Range(0, AtOnce).Select(number => $"{round}/{number}")]);
        }

        var listed = await ListedAsync();
        Assert.Equal(listed.Count, listed.Values.Distinct().Count());
        await ShownAsListedAsync(listed);
        await Task.WhenAll(Cluster.Silos.Select(silo => silo.StopAsync()));
        await Task.WhenAll(Cluster.Silos.Select(silo => silo.StartAsync()));
        await ShownAsListedAsync(listed);
    }

    private async Task CreateAsync(string name)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(number => CallAsync(number, HttpMethod.Post, "/v1/distributions", name)));
        AssertOneWon(answers);
    }

    private async Task RenameAsync(string name, string[] before)
    {
        var ids = await Task.WhenAll(before.Select(own => Cluster.Shop.DraftAsync(new { name = own })));
        AssertOneWon(await Task.WhenAll(ids.Select((id, number) => CallAsync(number, HttpMethod.Put, $"/v1/distributions/{id}", name))));
    }

    private static void AssertOneWon((HttpStatusCode Status, JsonElement Body)[] answers)
    {
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        foreach (var (status, body) in answers.Where(answer => answer.Status != HttpStatusCode.OK))
        {
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_payload"), (status, body.GetProperty("key").GetString()));
            Assert.Equal("name", Assert.Single(body.GetProperty("problems").EnumerateArray()).GetProperty("field").GetString());
        }
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(int number, HttpMethod method, string path, string name)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(new { name }) };
        using var response = await Cluster.Apis[number % Cluster.Apis.Count].Http.SendAsync(request, Cancelled);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled));
    }

    private async Task<Dictionary<string, string?>> ListedAsync()
    {
        Dictionary<string, string?> names = [];
        for (var page = 1; ; page++)
        {
            var part = await Cluster.Shop.GetAsync($"/v1/distributions?limit=100&page={page}&order=created_at");
            foreach (var distribution in part.GetProperty("distributions").EnumerateArray())
            {
                names.Add(distribution.GetProperty("id").GetString()!, distribution.GetProperty("name").GetString());
            }

            if (!part.GetProperty("has_more").GetBoolean())
            {
                return names;
            }
        }
    }

    private async Task ShownAsListedAsync(Dictionary<string, string?> listed)
    {
        Assert.Equal(listed, await ListedAsync());
        foreach (var (id, name) in listed)
        {
            Assert.Equal(name, (await Cluster.Shop.GetAsync($"/v1/distributions/{id}")).GetProperty("name").GetString());
        }
    }
}
