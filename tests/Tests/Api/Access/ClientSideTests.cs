using Xunit;

namespace Marketing.Api;

[Collection(ApiTests.Name)]
public sealed class ClientSideTests(ApiHost api)
{
    private const string Event = """{"event":"viewed","customer":{"source_id":"s","email":"new@example.com","name":"Eve"}}""";

    [Fact]
    public async Task A_known_customers_event_is_taken_and_the_profile_stays_theirs()
    {
        using var shop = await api.NewProjectAsync();
        using var browser = shop.ClientSide();
        var id = await shop.NewCustomerAsync("""{"source_id":"s","email":"ann@example.com","name":"Ann"}""");
        var answer = await browser.PostAsync("/client/v1/events", Event);

        Shape.Is(answer.Ok(), "object type customer referral loyalty metadata");
        Shape.Is(answer.Body.GetProperty("customer"), "id source_id object");
        Assert.Equal("https://shop.example", answer.Header("Access-Control-Allow-Origin"));
        Assert.DoesNotContain("ann@example.com", answer.Text, StringComparison.Ordinal);
        Assert.Equal("ann@example.com", (await shop.GetAsync($"/v1/customers/{id}"))["email"]);
        var activity = (await shop.GetAsync($"/v1/customers/{id}/activity?limit=1")).Ok().GetProperty("data")[0];
        Assert.Equal("CLIENT_API", activity.GetProperty("data").GetProperty("event_source").GetProperty("channel").GetString());
    }

    [Fact]
    public async Task A_customer_is_created_only_where_the_project_allows_it()
    {
        using var closed = await api.NewProjectAsync();
        using var open = await api.NewProjectAsync(settings => settings with { ClientCreateCustomer = true });
        using var closedBrowser = closed.ClientSide();
        using var openBrowser = open.ClientSide();
        (await closedBrowser.PostAsync("/client/v1/events", Event)).Error(404, "not_found");
        (await closed.GetAsync("/v1/customers/s")).Error(404, "not_found");
        (await openBrowser.PostAsync("/client/v1/events", Event)).Ok();
        Assert.Equal("new@example.com", (await open.GetAsync("/v1/customers/s"))["email"]);
    }

    [Fact]
    public async Task An_event_of_an_id_that_nobody_has_makes_no_customer()
    {
        using var open = await api.NewProjectAsync(settings => settings with { ClientCreateCustomer = true });
        using var browser = open.ClientSide();
        (await browser.PostAsync("/client/v1/events", """{"event":"viewed","customer":{"id":"cust_none"}}""")).Error(404, "not_found");
        (await open.GetAsync("/v1/customers/cust_none")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_customer_introduces_themselves_where_the_project_allows_it_and_nobody_else()
    {
        using var closed = await api.NewProjectAsync();
        using var open = await api.NewProjectAsync(settings => settings with { ClientCreateCustomer = true });
        using var closedBrowser = closed.ClientSide();
        using var openBrowser = open.ClientSide();
        const string ann = """{"source_id":"ann","name":"Ann","email":"ann@example.com"}""";
        var nothing = (await closedBrowser.PostAsync("/client/v1/customers", ann)).Error(404, "not_found");
        Assert.Equal("There is nothing at this path", nothing.GetProperty("details").GetString());
        Assert.Equal(0, (await closed.GetAsync("/v1/customers")).Ok().GetProperty("total").GetInt32());

        var created = (await openBrowser.PostAsync("/client/v1/customers", ann)).Ok();
        Assert.Equal(("Ann", "customer"), (created.GetProperty("name").GetString(), created.GetProperty("object").GetString()));
        var again = await openBrowser.PostAsync("/client/v1/customers", """{"source_id":"ann","name":"Eve","email":"eve@example.com"}""");
        Shape.Is(again.Ok(), "id source_id object");
        Assert.Equal(created.GetProperty("id").GetString(), again["id"]);
        var stored = (await open.GetAsync("/v1/customers/ann")).Ok();
        Assert.Equal(("Ann", "ann@example.com"), (stored.GetProperty("name").GetString(), stored.GetProperty("email").GetString()));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task Another_origin_is_refused(string origin)
    {
        using var shop = await api.NewProjectAsync();
        using var browser = shop.ClientSide(origin);
        var answer = await browser.PostAsync("/client/v1/events", Event);
        answer.Error(401, "unauthorized");
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task An_app_without_an_origin_header_names_it_in_the_query()
    {
        using var shop = await api.NewProjectAsync(settings => settings with { ClientCreateCustomer = true });
        using var app = new ApiClient(
            api.Address, ("X-Client-Application-Id", shop.ClientKey.AppId), ("X-Client-Token", shop.ClientKey.AppToken));
        (await app.PostAsync("/client/v1/events", Event)).Error(401, "unauthorized");
        (await app.PostAsync("/client/v1/events?origin=https%3A%2F%2Fshop.example", Event)).Ok();
    }

    [Fact]
    public async Task A_preflight_is_answered_for_trusted_origins_only()
    {
        using var shop = await api.NewProjectAsync(settings => settings with { ClientTrustedDomains = ["only.example"] });
        using var browser = api.Anonymous();
        var method = ("Access-Control-Request-Method", "POST");
        var answer = await browser.SendAsync("OPTIONS", "/client/v1/events", (string?)null, ("Origin", "https://only.example"), method);
        answer.Ok(204);
        Assert.Equal("https://only.example", answer.Header("Access-Control-Allow-Origin"));
        Assert.Contains("X-Client-Token", answer.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_key_opens_the_other_side()
    {
        using var shop = await api.NewProjectAsync();
        using var clientKeyOnServer = new ApiClient(api.Address, ("X-App-Id", shop.ClientKey.AppId), ("X-App-Token", shop.ClientKey.AppToken));
        using var serverKeyOnClient = new ApiClient(
            api.Address, ("X-Client-Application-Id", shop.ServerKey.AppId), ("X-Client-Token", shop.ServerKey.AppToken), ("Origin", "https://shop.example"));
        using var serverKeyOnManagement = new ApiClient(
            api.Address, ("X-Management-Id", shop.ServerKey.AppId), ("X-Management-Token", shop.ServerKey.AppToken));
        (await clientKeyOnServer.GetAsync("/v1/customers")).Error(401, "unauthorized");
        (await serverKeyOnClient.PostAsync("/client/v1/events", Event)).Error(401, "unauthorized");
        (await serverKeyOnManagement.GetAsync("/management/v1/projects")).Error(401, "unauthorized");
    }
}
