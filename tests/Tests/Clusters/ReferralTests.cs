using System.Text;
using System.Text.Json;
using Xunit;

namespace Marketing.Clusters;

/// <summary>Referrals that many make at once, through two APIs and on two silos.</summary>
public sealed class ReferralTests : ClusterTest
{
    private const int Callers = 64;
    private const int Referrers = 8;

    [Fact]
    public async Task A_customer_is_brought_once_and_each_who_is_brought_is_counted_once()
    {
        await StartAsync(silos: 2, apis: 2);
        await PostAsync(0, "/v1/campaigns", """{"name":"Gifts","type":"AUTO_UPDATE","voucher":{"gift":{"amount":0}}}""");
        await PostAsync(0, "/v1/campaigns",
            """
            {"name":"Bring","campaign_type":"REFERRAL_PROGRAM","type":"AUTO_UPDATE","join_once":true,"voucher":{"type":"DISCOUNT_VOUCHER","is_referral_code":true,"discount":{"type":"PERCENT","percent_off":10}},
             "referral_program":{"conversion_event_type":"custom_event","custom_event":{"name":"signed_up"},"referral_tiers":[{"reward":{"type":"GIFT_VOUCHER","amount":5,"related_object_parent":{"name":"Gifts"}}}]}}
            """);
        var codes = new List<string>();
        for (var referrer = 0; referrer < Referrers; referrer++)
        {
            var code = "";

            // Another silo hears of the campaign a moment later.
            await Testing.Wait.UntilAsync(async () => (code = await PublishedAsync(referrer)).Length > 0, TimeSpan.FromSeconds(10), () => "No code was published.");
            codes.Add(code);
        }

        // One customer, by all of them; and as many customers by the first.
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => TrackAsync(caller, "wanted", codes[caller % Referrers])));
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => TrackAsync(caller, $"friend-{caller}", codes[0])));
        Assert.Equal(1, (await GetAsync("/v1/customers/wanted")).GetProperty("referrals").GetProperty("total").GetInt32());
        await Testing.Wait.UntilAsync(async () => await CountedAsync() == Callers + 1 && await GivenAsync() == 5 * (Callers + 1), TimeSpan.FromSeconds(60), () => "Not all was counted and given.");
        Assert.Equal(Callers + 1, (await GetAsync("/v1/campaigns/Bring/summary")).GetProperty("referred_customers").GetInt32());
    }

    private async Task<string> PublishedAsync(int referrer)
    {
        using var body = new StringContent($$$"""{"campaign":{"name":"Bring","count":1},"customer":{"source_id":"referrer-{{{referrer}}}"}}""", Encoding.UTF8, "application/json");
        using var response = await Cluster.Apis[referrer % Cluster.Apis.Count].Http.PostAsync(new Uri("/v1/publications", UriKind.Relative), body, Cancelled);
        return response.IsSuccessStatusCode ? JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancelled)).GetProperty("voucher").GetProperty("code").GetString()! : "";
    }

    private async Task<int> CountedAsync()
    {
        var counted = 0;
        for (var referrer = 0; referrer < Referrers; referrer++)
        {
            counted += (await GetAsync($"/v1/customers/referrer-{referrer}")).GetProperty("loyalty").GetProperty("referred_customers").GetInt32();
        }

        return counted;
    }

    private async Task<int> GivenAsync() =>
        (await GetAsync("/v1/vouchers?campaign=Gifts&limit=100")).GetProperty("vouchers").EnumerateArray().Sum(static card => card.GetProperty("gift").GetProperty("balance").GetInt32());

    private Task<JsonElement> TrackAsync(int caller, string customer, string code) =>
        PostAsync(caller, "/v1/events", $$$"""{"event":"signed_up","customer":{"source_id":"{{{customer}}}"},"referral":{"code":"{{{code}}}"}}""");

    private Task<JsonElement> GetAsync(string path) => SendAsync(0, HttpMethod.Get, path, null);

    private Task<JsonElement> PostAsync(int caller, string path, string body) => SendAsync(caller, HttpMethod.Post, path, body);

    private async Task<JsonElement> SendAsync(int caller, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await Cluster.Apis[caller % Cluster.Apis.Count].Http.SendAsync(request, Cancelled);
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }
}
