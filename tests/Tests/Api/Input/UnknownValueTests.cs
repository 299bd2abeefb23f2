using Xunit;

namespace Marketing.Api;

/// <summary>A list asked for by something that there is not is refused: an empty page would look like an answer.</summary>
[Collection(ApiTests.Name)]
public sealed class UnknownValueTests(ApiHost api)
{
    [Theory]
    [InlineData("/v1/customers?segment_id=seg_none", "segment_id", "a segment that there is")]
    [InlineData("/v1/distributions?status=alive", "status", "draft, waiting_for_segment")]
    [InlineData("/v1/distributions?type=auto", "type", "manual, automatic")]
    [InlineData("/v1/distributions?trigger=order.paid", "trigger", "customer.order.paid")]
    [InlineData("/v1/distributions?channel=mail", "channel", "email, webhook")]
    [InlineData("/v1/distributions/{id}/messages?channel=mail", "channel", "email, webhook")]
    [InlineData("/v1/distributions/{id}/messages?status=bounced", "status", "queued, retrying")]
    [InlineData("/v1/distributions/{id}/messages?customer=nobody", "customer", "a customer that there is")]
    [InlineData("/v1/suppressions?channel=mail", "channel", "email, webhook")]
    public async Task It_is_named_with_what_it_can_be(string path, string parameter, string allowed)
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync();
        var error = (await shop.GetAsync(path.Replace("{id}", id, StringComparison.Ordinal))).Error(400, "invalid_query_params");
        Assert.StartsWith($"Property .{parameter} must be ", error.GetProperty("details").GetString(), StringComparison.Ordinal);
        Assert.Contains(allowed, error.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_segment_of_another_project_is_one_that_there_is_not()
    {
        using var other = await api.NewProjectAsync();
        using var shop = await api.NewProjectAsync();
        (await shop.GetAsync($"/v1/customers?segment_id={await other.NewSegmentAsync()}")).Error(400, "invalid_query_params");
    }

    [Fact]
    public async Task An_address_of_a_channel_that_there_is_not_cannot_be_suppressed()
    {
        using var shop = await api.NewProjectAsync();
        var error = (await shop.PostAsync("/v1/suppressions", """{"channel":"mail","address":"a@example.com"}""")).Error(400, "invalid_payload");
        Assert.StartsWith("Payload property '.channel' must be one of: email, webhook, sms", error.GetProperty("details").GetString());
    }
}
