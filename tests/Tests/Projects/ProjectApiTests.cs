using Marketing.Api;
using Xunit;

namespace Marketing.Projects;

[Collection(ApiTests.Name)]
public sealed class ProjectApiTests(ApiHost api)
{
    private const string Documented =
        "id name timezone currency client_trusted_domains client_create_customer_enabled client_redeem_enabled client_publish_enabled " +
        "client_list_vouchers_enabled client_loyalty_events_enabled client_set_voucher_expiration_date_enabled case_sensitive_codes api_version " +
        "webhook_version is_sandbox";

    [Fact]
    public async Task A_new_project_shows_its_secrets_once()
    {
        using var operations = api.Management();
        var created = (await operations.PostAsync("/management/v1/projects", Samples.Project)).Ok();
        Shape.Has(created, $"{Documented} server_side_key client_side_key webhook_secret");
        Shape.Is(created.GetProperty("server_side_key"), "app_id app_token");

        var read = await operations.GetAsync($"/management/v1/projects/{created.GetProperty("id").GetString()}");
        Shape.Has(read.Ok(), Documented);
        foreach (var secret in new[] { "server_side_key", "client_side_key" }.Select(key => created.GetProperty(key).GetProperty("app_token").GetString()!)
            .Append(created.GetProperty("webhook_secret").GetString()!))
        {
            Assert.DoesNotContain(secret, read.Text, StringComparison.Ordinal);
        }

        using var shop = new ApiClient(
            api.Address,
            ("X-App-Id", created.GetProperty("server_side_key").GetProperty("app_id").GetString()!),
            ("X-App-Token", created.GetProperty("server_side_key").GetProperty("app_token").GetString()!));
        (await shop.GetAsync("/v1/customers")).Ok();
    }

    [Fact]
    public async Task Settings_that_are_not_given_stay()
    {
        using var operations = api.Management();
        var id = (await operations.PostAsync("/management/v1/projects", Samples.Project))["id"];
        var changed = (await operations.PutAsync($"/management/v1/projects/{id}", """{"name":"Renamed"}""")).Ok();
        Assert.Equal(("Renamed", "PLN"), (changed.GetProperty("name").GetString(), changed.GetProperty("currency").GetString()));
        Assert.True(changed.GetProperty("client_create_customer_enabled").GetBoolean());
        var list = (await operations.GetAsync("/management/v1/projects")).Ok();
        Assert.Contains(id, Shape.Texts(Shape.List(list, "data", "total"), "id"));
    }

    [Fact]
    public async Task Quiet_hours_are_kept_until_they_are_taken_away()
    {
        using var shop = await api.NewProjectAsync();
        Assert.False((await shop.GetAsync("/v1/project")).Ok().TryGetProperty("quiet_hours", out _));
        (await shop.PutAsync("/v1/project", """{"quiet_hours":{"from":"21:30","to":"08:00"}}""")).Ok();
        var kept = (await shop.PutAsync("/v1/project", """{"name":"Quiet"}""")).Ok().GetProperty("quiet_hours");
        Assert.Equal(("21:30", "08:00"), (kept.GetProperty("from").GetString(), kept.GetProperty("to").GetString()));
        Assert.False((await shop.PutAsync("/v1/project", """{"quiet_hours":null}""")).Ok().TryGetProperty("quiet_hours", out _));
    }

    [Fact]
    public async Task Frequency_caps_are_kept_until_others_take_their_place()
    {
        const string Caps = """[{"channel":"email","messages":3,"within":"P7D"},{"messages":1,"within":"PT16H"}]""";
        using var shop = await api.NewProjectAsync();
        Assert.Equal("[]", (await shop.GetAsync("/v1/project")).Ok().GetProperty("frequency_caps").GetRawText());
        (await shop.PutAsync("/v1/project", $$"""{"frequency_caps":{{Caps}}}""")).Ok();
        Assert.Equal(Caps, (await shop.PutAsync("/v1/project", """{"name":"Capped"}""")).Ok().GetProperty("frequency_caps").GetRawText());
        Assert.Equal("[]", (await shop.PutAsync("/v1/project", """{"frequency_caps":[]}""")).Ok().GetProperty("frequency_caps").GetRawText());
    }

    [Fact]
    public async Task What_an_account_may_send_is_for_the_operator_to_say()
    {
        using var operations = api.Management();
        using var shop = await api.NewProjectAsync();
        var own = (await shop.GetAsync("/v1/project")).Ok();
        Assert.Equal(("paid", "[]"), (own.GetProperty("message_plan").GetString(), own.GetProperty("message_limits").GetRawText()));
        Assert.Equal(
            "Payload property '.message_plan' is for the operator to say", (await shop.PutAsync("/v1/project", """{"message_plan":"trial"}""")).Error(400, "invalid_payload").GetProperty("details").GetString());

        var path = $"/management/v1/projects/{shop.Project.Id}";
        Assert.Equal("verified_trial", (await operations.PutAsync(path, """{"message_plan":"verified_trial"}""")).Ok().GetProperty("message_plan").GetString());
        (await shop.PutAsync("/v1/project", """{"name":"Same","message_plan":"verified_trial"}""")).Ok();
        Assert.Equal(
            """[{"per":"day","messages":10,"used":0},{"per":"month","messages":100,"used":0}]""", (await shop.GetAsync("/v1/project")).Ok().GetProperty("message_limits").GetRawText());
        Assert.Equal("""[{"per":"day","messages":10,"used":0},{"per":"month","messages":100,"used":0}]""", (await operations.GetAsync(path)).Ok().GetProperty("message_limits").GetRawText());
    }

    [Theory]
    [InlineData("{}", "Payload must have required property 'name'")]
    [InlineData("""{"name":"x","frequency_caps":[{"messages":1}]}""", "Payload property '.frequency_caps[0]' must have required property 'within'")]
    [InlineData("""{"name":"x","frequency_caps":[{"messages":0,"within":"P1D"}]}""", "Payload property '.frequency_caps[0].messages' must be >= 1")]
    [InlineData("""{"name":"x","frequency_caps":[{"messages":1,"within":"P91D"}]}""", "Payload property '.frequency_caps[0].within' must be at most P90D")]
    [InlineData("""{"name":"x","frequency_caps":[{"messages":1,"within":"PT90M"}]}""", "Payload property '.frequency_caps[0].within' must be whole hours, PT1H to P90D")]
    [InlineData("""{"name":"x","frequency_caps":[{"messages":1,"within":"P1D"},{"channel":"pigeon","messages":1,"within":"P1D"}]}""", "Payload property '.frequency_caps[1].channel' must be a channel that writes to an address: email, sms")]
    [InlineData("""{"name":"x","frequency_caps":[{"channel":"webhook","messages":1,"within":"P1D"}]}""", "Payload property '.frequency_caps[0].channel' must be a channel that writes to an address: email, sms")]
    [InlineData("""{"name":"x","frequency_caps":[{"channel":"braze","messages":1,"within":"P1D"}]}""", "Payload property '.frequency_caps[0].channel' must be a channel that writes to an address: email, sms")]
    [InlineData("""{"name":"x","message_plan":"free"}""", "Payload property '.message_plan' must be equal to one of the allowed values: trial, verified_trial, paid")]
    [InlineData("""{"name":"x","timezone":"../../etc/passwd"}""", "Payload property '.timezone' must be an IANA time zone")]
    [InlineData("""{"name":"x","timezone":"Mars/Olympus"}""", "Payload property '.timezone' must be an IANA time zone")]
    [InlineData("""{"name":"x","quiet_hours":{"from":"21:00"}}""", "Payload property '.quiet_hours' must have required property 'to'")]
    [InlineData("""{"name":"x","quiet_hours":{"from":"9 pm","to":"08:00"}}""", "Payload property '.quiet_hours.from' must be a time of day such as 21:00")]
    [InlineData("""{"name":"x","quiet_hours":{"from":"24:00","to":"08:00"}}""", "Payload property '.quiet_hours.from' must be a time of day such as 21:00")]
    [InlineData("""{"name":"x","quiet_hours":{"from":"08:00","to":"08:00"}}""", "Payload property '.quiet_hours.to' must differ from 'from'")]
    [InlineData("""{"name":"x","quiet_hours":"21:00"}""", "Payload property '.quiet_hours' must be object")]
    [InlineData("""{"name":"x","currency":"zł"}""", "Payload property '.currency' must be an ISO 4217 code")]
    public async Task What_is_wrong_is_named(string body, string details)
    {
        using var operations = api.Management();
        Assert.Equal(details, (await operations.PostAsync("/management/v1/projects", body)).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    [Fact]
    public async Task An_unknown_project_is_answered_404()
    {
        using var operations = api.Management();
        (await operations.GetAsync("/management/v1/projects/proj_none")).Error(404, "not_found");
        (await operations.PutAsync("/management/v1/projects/proj_none", "{}")).Error(404, "not_found");
    }
}
