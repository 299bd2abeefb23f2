using System.Diagnostics;
using Marketing.Http;
using Marketing.Redemptions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Qualifications;

/// <summary>Qualifications: what a customer could redeem for a cart.</summary>
internal static class QualificationEndpoints
{
    public static void MapQualifications(this IEndpointRouteBuilder v1)
    {
        v1.MapPost("/qualifications", QualifyAsync).WithName("Qualify").WithTags("Qualifications")
            .Accepts<QualificationRequest>("application/json").WithExample(QualificationExamples.Qualification);
        v1.MapExaminations();
    }

    /// <summary>The same for browsers and apps.</summary>
    public static void MapClientQualifications(this IEndpointRouteBuilder client) =>
        client.MapPost("/qualifications", QualifyClientSideAsync).WithName("QualifyClientSide").WithTags("Client side")
            .WithQuery(Query.Origin)
            .Accepts<QualificationRequest>("application/json").WithExample(QualificationExamples.Qualification);

    /// <summary>
    /// Lists the codes, promotion tiers and campaigns that apply to a customer and a cart, each as if it were redeemed alone. Nothing is stored or reserved. Limits of rules count, so that what is
    /// answered can be redeemed now. Of codes that are not given to the customer only those for everybody are looked at, the newest 100 of a kind; of all together 300 in a request.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> QualifyAsync(Caller caller, JsonBody body, IGrainFactory grains) =>
        await AnswerAsync(await QualificationReader.ReadAsync(body.Object, caller, grains), caller, body, grains);

    /// <summary>The same from a browser or an app. A customer is known by the ids alone, and what is said of the profile is not looked at.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> QualifyClientSideAsync(Caller caller, JsonBody body, IGrainFactory grains) =>
        await AnswerAsync(QualificationReader.WithoutProfile(await QualificationReader.ReadAsync(body.Object, caller, grains)), caller, body, grains);

    public static ApiError Refusal(QualificationResult result) => result switch
    {
        QualificationResult.Refused refused => RedemptionAnswers.Of(refused.Error),
        QualificationResult.Invalid invalid => ApiError.InvalidFields(invalid.Problems),
        _ => throw new UnreachableException(),
    };

    private static async Task<Results<Wire<RawJson>, ApiError>> AnswerAsync(QualificationQuery query, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var result = await grains.Qualifications(caller.Number).QualifyAsync(query, caller.Context(body.Utf8.Span));
        return result is QualificationResult.Qualified qualified ? Wire.Ok(qualified.Document) : Refusal(result);
    }
}
