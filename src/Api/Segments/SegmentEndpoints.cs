using System.Diagnostics;
using Marketing.Distributions;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Segments;

/// <summary>Segments: groups of customers, fixed or by filter.</summary>
internal static class SegmentEndpoints
{
    private const int MaxPage = 1_000;
    private const int MaxStaticMembers = 20_000;

    public static void MapSegments(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/segments").WithTags("Segments").WithPath("segmentId", "The id of the segment.");
        group.MapPost("", CreateAsync).WithName("CreateSegment").WithMetadata(BodyLimit.Bulk).Accepts<SegmentRequest>("application/json")
            .WithExample(SegmentExamples.Segment);
        group.MapPost("/preview", PreviewAsync).WithName("PreviewSegment").WithExample(SegmentExamples.Preview);
        group.MapGet("", ListAsync).WithName("ListSegments").WithQuery(
            Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at"),
            Query.Text("ids", "Only the segments with these ids.") with { IsList = true },
            Query.Text("draft_of", "Only the segments that belong to the draft of this distribution, which lists leave out otherwise."),
            Query.Instant("filters[created_at][conditions][$before]", "Only what was created before this time."),
            Query.Instant("filters[created_at][conditions][$after]", "Only what was created after this time."));
        group.MapGet("/{segmentId}", GetAsync).WithName("GetSegment");
        group.MapPut("/{segmentId}", ChangeAsync).WithName("ChangeSegment").WithExample(SegmentExamples.Change);
        group.MapDelete("/{segmentId}", DeleteAsync).WithName("DeleteSegment");
    }

    /// <summary>
    /// Creates a segment. One with a filter, <c>passive</c> or <c>auto-update</c>, starts checking the customers that exist. With <c>draft_of</c> it belongs to the draft of a distribution: it goes with it, and
    /// becomes one like others when that is activated.
    /// </summary>
    internal static async Task<Results<Wire<SegmentResponse>, ApiError>> CreateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var definition = Read(body.Object);
        if (definition.DraftOf is { } distribution && !await IsDraftAsync(distribution, caller, grains))
        {
            throw body.Object.Refuse(".draft_of", "must be a distribution that is a draft");
        }

        var id = caller.NewId("seg_");
        return Answer(id, await grains.Segment(caller.Number, id).CreateAsync(definition, caller.Context(body.Utf8.Span)));
    }

    /// <summary>Lists segments, newest first.</summary>
    internal static async Task<Wire<DataList<SegmentResponse>>> ListAsync(
        Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        query.RefuseFiltersExcept("created_at");
        var ids = query.Texts("ids");
        var page = await grains.SegmentQueries(caller.Number).ListAsync(
            query.Limit(), query.Page(MaxPage), query.Order("-created_at", "created_at") == "created_at", query.FilterRange("created_at"),
            ids.Count > 0 ? ids : null, query.Text("draft_of"), cancellation);
        return Wire.Ok(new DataList<SegmentResponse>([.. page.Items.Select(SegmentResponse.From)], page.Total));
    }

    /// <summary>One segment.</summary>
    internal static async Task<Results<Wire<SegmentResponse>, ApiError>> GetAsync(string segmentId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe("seg_", segmentId) && await grains.Segment(caller.Number, segmentId).FindAsync() is { } segment
            ? Wire.Ok(SegmentResponse.From(segment), segment.Version)
            : ApiError.NotFound("segment", segmentId);

    /// <summary>
    /// How many customers a filter has, and up to ten of them, without making a segment. Where there are more customers than can be looked at in a second, those that were created first are:
    /// <c>exact</c> is false then, and <c>checked</c> of <c>total</c> were looked at.
    /// </summary>
    internal static async Task<Results<Wire<SegmentPreviewResponse>, ApiError>> PreviewAsync(
        Caller caller, OwnBody<SegmentPreviewRequest> body, IGrainFactory grains, CancellationToken cancellation)
    {
        var filter = body.Object.RawObject("filter") ?? throw body.Object.Missing("filter");
        return await grains.SegmentQueries(caller.Number).PreviewAsync(filter, cancellation) switch
        {
            SegmentPreviewResult.Counted counted => Wire.Ok(SegmentPreviewResponse.From(counted)),
            SegmentPreviewResult.Invalid invalid => ApiError.InvalidFields(invalid.Problems),
            SegmentPreviewResult.Busy => ApiError.Unavailable() with { Details = "Too many filters are being counted" },
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>
    /// Changes the name, and the filter of a passive segment; what is not given stays. With another filter all customers are checked anew. The filter of an <c>auto-update</c> segment is fixed,
    /// unless it is <c>unreadable</c>, and any while a distribution is being sent to the segment: 409. With <c>If-Match</c> only the version that it names is changed.
    /// </summary>
    internal static async Task<Results<Wire<SegmentResponse>, ApiError>> ChangeAsync(
        string segmentId, Caller caller, OwnBody<SegmentChangeRequest> body, IfMatch match, IGrainFactory grains)
    {
        var root = body.Object;
        var change = new SegmentChange { Name = root.Text("name", TextLimits.Name), Filter = root.RawObject("filter") };
        var type = root.Text("type", TextLimits.Name);
        if (!Ids.CanBe("seg_", segmentId) || await grains.Segment(caller.Number, segmentId).FindAsync() is not { } segment)
        {
            return ApiError.NotFound("segment", segmentId);
        }

        if (type is not null && type != segment.Type)
        {
            throw root.Refuse(".type", $"is fixed: {segment.Type}");
        }

        return Answer(segmentId, await grains.Segment(caller.Number, segmentId).ChangeAsync(change, match.Version));
    }

    /// <summary>Deletes a segment; refused while a distribution that is not finished uses it.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string segmentId, Caller caller, IGrainFactory grains)
    {
        var deletion = Ids.CanBe("seg_", segmentId) ? await grains.Segment(caller.Number, segmentId).DeleteAsync() : SegmentDeletion.NotFound;
        return deletion switch
        {
            SegmentDeletion.Deleted => TypedResults.NoContent(),
            SegmentDeletion.NotFound => ApiError.NotFound("segment", segmentId),
            SegmentDeletion.InUse => new ApiError(400, "resource_in_use", "Resource in use", "The segment is used by a distribution")
            {
                ResourceId = segmentId,
                ResourceType = "segment",
            },
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<bool> IsDraftAsync(string distribution, Caller caller, IGrainFactory grains) =>
        Ids.CanBe("distr_", distribution) && await grains.Distribution(caller.Number, distribution).FindAsync() is { Status: DistributionStatuses.Draft };

    private static Results<Wire<SegmentResponse>, ApiError> Answer(string id, SegmentResult result) => result switch
    {
        SegmentResult.Saved saved => Wire.Ok(SegmentResponse.From(saved.Segment), saved.Segment.Version),
        SegmentResult.Overtaken overtaken => ApiError.VersionChanged("segment", id, overtaken.Version),
        SegmentResult.KeyReused => ApiError.KeyReused(),
        SegmentResult.Deleted => ApiError.DeletedMeanwhile("segment", id),
        SegmentResult.NotFound => ApiError.NotFound("segment", id),
        SegmentResult.Invalid { Problems: { } problems } => ApiError.InvalidFields(problems),
        SegmentResult.Invalid invalid => ApiError.InvalidFields([new(invalid.Field.TrimStart('.'), invalid.Message)]),
        SegmentResult.Refused refused => new ApiError(409, "invalid_segment_state", "Invalid segment state", refused.Message)
        {
            ResourceId = id,
            ResourceType = "segment",
        },
        _ => throw new UnreachableException(),
    };

    private static SegmentDefinition Read(Payload body)
    {
        var name = body.RequiredText("name", TextLimits.Name);
        if (body.Any("type") is { IsText: true, Element: var word } && word.ValueEquals("dynamic"u8))
        {
            // What the product's pages call the two others together.
            throw body.Refuse(".type", "must be 'passive' or 'auto-update' for a dynamic segment; entering and leaving it are events only for 'auto-update'");
        }

        var type = body.OneOf("type", "static", "passive", "auto-update") ?? throw body.Missing("type");
        var draftOf = body.Identifier("draft_of");
        if (type == "static")
        {
            var members = body.Texts("customers", MaxStaticMembers, TextLimits.Id) ?? throw body.Missing("customers");
            return new SegmentDefinition { Name = name, Type = type, Customers = members, DraftOf = draftOf };
        }

        return new SegmentDefinition { Name = name, Type = type, DraftOf = draftOf, Filter = body.RawObject("filter") ?? throw body.Missing("filter") };
    }
}
