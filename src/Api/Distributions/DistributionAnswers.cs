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
        DistributionResult.Overtaken overtaken => ApiError.VersionChanged("distribution", id, overtaken.Version),
        DistributionResult.KeyReused => ApiError.KeyReused(),
        DistributionResult.Deleted => ApiError.DeletedMeanwhile("distribution", id),
        DistributionResult.Refused refused => new ApiError(409, "invalid_distribution_state", "Invalid distribution state", refused.Message)
        {
            ResourceId = id,
            ResourceType = "distribution",
        },
        _ => throw new UnreachableException(),
    };

    /// <summary>The wire form of an answer that is not <see cref="PreviewResult.Rendered"/>.</summary>
    public static ApiError Refusal(PreviewResult result, string id, string? customer) => result switch
    {
        PreviewResult.NotFound missing => NotFound(missing.What, id, customer),
        PreviewResult.Invalid invalid => ApiError.InvalidPayload(invalid.Problems),
        PreviewResult.Busy => ApiError.Unavailable() with { Details = "Too many previews are being rendered" },
        _ => throw new UnreachableException(),
    };

    /// <summary>What of the two is not there.</summary>
    public static ApiError NotFound(string what, string id, string? customer) =>
        what.Contains("customer", StringComparison.OrdinalIgnoreCase) ? ApiError.NotFound("customer", customer ?? "") : NotFound(id);

    public static ApiError NotFound(string id) => ApiError.NotFound("distribution", id);

    /// <summary>Whether an id out of a path may be used to address a grain.</summary>
    public static bool CanBe(string id) => Ids.CanBe("distr_", id);
}
