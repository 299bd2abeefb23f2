using System.Diagnostics;
using Marketing.Http;

namespace Marketing.Distributions;

/// <summary>What the refusals of a distribution are on the wire.</summary>
internal static class DistributionAnswers
{
    /// <summary>The wire form of an answer that is not <see cref="DistributionResult.Done"/>.</summary>
    public static ApiError Refusal(string id, DistributionResult result) => result switch
    {
        DistributionResult.NotFound => NotFound(id),
        DistributionResult.Invalid invalid => ApiError.InvalidPayload(invalid.Problems) with { ResourceId = id, ResourceType = "distribution" },
        DistributionResult.KeyReused => ApiError.KeyReused(),
        DistributionResult.Deleted => ApiError.DeletedMeanwhile("distribution", id),
        DistributionResult.Refused refused => new ApiError(409, "invalid_distribution_state", "Invalid distribution state", refused.Message)
        {
            ResourceId = id,
            ResourceType = "distribution",
        },
        _ => throw new UnreachableException(),
    };

    public static ApiError NotFound(string id) => ApiError.NotFound("distribution", id);

    /// <summary>Whether an id out of a path may be used to address a grain.</summary>
    public static bool CanBe(string id) => Ids.CanBe("distr_", id);
}
