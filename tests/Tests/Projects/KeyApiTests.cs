using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Projects;

/// <summary>Keys that a project makes and ends by itself.</summary>
[Collection(ApiTests.Name)]
public sealed class KeyApiTests(ApiHost api)
{
    [Fact]
    public async Task A_key_is_made_listed_without_its_token_and_ended()
    {
        using var shop = await api.NewProjectAsync();
        var answer = await shop.PostAsync("/v1/keys", """{"kind":"server","name":"Newsletter team"}""");
        Shape.Is(answer.Ok(), "object app_id kind name created_at current app_token");
        Assert.Equal("no-store", answer.Header("Cache-Control"));

        using var team = new ApiClient(api.Address, ("X-App-Id", answer["app_id"]), ("X-App-Token", answer["app_token"]));
        var list = await team.GetAsync("/v1/keys");
        var keys = Shape.List(list.Ok(), "data", "total");
        Assert.Equal(3, keys.GetArrayLength());
        Assert.DoesNotContain(answer["app_token"], list.Text, StringComparison.Ordinal);
        Assert.Equal(["server", "client", "server"], Shape.Texts(keys, "kind"));
        Assert.Equal([false, false, true], keys.EnumerateArray().Select(key => key.GetProperty("current").GetBoolean()));
        Assert.Equal("Newsletter team", keys[2].GetProperty("name").GetString());

        (await team.DeleteAsync($"/v1/keys/{answer["app_id"]}")).Error(409, "key_in_use");
        (await shop.DeleteAsync($"/v1/keys/{answer["app_id"]}")).Ok(204);
        Assert.Equal(401, (await team.GetAsync("/v1/keys")).Status);
        (await shop.DeleteAsync($"/v1/keys/{answer["app_id"]}")).Error(404, "not_found");
        (await shop.DeleteAsync($"/v1/keys/{shop.ClientKey.AppId}")).Ok(204);
    }

    [Fact]
    public async Task The_operator_cannot_lock_a_project_out_of_its_own_data_by_one_wrong_call()
    {
        using var shop = await api.NewProjectAsync();
        using var operators = api.Management();
        var keys = $"/management/v1/projects/{shop.Project.Id}/keys";
        (await operators.DeleteAsync($"{keys}/{shop.ServerKey.AppId}")).Error(409, "key_in_use");
        var made = await operators.PostAsync(keys, Samples.Key);
        Assert.Equal("server", made["kind"]);
        (await operators.DeleteAsync($"{keys}/{shop.ServerKey.AppId}")).Ok(204);
        Assert.Equal(401, (await shop.GetAsync("/v1/keys")).Status);
        Assert.Equal([shop.ClientKey.AppId, made["app_id"]], Shape.Texts((await operators.GetAsync(keys)).Ok().GetProperty("data"), "app_id"));
    }

    [Fact]
    public async Task Keys_of_others_are_out_of_reach()
    {
        using var shop = await api.NewProjectAsync();
        using var thief = await api.NewProjectAsync();
        using var operators = api.Management();
        (await thief.DeleteAsync($"/v1/keys/{shop.ClientKey.AppId}")).Error(404, "not_found");
        (await thief.DeleteAsync($"/v1/keys/{api.ManagementKey.AppId}")).Error(404, "not_found");
        (await operators.DeleteAsync($"/management/v1/projects/{thief.Project.Id}/keys/{shop.ClientKey.AppId}")).Error(404, "not_found");
        (await operators.GetAsync("/management/v1/projects/proj_none/keys")).Error(404, "not_found");
        (await operators.PostAsync("/management/v1/projects/proj_none/keys", Samples.Key)).Error(404, "not_found");
        (await shop.PostAsync("/v1/keys", """{"kind":"management"}""")).Error(400, "invalid_payload");
        (await shop.PostAsync("/v1/keys", """{"kind":"server","name":" "}""")).Error(400, "invalid_payload");
        Assert.Equal(2, (await shop.GetAsync("/v1/keys")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task There_are_not_more_than_fifty()
    {
        using var shop = await api.NewProjectAsync();
        for (var i = 0; i < 48; i++)
        {
            (await shop.PostAsync("/v1/keys", """{"kind":"client"}""")).Ok();
        }

        (await shop.PostAsync("/v1/keys", """{"kind":"client"}""")).Error(409, "too_many_keys");
    }

    [Fact]
    public async Task A_project_reads_and_changes_its_settings()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        var changed = (await shop.PutAsync("/v1/project", """{"timezone":"Europe/Warsaw","currency":"PLN"}""")).Ok();
        Assert.Equal((shop.Project.Id, "Europe/Warsaw", "PLN", "Test"), (changed.GetProperty("id").GetString(), changed.GetProperty("timezone").GetString(), changed.GetProperty("currency").GetString(), changed.GetProperty("name").GetString()));
        Assert.True(JsonElement.DeepEquals(changed, (await shop.GetAsync("/v1/project")).Ok()));
        Assert.Equal("UTC", (await other.GetAsync("/v1/project"))["timezone"]);
        (await shop.PutAsync("/v1/project", """{"timezone":"Mars/Olympus"}""")).Error(400, "invalid_payload");
    }
}
