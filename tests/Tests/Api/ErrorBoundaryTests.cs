using System.Text.Json;
using Marketing.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Marketing.Api;

public sealed class ErrorBoundaryTests
{
    public static TheoryData<Exception> OutageExceptions =>
    [
        new SiloUnavailableException("silo 10.0.0.7 is gone"), new AggregateException(new SiloUnavailableException()),
        new InvalidOperationException("secret", new Storage.StorageUnavailableException("db at 10.0.0.5")),
    ];

    [Theory, MemberData(nameof(OutageExceptions), DisableDiscoveryEnumeration = true)]
    public async Task An_outage_is_answered_503_with_a_time_to_come_back(Exception exception)
    {
        var (context, body) = await AnswerAsync(exception);
        Assert.Equal(503, context.Response.StatusCode);
        Assert.Equal("1", context.Response.Headers.RetryAfter);
        Assert.Equal("service_unavailable", body.GetProperty("key").GetString());
        Assert.DoesNotContain("10.0.0", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_took_too_long_is_no_outage() =>
        Assert.Equal(500, (await AnswerAsync(new System.Text.RegularExpressions.RegexMatchTimeoutException())).Context.Response.StatusCode);

    [Fact]
    public async Task A_bug_is_answered_500_and_tells_nothing_of_the_inside()
    {
        var (context, body) = await AnswerAsync(new InvalidOperationException("connection string: secret"));
        Assert.Equal(500, context.Response.StatusCode);
        Assert.Equal("internal_error", body.GetProperty("key").GetString());
        Assert.DoesNotContain("secret", body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(context.Response.Headers["X-Request-Id"], body.GetProperty("request_id").GetString());
    }

    [Theory]
    [InlineData(404, "not_found")]
    [InlineData(405, "method_not_allowed")]
    [InlineData(415, "unsupported_media_type")]
    public async Task A_bare_status_gets_a_body(int status, string key)
    {
        var (_, body) = await AnswerAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        Assert.Equal(status, body.GetProperty("code").GetInt32());
        Assert.Equal(key, body.GetProperty("key").GetString());
        Assert.Matches("^v-[0-9a-f]{18}$", body.GetProperty("request_id").GetString());
    }

    private static Task<(HttpContext Context, JsonElement Body)> AnswerAsync(Exception exception) => AnswerAsync(_ => throw exception);

    private static async Task<(HttpContext Context, JsonElement Body)> AnswerAsync(RequestDelegate next)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await new ErrorBoundary(next, NullLogger<ErrorBoundary>.Instance).InvokeAsync(context);
        await context.Response.CompleteAsync();
        return (context, JsonElement.Parse(body.ToArray()));
    }
}
