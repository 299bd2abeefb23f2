using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Campaigns;

[Collection(ApiTests.Name)]
public sealed class CampaignApiTests(ApiHost api)
{
    private const string Coupons = """{"name":"Ten","voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10}},"vouchers_count":HOWMANY}""";

    internal static Task<JsonElement> MadeAsync(ProjectClient shop, string name) =>
        shop.UntilAsync($"/v1/campaigns/{name}", campaign => campaign.GetProperty("vouchers_generation_status").GetString() != "IN_PROGRESS");

    [Fact]
    public async Task A_campaign_has_the_fields_of_the_product()
    {
        using var shop = await api.NewProjectAsync();
        var made = (await shop.PostAsync("/v1/campaigns", Samples.Campaign)).Ok();
        Shape.Has(made, "id name campaign_type type voucher auto_join join_once use_voucher_metadata_schema vouchers_count active metadata created_at creation_status vouchers_generation_status protected category_id categories object");
        Assert.Equal(("campaign", "GIFT_VOUCHERS", "AUTO_UPDATE", true), (made.GetProperty("object").GetString(), made.GetProperty("campaign_type").GetString(), made.GetProperty("type").GetString(), made.GetProperty("join_once").GetBoolean()));
        var voucher = made.GetProperty("voucher");
        Assert.Equal((1_000, 2L), (voucher.GetProperty("gift").GetProperty("amount").GetInt32(), voucher.GetProperty("redemption").GetProperty("quantity").GetInt64()));
        Assert.Equal("2030-12-24T23:59:59.999Z", made.GetProperty("expiration_date").GetString());

        var done = await MadeAsync(shop, "Spring");
        Assert.Equal((3, "DONE"), (done.GetProperty("vouchers_count").GetInt32(), done.GetProperty("creation_status").GetString()));
        var codes = (await shop.GetAsync("/v1/vouchers?campaign=Spring")).Ok().GetProperty("vouchers");
        Assert.Equal(3, codes.EnumerateArray().Select(code => code.GetProperty("code").GetString()).Distinct().Count());
        Assert.All(codes.EnumerateArray(), code => Assert.Matches("^S-[A-F0-3]{8}-E$", code.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("""{"voucher":{}}""", "invalid_payload", "Payload must have required property 'name'")]
    [InlineData("""{"name":"x"}""", "invalid_campaign", "Property 'campaign_type' is required where there is no voucher")]
    [InlineData("""{"name":"x","campaign_type":"GIFT_VOUCHERS"}""", "invalid_campaign", "Property 'voucher' is required for GIFT_VOUCHERS campaign")]
    [InlineData("""{"name":"x","campaign_type":"GIFT_VOUCHERS","voucher":{"discount":{"type":"PERCENT"}}}""", "invalid_campaign", "Property 'gift' is required for GIFT_VOUCHERS campaign")]
    [InlineData("""{"name":"x","voucher":{"gift":{"amount":-1}}}""", "invalid_payload", "Payload property '.voucher.gift.amount' must be >= 0")]
    [InlineData("""{"name":"x","voucher":{"gift":{"amount":1}},"start_date":"2026-02-01","expiration_date":"2026-01-01"}""", "invalid_campaign", "Property 'expiration_date' must be later than 'start_date'")]
    [InlineData("""{"name":"x","voucher":{"gift":{"amount":1}},"validity_timeframe":{"interval":"P1D","duration":"PT1H"}}""", "invalid_campaign", "Property 'validity_timeframe' needs a 'start_date' to count from")]
    [InlineData("""{"name":"x","voucher":{"gift":{"amount":1}},"validity_day_of_week":[7]}""", "invalid_payload", "Payload property '.validity_day_of_week[0]' must be a day of the week, 0 for Sunday to 6 for Saturday")]
    [InlineData("""{"name":"x","voucher":{"gift":{"amount":1},"code_config":{"pattern":"ABC"}}}""", "invalid_campaign", "must have at least one random character: a # in the pattern, or a length of at least 1")]
    [InlineData("""{"name":"x","campaign_type":"PROMOTION","vouchers_count":5}""", "invalid_campaign", "Property 'voucher' is not allowed for PROMOTION campaign")]
    public async Task What_does_not_go_together_is_named(string body, string key, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(details, (await shop.PostAsync("/v1/campaigns", body)).Error(400, key).GetProperty("details").GetString());
        Assert.Equal(0, (await shop.GetAsync("/v1/campaigns")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_pattern_with_too_little_room_is_refused_and_a_dense_one_warned_about()
    {
        using var shop = await api.NewProjectAsync();
        static string With(string name, int count) =>
            $$$"""{"name":"{{{name}}}","voucher":{"gift":{"amount":1},"code_config":{"pattern":"X-###","charset":"0123456789"}},"vouchers_count":{{{count}}}}""";
        (await shop.PostAsync("/v1/campaigns", With("full", 101))).Error(400, "invalid_campaign");
        var made = (await shop.PostAsync("/v1/campaigns", With("dense", 100))).Ok();
        Assert.Contains("guesses", made.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(100, (await MadeAsync(shop, "dense")).GetProperty("vouchers_count").GetInt32());
        (await shop.PostAsync("/v1/campaigns/dense/vouchers?vouchers_count=2", "{}")).Error(400, "invalid_campaign");
    }

    [Fact]
    public async Task A_campaign_whose_codes_others_have_fails_instead_of_looking_for_ever()
    {
        using var shop = await api.NewProjectAsync();
        foreach (var number in Enumerable.Range(0, 16))
        {
            (await shop.PostAsync($"/v1/vouchers/S{number:b4}", """{"type":"GIFT_VOUCHER","gift":{"amount":1}}""")).Ok();
        }

        (await shop.PostAsync("/v1/campaigns", """{"name":"late","voucher":{"gift":{"amount":1},"code_config":{"pattern":"S####","charset":"01"}},"vouchers_count":1}""")).Ok();
        var failed = await MadeAsync(shop, "late");
        Assert.Equal(("FAILED", 0), (failed.GetProperty("creation_status").GetString(), failed.GetProperty("vouchers_count").GetInt32()));
    }

    [Fact]
    public async Task A_name_belongs_to_one_campaign_however_many_ask_at_once()
    {
        using var shop = await api.NewProjectAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => shop.PostAsync("/v1/campaigns", Coupons.Replace("HOWMANY", "2", StringComparison.Ordinal))));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Error(409, "duplicate_found"));
        Assert.Equal(2, (await MadeAsync(shop, "Ten")).GetProperty("vouchers_count").GetInt32());
        Assert.Equal(2, (await shop.GetAsync("/v1/vouchers")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_change_is_for_codes_that_nobody_has()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", Coupons.Replace("HOWMANY", "3", StringComparison.Ordinal))).Ok();
        await MadeAsync(shop, "Ten");
        var given = (await shop.PostAsync("/v1/publications", """{"campaign":"Ten","customer":{"source_id":"a"}}""")).Ok().GetProperty("voucher").GetProperty("code").GetString();
        var changed = (await shop.PutAsync("/v1/campaigns/Ten", """{"discount":{"type":"PERCENT","percent_off":25},"metadata":{"b":2}}""")).Ok();
        Assert.Equal(25, changed.GetProperty("voucher").GetProperty("discount").GetProperty("percent_off").GetInt32());
        foreach (var voucher in (await shop.GetAsync("/v1/vouchers?campaign=Ten")).Ok().GetProperty("vouchers").EnumerateArray())
        {
            var expected = voucher.GetProperty("code").GetString() == given ? 10 : 25;
            Assert.Equal(expected, voucher.GetProperty("discount").GetProperty("percent_off").GetInt32());
        }

        Assert.Equal(changed.GetRawText(), (await shop.PutAsync("/v1/campaigns/Ten", """{"metadata":{"b":2}}""")).Ok().GetRawText());
        Assert.Equal("{}", (await shop.PutAsync("/v1/campaigns/Ten", """{"unset_metadata_fields":["b"]}""")).Ok().GetProperty("metadata").GetRawText());
    }

    [Fact]
    public async Task Codes_are_added_and_go_with_the_campaign()
    {
        using var shop = await api.NewProjectAsync();
        var id = (await shop.PostAsync("/v1/campaigns", Coupons.Replace("HOWMANY", "1", StringComparison.Ordinal)))["id"];
        (string, string) key = ("Idempotency-Key", "more");
        var job = (await shop.PostAsync("/v1/campaigns/Ten/vouchers?vouchers_count=1500", """{"metadata":{"batch":"b"}}""", key)).Ok(202).GetProperty("async_action_id").GetString();
        Assert.Equal(job, (await shop.PostAsync("/v1/campaigns/Ten/vouchers?vouchers_count=1500", """{"metadata":{"batch":"b"}}""", key)).Ok(202).GetProperty("async_action_id").GetString());
        await shop.UntilAsync($"/v1/async-actions/{job}", action => action.GetProperty("status").GetString() == "DONE");
        (await shop.PostAsync("/v1/campaigns/Ten/vouchers/OWN-1", """{"metadata":{"own":true}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns/Ten/vouchers/OWN-1", "{}")).Error(409, "duplicate_found");
        Assert.Equal(1_502, (await MadeAsync(shop, "Ten")).GetProperty("vouchers_count").GetInt32());
        var own = (await shop.GetAsync("/v1/vouchers/OWN-1")).Ok();
        Assert.Equal((10, id, true), (own.GetProperty("discount").GetProperty("percent_off").GetInt32(), own.GetProperty("campaign_id").GetString(), own.GetProperty("metadata").GetProperty("own").GetBoolean()));
        Assert.Equal("b", (await shop.GetAsync("/v1/vouchers?campaign=Ten&limit=2&order=-created_at")).Ok().GetProperty("vouchers")[1].GetProperty("metadata").GetProperty("batch").GetString());

        var gone = (await shop.DeleteAsync("/v1/campaigns/Ten")).Ok(202).GetProperty("async_action_id").GetString();
        (await shop.GetAsync("/v1/campaigns/Ten")).Error(404, "not_found");
        (await shop.DeleteAsync("/v1/campaigns/Ten")).Error(404, "not_found");
        await shop.UntilAsync($"/v1/async-actions/{gone}", action => action.GetProperty("status").GetString() == "DONE");
        Assert.Equal(0, (await shop.GetAsync("/v1/vouchers")).Ok().GetProperty("total").GetInt32());
        (await shop.PostAsync("/v1/campaigns", Coupons.Replace("HOWMANY", "1", StringComparison.Ordinal))).Ok();
    }

    [Fact]
    public async Task Codes_of_a_project_that_does_not_tell_letters_apart_are_found_in_either_case()
    {
        using var sensitive = await api.NewProjectAsync();
        using var insensitive = await api.NewProjectAsync(settings => settings with { CaseSensitiveCodes = false });
        foreach (var shop in new[] { sensitive, insensitive })
        {
            (await shop.PostAsync("/v1/vouchers/AbC", """{"type":"GIFT_VOUCHER","gift":{"amount":1}}""")).Ok();
        }

        (await sensitive.GetAsync("/v1/vouchers/abc")).Error(404, "not_found");
        (await sensitive.PostAsync("/v1/vouchers/ABC", """{"type":"GIFT_VOUCHER","gift":{"amount":1}}""")).Ok();
        Assert.Equal("AbC", (await insensitive.GetAsync("/v1/vouchers/abc"))["code"]);
        (await insensitive.PostAsync("/v1/vouchers/ABC", """{"type":"GIFT_VOUCHER","gift":{"amount":1}}""")).Error(409, "duplicate_found");
    }

    [Fact]
    public async Task A_summary_counts_codes_and_publications()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", Coupons.Replace("HOWMANY", "3", StringComparison.Ordinal))).Ok();
        await MadeAsync(shop, "Ten");
        (await shop.PostAsync("/v1/publications", """{"campaign":{"name":"Ten","count":2},"customer":{"source_id":"a"}}""")).Ok();
        (await shop.PostAsync("/v1/publications", """{"campaign":{"name":"Ten","count":2},"customer":{"source_id":"b"}}""")).Error(400, "no_voucher_suitable_for_publication");
        var summary = (await shop.GetAsync("/v1/campaigns/Ten/summary")).Ok();
        Assert.Equal((3, 2, 1, 1), (Figure("vouchers_created"), Figure("publications"), Figure("publications_succeeded"), Figure("publications_failed")));

        int Figure(string name) => summary.GetProperty(name).GetInt32();
    }
}
