using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.MetadataSchemas;

/// <summary>Schemas of custom events: what the metadata of an event of a name must be.</summary>
internal static class EventSchemaEndpoints
{
    private const string Resource = "custom_event_schema";

    public static void MapManagedEventSchemas(this IEndpointRouteBuilder management)
    {
        var group = management.MapGroup("/projects/{projectId}/custom-event-schemas").WithTags("Management").WithPath("projectId", "The id of the project.")
            .WithPath("customEventSchemaId", "The id of the schema.");
        group.MapPost("", CreateAsync).WithName("CreateCustomEventSchema").Accepts<EventSchemaRequest>("application/json").WithExample(SchemaExamples.Event);
        group.MapGet("", ListAsync).WithName("ListCustomEventSchemas");
        group.MapGet("/{customEventSchemaId}", GetAsync).WithName("GetCustomEventSchema");
        group.MapPut("/{customEventSchemaId}", UpdateAsync).WithName("UpdateCustomEventSchema").Accepts<EventSchemaChange>("application/json").WithExample(SchemaExamples.EventChange);
        group.MapDelete("/{customEventSchemaId}", DeleteAsync).WithName("DeleteCustomEventSchema");
    }

    /// <summary>Creates the schema of custom events of a name. Events of other names stay as they are: they need no schema.</summary>
    internal static async Task<Results<Wire<EventSchemaResponse>, ApiError>> CreateAsync(string projectId, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var name = SchemaReader.Name(root, "name");
        var change = new SchemaChange(SchemaReader.Properties(root.RequiredObject("schema")));
        return await MetadataSchemaEndpoints.FindProjectAsync(projectId, grains) is { } project
            ? Answer("", name, await grains.MetadataSchemas(project.Number).CreateAsync(ObjectIds.New("ms_"), SchemaKind.Event, name, change))
            : ApiError.NotFound("project", projectId);
    }

    /// <summary>Lists all schemas of custom events of a project, by name.</summary>
    internal static async Task<Results<Wire<DataList<EventSchemaResponse>>, ApiError>> ListAsync(string projectId, IGrainFactory grains, CancellationToken cancellation)
    {
        if (await MetadataSchemaEndpoints.FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        var schemas = await grains.MetadataSchemas(project.Number).ListAsync(SchemaKind.Event, cancellation);
        return Wire.Ok(new DataList<EventSchemaResponse>([.. schemas.Select(EventSchemaResponse.From)], schemas.Count));
    }

    /// <summary>One schema of custom events.</summary>
    internal static async Task<Results<Wire<EventSchemaResponse>, ApiError>> GetAsync(
        string projectId, string customEventSchemaId, IGrainFactory grains, CancellationToken cancellation)
    {
        if (await MetadataSchemaEndpoints.FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        return Ids.CanBe("ms_", customEventSchemaId) && await grains.MetadataSchemas(project.Number).FindAsync(customEventSchemaId, SchemaKind.Event, cancellation) is { } schema
            ? Wire.Ok(EventSchemaResponse.From(schema))
            : ApiError.NotFound(Resource, customEventSchemaId);
    }

    /// <summary>Adds properties, and changes those that are given, each as a whole. The others stay. One with <c>deleted</c> is removed and can be given again.</summary>
    internal static async Task<Results<Wire<EventSchemaResponse>, ApiError>> UpdateAsync(string projectId, string customEventSchemaId, JsonBody body, IGrainFactory grains)
    {
        var change = new SchemaChange(SchemaReader.Properties(body.Object.RequiredObject("schema")));
        if (await MetadataSchemaEndpoints.FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        return Ids.CanBe("ms_", customEventSchemaId)
            ? Answer(customEventSchemaId, "", await grains.MetadataSchemas(project.Number).ChangeAsync(customEventSchemaId, SchemaKind.Event, change))
            : ApiError.NotFound(Resource, customEventSchemaId);
    }

    /// <summary>Deletes a schema of custom events for good. What customers did stays.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string projectId, string customEventSchemaId, IGrainFactory grains)
    {
        if (await MetadataSchemaEndpoints.FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        return Ids.CanBe("ms_", customEventSchemaId) && await grains.MetadataSchemas(project.Number).DeleteAsync(customEventSchemaId, SchemaKind.Event)
            ? TypedResults.NoContent()
            : ApiError.NotFound(Resource, customEventSchemaId);
    }

    private static Results<Wire<EventSchemaResponse>, ApiError> Answer(string id, string name, SchemaResult result) => result switch
    {
        SchemaResult.Saved saved => Wire.Ok(EventSchemaResponse.From(saved.Schema)),
        SchemaResult.Exists => ApiError.Duplicate(Resource, name, $"Duplicated {Resource} exists with name {name}"),
        _ => SchemaAnswers.Refusal(result, Resource, id, "schema."),
    };
}
