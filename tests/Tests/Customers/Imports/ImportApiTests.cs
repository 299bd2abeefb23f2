using System.Text;
using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Customers.Imports;

/// <summary>How files of customers are asked to be read.</summary>
[Collection(ApiTests.Name)]
public sealed class ImportApiTests(ApiHost api)
{
    private const string Path = "/v1/customers/importCSV";

    [Fact]
    public async Task A_trial_is_answered_at_once_and_leaves_nothing()
    {
        using var shop = await api.NewProjectAsync();
        var trial = (await shop.UploadAsync(Path + "?dry_run=true", "Source_id;Name;tier\nann;Ann;gold\n;Bob;\ncid;Cid\n"u8.ToArray())).Ok();
        Assert.Equal(
            """{"dry_run":true,"message":"2 customer(s) would be imported, 1 would fail.","complete":true,"separator":";","mapping":[{"column":"Source_id","field":"source_id"},{"column":"Name","field":"name"},{"column":"tier","field":"metadata.tier"}],"failed":[{"source_id":"","row":3,"reason":"line 4: too few fields, 2 for 3 columns"}],"done_count":2,"failed_count":1,"created_count":2,"updated_count":0,"unchanged_count":0,"warnings":[{"source_id":"","row":2,"reason":"has neither Id nor Source_id: a second import would create it again"}],"warnings_count":1}""",
            trial.GetRawText());
        Assert.Empty((await shop.GetAsync("/v1/async-actions")).Ok().GetProperty("async_actions").EnumerateArray());
        Assert.Equal(0, (await shop.GetAsync("/v1/customers")).Ok().GetProperty("total").GetInt32());

        var refused = (await shop.UploadAsync(Path + "?dry_run=true", "Kunde;Ort\nann;Oslo\n"u8.ToArray())).Error(400, "invalid_payload");
        Assert.StartsWith("Payload property '.file' cannot be imported. The header row names none", refused.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_are_those_of_the_job()
    {
        using var shop = await api.NewProjectAsync();
        await ImportAsync(shop, "", "Source_id,Name,Email,Phone\nann,Ann,ann@example.com,1\n");
        var result = await ImportAsync(shop, "?match_by=email&empty=clear&dry_run=false", "Email,Name,Phone\nANN@example.com,Anna,\n");
        Assert.Equal((0, 1), (result.GetProperty("created_count").GetInt32(), result.GetProperty("updated_count").GetInt32()));
        var ann = (await shop.GetAsync("/v1/customers/ann")).Ok();
        Assert.Equal("Anna", ann.GetProperty("name").GetString());
        Assert.NotEqual("1", ann.TryGetProperty("phone", out var phone) ? phone.GetString() : null);

        result = await ImportAsync(shop, "?match_by=source_id&empty=keep", "Source_id,Name\nann,\n");
        Assert.Equal(1, result.GetProperty("unchanged_count").GetInt32());
    }

    [Theory]
    [InlineData("match_by=phone", "Property .match_by must be one of: source_id, email")]
    [InlineData("match_by=Email", "Property .match_by must be one of: source_id, email")]
    [InlineData("empty=delete", "Property .empty must be one of: keep, clear")]
    [InlineData("dry_run=yes", "Property .dry_run must be one of: true, false")]
    public async Task A_value_that_there_is_not_is_refused_by_the_name_of_its_parameter(string query, string details)
    {
        using var shop = await api.NewProjectAsync();
        var refused = (await shop.UploadAsync($"{Path}?{query}", "Source_id\nann\n"u8.ToArray())).Error(400, "invalid_query_params");
        Assert.Equal(details, refused.GetProperty("details").GetString());
        Assert.Empty((await shop.GetAsync("/v1/async-actions")).Ok().GetProperty("async_actions").EnumerateArray());
    }

    [Fact]
    public async Task The_same_file_read_otherwise_is_another_request()
    {
        using var shop = await api.NewProjectAsync();
        var file = "Email,Name\nann@example.com,Ann\n"u8.ToArray();
        (string, string) key = ("Idempotency-Key", "k1");
        var first = (await shop.UploadAsync(Path + "?match_by=email", file, "file", key)).Ok(202);
        Assert.Equal(first.GetRawText(), (await shop.UploadAsync(Path + "?match_by=email", file, "file", key)).Ok(202).GetRawText());
        (await shop.UploadAsync(Path, file, "file", key)).Error(409, "idempotency_key_reused");
        (await shop.UploadAsync(Path + "?match_by=email&empty=clear", file, "file", key)).Error(409, "idempotency_key_reused");
    }

    [Fact]
    public async Task The_description_shows_parameters_and_results()
    {
        using var anybody = api.Anonymous();
        var paths = (await anybody.GetAsync("/openapi/v1.json")).Ok().GetProperty("paths");
        var import = paths.GetProperty(Path).GetProperty("post");
        var values = import.GetProperty("parameters").EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "query")
            .ToDictionary(parameter => parameter.GetProperty("name").GetString()!, parameter => string.Join(' ', parameter.GetProperty("schema").GetProperty("enum").EnumerateArray().Select(value => value.GetString())));
        Assert.Equal(("source_id email", "keep clear", "true false"), (values["match_by"], values["empty"], values["dry_run"]));

        using var shop = await api.NewProjectAsync();
        var trial = (await shop.UploadAsync(Path + "?dry_run=true", "Source_id,d\n,1.2.2024\nann,x\nbob\n"u8.ToArray())).Ok();
        AssertShows(Example(import, "200"), trial);
        AssertShows(Example(import, "202"), (await shop.UploadAsync(Path, "Source_id\nann\n"u8.ToArray())).Ok(202));
        var result = await ImportAsync(shop, "", "Source_id,Birthdate\nann,1.2.1980\n");
        AssertShows(Example(paths.GetProperty("/v1/async-actions/{asyncActionId}").GetProperty("get"), "200").GetProperty("result"), result);
    }

    private static JsonElement Example(JsonElement operation, string status) =>
        operation.GetProperty("responses").GetProperty(status).GetProperty("content").GetProperty("application/json").GetProperty("example");

    private static void AssertShows(JsonElement example, JsonElement answer) =>
        Assert.Equal(answer.EnumerateObject().Select(field => (field.Name, field.Value.ValueKind)), example.EnumerateObject().Select(field => (field.Name, field.Value.ValueKind)));

    private static async Task<JsonElement> ImportAsync(ProjectClient shop, string query, string file)
    {
        var started = (await shop.UploadAsync(Path + query, Encoding.UTF8.GetBytes(file))).Ok(202);
        var action = await shop.UntilAsync(
            $"/v1/async-actions/{started.GetProperty("async_action_id").GetString()}", body => body.GetProperty("status").GetString() is "DONE" or "FAILED");
        return action.GetProperty("result");
    }
}
