using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.AsyncActions;

/// <summary>Background jobs: how far uploads got.</summary>
internal static class AsyncActionEndpoints
{
    public static void MapAsyncActions(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/async-actions").WithTags("Async actions").WithPath("asyncActionId", "The id of the background job.");
        group.MapGet("", ListAsync).WithName("ListAsyncActions").WithQuery(
            Query.Limit, Query.Instant("end_date", "Only jobs that were created before this time."));
        group.MapGet("/{asyncActionId}", GetAsync).WithName("GetAsyncAction")
            .WithAnswer(StatusCodes.Status200OK, ImportExamples.Action, "The job. This one imported a file of customers; its numbers in failed and warnings are rows, without the header.");
    }

    /// <summary>Lists background jobs, newest first.</summary>
    internal static async Task<Wire<AsyncActionListResponse>> ListAsync(
        Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var page = await grains.AsyncActionQueries(caller.Number).ListAsync(query.Limit(), query.Instant("end_date"), cancellation);
        var actions = page.Items.Select(action => AsyncActionResponse.From(action with { Result = null }));
        return Wire.Ok(new AsyncActionListResponse([.. actions], page.HasMore));
    }

    /// <summary>One background job with its result.</summary>
    internal static async Task<Results<Wire<AsyncActionResponse>, ApiError>> GetAsync(string asyncActionId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe("aa_", asyncActionId) && await grains.AsyncAction(caller.Number, asyncActionId).FindAsync() is { } action
            ? Wire.Ok(AsyncActionResponse.From(action))
            : ApiError.NotFound("async_action", asyncActionId);
}
