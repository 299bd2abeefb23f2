using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Marketing.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Marketing.Api;

/// <summary>Whatever a caller sends to whichever endpoint: an answer below 500, and the documented body when it is an error.</summary>
[Collection(ApiTests.Name)]
public sealed class HostileInputTests(ApiHost api)
{
    private static readonly string[] Ids =
    [
        "..%2F..%2Fetc", "%F0%9F%98%80", "'%20OR%201=1--", "%E2%80%AE", "a%0D%0Ab", "%25", "%252F", "seg_%2F", "distr_x", "cust_x", "aa_x", "proj_x", "0", "null", "-1",
        "%EF%BF%BF", new('a', 301), new('9', 4_000), "%7B%7D", "a%20b", "%ED%A0%80", "importCSV", "catalog",
    ];

    private static readonly string[] Queries =
    [
        "limit=0", "limit=-1", "limit=101", "limit=abc", "limit=99999999999999999999", "limit=", "limit=1&limit=2", "page=0", "page=999999999", "page=1e3", "order=",
        "order=;drop", "created_at[before]=never", "created_at[after]=9999-12-31T23:59:59Z", "created_at[before]=0001-01-01", "created_at[before][x]=1", "created_at=1",
        "end_date=9999-12-31", "start_date=2026-13-01", "starting_after_id=%00", "starting_after_id=%F0%9F%98%80", "starting_after_id=msg_none", "starting_after=2026-01-01",
        "filters[created_at][conditions][$before][0]=x", "filters[[[]]]=1", "filters[created_at]=1", "[]=1", "=1", "%5B%5D%5B=2", "segment_id='%20OR%201=1",
        "type=%E2%80%AE", "channel=%00", "text=%25_%27", "interval=year", "ids[0]=x&ids[99999999999]=y", "email=%ED%A0%80", "a=" + new string('x', 4_000),
    ];

    private static readonly string[] Bodies =
    [
        "", " ", "null", "true", "1", "\"text\"", "[]", "{}", "[[]]", "[null]", "[1,2]", "not json", "{", "{\"a\":}", "{\"a\":1}}", "{'a':1}", "\u0000", "{\"\\u0000\":1}",
        "{\"a\":\"\\ud800\"}", "{\"a\":NaN}", "[{\"customer\":[]}]", "\uFEFF{}",
    ];

    public static TheoryData<string> Everything => [.. EndpointTable.All];

    public static TheoryData<string> WithBody => [.. EndpointTable.WithBody];

    [Fact]
    public void No_endpoint_is_left_out()
    {
        var mapped = api.Routes.Where(route => route.Metadata.GetMetadata<Surface>() is not null)
            .SelectMany(route => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText!.TrimEnd('/')}"));
        Assert.Equal(mapped.Order(), EndpointTable.All.Order());
    }

    [Theory, MemberData(nameof(Everything))]
    public async Task Without_a_good_key_nothing_opens(string endpoint)
    {
        using var shop = await api.NewProjectAsync();
        var (method, path, body) = EndpointTable.Request(endpoint);
        (string, string)[][] credentials =
        [
            [], [("X-App-Id", shop.ServerKey.AppId)], [("X-App-Id", shop.ServerKey.AppId), ("X-App-Token", "wrong")], [("X-App-Id", ""), ("X-App-Token", "")],
            [("X-App-Id", shop.ServerKey.AppId), ("X-App-Token", shop.ClientKey.AppToken)], [("X-App-Id", new string('x', 5_000)), ("X-App-Token", "x")],
            [("X-App-Id", "unknown"), ("X-App-Token", shop.ServerKey.AppToken)], [("Authorization", "Bearer x")],
            [("X-Client-Application-Id", shop.ClientKey.AppId), ("X-Client-Token", "wrong")], [("X-Management-Id", api.ManagementKey.AppId), ("X-Management-Token", "wrong")],
        ];
        foreach (var headers in credentials)
        {
            using var anybody = api.Anonymous();
            (await anybody.SendAsync(method, path, body, headers)).Error(401, "unauthorized");
        }
    }

    [Theory, MemberData(nameof(WithBody))]
    public async Task A_hostile_body_is_refused_or_taken(string endpoint)
    {
        using var callers = await CallersAsync();
        var (method, path, body) = EndpointTable.Request(endpoint, callers.IdFor(endpoint));
        await EveryAsync(Bodies.Concat(Samples.Spoiled(body!)), hostile => callers.For(endpoint).SendAsync(method, path, hostile));
    }

    [Theory, MemberData(nameof(WithBody))]
    public async Task A_body_that_is_no_text_too_deep_or_too_large_is_refused(string endpoint)
    {
        using var callers = await CallersAsync();
        var caller = callers.For(endpoint);
        var (method, path, _) = EndpointTable.Request(endpoint);
        Task<Answer> SendAsync(byte[] bytes, string type = "application/json")
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
            return caller.SendAsync(method, path, content);
        }

        (await SendAsync([(byte)'"', 0xC3, 0x28, (byte)'"'])).Error(400, "invalid_payload");
        (await SendAsync(Encoding.UTF8.GetBytes(new string('[', 100_000)))).Error(400, "invalid_payload");
        (await SendAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40)))).Error(400, "invalid_payload");
        (await SendAsync("{}"u8.ToArray(), "text/plain")).Error(415, "unsupported_media_type");
        (await SendAsync("a=1"u8.ToArray(), "application/x-www-form-urlencoded")).Error(415, "unsupported_media_type");
        (await SendAsync(new byte[11 * 1024 * 1024])).Error(413, "payload_too_large");
    }

    [Theory]
    [InlineData("/v1/customers/bulk/async", Samples.Customer)]
    [InlineData("/v1/orders/import", Samples.Order)]
    public async Task A_job_made_of_hostile_rows_ends(string path, string sample)
    {
        using var callers = await CallersAsync();
        var jobs = new ConcurrentBag<string>();
        await EveryAsync(Samples.Spoiled(sample), async hostile =>
        {
            var answer = await callers.Shop.PostAsync(path, $"[{hostile}]");
            if (answer.Status < 300)
            {
                jobs.Add(answer["async_action_id"]);
            }

            return answer;
        });
        Assert.NotEmpty(jobs);
        foreach (var job in jobs)
        {
            var ended = await callers.Shop.UntilAsync($"/v1/async-actions/{job}", body => body.GetProperty("status").GetString() is "DONE" or "FAILED");
            Assert.Equal("DONE", ended.GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task A_hostile_id_is_not_found()
    {
        using var callers = await CallersAsync();
        var requests = EndpointTable.WithId.Where(endpoint => !endpoint.EndsWith("/segments", StringComparison.Ordinal))
            .SelectMany(endpoint => Ids.Select(id => (endpoint, EndpointTable.Request(endpoint, id))));
        await EveryAsync(requests, item => callers.For(item.endpoint).SendAsync(item.Item2.Method, item.Item2.Path, item.Item2.Body));
    }

    [Fact]
    public async Task A_hostile_query_is_refused_or_taken()
    {
        using var callers = await CallersAsync();
        var requests = EndpointTable.Reading.Where(endpoint => !endpoint.EndsWith("/stream", StringComparison.Ordinal)).SelectMany(endpoint =>
            Queries.Select(query => (endpoint, Path: EndpointTable.Request(endpoint, callers.IdFor(endpoint)).Path is var path && path.Contains('?', StringComparison.Ordinal) ? $"{path}&{query}" : $"{path}?{query}")));
        await EveryAsync(requests, item => callers.For(item.endpoint).GetAsync(item.Path));
    }

    [Theory]
    [InlineData("GET", "/nothing", 404, "not_found")]
    [InlineData("POST", "/", 405, "method_not_allowed")]
    [InlineData("GET", "/v1/nothing", 404, "not_found")]
    [InlineData("GET", "/v2/loyalties", 404, "not_found")]
    [InlineData("POST", "/client/v1/nothing", 404, "not_found")]
    [InlineData("GET", "/client/v1/promotions/stacks", 404, "not_found")]
    [InlineData("GET", "/client/v1", 404, "not_found")]
    [InlineData("POST", "/management/v1/nothing", 404, "not_found")]
    [InlineData("GET", "/health/nothing", 404, "not_found")]
    [InlineData("GET", "/client/v1/events", 405, "method_not_allowed")]
    [InlineData("DELETE", "/v1/customers", 405, "method_not_allowed")]
    [InlineData("PATCH", "/v1/customers/x", 405, "method_not_allowed")]
    [InlineData("BREW", "/v1/events", 405, "method_not_allowed")]
    public async Task What_is_not_there_has_the_documented_body_too(string method, string path, int status, string key)
    {
        using var shop = await api.NewProjectAsync();
        var error = (await shop.SendAsync(method, path)).Error(status, key);
        Assert.NotEqual("", error.GetProperty("details").GetString());
    }

    [Fact]
    public async Task A_trailing_slash_changes_nothing()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.GetAsync("/v1/customers/")).Ok();
        (await shop.PostAsync("/v1/events/", """{"event":"e","customer":{}}""")).Ok();
        (await shop.GetAsync("/v1/distributions/catalog/")).Ok();
    }

    private static async Task EveryAsync<T>(IEnumerable<T> inputs, Func<T, Task<Answer>> send)
    {
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(inputs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (input, _) =>
        {
            var answer = await send(input);
            if (answer.Status >= 500 || FailedInside(answer))
            {
                wrong.Add($"{answer.Status} for {input}: {answer.Text}");
            }
            else if (answer.Status >= 400 && answer.Status != StatusCodes.Status414UriTooLong)
            {
                // A line that is too long never comes as far as the API.
                try
                {
                    answer.Documented();
                }
                catch (JsonException)
                {
                    wrong.Add($"{answer.Status} for {input}: '{answer.Text}'");
                }
            }
        });
        Assert.Empty(wrong);
    }

    // A bulk answer is 200 and carries the status of each item.
    private static bool FailedInside(Answer answer) => answer.Text.StartsWith("[{\"status\":", StringComparison.Ordinal) &&
        answer.Body.EnumerateArray().Any(item => item.GetProperty("status").GetInt32() >= 500);

    private async Task<Callers> CallersAsync()
    {
        var shop = await api.NewProjectAsync(settings => settings with { ClientCreateCustomer = true, ClientRedeem = true, ClientPublish = true });
        await shop.NewCustomerAsync("""{"id":"c-1","source_id":"s-1","email":"c@example.com"}""");
        return new Callers(shop, shop.ClientSide(), api.Management(), await shop.NewDistributionAsync(), await shop.NewSegmentAsync());
    }

    private sealed record Callers(ProjectClient Shop, ApiClient Browser, ApiClient Operations, string Distribution, string Segment) : IDisposable
    {
        public ApiClient For(string endpoint) => endpoint switch
        {
            _ when endpoint.Contains(" /client/", StringComparison.Ordinal) => Browser,
            _ when endpoint.Contains(" /management/", StringComparison.Ordinal) => Operations,
            _ => Shop,
        };

        public string IdFor(string endpoint) => endpoint switch
        {
            _ when endpoint.Contains("{distributionId}", StringComparison.Ordinal) => Distribution,
            _ when endpoint.Contains("{segmentId}", StringComparison.Ordinal) => Segment,
            _ when endpoint.Contains("{projectId}", StringComparison.Ordinal) => Shop.Project.Id,
            _ => "c-1",
        };

        public void Dispose()
        {
            Shop.Dispose();
            Browser.Dispose();
            Operations.Dispose();
        }
    }
}
