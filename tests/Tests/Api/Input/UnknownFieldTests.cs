using System.Text.Json.Nodes;
using Marketing.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Marketing.Api;

[Collection(ApiTests.Name)]
public sealed class UnknownFieldTests(ApiHost api)
{
    // Those that are in the product's format: what its clients send is taken, and what is not known is ignored, as there.
    private static readonly string[] Vendors =
    [
        "/v1/customers", "/v1/segments", "/v1/events", "/v1/orders", "/v1/products", "/v1/skus", "/v1/categories", "/v1/campaigns", "/v1/templates", "/v1/loyalties", "/v1/referrals", "/v1/rewards", "/v1/promotions", "/v1/vouchers", "/v1/publications",
        "/v1/redemptions", "/v1/validations", "/v1/qualifications", "/v1/validation-rules", "/v1/product-collections", "/v1/metadata-schemas", "/v1/exports",
        "/client/v1/events", "/client/v1/customers", "/client/v1/validations", "/client/v1/redemptions", "/client/v1/redeem", "/client/v1/publish", "/client/v1/qualifications",
        "/management/v1/projects/{projectId}/metadata-schemas", "/management/v1/projects/{projectId}/custom-event-schemas",
        "/management/v1/projects/{projectId}/stacking-rules", "/management/v1/projects/{projectId}/branding", "/management/v1/projects/{projectId}/webhooks",
    ];

    private static readonly (string Path, string Sample)[] ProductsOwn =
    [
        ("/v1/customers", Samples.Customer), ("/v1/segments", ProjectClient.SegmentOf("x")), ("/v1/events", Samples.Event), ("/v1/orders", Samples.Order),
        ("/v1/products", Samples.Product), ("/v1/categories", Samples.Category), ("/v1/campaigns", Samples.Campaign), ("/v1/loyalties", Samples.LoyaltyProgram), ("/v1/vouchers", Samples.Voucher),
        ("/v1/validation-rules", Samples.ValidationRule), ("/v1/qualifications", Samples.Qualification),
        ("/v1/product-collections", Samples.Collection), ("/v1/exports", Samples.Export),
    ];

    [Theory]
    [InlineData("""{"nmae":"x"}""", "nmae", "Payload property '.nmae' is not known here; did you mean 'name'?")]
    [InlineData("""{"name":"x","startsAt":"2026-01-01"}""", "startsAt", "Payload property '.startsAt' is not known here; did you mean 'starts_at'?")]
    [InlineData("""{"trigger":{"segment":"seg_1"}}""", "trigger.segment", "Payload property '.trigger.segment' is not known here; did you mean 'segment_id'?")]
    [InlineData(
        """{"audience":{"everybody":true}}""", "audience.everybody",
        "Payload property '.audience.everybody' is not known here; known are customer, segment_id")]
    [InlineData(
        """{"channels":[{"type":"email"},{"type":"email","template":{"sujbect":"Hi"}}]}""", "channels[1].template.sujbect",
        "Payload property '.channels[1].template.sujbect' is not known here; did you mean 'subject'?")]
    public async Task A_distribution_with_a_field_nobody_reads_is_refused(string body, string field, string details)
    {
        using var shop = await api.NewProjectAsync();
        var error = (await shop.PostAsync("/v1/distributions", body)).Error(400, "invalid_payload");
        Assert.Equal(details, error.GetProperty("details").GetString());
        Assert.Equal(field, Assert.Single(error.GetProperty("problems").EnumerateArray()).GetProperty("field").GetString());
        var id = await shop.NewDistributionAsync();
        Assert.Equal(details, (await shop.PutAsync($"/v1/distributions/{id}", body)).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    [Fact]
    public async Task All_unknown_fields_are_named()
    {
        using var shop = await api.NewProjectAsync();
        var error = (await shop.PostAsync("/v1/distributions", """{"nmae":"x","action":{"typ":"y"}}""")).Error(400, "invalid_payload");
        Assert.Equal(["nmae", "action.typ"], Shape.Texts(error.GetProperty("problems"), "field"));
    }

    [Fact]
    public async Task A_distribution_may_be_sent_back_as_it_was_read()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync(Samples.Distribution);
        var read = (await shop.GetAsync($"/v1/distributions/{id}")).Ok();
        Assert.Equal("Welcome", (await shop.PutAsync($"/v1/distributions/{id}", read.GetRawText())).Ok().GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("/v1/suppressions", """{"channel":"email","address":"a@example.com","reson":"manual"}""", "reson")]
    [InlineData("/v1/distributions/{id}/preview", """{"customers":"c-1"}""", "customers")]
    [InlineData("/v1/distributions/{id}/test", """{"address":["a@example.com"]}""", "address")]
    [InlineData("/v1/distributions/{id}/messages/retry", """{"messages":["msg_1"]}""", "messages")]
    public async Task So_is_every_other_body_of_our_own(string path, string body, string field)
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync();
        var error = (await shop.PostAsync(path.Replace("{id}", id, StringComparison.Ordinal), body)).Error(400, "invalid_payload");
        Assert.Contains($"'.{field}' is not known here; did you mean '", error.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_is_a_project_and_it_may_be_sent_back_as_it_was_read()
    {
        using var operations = api.Management();
        var error = (await operations.PostAsync("/management/v1/projects", """{"name":"x","time_zone":"UTC"}""")).Error(400, "invalid_payload");
        Assert.Equal("Payload property '.time_zone' is not known here; did you mean 'timezone'?", error.GetProperty("details").GetString());

        using var shop = await api.NewProjectAsync();
        var path = $"/management/v1/projects/{shop.Project.Id}";
        (await operations.PutAsync(path, (await operations.GetAsync(path)).Ok().GetRawText())).Ok();
    }

    [Fact]
    public async Task What_the_product_knows_takes_more_than_it_knows()
    {
        using var shop = await api.NewProjectAsync();
        foreach (var (path, sample) in ProductsOwn)
        {
            var body = JsonNode.Parse(sample)!.AsObject();
            body["nmae"] = "x";
            (await shop.PostAsync(path, body.ToJsonString())).Ok();
        }
    }

    [Fact]
    public void Every_body_is_the_products_or_checked() => Assert.All(
        api.Routes.Where(route => route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("application/json") == true),
        route => Assert.True(
            IsChecked(route) || Vendors.Any(vendor => route.RoutePattern.RawText!.StartsWith(vendor, StringComparison.Ordinal)),
            $"{route.RoutePattern.RawText} takes fields that nobody reads"));

    private static bool IsChecked(RouteEndpoint route) => route.Metadata.OfType<System.Reflection.MethodInfo>().Single().GetParameters()
        .Any(parameter => parameter.ParameterType.IsGenericType && parameter.ParameterType.GetGenericTypeDefinition() == typeof(OwnBody<>));
}
