using Marketing.Api;
using Xunit;

namespace Marketing.Distributions;

/// <summary>What can be asked about one message.</summary>
[Collection(ApiTests.Name)]
public sealed class EvidenceApiTests(ApiHost api)
{
    [Fact]
    public async Task A_message_is_shown_with_its_attempts_and_as_it_was_sent()
    {
        using var shop = await api.NewProjectAsync();
        using var thief = await api.NewProjectAsync();
        var campaign = (await shop.PostAsync("/v1/campaigns", """{"name":"Ten","type":"AUTO_UPDATE","voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10}}}"""))["id"];
        var id = await shop.NewDistributionAsync($$$"""
            {"name":"Codes","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"visit"},"action":{"type":"publish_codes","campaign_id":"{{{campaign}}}"},
             "channels":[{"type":"email","template":{"subject":"{{ voucher.code }} of {{ event.metadata.shop }} for {{ customer.name }}","html":"<p>Hello <a href=\"{{ unsubscribe_url }}\">Unsubscribe</a></p>"}}]}
            """);
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        (await shop.PostAsync("/v1/events", """{"event":"visit","customer":{"source_id":"s","email":"a@example.com","name":"Ann"},"metadata":{"shop":"Krakow"}}""")).Ok();
        await shop.UntilAsync($"/v1/distributions/{id}", body => body.GetProperty("messages").GetProperty("sent").GetInt32() == 1);
        var listed = Assert.Single((await shop.GetAsync($"/v1/distributions/{id}/messages")).Ok().GetProperty("data").EnumerateArray());
        Assert.Equal("a@example.com", listed.GetProperty("address").GetString());
        var path = $"/v1/distributions/{id}/messages/{listed.GetProperty("id").GetString()}";

        var attempts = (await shop.GetAsync($"{path}/attempts")).Ok();
        Shape.Is(attempts, "object data_ref message attempts total");
        Shape.Is(Assert.Single(attempts.GetProperty("attempts").EnumerateArray()), "number finished_at outcome");

        var code = Assert.Single((await shop.GetAsync("/v1/publications?customer=s")).Ok().GetProperty("publications").EnumerateArray()).GetProperty("voucher").GetProperty("code").GetString();
        var rendered = (await shop.GetAsync($"{path}/rendered")).Ok();
        Shape.Is(rendered, "object message content rendered_at anew");
        Assert.Equal($"{code} of Krakow for Ann", rendered.GetProperty("content").GetProperty("subject").GetString());
        Assert.True(rendered.GetProperty("anew").GetBoolean());
        Assert.DoesNotContain("/u/1.", rendered.GetProperty("content").GetRawText(), StringComparison.Ordinal);

        // Asking for it gives nobody anything.
        Assert.Equal(1, (await shop.GetAsync("/v1/publications")).Ok().GetProperty("total").GetInt32());

        (await thief.GetAsync($"{path}/attempts")).Error(404, "not_found");
        (await thief.GetAsync($"{path}/rendered")).Error(404, "not_found");
        (await thief.GetAsync(path.Replace(id, await thief.NewDistributionAsync(), StringComparison.Ordinal) + "/rendered")).Error(404, "not_found");
        (await shop.GetAsync($"/v1/distributions/{id}/messages/msg_1/attempts")).Error(404, "not_found");
        (await shop.DeleteAsync("/v1/customers/s")).Ok(204);
        Assert.Equal("customer", (await shop.GetAsync($"{path}/rendered")).Error(404, "not_found").GetProperty("resource_type").GetString());
    }
}
