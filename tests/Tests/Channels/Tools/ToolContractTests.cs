using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Channels.Tools;

/// <summary>What every tool that takes data does, in front of a stub that refuses what the vendor does not document.</summary>
public sealed class ToolContractTests
{
    public static TheoryData<string> Tools() => ["braze", "mailchimp", "klaviyo", "intercom", "activecampaign", "batch", "shopify"];

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task A_code_is_written_as_the_vendor_documents(string tool)
    {
        await using var harness = await StartAsync(tool);
        var outcome = await harness.DeliverAsync(ProviderHarness.Message(tool));
        Assert.True(outcome is DeliveryOutcome.Sent, $"{outcome}: {string.Join('\n', harness.Stub.Requests.Select(request => $"{request.Method} {request.Path} {request.Text}"))}");
        var write = Assert.Single(harness.Stub.Requests, request => ToolStub.Writes(tool, request));
        Assert.Contains("CODE-1", write.Text, StringComparison.Ordinal);
        Assert.Contains("$10.00", write.Text, StringComparison.Ordinal);
        var preview = harness.Channel(tool).Preview(ProviderHarness.Message(tool)).ToElement();
        Assert.Equal("CODE-1", preview.GetProperty("attributes").EnumerateObject().First().Value.GetString());
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task What_may_pass_is_tried_again_and_what_does_not_is_not(string tool)
    {
        await using var harness = await StartAsync(tool);
        harness.Stub.Then(SinkAnswer.Of(429, ("Retry-After", "7")), SinkAnswer.Of(503, ("Retry-After", "9")), SinkAnswer.Of(500), SinkAnswer.Close, SinkAnswer.Of(401), ToolStub.Json(400, """{"message":"bad","errors":[{"message":"bad","title":"bad","detail":"bad"}],"title":"bad","error_message":"bad"}"""));
        var slow = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await harness.DeliverAsync(ProviderHarness.Message(tool)));
        Assert.Equal((TimeSpan.FromSeconds(7), false), (slow.RetryAfter, slow.BurnsAttempt));
        Assert.Equal(TimeSpan.FromSeconds(9), Assert.IsType<DeliveryOutcome.TemporaryFailure>(await harness.DeliverAsync(ProviderHarness.Message(tool))).RetryAfter);
        Assert.True(Assert.IsType<DeliveryOutcome.TemporaryFailure>(await harness.DeliverAsync(ProviderHarness.Message(tool))).BurnsAttempt);
        Assert.IsType<DeliveryOutcome.TemporaryFailure>(await harness.DeliverAsync(ProviderHarness.Message(tool)));
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await harness.DeliverAsync(ProviderHarness.Message(tool)));
        Assert.Contains("bad", Assert.IsType<DeliveryOutcome.PermanentFailure>(await harness.DeliverAsync(ProviderHarness.Message(tool))).Reason, StringComparison.Ordinal);

        // The same message again is the same write.
        Assert.IsType<DeliveryOutcome.Sent>(await harness.DeliverAsync(ProviderHarness.Message(tool)));
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task Many_at_once_are_all_written_in_as_many_calls_as_the_vendor_allows(string tool)
    {
        await using var harness = await StartAsync(tool);
        var most = ((IHttpProvider)harness.Providers.Find(tool, tool)!).MostAtOnce;
        harness.Stub.Always(request => ToolStub.Answer(tool, request) with { Delay = TimeSpan.FromMilliseconds(30) });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 250).Select(i => harness.DeliverAsync(ProviderHarness.Message(tool, id: $"msg_{i}"))));
        Assert.All(outcomes, outcome => Assert.IsType<DeliveryOutcome.Sent>(outcome));
        var writes = harness.Stub.Requests.Where(request => ToolStub.Writes(tool, request)).ToArray();
        Assert.Equal(250, writes.Sum(write => ToolStub.ProfilesOf(tool, write)));
        Assert.All(writes, write => Assert.InRange(ToolStub.ProfilesOf(tool, write), 1, most));
        Assert.True(most == 1 || writes.Length < 150, $"{writes.Length}");
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task A_test_says_whether_the_key_is_known(string tool)
    {
        await using var harness = await StartAsync(tool);
        var connection = harness.Connections.Choose(1, tool, "chan_1").Connection!;
        harness.Stub.Then(tool == "batch" ? ToolStub.Json(400, """{"error_code":"MALFORMED"}""") : ToolStub.Json(200, """{"name":"x","data":{"shop":{"name":"x"}}}"""), SinkAnswer.Of(401), SinkAnswer.Close);
        Assert.True((await harness.TestAsync(connection)).Works);
        Assert.False((await harness.TestAsync(connection)).Works);
        Assert.False((await harness.TestAsync(connection)).Works);
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task What_was_entered_is_checked(string tool)
    {
        await using var harness = await StartAsync(tool);
        var provider = harness.Providers.Find(tool, tool)!;
        var (_, credentials) = ToolStub.Entered(tool, "https://x.example");
        Assert.NotEmpty(provider.Check(new ConnectionValues(RawJson.Parse("""{"base_url":"https://x.example","fields":{"value":"v"}}"""), RawJson.Parse(JsonSerializer.Serialize(credentials)))));
        Assert.StartsWith("https://", provider.Descriptor.Documentation, StringComparison.Ordinal);
        Assert.Equal(tool, Assert.Single(ChannelMatrix.All, row => row.Type == tool).Type);
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task A_message_without_anything_to_write_fails(string tool)
    {
        await using var harness = await StartAsync(tool);
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await harness.DeliverAsync(ProviderHarness.Message(tool, data: new { })));
        Assert.Empty(harness.Stub.Requests);
    }

    [Theory]
    [InlineData("mailchimp")]
    [InlineData("activecampaign")]
    [InlineData("shopify")]
    [InlineData("batch")]
    public async Task Who_cannot_be_found_there_is_skipped(string tool)
    {
        await using var harness = await StartAsync(tool);
        var nobody = ProviderHarness.Message(tool, customer: new { id = "cust_1", phone = "+48501234567" });
        Assert.Equal("no_address", Assert.IsType<DeliveryOutcome.Skipped>(await harness.DeliverAsync(nobody)).Reason);
        Assert.Empty(harness.Stub.Requests);
    }

    [Theory]
    [InlineData("braze", 201, """{"message":"success","errors":[{"type":"bad value","input_array":"attributes","index":0}]}""")]
    [InlineData("batch", 202, """{"code":"SUCCESS_WITH_PARTIAL_ERRORS","errors":[{"bulk_index":0,"reason":"bad","attribute":"voucher_code"}]}""")]
    [InlineData("shopify", 200, """{"errors":[{"message":"no","extensions":{"code":"ACCESS_DENIED"}}]}""")]
    [InlineData("shopify", 200, """{"data":{"customerByIdentifier":null}}""")]
    [InlineData("mailchimp", 404, """{"title":"Resource Not Found"}""")]
    public async Task An_answer_of_success_may_be_a_refusal(string tool, int status, string body)
    {
        await using var harness = await StartAsync(tool);
        harness.Stub.Always(ToolStub.Json(status, body));
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await harness.DeliverAsync(ProviderHarness.Message(tool)));
    }

    [Theory]
    [InlineData("shopify", 200, """{"errors":[{"message":"slow","extensions":{"code":"THROTTLED"}}],"extensions":{"cost":{"requestedQueryCost":100,"throttleStatus":{"currentlyAvailable":50,"restoreRate":10}}}}""", 5)]
    [InlineData("activecampaign", 400, """{"message":"Rate limit exceeded."}""", null)]
    [InlineData("mailchimp", 403, "", null)]
    public async Task Every_vendors_way_to_ask_for_patience_is_understood(string tool, int status, string body, int? wait)
    {
        await using var harness = await StartAsync(tool);
        harness.Stub.Always(ToolStub.Json(status, body));
        var outcome = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await harness.DeliverAsync(ProviderHarness.Message(tool)));
        Assert.Equal((false, wait is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null), (outcome.BurnsAttempt, outcome.RetryAfter));
    }

    [Fact]
    public async Task A_customer_with_two_profiles_at_klaviyo_gets_the_code_into_the_one_it_names()
    {
        await using var harness = await StartAsync("klaviyo");
        harness.Stub.Then(ToolStub.Json(409, """{"errors":[{"code":"duplicate_profile","meta":{"duplicate_profile_id":"01X"}}]}"""), ToolStub.Json(200, """{"data":{"id":"01X"}}"""));
        Assert.IsType<DeliveryOutcome.Sent>(await harness.DeliverAsync(ProviderHarness.Message("klaviyo")));
        var patch = harness.Stub.Requests[^1];
        Assert.Equal(("PATCH", "/api/profiles/01X"), (patch.Method, patch.Path));
        Assert.DoesNotContain("phone_number", patch.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_who_is_new_at_intercom_becomes_a_contact()
    {
        await using var harness = await StartAsync("intercom");
        harness.Stub.Then(SinkAnswer.Of(404), ToolStub.Json(200, """{"data":[]}"""), ToolStub.Json(200, """{"id":"ic-2"}"""));
        Assert.IsType<DeliveryOutcome.Sent>(await harness.DeliverAsync(ProviderHarness.Message("intercom")));
        var made = JsonElement.Parse(harness.Stub.Requests[^1].Text);
        Assert.Equal(("src_1", "CODE-1"), (made.GetProperty("external_id").GetString(), made.GetProperty("custom_attributes").GetProperty("voucher_code").GetString()));
    }

    internal static async Task<ProviderHarness> StartAsync(string tool, TimeSpan? timeout = null)
    {
        var harness = await ProviderHarness.StartAsync(timeout: timeout);
        var (settings, credentials) = ToolStub.Entered(tool, harness.BaseUrl);
        var values = new ConnectionValues(RawJson.Parse(JsonSerializer.Serialize(settings)), RawJson.Parse(JsonSerializer.Serialize(credentials)));
        Assert.Empty(harness.Providers.Find(tool, tool)!.Check(values));
        harness.Connections.Add("chan_1", tool, tool, settings, credentials);
        harness.Stub.Always(request => ToolStub.Answer(tool, request));
        return harness;
    }
}
