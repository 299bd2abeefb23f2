using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Distributions;

/// <summary>What became of one message, and what it looks like.</summary>
internal static class MessageEvidenceEndpoints
{
    public static void MapMessageEvidence(this IEndpointRouteBuilder distributions)
    {
        distributions.MapGet("/{distributionId}/messages/{messageId}/attempts", AttemptsAsync).WithName("ListMessageAttempts");
        distributions.MapGet("/{distributionId}/messages/{messageId}/rendered", RenderedAsync).WithName("GetRenderedMessage");
    }

    /// <summary>Every attempt of a message that counted: when, how long, what came of it, and what the other side said.</summary>
    internal static async Task<Results<Wire<MessageAttemptsResponse>, ApiError>> AttemptsAsync(string distributionId, string messageId, Caller caller, IGrainFactory grains)
    {
        if (!DistributionAnswers.CanBe(distributionId))
        {
            return DistributionAnswers.NotFound(distributionId);
        }

        return await grains.DistributionQueries(caller.Number).AttemptsAsync(distributionId, messageId) is { } found
            ? Wire.Ok(new MessageAttemptsResponse(MessageResponse.From(found.Message), found.Attempts))
            : ApiError.NotFound("message", messageId);
    }

    /// <summary>A message as it was or will be sent, rendered now, without the links that are its recipient's alone. Sends and consumes nothing; what is not given yet is shown as an example.</summary>
    internal static async Task<Results<Wire<RenderedMessageResponse>, ApiError>> RenderedAsync(string distributionId, string messageId, Caller caller, IGrainFactory grains)
    {
        if (!DistributionAnswers.CanBe(distributionId))
        {
            return DistributionAnswers.NotFound(distributionId);
        }

        return await grains.DistributionQueries(caller.Number).RenderAsync(distributionId, messageId) switch
        {
            RenderedMessage.Done done => Wire.Ok(new RenderedMessageResponse(MessageResponse.From(done.Message), done.Content, done.RenderedAt, done.IsAnew)),
            RenderedMessage.NotFound { What: "distribution" } => DistributionAnswers.NotFound(distributionId),
            RenderedMessage.NotFound missing => ApiError.NotFound(missing.What, messageId),
            RenderedMessage.Invalid invalid => ApiError.InvalidPayload([invalid.Problem]),
            RenderedMessage.Busy => ApiError.Unavailable() with { Details = "Too many previews are being rendered" },
            _ => throw new UnreachableException(),
        };
    }
}
