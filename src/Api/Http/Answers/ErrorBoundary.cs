namespace Marketing.Http;

/// <summary>The outermost step: names the request, and turns whatever went wrong inside into the documented error body.</summary>
internal sealed partial class ErrorBoundary(RequestDelegate next, ILogger<ErrorBoundary> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var requestId = RequestIds.New();
        context.TraceIdentifier = requestId;
        context.Response.Headers["X-Request-Id"] = requestId;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            if (ErrorFor(exception, context) is { } error)
            {
                await error.ExecuteAsync(context);
            }

            return;
        }

        // Routing and Kestrel set a status without a body: unknown path, wrong method, wrong content type.
        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
        {
            var error = ApiError.ForStatus(context.Response.StatusCode);
            var allowed = context.Response.Headers.Allow.ToString();
            await (allowed.Length > 0 ? error with { Details = $"Allowed at this path: {allowed}" } : error).ExecuteAsync(context);
        }
    }

    private ApiError? ErrorFor(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case RefusedException refused:
                return refused.Error;
            case BadHttpRequestException { StatusCode: var status }:
                return ApiError.ForStatus(status);
            case OperationCanceledException or IOException when context.RequestAborted.IsCancellationRequested:
                // Nobody is listening any more.
                return null;
        }

        if (Outages.IsOutage(exception))
        {
            LogOutage(context.TraceIdentifier, exception.GetType().Name, exception.Message);
            return ApiError.Unavailable();
        }

        LogFailure(exception, context.TraceIdentifier, context.GetEndpoint()?.DisplayName);
        return ApiError.Internal();
    }

    [LoggerMessage(LogLevel.Warning, "Request {RequestId} answered 503: {Kind}: {Reason}")]
    private partial void LogOutage(string requestId, string kind, string reason);

    [LoggerMessage(LogLevel.Error, "Request {RequestId} to {Endpoint} failed")]
    private partial void LogFailure(Exception exception, string requestId, string? endpoint);
}
