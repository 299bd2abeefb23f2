using Marketing.Customers;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Distributions;

/// <summary>Looking at a draft that is not stored yet, as an editor has it; and at the page of a mail.</summary>
internal static class DistributionDraftEndpoints
{
    public static void MapDistributionDrafts(this IEndpointRouteBuilder distributions, BodyLimit limit)
    {
        distributions.MapPost("/validate", ValidateAsync).WithName("ValidateDistributionDraft").WithMetadata(limit).WithExample(DistributionExamples.Distribution)
            .WithQuery(Query.Text("id", "The distribution that is to become it, whose name it may have."));
        distributions.MapPost("/preview", PreviewAsync).WithName("PreviewDistributionDraft").WithMetadata(limit).WithExample(DistributionExamples.DraftPreview);
        distributions.MapGet("/{distributionId}/preview.html", PageAsync).WithName("GetDistributionPreviewPage").Produces<string>(contentType: "text/html")
            .WithQuery(
                Query.Text("channel", "Which channel, which the distribution must have.") with { Default = "email" },
                Query.Text("customer", "For whom it is rendered, by id or source id; a made-up customer when absent."));
    }

    /// <summary>What keeps a distribution that is not stored from being activated, field by field.</summary>
    internal static async Task<Wire<ValidationResponse>> ValidateAsync(Caller caller, OwnBody<DistributionRequest> body, QueryReader query, IGrainFactory grains)
    {
        var draft = DistributionReader.Read(body.Object);
        var id = query.Text("id") is { } known && DistributionAnswers.CanBe(known) ? known : null;
        return Wire.Ok(ValidationResponse.Of(await grains.DistributionQueries(caller.Number).ValidateAsync(draft, id)));
    }

    /// <summary>The messages of a distribution that is not stored, as they would go out to one customer, or to a made-up one. Consumes and sends nothing.</summary>
    internal static async Task<Results<Wire<PreviewResponse>, ApiError>> PreviewAsync(Caller caller, OwnBody<DraftPreviewRequest> body, IGrainFactory grains)
    {
        var root = body.Object;
        var draft = DistributionReader.Read(root.Object("distribution") ?? throw root.Missing("distribution"));
        var reference = DistributionReader.ReadCustomer(root, "customer");
        var channel = root.Line("channel", TextLimits.Name);
        var result = await grains.DistributionQueries(caller.Number).PreviewAsync(draft, await CustomerAsync(reference, caller, grains), channel);
        return result is PreviewResult.Rendered rendered ? Wire.Ok(new PreviewResponse(rendered.Messages)) : DistributionAnswers.Refusal(result, "", reference);
    }

    /// <summary>
    /// The message of one channel as a page of its own, with a policy under which nothing in it runs: the HTML of a mail, and of a channel without HTML what it says. Consumes and sends nothing.
    /// </summary>
    internal static async Task<IResult> PageAsync(string distributionId, Caller caller, QueryReader query, IGrainFactory grains)
    {
        var channel = query.Text("channel") ?? "email";
        var reference = query.Text("customer");
        if (!DistributionAnswers.CanBe(distributionId))
        {
            return DistributionAnswers.NotFound(distributionId);
        }

        var result = await grains.Distribution(caller.Number, distributionId).PreviewAsync(await CustomerAsync(reference, caller, grains), channel);
        return result is PreviewResult.Rendered rendered ? new PreviewPage(rendered.Messages[channel]) : DistributionAnswers.Refusal(result, distributionId, reference);
    }

    // An unknown customer goes on under its name, so that the distribution is the first thing found missing.
    private static async ValueTask<string?> CustomerAsync(string? reference, Caller caller, IGrainFactory grains) =>
        reference is null ? null : await grains.CustomerQueries(caller.Number).FindIdAsync(reference) ?? reference;
}
