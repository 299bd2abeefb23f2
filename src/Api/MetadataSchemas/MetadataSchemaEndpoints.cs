using System.Diagnostics;
using Marketing.Http;
using Marketing.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.MetadataSchemas;

/// <summary>Metadata schemas: what the metadata of objects must be. Read with a key of the project, changed with one of the management.</summary>
internal static class MetadataSchemaEndpoints
{
    private const string Resource = "metadata_schema";

    public static void MapMetadataSchemas(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/metadata-schemas").WithTags("Metadata schemas")
            .WithPath("resource", "What the schema is about: a resource such as customer or order_item, the name of a nested object, or the id of the schema.");
        group.MapGet("", ListAsync).WithName("ListMetadataSchemas");
        group.MapGet("/{resource}", GetAsync).WithName("GetMetadataSchema");
    }

    public static void MapManagedMetadataSchemas(this IEndpointRouteBuilder management)
    {
        var group = management.MapGroup("/projects/{projectId}/metadata-schemas").WithTags("Management").WithPath("projectId", "The id of the project.")
            .WithPath("metadataSchemaId", "The id of the schema.");
        group.MapPost("", CreateAsync).WithName("CreateManagedMetadataSchema").Accepts<MetadataSchemaRequest>("application/json").WithExample(SchemaExamples.Schema);
        group.MapGet("", ListManagedAsync).WithName("ListManagedMetadataSchemas");
        group.MapGet("/{metadataSchemaId}", GetManagedAsync).WithName("GetManagedMetadataSchema");
        group.MapPut("/{metadataSchemaId}", UpdateAsync).WithName("UpdateManagedMetadataSchema").Accepts<MetadataSchemaChange>("application/json").WithExample(SchemaExamples.Change);
        group.MapDelete("/{metadataSchemaId}", DeleteAsync).WithName("DeleteManagedMetadataSchema");
    }

    /// <summary>Lists all schemas of metadata, by what they are about.</summary>
    internal static async Task<Wire<MetadataSchemaList>> ListAsync(Caller caller, IGrainFactory grains, CancellationToken cancellation)
    {
        var schemas = await grains.MetadataSchemas(caller.Number).ListAsync(SchemaKind.Metadata, cancellation);
        return Wire.Ok(new MetadataSchemaList([.. schemas.Select(MetadataSchemaResponse<PropertyInCamelCase>.From)], schemas.Count));
    }

    /// <summary>The schema of a resource.</summary>
    internal static async Task<Results<Wire<MetadataSchemaResponse<PropertyInCamelCase>>, ApiError>> GetAsync(
        string resource, Caller caller, IGrainFactory grains, CancellationToken cancellation)
    {
        var schemas = grains.MetadataSchemas(caller.Number);
        var found = resource.Length > SchemaLimits.Name ? null
            : await schemas.FindByNameAsync(resource, SchemaKind.Metadata, cancellation)
                ?? (Ids.CanBe("ms_", resource) ? await schemas.FindAsync(resource, SchemaKind.Metadata, cancellation) : null);
        return found is null ? ApiError.NotFound(Resource, resource) : Wire.Ok(MetadataSchemaResponse<PropertyInCamelCase>.From(found));
    }

    /// <summary>
    /// Creates the schema of a resource, or of an object nested in metadata when <c>related_object</c> is no resource. It is in force when this is answered, for what is written from then on. A project has at
    /// most 500 schemas, those of custom events included, and a schema 100 definitions.
    /// </summary>
    internal static async Task<Results<Wire<MetadataSchemaResponse<PropertyInSnakeCase>>, ApiError>> CreateAsync(string projectId, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var name = SchemaReader.Name(root, "related_object");
        var change = new SchemaChange(SchemaReader.Properties(root), root.Flag("allow_defined_only"));
        return await FindProjectAsync(projectId, grains) is { } project
            ? Answer("", name, await grains.MetadataSchemas(project.Number).CreateAsync(ObjectIds.New("ms_"), SchemaKind.Metadata, name, change))
            : ApiError.NotFound("project", projectId);
    }

    /// <summary>Lists all schemas of metadata of a project, by what they are about.</summary>
    internal static async Task<Results<Wire<DataList<MetadataSchemaResponse<PropertyInSnakeCase>>>, ApiError>> ListManagedAsync(
        string projectId, IGrainFactory grains, CancellationToken cancellation)
    {
        if (await FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        var schemas = await grains.MetadataSchemas(project.Number).ListAsync(SchemaKind.Metadata, cancellation);
        return Wire.Ok(new DataList<MetadataSchemaResponse<PropertyInSnakeCase>>([.. schemas.Select(MetadataSchemaResponse<PropertyInSnakeCase>.From)], schemas.Count));
    }

    /// <summary>One schema.</summary>
    internal static async Task<Results<Wire<MetadataSchemaResponse<PropertyInSnakeCase>>, ApiError>> GetManagedAsync(
        string projectId, string metadataSchemaId, IGrainFactory grains, CancellationToken cancellation)
    {
        if (await FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        return Ids.CanBe("ms_", metadataSchemaId) && await grains.MetadataSchemas(project.Number).FindAsync(metadataSchemaId, SchemaKind.Metadata, cancellation) is { } schema
            ? Wire.Ok(MetadataSchemaResponse<PropertyInSnakeCase>.From(schema))
            : ApiError.NotFound(Resource, metadataSchemaId);
    }

    /// <summary>
    /// Adds definitions, and changes those that are given: each as a whole, but not its type. The others stay. A definition with <c>deleted</c> is removed and can be given again.
    /// </summary>
    internal static async Task<Results<Wire<MetadataSchemaResponse<PropertyInSnakeCase>>, ApiError>> UpdateAsync(
        string projectId, string metadataSchemaId, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var change = new SchemaChange(SchemaReader.Properties(root), root.Flag("allow_defined_only"));
        if (await FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        return Ids.CanBe("ms_", metadataSchemaId)
            ? Answer(metadataSchemaId, "", await grains.MetadataSchemas(project.Number).ChangeAsync(metadataSchemaId, SchemaKind.Metadata, change))
            : ApiError.NotFound(Resource, metadataSchemaId);
    }

    /// <summary>Deletes a schema for good. The metadata of objects stays.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string projectId, string metadataSchemaId, IGrainFactory grains)
    {
        if (await FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        return Ids.CanBe("ms_", metadataSchemaId) && await grains.MetadataSchemas(project.Number).DeleteAsync(metadataSchemaId, SchemaKind.Metadata)
            ? TypedResults.NoContent()
            : ApiError.NotFound(Resource, metadataSchemaId);
    }

    /// <summary>The project of a path, or null.</summary>
    internal static async ValueTask<Project?> FindProjectAsync(string projectId, IGrainFactory grains) =>
        Ids.CanBe("proj_", projectId) ? await grains.ProjectDirectory.FindAsync(projectId) : null;

    private static Results<Wire<MetadataSchemaResponse<PropertyInSnakeCase>>, ApiError> Answer(string id, string name, SchemaResult result) => result switch
    {
        SchemaResult.Saved saved => Wire.Ok(MetadataSchemaResponse<PropertyInSnakeCase>.From(saved.Schema)),
        SchemaResult.Exists => ApiError.Duplicate("metadata schema", name, $"Duplicated metadata schema exists with related_object {name}"),
        _ => SchemaAnswers.Refusal(result, Resource, id, ""),
    };
}

/// <summary>Answers to changes of schemas that were not done.</summary>
internal static class SchemaAnswers
{
    /// <param name="result">The answer.</param>
    /// <param name="resource">What was to be changed.</param>
    /// <param name="id">Its id.</param>
    /// <param name="path">What stands before the definitions in the body.</param>
    public static ApiError Refusal(SchemaResult result, string resource, string id, string path) => result switch
    {
        SchemaResult.NotFound => ApiError.NotFound(resource, id),
        SchemaResult.Invalid invalid => ApiError.InvalidFields([.. invalid.Problems.Select(problem => problem with { Field = path + problem.Field })]),
        SchemaResult.TooMany => ApiError.InvalidPayload($"A project has at most {SchemaLimits.Schemas} schemas"),
        _ => throw new UnreachableException(),
    };
}
