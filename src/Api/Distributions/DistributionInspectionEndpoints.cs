using System.Diagnostics;
using Marketing.Customers;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Distributions;

/// <summary>Looking at a distribution before it sends: validation, preview, test send, audience.</summary>
internal static class DistributionInspectionEndpoints
{
    private const int MaxTestAddresses = 10;

    public static void MapDistributionInspection(this IEndpointRouteBuilder distributions)
    {
        distributions.MapPost("/{distributionId}/validate", ValidateAsync).WithName("ValidateDistribution");
        distributions.MapPost("/{distributionId}/preview", PreviewAsync).WithName("PreviewDistribution").WithExample(DistributionExamples.Preview);
        distributions.MapPost("/{distributionId}/test", TestAsync).WithName("TestDistribution").WithExample(DistributionExamples.Test);
        distributions.MapGet("/{distributionId}/audience", AudienceAsync).WithName("GetDistributionAudience");
    }

    /// <summary>What is still missing, field by field, and what does not keep it from being activated but is to be looked at.</summary>
    internal static async Task<Results<Wire<ValidationResponse>, ApiError>> ValidateAsync(
        string distributionId, Caller caller, IGrainFactory grains) =>
        DistributionAnswers.CanBe(distributionId) && await grains.Distribution(caller.Number, distributionId).ValidateAsync() is { } review
            ? Wire.Ok(ValidationResponse.Of(review))
            : DistributionAnswers.NotFound(distributionId);

    /// <summary>The messages of all channels rendered for one customer. Consumes and sends nothing.</summary>
    internal static async Task<Results<Wire<PreviewResponse>, ApiError>> PreviewAsync(
        string distributionId, Caller caller, OwnBody<PreviewRequest> body, IGrainFactory grains)
    {
        var root = body.Object;
        var reference = DistributionReader.ReadCustomer(root, "customer") ?? throw root.Missing("customer");
        if (!DistributionAnswers.CanBe(distributionId))
        {
            return DistributionAnswers.NotFound(distributionId);
        }

        // An unknown customer goes on under its name, so that the distribution is the first thing found missing.
        var customerId = await grains.CustomerQueries(caller.Number).FindIdAsync(reference) ?? reference;
        var result = await grains.Distribution(caller.Number, distributionId).PreviewAsync(customerId);
        return result is PreviewResult.Rendered rendered ? Wire.Ok(new PreviewResponse(rendered.Messages)) : DistributionAnswers.Refusal(result, distributionId, reference);
    }

    /// <summary>Sends to the given addresses, marked as a test and counted nowhere.</summary>
    internal static async Task<Results<Wire<TestResponse>, ApiError>> TestAsync(
        string distributionId, Caller caller, OwnBody<TestRequest> body, IGrainFactory grains)
    {
        var root = body.Object;
        var reference = DistributionReader.ReadCustomer(root, "customer");
        var test = new TestSend
        {
            Channel = root.Line("channel", TextLimits.Name),
            Addresses = root.Texts("addresses", MaxTestAddresses, TextLimits.Email) ?? [],
        };
        if (!DistributionAnswers.CanBe(distributionId))
        {
            return DistributionAnswers.NotFound(distributionId);
        }

        if (reference is not null)
        {
            test = test with { CustomerId = await grains.CustomerQueries(caller.Number).FindIdAsync(reference) ?? reference };
        }

        return await grains.Distribution(caller.Number, distributionId).TestAsync(test, caller.Context(body.Utf8.Span)) switch
        {
            TestSendResult.Attempted attempted => Wire.Ok(new TestResponse(attempted.Attempts)),
            TestSendResult.NotFound missing => DistributionAnswers.NotFound(missing.What, distributionId, reference),
            TestSendResult.KeyReused => ApiError.KeyReused(),
            TestSendResult.Invalid invalid => ApiError.InvalidPayload(invalid.Problems),
            TestSendResult.Busy => ApiError.Unavailable() with { Details = "Too many previews are being rendered" },
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>How many would receive it now, and who would be skipped and why.</summary>
    internal static async Task<Results<Wire<AudienceEstimate>, ApiError>> AudienceAsync(
        string distributionId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        DistributionAnswers.CanBe(distributionId) &&
        await grains.Distribution(caller.Number, distributionId).EstimateAudienceAsync(cancellation) is { } estimate
            ? Wire.Ok(estimate)
            : DistributionAnswers.NotFound(distributionId);
}
