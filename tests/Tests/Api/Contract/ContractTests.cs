using System.Text.Json;
using Marketing.Http;
using Marketing.Loyalties;
using Marketing.Referrals;
using Xunit;

namespace Marketing.Api;

/// <summary>Everything that both have, this API and the reference, is alike, except for <see cref="Differences"/>.</summary>
[Collection(ApiTests.Name)]
public sealed partial class ContractTests(ApiHost api) : IAsyncLifetime
{
    /// <summary>What of an example only one may have.</summary>
    private static readonly Dictionary<string, string> Unique = new(StringComparer.Ordinal)
    {
        ["POST /v1/campaigns"] = "Spring",
        ["POST /v1/templates/campaigns"] = "Every October",
        ["POST /v1/templates/campaigns/{campaignTemplateId}/campaign-setup"] = "October 2030",
        ["POST /v1/loyalties"] = "Friends of the kalimba",
        ["POST /v1/product-collections"] = "Walnut over 50",
        ["POST /v1/validation-rules/{validationRuleId}/assignments"] = "Spring",
    };

    // The shop sends what its clients would: the examples of the document.
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal)
    {
        ["customerId"] = "ada",
        ["orderId"] = "o-1001",
        ["productId"] = "kalimba",
        ["skuId"] = "kalimba-17-walnut",
    };

    private string _token = "";
    private int _made;
    private LoyaltyObjects? _loyal;
    private JsonElement _document;
    private List<Operation> _operations = [];
    private ProjectClient _shop = null!;
    private ApiClient _browser = null!;
    private ApiClient _operators = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await api.NewProjectAsync(settings => settings with { ClientCreateCustomer = true, ClientRedeem = true, ClientPublish = true });
        _browser = _shop.ClientSide();
        _operators = api.Management();
        _document = (await _shop.GetAsync("/openapi/v1.json")).Ok();
        _operations =
        [
            .. from path in _document.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               let endpoint = $"{operation.Name.ToUpperInvariant()} {path.Name}"
               where ReferenceApi.Operations.ContainsKey(ReferenceApi.Normalized(endpoint))
               select new Operation(endpoint, operation.Value, ReferenceApi.Operations[ReferenceApi.Normalized(endpoint)]),
        ];
    }

    public ValueTask DisposeAsync()
    {
        _shop.Dispose();
        _browser.Dispose();
        _operators.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Every_query_parameter_is_read() => AreKnown("query", _operations.SelectMany(operation =>
    {
        var ours = operation.Ours.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!.Split('[')[0]).ToHashSet()
            : [];
        return operation.Reference.Query.Where(name => !ours.Contains(name.Split('[')[0])).Select(name => $"query: {operation.Endpoint} {name}");
    }));

    [Fact]
    public void Every_path_is_opened_by_tokens_of_its_scopes_and_no_others() => Assert.All(
        _operations.Where(operation => !operation.Path.StartsWith("/management/", StringComparison.Ordinal)),
        operation => Assert.Equal(operation.Reference.Scopes.Order(), OAuthScope.Names.Where(scope => !operation.IsForm && OAuthScope.Covers(scope, operation.Path)).Order()));

    [Fact]
    public void Every_field_of_a_body_is_documented_with_its_type() => AreKnown("body in the document", _operations.SelectMany(operation =>
        operation.Reference.JsonBody is { } shape && operation.BodySchema is { } schema
            ? ShapeProblems.OfSchema(schema, shape, "", _document, answers: false).Select(problem => $"body in the document: {operation.Endpoint} {problem}")
            : []));

    [Fact]
    public void Every_required_field_of_an_answer_is_documented_with_its_type() => AreKnown("answer in the document", _operations.SelectMany(operation =>
        operation.Reference.Answer is { } shape && operation.AnswerSchema is { } schema
            ? ShapeProblems.OfSchema(schema, shape, "", _document, answers: true).Select(problem => $"answer in the document: {operation.Endpoint} {problem}")
            : []));

    [Fact]
    public async Task Every_required_field_is_answered_with_its_type()
    {
        await GivenObjectsAsync();
        var problems = new List<string>();
        var refused = new List<string>();

        // What disables comes late, and what erases last.
        foreach (var operation in _operations.Where(operation => operation.Reference.Answer is not null).OrderBy(operation => operation.Erases).ThenBy(operation => operation.Disables))
        {
            var answer = operation.Endpoint.EndsWith("importCSV", StringComparison.Ordinal)
                ? await _shop.UploadAsync(PathOf(operation), "Source_id\nsomebody\n"u8.ToArray())
                : await SendAsync(operation, operation.Example);
            if (answer.Status is < 200 or >= 300)
            {
                refused.Add($"{operation.Endpoint}: {answer.Text}");
                continue;
            }

            problems.AddRange(ShapeProblems.OfAnswer(answer.Body, operation.Reference.Answer!.Value, "").Select(problem => $"answer: {operation.Endpoint} {problem}"));
        }

        Assert.True(refused.Count == 0, string.Join('\n', refused));
        AreKnown("answer", problems);
    }

    [Fact]
    public async Task Every_field_of_a_body_is_taken()
    {
        await GivenObjectsAsync();
        var problems = new List<string>();
        foreach (var operation in _operations.Where(operation => operation.Reference.JsonBody is not null && operation.Example is not null))
        {
            foreach (var (path, value) in ReferenceBodies.Fields(operation.Reference.JsonBody!.Value))
            {
                var answer = await SendAsync(operation, ReferenceBodies.With(operation.Example!, operation.Reference.JsonBody!.Value, path, value));
                Assert.True(answer.Status < 500, $"{operation.Endpoint} {path}: {answer.Text}");

                // The example with another id may be somebody else's, which is no refusal of the field.
                if (answer.Status == 400 && answer["key"] == "invalid_payload")
                {
                    problems.Add($"body: {operation.Endpoint} {path} is refused as {value.ToJsonString()}");
                }
            }
        }

        AreKnown("body", problems);
    }

    private static void AreKnown(string kind, IEnumerable<string> problems)
    {
        var found = problems.ToHashSet(StringComparer.Ordinal);
        var known = Differences.Known.Keys.Where(difference => difference.StartsWith($"{kind}: ", StringComparison.Ordinal)).ToList();
        var unknown = found.Where(problem => !known.Any(difference => Differences.Covers(difference, problem))).Order(StringComparer.Ordinal);
        var gone = known.Where(difference => !found.Any(problem => Differences.Covers(difference, problem)));
        Assert.True(!unknown.Any(), $"Differs from the reference. Mend it, or say in tests/Tests/Api/Contract/Differences.cs why it is so:\n{string.Join('\n', unknown)}");
        Assert.True(!gone.Any(), $"Does not differ any more; take it out of tests/Tests/Api/Contract/Differences.cs:\n{string.Join('\n', gone)}");
    }

    private async Task GivenObjectsAsync()
    {
        foreach (var path in new[] { "/v1/customers", "/v1/orders", "/v1/products", "/v1/products/{productId}/skus" })
        {
            var operation = _operations.Single(operation => operation.Endpoint == $"POST {path}");
            (await SendAsync(operation, operation.Example)).Ok();
        }

        (await _shop.PostAsync("/v1/campaigns", """{"name":"Spring","vouchers_count":100,"voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""")).Ok();
        _ids["campaignId"] = (await _shop.UntilAsync("/v1/campaigns/Spring", made => made.GetProperty("creation_status").GetString() == "DONE")).GetProperty("id").GetString()!;
        _ids["code"] = (await _shop.PostAsync("/v1/vouchers/VIP-1", """{"type":"GIFT_VOUCHER","gift":{"amount":500000}}""")).Ok().GetProperty("code").GetString()!;
        foreach (var parameter in new[] { "redemptionId", "parentRedemptionId" })
        {
            _ids[parameter] = (await _shop.PostAsync("/v1/redemptions", Samples.Redemption.Replace("G-1", "VIP-1", StringComparison.Ordinal))).Ok().GetProperty("redemptions")[0].GetProperty("id").GetString()!;
        }

        (await _shop.PostAsync("/v1/validations", Samples.Redemption.Replace("G-1", "VIP-1", StringComparison.Ordinal))).Ok();
        _ids["sessionKey"] = "k";
        var promotions = (await _shop.PostAsync("/v1/campaigns", Samples.PromotionCampaign)).Ok();
        _ids["promotionCampaignId"] = promotions.GetProperty("id").GetString()!;
        _ids["promotionTierId"] = promotions.GetProperty("promotion").GetProperty("tiers")[0].GetProperty("id").GetString()!;
        _ids["tierId"] = _ids["promotionTierId"];
        _ids["campaignTemplateId"] = await NewAsync("POST /v1/templates/campaigns");
        _loyal = await LoyaltyObjects.MakeAsync(_shop);
        _ids["loyaltyCampaignId"] = _loyal.Program;
        foreach (var (parameter, id) in _loyal.Paths)
        {
            _ids[parameter] = id;
        }

        var brought = await ReferralObjects.MakeAsync(_shop);
        (_ids["referralCampaignId"], _ids["referralMemberId"], _ids["holderId"]) = (brought.Program, brought.Code, brought.Holder);
        _ids["stackId"] = await NewAsync("POST /v1/promotions/{campaignId}/stacks");
        var schemas = $"/management/v1/projects/{_shop.Project.Id}";
        _ids["metadataSchemaId"] = (await _operators.PostAsync($"{schemas}/metadata-schemas", Samples.MetadataSchema)).Ok().GetProperty("id").GetString()!;
        _ids["customEventSchemaId"] = (await _operators.PostAsync($"{schemas}/custom-event-schemas", Samples.EventSchema)).Ok().GetProperty("id").GetString()!;
        _ids["validationRuleId"] = await NewAsync("POST /v1/validation-rules");
        _ids["assignmentId"] = await NewAsync("POST /v1/validation-rules/{validationRuleId}/assignments");
        _ids["productCollectionId"] = await NewAsync("POST /v1/product-collections");
        _ids["resource"] = "reward";
        _ids["exportId"] = await NewAsync("POST /v1/exports");
        _ids["categoryId"] = await NewAsync("POST /v1/categories");
        _ids["segmentId"] = await NewAsync("POST /v1/segments");
        _ids["asyncActionId"] = (await _shop.PostAsync("/v1/customers/bulk/async", """[{"source_id":"somebody"}]""")).Ok(202).GetProperty("async_action_id").GetString()!;
        _ids["projectId"] = _shop.Project.Id;
        _ids["stackingRulesId"] = (await _operators.PostAsync($"{schemas}/stacking-rules", "{}")).Ok().GetProperty("id").GetString()!;
        _ids["brandingId"] = Samples.BrandDetails.Id;
        _ids["webhookId"] = (await _operators.PostAsync($"{schemas}/webhooks", Samples.Webhook)).Ok().GetProperty("id").GetString()!;
        using var empty = await api.NewProjectAsync(branded: false);
        _ids["emptyProjectId"] = empty.Project.Id;
        _token = (await SendAsync(_operations.Single(operation => operation.Endpoint == "POST /v1/oauth/token"), null)).Ok().GetProperty("access_token").GetString()!;
        await _shop.UntilAsync($"/v1/async-actions/{_ids["asyncActionId"]}", job => job.GetProperty("status").GetString() == "DONE");
    }

    private async Task<string> NewAsync(string endpoint)
    {
        var operation = _operations.Single(operation => operation.Endpoint == endpoint);
        return (await SendAsync(operation, operation.Example)).Ok().GetProperty("id").GetString()!;
    }

    private async Task<Answer> SendAsync(Operation operation, string? body)
    {
        // Points that wait become something else once only.
        if (operation.Path.Contains("{pendingPointsId}", StringComparison.Ordinal))
        {
            _ids["pendingPointsId"] = await _loyal!.EarnAsync(_shop, $"pending-{_made++}");
        }

        if (operation.Path.Contains("{holderId}", StringComparison.Ordinal))
        {
            _ids["holderId"] = await ReferralObjects.AddAsync(_shop, _ids["referralMemberId"]);
        }

        var path = PathOf(operation);
        if (operation.AssignsOnce)
        {
            (await _shop.PostAsync("/v1/campaigns", $$"""{"name":"Spring {{_made}}","campaign_type":"PROMOTION"}""")).Ok();
        }

        // The order of a reward is its member's, and those of the others are somebody else's.
        if (operation.IsOfLoyalty && operation.Path.EndsWith("/redemption", StringComparison.Ordinal))
        {
            body = body?.Replace("\"something\"", $"\"something {_made++}\"", StringComparison.Ordinal);
        }

        // A reward is assigned to a programme once.
        if (operation.Endpoint == "POST /v1/rewards/{rewardId}/assignments")
        {
            var program = (await _shop.PostAsync("/v1/loyalties", Loyalty.Program().Replace("\"Friends\"", $"\"Friends {_made++}\"", StringComparison.Ordinal))).Ok().GetProperty("id").GetString();
            body = body?.Replace("Friends of the kalimba", program, StringComparison.Ordinal);
        }
        else if (operation.Endpoint == "POST /v1/loyalties/{campaignId}/rewards")
        {
            var reward = (await _shop.PostAsync("/v1/rewards", Rewards.RewardExamples.Reward)).Ok().GetProperty("id").GetString();
            body = body?.Replace("rew_C7wS9eHFDN4CIbXI5PpLSkGY", reward, StringComparison.Ordinal);
        }

        // Another one of a kind whose names are unique.
        if (body is not null && Unique.TryGetValue(operation.Endpoint, out var unique))
        {
            body = body.Replace($"\"{unique}\"", $"\"{unique} {_made++}\"", StringComparison.Ordinal);
        }

        // A stack of a tier that there is.
        body = body is null ? null : _loyal?.Of(body) ?? body;
        body = body?.Replace("\"promo_1\"", $"\"{_ids.GetValueOrDefault("promotionTierId")}\"", StringComparison.Ordinal);
        var caller = path.StartsWith("/client/", StringComparison.Ordinal) ? _browser : path.StartsWith("/management/", StringComparison.Ordinal) ? _operators : _shop;
        return operation.IsForm
            ? await caller.SendAsync(operation.Method, path, operation.Form(_token))
            : await caller.SendAsync(operation.Method, path, body);
    }

    private string PathOf(Operation operation)
    {
        var path = operation.Path;
        foreach (var parameter in path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')))
        {
            var known = operation.IsOfPromotion && parameter == "campaignId" ? "promotionCampaignId" : operation.IsOfLoyalty && parameter == "campaignId" ? "loyaltyCampaignId" : operation.IsOfReferral && parameter is "campaignId" ? "referralCampaignId" : operation.IsOfReferral && parameter is "memberId" ? "referralMemberId" : operation.MakesTheOnly ? "emptyProjectId" : parameter;
            Assert.True(_ids.ContainsKey(known), $"{operation.Endpoint}: ContractTests does not know a {parameter}; make one in GivenObjectsAsync");
            path = path.Replace($"{{{parameter}}}", parameter == "code" && operation.MakesCode ? $"NEW-{_made++}" : _ids[known], StringComparison.Ordinal);
        }

        return path + EndpointTable.RequiredQuery(operation.Endpoint).Replace("G-1", "VIP-1", StringComparison.Ordinal);
    }
}
