using System.Text.Json;
using System.Text.RegularExpressions;
using Marketing.Loyalties;
using Marketing.Referrals;
using Marketing.Segments;
using Xunit;

namespace Marketing.Api;

/// <summary>Walks the document that is generated: it is written for whoever calls the API.</summary>
[Collection(ApiTests.Name)]
public sealed partial class OpenApiDocumentTests(ApiHost api)
{
    [Fact]
    public async Task Every_body_has_an_example() => Assert.All(
        (await OperationsAsync()).Where(operation => operation.Body.TryGetProperty("requestBody", out _)),
        operation => Assert.All(
            operation.Body.GetProperty("requestBody").GetProperty("content").EnumerateObject(),
            content => Assert.True(content.Value.TryGetProperty("example", out _), $"{operation.Method} {operation.Path} has no example")));

    [Fact]
    public async Task Every_parameter_has_a_type_and_a_sentence() => Assert.All(
        (await OperationsAsync()).SelectMany(operation => Parameters(operation.Body).Select(parameter => (operation.Path, Parameter: parameter))),
        item =>
        {
            var name = $"{item.Path} {item.Parameter.GetProperty("name").GetString()}";
            Assert.True(item.Parameter.TryGetProperty("description", out var sentence), $"{name} has no description");
            Assert.Matches(@"^[A-Z].{10,}\.$", sentence.GetString());
            var schema = item.Parameter.GetProperty("schema");
            Assert.True(schema.TryGetProperty("type", out var type), $"{name} has no type");
            Assert.True(type.GetString() != "array" || schema.GetProperty("items").TryGetProperty("type", out _), $"{name} is a list of nothing");
        });

    [Fact]
    public async Task Parameters_say_what_they_can_be()
    {
        var list = (await OperationsAsync()).Single(operation => operation.Body.GetProperty("operationId").GetString() == "ListDistributions");
        var parameters = Parameters(list.Body).ToDictionary(parameter => parameter.GetProperty("name").GetString()!, parameter => parameter.GetProperty("schema"));
        Assert.Equal(("integer", 1, 100), (parameters["limit"].GetProperty("type").GetString(), parameters["limit"].GetProperty("minimum").GetInt32(), parameters["limit"].GetProperty("maximum").GetInt32()));
        Assert.Contains("live", parameters["status"].GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal("date-time", parameters["created_at[before]"].GetProperty("format").GetString());
        Assert.Equal("-created_at", parameters["order"].GetProperty("default").GetString());
    }

    [Theory]
    [InlineData("CreateReward", true)]
    [InlineData("UpdateReward", false)]
    public async Task A_change_requires_nothing_that_only_something_new_needs(string operationId, bool requires)
    {
        var body = (await OperationsAsync()).Single(operation => operation.Body.GetProperty("operationId").GetString() == operationId).Body.GetProperty("requestBody");
        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        schema = schema.TryGetProperty("$ref", out var name) ? (await DocumentAsync()).GetProperty("components").GetProperty("schemas").GetProperty(name.GetString()!.Split('/')[^1]) : schema;
        Assert.True(schema.GetProperty("properties").TryGetProperty("parameters", out _));
        Assert.Equal(requires, schema.TryGetProperty("required", out var required) && required.EnumerateArray().Any(static field => field.GetString() == "parameters"));
    }

    [Fact]
    public async Task It_says_where_the_api_is() =>
        Assert.Equal(api.Address.GetLeftPart(UriPartial.Authority), Assert.Single((await DocumentAsync()).GetProperty("servers").EnumerateArray()).GetProperty("url").GetString());

    [Fact]
    public async Task It_has_no_remarks_for_developers_of_the_engine()
    {
        var types = new[] { typeof(Http.JsonBody), typeof(ISegmentGrain), typeof(SegmentRules) }.SelectMany(type => type.Assembly.GetTypes())
            .Select(type => type.Name.Split('`')[0]).Where(name => Humps().IsMatch(name)).ToHashSet();
        Assert.All(Texts(await DocumentAsync()), text =>
        {
            Assert.DoesNotContain("OpenAPI", text, StringComparison.Ordinal);
            Assert.DoesNotMatch("<(c|see|para|summary|inheritdoc)", text);
            Assert.DoesNotMatch(@"\b([Gg]rains?|[Ss]ilos?|Orleans)\b", text);
            Assert.DoesNotContain(Word().Matches(text).Select(match => match.Value), types.Contains);
        });
    }

    [Fact]
    public async Task An_example_is_taken_as_it_is()
    {
        using var shop = await api.NewProjectAsync(settings => settings with { ClientCreateCustomer = true, ClientRedeem = true, ClientPublish = true });
        using var browser = shop.ClientSide();
        using var operators = api.Management();
        var examples = (await OperationsAsync()).Where(operation => operation.Json is not null).ToList();
        string Example(string operation) => examples.Single(example => example.Body.GetProperty("operationId").GetString() == operation).Json!;

        (await shop.PostAsync("/v1/customers", Example("SaveCustomer"))).Ok();
        (await shop.PostAsync("/v1/orders", Example("SaveOrder"))).Ok();
        (await shop.PostAsync("/v1/products", Example("SaveProduct"))).Ok();
        (await shop.PostAsync("/v1/products/kalimba/skus", Example("SaveSku"))).Ok();
        (await shop.PostAsync("/v1/campaigns", Example("CreateCampaign"))).Ok();
        (await shop.PostAsync("/v1/campaigns", Samples.PromotionCampaign)).Ok();
        var tier = (await shop.PostAsync("/v1/promotions/Cart/tiers", Example("CreatePromotionTier")))["id"];
        (await shop.PostAsync("/v1/vouchers/VIP-1", Example("CreateVoucherWithCode"))).Ok();
        (await shop.PostAsync("/v1/vouchers/G-1", Example("CreateVoucherWithCode"))).Ok();
        var segment = (await shop.PostAsync("/v1/segments", Example("CreateSegment"))).Ok().GetProperty("id").GetString();
        var distribution = await shop.NewDistributionAsync("""{"name":"Another"}""");
        async Task<string> RedeemedAsync() =>
            (await shop.PostAsync("/v1/redemptions", Example("Redeem"))).Ok().GetProperty("redemptions")[0].GetProperty("id").GetString()!;
        var loyal = await LoyaltyObjects.MakeAsync(shop);
        var brought = await ReferralObjects.MakeAsync(shop);
        var ids = new Dictionary<string, string?>
        {
            ["/referrals/{campaignId}/members/{memberId}"] = $"/referrals/Bring/members/{brought.Code}",
            ["/referrals/members/{memberId}"] = $"/referrals/members/{brought.Code}",
            ["/loyalties/{campaignId}"] = "/loyalties/Points",
            ["{memberId}"] = loyal.Member,
            ["{pendingPointsId}"] = loyal.Pending,
            ["{earningRuleId}"] = loyal.Rule,
            ["{loyaltyTierId}"] = loyal.Tier,
            ["{rewardId}"] = loyal.Reward,
            ["{rewardAssignmentId}"] = loyal.Assignment,
            ["{customerId}"] = "ada",
            ["{orderId}"] = "o-1001",
            ["{productId}"] = "kalimba",
            ["/promotions/{campaignId}"] = "/promotions/Cart",
            ["{promotionTierId}"] = tier,
            ["{tierId}"] = tier,
            ["{stackId}"] = (await shop.PostAsync("/v1/promotions/Cart/stacks", Example("CreatePromotionStack").Replace("promo_1", tier, StringComparison.Ordinal)))["id"],
            ["{categoryId}"] = (await shop.PostAsync("/v1/categories", Example("CreateCategory")))["id"],
            ["{campaignId}"] = "Spring",
            ["{campaignTemplateId}"] = (await shop.PostAsync("/v1/templates/campaigns", Example("CreateCampaignTemplate").Replace("Every October", "Every May", StringComparison.Ordinal)))["id"],
            ["{code}"] = "VIP-1",
            ["{redemptionId}"] = await RedeemedAsync(),
            ["{parentRedemptionId}"] = await RedeemedAsync(),
            ["{validationRuleId}"] = (await shop.PostAsync("/v1/validation-rules", Example("CreateValidationRule")))["id"],
            ["{productCollectionId}"] = (await shop.PostAsync("/v1/product-collections", Samples.Collection))["id"],
            ["{skuId}"] = "kalimba-17-walnut",
            ["{exportId}"] = (await shop.PostAsync("/v1/exports", Example("CreateExport")))["id"],
            ["{channelId}"] = (await shop.PostAsync("/v1/channels", Samples.Channel.Replace("Newsletter", "Another", StringComparison.Ordinal)))["id"],
            ["{topicId}"] = (await shop.PostAsync("/v1/topics", Samples.Topic))["id"],
            ["{webhookId}"] = (await shop.PostAsync("/v1/webhooks", Example("CreateWebhook")))["id"],
            ["{segmentId}"] = segment,
            ["{distributionId}"] = distribution,
            ["{projectId}"] = shop.Project.Id,
            ["{templateId}"] = (await shop.PostAsync("/v1/message-templates", Samples.MessageTemplate))["id"],
            ["{version}"] = "1",
            ["{brandingId}"] = Samples.BrandDetails.Id,
            ["{metadataSchemaId}"] = (await operators.PostAsync($"/management/v1/projects/{shop.Project.Id}/metadata-schemas", Samples.MetadataSchema))["id"],
            ["{customEventSchemaId}"] = (await operators.PostAsync($"/management/v1/projects/{shop.Project.Id}/custom-event-schemas", Samples.EventSchema))["id"],
            ["{stackingRulesId}"] = (await operators.PostAsync($"/management/v1/projects/{shop.Project.Id}/stacking-rules", Example("CreateStackingRules")))["id"],
        };

        // A distribution is edited before it is previewed.
        foreach (var example in examples.OrderBy(example => example.Method == "PUT" ? 0 : 1).ThenBy(example => example.Path, StringComparer.Ordinal))
        {
            ApiClient caller = example.Path.StartsWith("/client/", StringComparison.Ordinal) ? browser : example.Path.StartsWith("/management/", StringComparison.Ordinal) ? operators : shop;
            var path = ids.Aggregate(example.Path, (text, id) => text.Replace(id.Key, id.Value, StringComparison.Ordinal));

            // Names are unique, and the edited one has this one already.
            var body = example.Path switch
            {
                "/v1/distributions" => example.Json!.Replace("Thank you", "Thanks", StringComparison.Ordinal),
                "/v1/message-templates" => example.Json!.Replace("\"Spring\"", "\"Summer\"", StringComparison.Ordinal),
                "/v1/topics" => example.Json!.Replace("New arrivals", "Sales", StringComparison.Ordinal),
                "/v1/campaigns" => example.Json!.Replace("\"Spring\"", "\"Summer\"", StringComparison.Ordinal),
                "/v1/loyalties/{campaignId}/members/{memberId}/transfers" => loyal.Of(example.Json!),
                "/v1/loyalties/{campaignId}/rewards" or "/v1/rewards/{rewardId}/assignments" => null,
                "/v1/loyalties/{campaignId}/members/{memberId}/redemption" or "/v1/loyalties/members/{memberId}/redemption" => loyal.Of(example.Json!),
                "/v1/promotions/{campaignId}/stacks" => example.Json!.Replace("promo_1", tier, StringComparison.Ordinal),
                "/v1/vouchers/{code}" when example.Method == "POST" => null,
                "/v1/campaigns/{campaignId}/vouchers/{code}" or "/management/v1/projects/{projectId}/stacking-rules" => null,
                "/management/v1/projects/{projectId}/branding" => null,
                _ => example.Json,
            };
            if (body is null)
            {
                // Made above, under the code or the id that the other paths name.
                continue;
            }

            var answer = await caller.SendAsync(example.Method, path + EndpointTable.RequiredQuery($"{example.Method} {example.Path}"), body);
            Assert.True(answer.Status is >= 200 and < 300, $"{example.Method} {path}: {answer.Text}");
        }

        Assert.True((await shop.PostAsync($"/v1/distributions/{distribution}/validate")).Ok().GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task The_page_has_nothing_of_its_maker_to_press()
    {
        using var anybody = api.Anonymous();
        var page = (await anybody.GetAsync("/docs")).Text;
        foreach (var off in new[] { "\"hideClientButton\":true", "\"showDeveloperTools\":\"never\"", "\"agent\":{\"disabled\":true}", "\"mcp\":{\"disabled\":true}", "\"telemetry\":false" })
        {
            Assert.Contains(off, page.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    private static List<JsonElement> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray()] : [];

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(field =>
            field is { Name: "description" or "summary", Value.ValueKind: JsonValueKind.String } ? [field.Value.GetString()!] : Texts(field.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    private async Task<JsonElement> DocumentAsync()
    {
        using var anybody = api.Anonymous();
        return (await anybody.GetAsync("/openapi/v1.json")).Ok();
    }

    private async Task<List<(string Method, string Path, JsonElement Body, string? Json)>> OperationsAsync() =>
    [
        .. (await DocumentAsync()).GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation =>
            (operation.Name.ToUpperInvariant(), path.Name, operation.Value, JsonExample(operation.Value)))),
    ];

    private static string? JsonExample(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json)
            ? json.GetProperty("example").GetRawText()
            : null;

    [GeneratedRegex("^[A-Z][a-z]+[A-Z]")]
    private static partial Regex Humps();

    [GeneratedRegex(@"\b\w+\b")]
    private static partial Regex Word();
}
