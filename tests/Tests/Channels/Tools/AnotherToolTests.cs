using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Api;
using Marketing.Testing;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Marketing.Channels.Tools;

/// <summary>A tool that only this test knows: one class and one registration, and everything else finds it.</summary>
public sealed class AnotherToolTests(AnotherToolTests.Host api) : IClassFixture<AnotherToolTests.Host>
{
    private const string Tool = "pigeonpost";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_catalog_tells_a_builder_all_it_needs_to_draw_its_form()
    {
        using var shop = await api.NewProjectAsync();
        var catalog = (await shop.GetAsync("/v1/distributions/catalog")).Ok();
        var channel = Assert.Single(catalog.GetProperty("channels").EnumerateArray(), channel => channel.GetProperty("type").GetString() == Tool);
        Assert.Equal(("Pigeon Post", "required"), (channel.GetProperty("label").GetString(), channel.GetProperty("connection").GetString()));
        var provider = Assert.Single(channel.GetProperty("providers").EnumerateArray());
        Assert.Equal((Tool, "Pigeon Post", "https://pigeons.example/api"), (provider.GetProperty("name").GetString(), provider.GetProperty("label").GetString(), provider.GetProperty("documentation").GetString()));
        Assert.Equal(
            """
            [{"name":"loft","kind":"choice","label":"Loft","required":true,"options":["north","south"]},{"name":"weight","kind":"number","label":"Weight","required":false,"help":"In grams.","default":"10","min":1,"max":50}]
            """.Trim(),
            JsonSerializer.Serialize(provider.GetProperty("settings").EnumerateArray().Take(2)));
        Assert.Equal("""[{"name":"api_key","kind":"secret","label":"Ring","required":true,"max":1000}]""", provider.GetProperty("credentials").GetRawText());
        Assert.Contains(catalog.GetProperty("triggers").EnumerateArray(), trigger => trigger.GetProperty("actions").EnumerateArray()
            .Any(action => action.GetProperty("type").GetString() == "publish_codes" && action.GetProperty("channels").EnumerateArray().Any(type => type.GetString() == Tool)));
    }

    [Theory]
    [InlineData("""{"loft":"west"}""", "settings.loft", "must be one of north, south")]
    [InlineData("""{"loft":"north","weight":51}""", "settings.weight", "must be 1 to 50")]
    [InlineData("""{"loft":"north","wait":1}""", "settings.wait", "is not known here")]
    public async Task What_is_entered_for_it_is_held_to_that(string settings, string field, string problem)
    {
        using var shop = await api.NewProjectAsync();
        var entered = JsonNode.Parse(settings)!.AsObject();
        entered["base_url"] = "https://pigeons.example";
        entered["fields"] = new JsonObject { ["code"] = "label" };
        var refused = (await shop.PostAsync("/v1/channels", $$$"""{"name":"P","type":"{{{Tool}}}","provider":"{{{Tool}}}","settings":{{{entered.ToJsonString()}}},"credentials":{"api_key":"k"}}""")).Error(400, "invalid_payload");
        var found = Assert.Single(refused.GetProperty("problems").EnumerateArray());
        Assert.Equal(field, found.GetProperty("field").GetString());
        Assert.StartsWith(problem, found.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_is_made_and_tested_and_a_distribution_sends_codes_through_it()
    {
        await using var loft = await HttpSink.StartAsync();
        using var shop = await api.NewProjectAsync();
        var connection = (await shop.PostAsync("/v1/channels", $$$"""
            {"name":"P","type":"{{{Tool}}}","provider":"{{{Tool}}}","settings":{"loft":"north","base_url":"{{{loft.Url}}}","fields":{"code":"label"}},"credentials":{"api_key":"a ring"},"rate_limit":50}
            """))["id"];
        Assert.True((await shop.PostAsync($"/v1/channels/{connection}/test")).Ok().GetProperty("ok").GetBoolean());
        var campaign = (await shop.PostAsync("/v1/campaigns", """{"name":"Seeds","type":"AUTO_UPDATE","voucher":{"discount":{"type":"PERCENT","percent_off":10}}}"""))["id"];
        var distribution = await shop.NewDistributionAsync($$$"""
            {"name":"Seeds","type":"automatic","trigger":{"type":"customer.order.paid"},"action":{"type":"publish_codes","campaign_id":"{{{campaign}}}"},"channels":[{"type":"{{{Tool}}}"}]}
            """);
        (await shop.PostAsync($"/v1/distributions/{distribution}/activate")).Ok();
        loft.Then(SinkAnswer.Of(200));
        await shop.NewCustomerAsync("""{"source_id":"ann","email":"ann@example.com"}""");
        (await shop.PostAsync("/v1/orders", """{"source_id":"o-1","amount":100,"status":"PAID","customer":{"source_id":"ann"}}""")).Ok();

        var message = (await shop.UntilAsync($"/v1/distributions/{distribution}/messages?status=sent", list => list.GetProperty("data").GetArrayLength() == 1)).GetProperty("data")[0];
        Assert.Equal(Tool, message.GetProperty("channel").GetString());
        var flight = Assert.Single(await loft.WaitForAsync(2, Patience), request => request.Method == "POST");
        Assert.Equal(("/north/flights", "a ring"), (flight.Path, flight.Headers["x-ring"]));
        var code = Shape.Texts((await shop.GetAsync($"/v1/vouchers?campaign={campaign}")).Ok().GetProperty("vouchers"), "code");
        Assert.Equal($$"""[{"who":"ann","label":"{{Assert.Single(code)}}"}]""", flight.Text);
        (await shop.DeleteAsync($"/v1/channels/{connection}")).Error(409, "channel_in_use");
    }

    [Fact]
    public void Nothing_of_the_engine_knows_its_name()
    {
        var files = Directory.EnumerateFiles(Repository.File("src"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".sql" or ".json" or ".ts" or ".svelte" && !file.Contains("/node_modules/", StringComparison.Ordinal)).ToList();
        Assert.Contains(files, file => File.ReadAllText(file).Contains("klaviyo", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(files, file => File.ReadAllText(file).Contains(Tool, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>An API with the tool.</summary>
    public sealed class Host : ApiHost
    {
        protected override IEnumerable<string> Arguments => ["--Distributions:Webhooks:AllowPrivateNetworks=true"];

        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            builder.Services.AddTool(new PigeonPost());
        }
    }

    private sealed class PigeonPost : ToolProvider
    {
        public override ProviderDescriptor Descriptor { get; } = new(Tool, Tool, "Pigeon Post")
        {
            Documentation = "https://pigeons.example/api",
            Fields = FieldsAround(
                [
                    new("loft", EntryKind.Choice, "Loft") { Required = true, Options = ["north", "south"] },
                    new("weight", EntryKind.Number, "Weight") { Min = 1, Max = 50, Default = "10", Help = "In grams." },
                ],
                null, "Ring", "Labels"),
        };

        public override int MostAtOnce => 10;

        public override async Task<ConnectionCheck> TestAsync(ProviderCall call) => Checked(await call.SendAsync(Request(call.Values, HttpMethod.Get, "", null)), null);

        protected override async Task<IReadOnlyList<DeliveryOutcome>> DeliverManyAsync(ProviderCall call, IReadOnlyList<ProfileItem> items)
        {
            var flights = new JsonArray([.. items.Select(item =>
            {
                var flight = new JsonObject { ["who"] = item.SourceId };
                Attributes(item).ToList().ForEach(label => flight[label.Key] = label.Value?.DeepClone());
                return (JsonNode)flight;
            })]);
            var answer = await call.SendAsync(Request(call.Values, HttpMethod.Post, "/flights", flights));
            return All(items, answer.IsSuccess ? new DeliveryOutcome.Sent($"HTTP {answer.Status}") : answer.Failure());
        }

        private static HttpRequestMessage Request(ConnectionValues values, HttpMethod method, string path, JsonNode? body)
        {
            var request = Json(method, Url(values, "", $"/{values.Line("loft")}{path}"), body);
            request.Headers.TryAddWithoutValidation("x-ring", values.Line("api_key"));
            return request;
        }
    }
}
