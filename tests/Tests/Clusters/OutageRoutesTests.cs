using System.Text.RegularExpressions;
using Marketing.Api;
using Marketing.Branding;
using Marketing.Hosting;
using Marketing.Http;
using Marketing.Loyalties;
using Marketing.Pictures;
using Marketing.Projects;
using Marketing.Referrals;
using Marketing.Storage;
using Marketing.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>PostgreSQL is away, no grain is in memory and what the API knows of keys is old. The API is in this process, so that its clock can be moved.</summary>
[Collection(OneAtATime.Name)]
public sealed partial class OutageRoutesTests : IAsyncLifetime
{
    private static readonly TimeSpan KeysAreOld = TimeSpan.FromSeconds(31);

    // What needs no storage to be answered.
    private static readonly string[] Answered = ["GET /v1/distributions/catalog 200", "GET /v1/webhooks/events 200", "POST /v1/sms/count 200"];

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("outage-");
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal) { ["channel"] = "email", ["address"] = "ann@example.com" };

    private EngineCluster? _cluster;
    private WebApplication? _api;
    private ProjectClient _shop = null!;
    private ApiClient _browser = null!;
    private ApiClient _management = null!;

    private IGrainFactory Grains => _api!.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        PostgresDatabase.RequireServer();
        _cluster = await EngineCluster.StartAsync(silos: 2, apis: 0, new Dictionary<string, string>(), ownServer: true);
        _api = ApiApplication.Build(
            ["--urls=http://127.0.0.1:0", $"--Distributions:DataDirectory={_data.FullName}", $"--ConnectionStrings:Postgres={_cluster.ConnectionString}"],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(services => new AccessKeys(services.GetRequiredService<IGrainFactory>(), _clock));
            });
        await _api.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(_api.Urls.First());
        await Wait.UntilAsync(
            () => File.Exists(Path.Combine(_data.FullName, FirstProject.KeyFile)) && _api.Services.GetRequiredService<FirstProject>().Exists,
            TimeSpan.FromMinutes(1), () => "There is no first project");
        _shop = new ProjectClient(address, await Grains.ProjectDirectory.CreateAsync(
            new ProjectSettings { Name = "Shop", ClientTrustedDomains = ["shop.example"], ClientCreateCustomer = true, ClientRedeem = true, ClientPublish = true }));
        await Grains.Branding(_shop.Project.Number).SaveAsync(Samples.BrandDetails);
        _ids["brandingId"] = Samples.BrandDetails.Id;
        _browser = _shop.ClientSide();
        var key = SavedKeys.ReadManagement(_data);
        _management = new ApiClient(address, ("X-Management-Id", key.AppId), ("X-Management-Token", key.AppToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is not null)
        {
            _shop?.Dispose();
            _browser?.Dispose();
            _management?.Dispose();
            await _api.StopAsync(CancellationToken.None);
            await _api.DisposeAsync();
        }

        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_route_says_that_it_has_to_be_asked_again()
    {
        await GivenObjectsAsync();
        await BreakDownAsync();

        var answers = await Task.WhenAll(EndpointTable.All.Select(AskAsync));
        Assert.Equal(Answered, answers.Where(answer => answer != "").Order());
        foreach (var (method, path) in ((string, string)[])[("GET", "/u/1.x"), ("POST", "/u/1.x"), ("HEAD", "/health/ready"), ("GET", "/health/ready")])
        {
            var content = method == "POST" ? new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]) : null;
            Assert.Equal("", Judged($"{method} {path}", await _shop.SendAsync(method, path, content)));
        }
    }

    [Fact]
    public async Task Keys_go_on_working_for_five_minutes_and_then_callers_are_asked_to_come_again()
    {
        (await _shop.GetAsync("/v1/customers")).Ok();
        await BreakDownAsync();

        // Nothing is stored to see that the question is wrong, but a key is needed.
        for (var minute = 0; minute < 4; minute++)
        {
            Assert.Equal(400, (await _shop.GetAsync("/v1/customers?limit=none")).Status);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        var late = await _shop.GetAsync("/v1/customers?limit=none");
        Assert.Equal((503, "1"), (late.Status, late.Header("Retry-After")));
    }

    private async Task GivenObjectsAsync()
    {
        _ids["customerId"] = await _shop.NewCustomerAsync(Samples.Customer);
        _ids["segmentId"] = await _shop.NewSegmentAsync();
        _ids["distributionId"] = await _shop.NewDistributionAsync();
        _ids["orderId"] = (await _shop.PostAsync("/v1/orders", """{"source_id":"o"}""")).Ok().GetProperty("id").GetString()!;
        _ids["productId"] = (await _shop.PostAsync("/v1/products", """{"source_id":"p"}""")).Ok().GetProperty("id").GetString()!;
        _ids["skuId"] = (await _shop.PostAsync("/v1/products/p/skus", """{"source_id":"k"}""")).Ok().GetProperty("id").GetString()!;
        _ids["categoryId"] = (await _shop.PostAsync("/v1/categories", Samples.Category)).Ok().GetProperty("id").GetString()!;
        _ids["campaignId"] = (await _shop.PostAsync("/v1/campaigns", Samples.Campaign)).Ok().GetProperty("id").GetString()!;
        _ids["campaignTemplateId"] = (await _shop.PostAsync("/v1/templates/campaigns", Samples.CampaignTemplate)).Ok().GetProperty("id").GetString()!;
        _ids["promotionTierId"] = (await _shop.PostAsync("/v1/campaigns", Samples.PromotionCampaign)).Ok().GetProperty("promotion").GetProperty("tiers")[0].GetProperty("id").GetString()!;
        _ids["tierId"] = _ids["promotionTierId"];
        _ids["stackId"] = (await _shop.PostAsync("/v1/promotions/Cart/stacks", Samples.PromotionStack.Replace("promo_1", _ids["promotionTierId"], StringComparison.Ordinal))).Ok().GetProperty("id").GetString()!;
        _ids["holderId"] = (await ReferralObjects.MakeAsync(_shop)).Holder;
        foreach (var (parameter, id) in (await LoyaltyObjects.MakeAsync(_shop)).Paths)
        {
            _ids[parameter] = id;
        }

        _ids["code"] = (await _shop.PostAsync("/v1/vouchers/G-1", Samples.Voucher)).Ok().GetProperty("code").GetString()!;
        _ids["redemptionId"] = (await _shop.PostAsync("/v1/redemptions", Samples.Redemption)).Ok().GetProperty("redemptions")[0].GetProperty("id").GetString()!;
        _ids["parentRedemptionId"] = _ids["redemptionId"];
        _ids["sessionKey"] = "k";
        _ids["validationRuleId"] = (await _shop.PostAsync("/v1/validation-rules", Samples.ValidationRule)).Ok().GetProperty("id").GetString()!;
        _ids["assignmentId"] = (await _shop.PostAsync($"/v1/validation-rules/{_ids["validationRuleId"]}/assignments", Samples.RuleAssignment)).Ok().GetProperty("id").GetString()!;
        _ids["productCollectionId"] = (await _shop.PostAsync("/v1/product-collections", Samples.Collection)).Ok().GetProperty("id").GetString()!;
        _ids["exportId"] = (await _shop.PostAsync("/v1/exports", Samples.Export)).Ok().GetProperty("id").GetString()!;
        _ids["asyncActionId"] = (await _shop.UploadAsync("/v1/customers/importCSV", "Source_id\na\n"u8.ToArray())).Ok(202).GetProperty("async_action_id").GetString()!;
        _ids["templateId"] = (await _shop.PostAsync("/v1/message-templates", Samples.MessageTemplate)).Ok().GetProperty("id").GetString()!;
        _ids["version"] = "1";
        _ids["imageId"] = (await _shop.UploadAsync("/v1/images", Code128.Of("A")!.ToPng())).Ok().GetProperty("id").GetString()!;
        _ids["channelId"] = (await _shop.PostAsync("/v1/channels", Samples.Channel)).Ok().GetProperty("id").GetString()!;
        _ids["topicId"] = (await _shop.PostAsync("/v1/topics", Samples.Topic)).Ok().GetProperty("id").GetString()!;
        _ids["webhookId"] = (await _shop.PostAsync("/v1/webhooks", Samples.Webhook)).Ok().GetProperty("id").GetString()!;
        _ids["sendoutId"] = "whs_1";
        _ids["messageId"] = "msg_1";
        _ids["projectId"] = _shop.Project.Id;
        _ids["appId"] = _shop.ClientKey.AppId;
        var managed = $"/management/v1/projects/{_shop.Project.Id}";
        _ids["metadataSchemaId"] = (await _management.PostAsync($"{managed}/metadata-schemas", Samples.MetadataSchema)).Ok().GetProperty("id").GetString()!;
        _ids["customEventSchemaId"] = (await _management.PostAsync($"{managed}/custom-event-schemas", Samples.EventSchema)).Ok().GetProperty("id").GetString()!;
        _ids["stackingRulesId"] = (await _management.PostAsync($"{managed}/stacking-rules", Samples.StackingRules)).Ok().GetProperty("id").GetString()!;
        _ids["resource"] = "reward";
        (await _browser.PostAsync("/client/v1/events", """{"event":"viewed","customer":{"source_id":"s-1"}}""")).Ok();
        (await _management.GetAsync("/management/v1/projects")).Ok();
    }

    private async Task BreakDownAsync()
    {
        await Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        await _cluster!.Server.StopAsync(immediate: true);
        _clock.Advance(KeysAreOld);
    }

    // What is wrong, or who needed no storage; empty when it is as documented.
    private async Task<string> AskAsync(string endpoint)
    {
        var (method, template, body) = EndpointTable.Request(endpoint) is var request ? (request.Method, endpoint.Split(' ')[1], request.Body) : default;
        var path = Parameter().Replace(template, found => _ids[found.Groups[1].Value]) + EndpointTable.RequiredQuery(endpoint);
        if (endpoint.EndsWith("importCSV", StringComparison.Ordinal))
        {
            return Judged(endpoint, await _shop.UploadAsync(path, "Source_id\nb\n"u8.ToArray()));
        }

        if (endpoint == "POST /v1/images")
        {
            return Judged(endpoint, await _shop.UploadAsync(path, Code128.Of("B")!.ToPng()));
        }

        if (endpoint.Contains("/oauth/", StringComparison.Ordinal))
        {
            return Judged(endpoint, await _shop.SendAsync(method, path, new FormUrlEncodedContent(
                [new("grant_type", "client_credentials"), new("scope", "api"), new("access_token", BearerToken.New(_shop.Project.Number).Text)])));
        }

        var client = path.StartsWith("/management", StringComparison.Ordinal) ? _management : path.StartsWith("/client", StringComparison.Ordinal) ? _browser : _shop;
        return Judged(endpoint, await client.SendAsync(method, endpoint == "GET /v1/search" ? $"{path}?q=ann" : path, body));
    }

    private static string Judged(string endpoint, Answer answer) => (answer.Status, answer.Header("Retry-After")) is (503, not null) ? "" : $"{endpoint} {answer.Status}";

    [GeneratedRegex("{([a-zA-Z]+)}")]
    private static partial Regex Parameter();
}
