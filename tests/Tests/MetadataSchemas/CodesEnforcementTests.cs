using System.Text;
using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.MetadataSchemas;

/// <summary>Campaigns, vouchers and publications are as the schemas say, by whatever way they come.</summary>
[Collection(ApiTests.Name)]
public sealed class CodesEnforcementTests(ApiHost api) : IDisposable
{
    private const string Plan = """{"plan":{"type":"string","optional":false,"array":false,"eq":["gold","silver"]},"age":{"type":"number","optional":true,"array":false}}""";

    private readonly ApiClient _operators = api.Management();

    [Theory]
    [InlineData("campaign", "/v1/campaigns", """{"name":"N","voucher":{"gift":{"amount":1}},"metadata":M}""")]
    [InlineData("voucher", "/v1/campaigns", """{"name":"N","voucher":{"gift":{"amount":1}},"use_voucher_metadata_schema":true,"metadata":M}""")]
    [InlineData("voucher", "/v1/vouchers", """{"gift":{"amount":1},"metadata":M}""")]
    [InlineData("voucher", "/v1/vouchers/W", """{"gift":{"amount":1},"metadata":M}""")]
    [InlineData("voucher", "/v1/campaigns/C/vouchers", """{"metadata":M}""")]
    [InlineData("voucher", "/v1/campaigns/C/vouchers/W", """{"metadata":M}""")]
    [InlineData("publication", "/v1/publications", """{"campaign":"C","customer":{"source_id":"x"},"metadata":M}""")]
    [InlineData("publication", "/v1/publications", """{"voucher":"OFF","customer":{"source_id":"x"},"metadata":M}""", "voucher_disabled")]
    public async Task Metadata_is_refused_before_anything_is_written(string resource, string path, string body, string? then = null)
    {
        using var shop = await ShopAsync();
        await DefineAsync(shop, resource, Plan);
        var before = await CountsAsync(shop);
        Answer answer;
        foreach (var (metadata, fields) in new[] { ("""{"plan":1,"age":"old"}""", (string[])["metadata.plan", "metadata.age"]), ("{}", ["metadata.plan"]), ("null", ["metadata.plan"]) })
        {
            answer = await shop.PostAsync(path, body.Replace("M", metadata, StringComparison.Ordinal).Replace("\"N\"", "\"New\"", StringComparison.Ordinal));
            Assert.Equal(fields, Shape.Texts(answer.Error(400, "metadata_validation_failed").GetProperty("problems"), "field"));
        }

        Assert.Equal(before, await CountsAsync(shop));
        answer = await shop.PostAsync(path, body.Replace("M", """{"plan":"gold","age":7,"more":true}""", StringComparison.Ordinal));
        if (then is null)
        {
            answer.Ok();
        }
        else
        {
            answer.Error(400, then);
        }

        using var other = await ShopAsync();
        Assert.DoesNotContain("metadata_validation_failed", (await other.PostAsync(path, body.Replace("M", """{"plan":1}""", StringComparison.Ordinal))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("campaign", "/v1/campaigns/C", """{"description":"new"}""")]
    [InlineData("voucher", "/v1/vouchers/V", """{"additional_info":"new"}""")]
    public async Task A_change_is_not_asked_about_what_it_does_not_say(string resource, string one, string change)
    {
        using var shop = await ShopAsync();
        (await shop.PutAsync(one, """{"metadata":{"age":"unknown"}}""")).Ok();
        await DefineAsync(shop, resource, Plan);
        (await shop.PutAsync(one, change)).Ok();
        (await shop.PostAsync($"{one}/disable")).Ok();
        Assert.Equal(["metadata.plan"], Shape.Texts((await shop.PutAsync(one, """{"metadata":{"age":1}}""")).Error(400, "metadata_validation_failed").GetProperty("problems"), "field"));
        (await shop.PutAsync(one, """{"metadata":{"plan":"silver"}}""")).Ok();
        (await shop.PutAsync(one, """{"metadata":{"age":7}}""")).Ok();
        (await shop.PutAsync(one, """{"metadata":{"plan":null}}""")).Error(400, "metadata_validation_failed");
        Assert.Equal("""{"age":7,"plan":"silver"}""", (await shop.GetAsync(one)).Ok().GetProperty("metadata").GetRawText());
    }

    [Fact]
    public async Task A_campaign_that_goes_over_to_the_schema_of_vouchers_is_looked_at_by_that()
    {
        using var shop = await ShopAsync();
        await DefineAsync(shop, "campaign", """{"plan":{"type":"string"}}""");
        await DefineAsync(shop, "voucher", """{"plan":{"type":"number"}}""");
        (await shop.PutAsync("/v1/campaigns/C", """{"metadata":{"plan":"gold"}}""")).Ok();
        (await shop.PutAsync("/v1/campaigns/C", """{"use_voucher_metadata_schema":true}""")).Error(400, "metadata_validation_failed");
        (await shop.PutAsync("/v1/campaigns/C", """{"use_voucher_metadata_schema":true,"metadata":{"plan":1}}""")).Ok();
        (await shop.PutAsync("/v1/campaigns/C", """{"unset_metadata_fields":["plan"]}""")).Ok();
        await DefineAsync(shop, "promotion_tier", Plan);
        (await shop.PutAsync("/v1/campaigns/C", """{"metadata":{"plan":2}}""")).Ok();
    }

    [Fact]
    public async Task What_must_be_there_is_not_taken_away()
    {
        using var shop = await ShopAsync();
        (await shop.PutAsync("/v1/campaigns/C", """{"metadata":{"plan":"gold","more":1}}""")).Ok();
        await DefineAsync(shop, "campaign", Plan);
        (await shop.PutAsync("/v1/campaigns/C", """{"unset_metadata_fields":["plan"]}""")).Error(400, "metadata_validation_failed");
        (await shop.PutAsync("/v1/campaigns/C", """{"unset_metadata_fields":["more"]}""")).Ok();
    }

    [Theory]
    [InlineData("/v1/vouchers/import", """[{"code":"A","gift":{"amount":1},"metadata":{"plan":"gold"}},{"code":"B","gift":{"amount":1},"metadata":{"plan":"lead"}}]""", 2)]
    [InlineData("/v1/campaigns/C/import", """[{"code":"A","metadata":{"plan":"gold"}},{"code":"B","metadata":{"age":"x","plan":"lead"}},{"code":"D"}]""", 2, 3)]
    [InlineData("/v1/vouchers/bulk/async", """[{"code":"V","metadata":{"plan":"lead"}},{"code":"OFF","metadata":{"plan":"gold"}}]""", 1)]
    [InlineData("/v1/vouchers/metadata/async", """{"codes":["V","OFF"],"metadata":{"plan":"lead"}}""", 1, 2)]
    public async Task Rows_are_checked_one_by_one(string path, string body, params int[] failed)
    {
        using var shop = await ShopAsync();
        await DefineAsync(shop, "voucher", Plan);
        var result = await ResultAsync(shop, (await shop.PostAsync(path, body)).Ok(202).GetProperty("async_action_id").GetString()!);
        Assert.Equal(failed, result.GetProperty("failed").EnumerateArray().Select(row => row.GetProperty("row").GetInt32()));
        Assert.All(result.GetProperty("failed").EnumerateArray(), row => Assert.Contains("metadata.plan: must be a string, property is required, must be equal to one of gold,silver", row.GetProperty("reason").GetString(), StringComparison.Ordinal));
        (await shop.GetAsync("/v1/vouchers/B")).Error(404, "not_found");
    }

    [Theory]
    [InlineData("/v1/vouchers/importCSV")]
    [InlineData("/v1/campaigns/C/importCSV")]
    public async Task Files_are_read_by_the_types_of_their_columns(string path)
    {
        using var shop = await ShopAsync();
        await DefineAsync(shop, "voucher", """{"plan":{"type":"string","optional":false},"age":{"type":"number"},"vip":{"type":"boolean"},"tags":{"type":"number","array":true}}""");
        const string File = "Code,Voucher Type,Value,plan,age,vip,tags,shelf\nA,GIFT_VOUCHER,5,gold,41.5,TRUE,\"1, 2\",9\nB,GIFT_VOUCHER,5,,,,,\nD,GIFT_VOUCHER,5,gold,old,,,\n";
        var result = await ResultAsync(shop, (await shop.UploadAsync(path, Encoding.UTF8.GetBytes(File))).Ok(202).GetProperty("async_action_id").GetString()!);
        Assert.Equal(
            ["2 plan", "3 age"], result.GetProperty("failed").EnumerateArray().Select(row => $"{row.GetProperty("row").GetInt32()} {row.GetProperty("column").GetString()}"));
        Assert.Equal("""{"plan":"gold","age":41.5,"vip":true,"tags":[1,2],"shelf":"9"}""", (await shop.GetAsync("/v1/vouchers/A")).Ok().GetProperty("metadata").GetRawText());
    }

    [Fact]
    public async Task A_request_that_was_taken_before_is_answered_again_whatever_the_schemas_say_now()
    {
        using var shop = await ShopAsync();
        (string Path, string Body)[] calls =
        [
            ("/v1/campaigns", """{"name":"N","campaign_type":"PROMOTION","metadata":{"plan":1}}"""), ("/v1/vouchers", """{"gift":{"amount":1},"metadata":{"plan":1}}"""),
            ("/v1/publications", """{"campaign":"C","customer":{"source_id":"x"},"metadata":{"plan":1}}"""), ("/v1/campaigns/C/vouchers?vouchers_count=2", """{"metadata":{"plan":1}}"""),
        ];
        for (var time = 0; time < 2; time++)
        {
            foreach (var (path, body) in calls)
            {
                Assert.InRange((await shop.PostAsync(path, body, ("Idempotency-Key", path))).Status, 200, 202);
            }

            foreach (var resource in time == 0 ? (string[])["campaign", "voucher", "publication"] : [])
            {
                await DefineAsync(shop, resource, Plan);
            }
        }

        (await shop.PostAsync(calls[3].Path, calls[3].Body)).Error(400, "metadata_validation_failed");
    }

    [Fact]
    public async Task A_publication_to_a_customer_whose_metadata_is_wrong_is_refused_and_keeps_no_code()
    {
        using var shop = await ShopAsync();
        await DefineAsync(shop, "customer", Plan);
        var error = (await shop.PostAsync("/v1/publications", """{"campaign":"C","customer":{"source_id":"x","metadata":{"plan":"lead"}}}""")).Error(400, "metadata_validation_failed");
        Assert.Equal(["customer.metadata.plan"], Shape.Texts(error.GetProperty("problems"), "field"));
        (await shop.PostAsync("/v1/publications", """{"campaign":"C","customer":{"source_id":"x","metadata":{"plan":"gold"}}}""")).Ok();
    }

    public void Dispose() => _operators.Dispose();

    // With a campaign of one code, a voucher, and one that is disabled.
    private async Task<ProjectClient> ShopAsync()
    {
        var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"C","voucher":{"gift":{"amount":1}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns/C/vouchers/ONE", "{}")).Ok();
        (await shop.PostAsync("/v1/vouchers/V", """{"gift":{"amount":1}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/OFF", """{"gift":{"amount":1},"active":false}""")).Ok();
        return shop;
    }

    private async Task DefineAsync(ProjectClient shop, string resource, string properties) =>
        (await _operators.PostAsync($"/management/v1/projects/{shop.Project.Id}/metadata-schemas", $$$"""{"related_object":"{{{resource}}}","properties":{{{properties}}} }""")).Ok();

    private static async Task<string> CountsAsync(ProjectClient shop)
    {
        var counts = new List<int>();
        foreach (var what in new[] { "campaigns", "vouchers", "publications", "customers" })
        {
            counts.Add((await shop.GetAsync($"/v1/{what}")).Ok().GetProperty("total").GetInt32());
        }

        return string.Join(' ', counts);
    }

    private static async Task<JsonElement> ResultAsync(ProjectClient shop, string job) =>
        (await shop.UntilAsync($"/v1/async-actions/{job}", body => body.GetProperty("status").GetString() == "DONE")).GetProperty("result");
}
