using System.Diagnostics;
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
        var group = v1.MapGroup("/segments").WithTags("Segments");
        group.MapPost("", CreateAsync).WithName("CreateSegment").WithMetadata(BodyLimit.Bulk).Accepts<SegmentRequest>("application/json");
        group.MapGet("", ListAsync).WithName("ListSegments").WithQuery(
            "limit", "page", "order", "ids", "filters[created_at][conditions][$before]", "filters[created_at][conditions][$after]");
        group.MapGet("/{segmentId}", GetAsync).WithName("GetSegment");
        group.MapDelete("/{segmentId}", DeleteAsync).WithName("DeleteSegment");
    }

    /// <summary>Creates a segment. A dynamic one starts checking the customers that exist.</summary>
    internal static async Task<Results<Wire<SegmentResponse>, ApiError>> CreateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var definition = Read(body.Object);
        var id = caller.NewId("seg_");
        return await grains.Segment(caller.Number, id).CreateAsync(definition, caller.Context(body.Utf8.Span)) switch
        {
            SegmentResult.Saved saved => Wire.Ok(SegmentResponse.From(saved.Segment)),
            SegmentResult.KeyReused => ApiError.KeyReused(),
            SegmentResult.Deleted => ApiError.DeletedMeanwhile("segment", id),
            SegmentResult.Invalid invalid => ApiError.InvalidPayload($"Payload property '.{invalid.Field.TrimStart('.')}' {invalid.Message}"),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Lists segments, newest first.</summary>
    internal static async Task<Wire<DataList<SegmentResponse>>> ListAsync(
        Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        query.RefuseFiltersExcept("created_at");
        var ids = query.Texts("ids");
        var page = await grains.SegmentQueries(caller.Number).ListAsync(
            query.Limit(), query.Page(MaxPage), query.Order("-created_at", "created_at") == "created_at", query.FilterRange("created_at"),
            ids.Count > 0 ? ids : null, cancellation);
        return Wire.Ok(new DataList<SegmentResponse>([.. page.Items.Select(SegmentResponse.From)], page.Total));
    }

    /// <summary>One segment.</summary>
    internal static async Task<Results<Wire<SegmentResponse>, ApiError>> GetAsync(string segmentId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe("seg_", segmentId) && await grains.Segment(caller.Number, segmentId).FindAsync() is { } segment
            ? Wire.Ok(SegmentResponse.From(segment))
            : ApiError.NotFound("segment", segmentId);

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

    private static SegmentDefinition Read(Payload body)
    {
        var name = body.RequiredText("name", TextLimits.Name);
        var type = body.OneOf("type", "static", "passive", "auto-update") ?? throw body.Missing("type");
        if (type == "static")
        {
            var members = body.Texts("customers", MaxStaticMembers, TextLimits.Id) ?? throw body.Missing("customers");
            return new SegmentDefinition { Name = name, Type = type, Customers = members };
        }

        return new SegmentDefinition { Name = name, Type = type, Filter = body.RawObject("filter") ?? throw body.Missing("filter") };
    }
}
