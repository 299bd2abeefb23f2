using System.Text;
using Marketing.Api;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Estimates of audiences that are counted instead of read.</summary>
[Collection(ApiTests.Name)]
public sealed class AudienceApiTests(ApiHost api)
{
    [Fact]
    public async Task An_estimate_of_a_large_segment_says_who_is_skipped_and_why()
    {
        const int Customers = 5_200;
        using var shop = await api.NewProjectAsync();
        var csv = new StringBuilder("Source_id,Name,Email\n");
        for (var i = 0; i < Customers; i++)
        {
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"c-{i},Customer {i},{Address(i)}\n");
        }

        var import = (await shop.UploadAsync("/v1/customers/importCSV", Encoding.UTF8.GetBytes(csv.ToString()))).Ok(202).GetProperty("async_action_id").GetString();
        await shop.UntilAsync($"/v1/async-actions/{import}", job => job.GetProperty("status").GetString() == "DONE");
        var segment = (await shop.PostAsync(
            "/v1/segments", """{"name":"All","type":"auto-update","filter":{"junction":"and","source_id":{"conditions":{"$starts_with":["c-"]}}}}""")).Ok().GetProperty("id").GetString();
        await shop.UntilAsync($"/v1/segments/{segment}", state => state.GetProperty("initial_sync_status").GetString() == "DONE");
        foreach (var suppression in (string[])
            [
                """{"channel":"email","address":"C1@example.com","reason":"unsubscribed"}""", """{"channel":"email","address":"c2@example.com","reason":"bounced"}""",
                """{"channel":"email","address":"c3@xn--mnchen-3ya.de","reason":"complained"}""", """{"channel":"email","address":"nobody@example.com","reason":"manual"}""",
            ])
        {
            (await shop.PostAsync("/v1/suppressions", suppression)).Ok();
        }

        var draft = await shop.NewDistributionAsync(
            $$$"""
            {"name":"Large","type":"manual","audience":{"segment_id":"{{{segment}}}"},"action":{"type":"plain_message"},
             "channels":[{"type":"email","template":{"subject":"Hi","html":"<p>x</p>"}},{"type":"webhook","template":{"target_url":"https://example.com/h"}}]}
            """);
        var estimate = (await shop.GetAsync($"/v1/distributions/{draft}/audience")).Ok();

        Assert.Equal(Customers, estimate.GetProperty("customers").GetInt32());
        Assert.Equal(
            $$$"""{"reachable":{{{Customers - 520 - 4 - 4}}},"skipped":{"duplicate_address":4,"no_address":520,"suppressed":3,"unsubscribed":1}}""",
            estimate.GetProperty("channels").GetProperty("email").GetRawText());
        Assert.Equal($$$"""{"reachable":{{{Customers}}},"skipped":{}}""", estimate.GetProperty("channels").GetProperty("webhook").GetRawText());
    }

    // Every tenth has none, one has a domain in letters, one is in capitals, and some have that of somebody else: as it is, in capitals, and suppressed.
    private static string Address(int i) => i switch
    {
        _ when i % 10 == 0 => "",
        3 => "c3@münchen.de",
        4 => "C4@EXAMPLE.COM",
        5 => "c6@example.com",
        7 => "C8@EXAMPLE.COM",
        11 => "c12@example.com",
        13 => "C12@example.com",
        14 => "c2@example.com",
        _ => $"c{i}@example.com",
    };
}
