using Marketing.Api;
using Marketing.Campaigns;
using Xunit;

namespace Marketing.Publications;

[Collection(ApiTests.Name)]
public sealed class PublicationApiTests(ApiHost api)
{
    [Fact]
    public async Task A_publication_has_the_fields_of_the_product()
    {
        using var shop = await WithCodesAsync(3);
        var made = (await shop.PostAsync("/v1/publications", """{"campaign":{"name":"Codes"},"customer":{"source_id":"a","name":"Ann"},"source_id":"p-1","channel":"till","metadata":{"x":1}}""")).Ok();
        Shape.Is(made, "id object created_at customer_id tracking_id metadata channel source_id result customer vouchers_id voucher");
        Assert.Equal(("publication", "till", "p-1", "SUCCESS", "a"), (made.GetProperty("object").GetString(), made.GetProperty("channel").GetString(), made.GetProperty("source_id").GetString(), made.GetProperty("result").GetString(), made.GetProperty("tracking_id").GetString()));
        var code = made.GetProperty("voucher").GetProperty("code").GetString();
        Assert.Equal(made.GetProperty("customer_id").GetString(), (await shop.GetAsync($"/v1/vouchers/{code}")).Ok().GetProperty("holder_id").GetString());
        Assert.Equal("Ann", (await shop.GetAsync("/v1/customers/a"))["name"]);
        Assert.Equal(made.GetRawText(), (await shop.GetAsync("/v1/publications?source_id=p-1")).Ok().GetProperty("publications")[0].GetRawText());

        var several = (await shop.PostAsync("/v1/publications", """{"campaign":{"name":"Codes","count":2},"customer":{"source_id":"b"}}""")).Ok();
        Assert.Equal((2, 2), (several.GetProperty("vouchers").GetArrayLength(), several.GetProperty("vouchers_id").GetArrayLength()));
        foreach (var query in new[] { "customer=b", $"voucher={several.GetProperty("vouchers")[0].GetString()}" })
        {
            Assert.Equal(several.GetRawText(), Assert.Single((await shop.GetAsync($"/v1/publications?{query}")).Ok().GetProperty("publications").EnumerateArray()).GetRawText());
        }

        Assert.Equal(2, (await shop.GetAsync("/v1/publications?campaign=Codes")).Ok().GetProperty("total").GetInt32());
        var activity = (await shop.GetAsync("/v1/customers/a/activity?limit=10")).Ok().GetProperty("data");
        Assert.Contains("customer.publication.succeeded", Shape.Texts(activity, "type"));
    }

    [Fact]
    public async Task Of_many_who_ask_for_the_last_codes_each_gets_another_one_or_none()
    {
        using var shop = await WithCodesAsync(20);
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => shop.PostAsync("/v1/publications", $$$"""{"campaign":"Codes","customer":{"source_id":"c{{{caller}}}"}}""")));
        var codes = answers.Where(answer => answer.Status == 200).Select(answer => answer.Ok().GetProperty("voucher").GetProperty("code").GetString()).ToList();
        Assert.Equal((20, 20), (codes.Count, codes.Distinct().Count()));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Error(400, "no_voucher_suitable_for_publication"));
        var failed = (await shop.GetAsync("/v1/publications?limit=100")).Ok().GetProperty("publications").EnumerateArray().Where(publication => publication.GetProperty("result").GetString() == "FAILURE");
        Assert.Equal(44, failed.Count());

        // New codes are found by those who come then.
        (await shop.PostAsync("/v1/campaigns/Codes/vouchers", "{}")).Ok();
        (await shop.PostAsync("/v1/publications", """{"campaign":"Codes","customer":{"source_id":"late"}}""")).Ok();
    }

    [Fact]
    public async Task One_code_goes_to_one_customer_whoever_asks_for_it_at_once()
    {
        using var shop = await WithCodesAsync(0);
        (await shop.PostAsync("/v1/campaigns/Codes/vouchers/ONE", "{}")).Ok();
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(caller => shop.PostAsync("/v1/publications", $$$"""{"voucher":"ONE","customer":{"source_id":"c{{{caller}}}"}}""")));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Error(400, "voucher_already_published"));
        (await shop.PostAsync("/v1/publications", """{"campaign":"Codes","customer":{"source_id":"x"}}""")).Error(400, "no_voucher_suitable_for_publication");
    }

    [Fact]
    public async Task Who_joins_once_gets_the_same_code_again()
    {
        using var shop = await WithCodesAsync(5, ""","join_once":true""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => shop.PostAsync("/v1/publications", """{"campaign":"Codes","customer":{"source_id":"a"}}""")));
        Assert.Single(answers.Select(answer => answer.Ok().GetProperty("voucher").GetProperty("code").GetString()).Distinct());
        Assert.Equal(1, (await shop.GetAsync("/v1/publications")).Ok().GetProperty("total").GetInt32());

        using var other = await WithCodesAsync(5);
        var first = (await other.PostAsync("/v1/publications", """{"campaign":"Codes","customer":{"source_id":"a"}}""")).Ok().GetProperty("voucher").GetProperty("code").GetString();
        Assert.Equal(first, (await other.PostAsync("/v1/publications?join_once=true", """{"campaign":"Codes","customer":{"source_id":"a"}}""")).Ok().GetProperty("voucher").GetProperty("code").GetString());
        Assert.Equal(first, (await other.PostAsync("/v1/publications?join_once=true", $$$"""{"voucher":"{{{first}}}","customer":{"source_id":"a"}}""")).Ok().GetProperty("voucher").GetProperty("code").GetString());
        Assert.NotEqual(first, (await other.PostAsync("/v1/publications", """{"campaign":"Codes","customer":{"source_id":"a"}}""")).Ok().GetProperty("voucher").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_campaign_that_makes_its_codes_never_runs_out()
    {
        using var shop = await WithCodesAsync(1, ""","type":"AUTO_UPDATE" """);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(caller => shop.PostAsync("/v1/publications", $$$"""{"campaign":"Codes","customer":{"source_id":"c{{{caller}}}"}}""")));
        Assert.Equal(20, answers.Select(answer => answer.Ok().GetProperty("voucher").GetProperty("code").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Disabled_codes_are_passed_over_until_they_are_enabled()
    {
        using var shop = await WithCodesAsync(0);
        (await shop.PostAsync("/v1/campaigns/Codes/vouchers/A", "{}")).Ok();
        (await shop.PostAsync("/v1/vouchers/A/disable")).Ok();
        (await shop.PostAsync("/v1/publications", """{"voucher":"A","customer":{"source_id":"a"}}""")).Error(400, "voucher_disabled");
        (await shop.PostAsync("/v1/publications", """{"campaign":"Codes","customer":{"source_id":"a"}}""")).Error(400, "no_voucher_suitable_for_publication");
        (await shop.PostAsync("/v1/vouchers/A/enable")).Ok();
        (await shop.PostAsync("/v1/campaigns/Codes/disable")).Ok();
        (await shop.PostAsync("/v1/publications", """{"campaign":"Codes","customer":{"source_id":"a"}}""")).Error(400, "campaign_inactive");
        (await shop.PostAsync("/v1/campaigns/Codes/enable")).Ok();
        Assert.Equal("A", (await shop.PostAsync("/v1/publications", """{"campaign":"Codes","customer":{"source_id":"a"}}""")).Ok().GetProperty("voucher").GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_same_request_is_the_same_publication()
    {
        using var shop = await WithCodesAsync(5);
        const string body = """{"campaign":"Codes","customer":{"source_id":"a"},"source_id":"s"}""";
        (string, string) key = ("Idempotency-Key", "k");
        var first = (await shop.PostAsync("/v1/publications", body, key)).Ok().GetRawText();
        Assert.Equal(first, (await shop.PostAsync("/v1/publications", body, key)).Ok().GetRawText());
        (await shop.PostAsync("/v1/publications", """{"campaign":"Codes","customer":{"source_id":"b"}}""", key)).Error(409, "idempotency_key_reused");
        (await shop.PostAsync("/v1/publications", body)).Error(400, "duplicate_source_id");
        Assert.Equal(1, (await shop.GetAsync("/v1/publications")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_code_of_somebody_who_was_erased_is_not_given_out_again()
    {
        using var shop = await WithCodesAsync(1);
        var code = (await shop.PostAsync("/v1/publications", """{"campaign":"Codes","customer":{"source_id":"a"}}""")).Ok().GetProperty("voucher").GetProperty("code").GetString();
        (await shop.PostAsync("/v1/customers/a/permanent-deletion")).Ok();
        Assert.Equal(0, (await shop.GetAsync("/v1/publications")).Ok().GetProperty("total").GetInt32());
        (await shop.PostAsync("/v1/publications", """{"campaign":"Codes","customer":{"source_id":"b"}}""")).Error(400, "no_voucher_suitable_for_publication");
        (await shop.PostAsync("/v1/publications", $$$"""{"voucher":"{{{code}}}","customer":{"source_id":"b"}}""")).Error(400, "voucher_already_published");
    }

    [Theory]
    [InlineData("""{"customer":{"source_id":"a"}}""", 400, "missing_vouchers")]
    [InlineData("""{"campaign":"Codes"}""", 400, "invalid_payload")]
    [InlineData("""{"campaign":"nobody","customer":{"source_id":"a"}}""", 404, "not_found")]
    [InlineData("""{"voucher":"nobody","customer":{"source_id":"a"}}""", 404, "not_found")]
    [InlineData("""{"campaign":{"name":"Codes","count":51},"customer":{"source_id":"a"}}""", 400, "too_many_vouchers_requested")]
    [InlineData("""{"campaign":{"name":"Codes","count":2},"source_id":"s","customer":{"source_id":"a"}}""", 400, "invalid_payload")]
    public async Task What_cannot_be_is_refused(string body, int status, string key)
    {
        using var shop = await WithCodesAsync(1);
        (await shop.PostAsync("/v1/publications", body)).Error(status, key);
    }

    private async Task<ProjectClient> WithCodesAsync(int count, string more = "")
    {
        var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", $$$"""{"name":"Codes","voucher":{"discount":{"type":"PERCENT","percent_off":10}},"vouchers_count":{{{count}}}{{{more}}}}""")).Ok();
        await CampaignApiTests.MadeAsync(shop, "Codes");
        return shop;
    }
}
