using System.Diagnostics;
using Marketing.Http;
using Marketing.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Discounts;

/// <summary>Stacking rules: how several discounts of one request go together in a project.</summary>
internal static class StackingRulesEndpoints
{
    private const string Prefix = "stk_";
    private const string Resource = "stacking_rules";

    public static void MapStackingRules(this IEndpointRouteBuilder management)
    {
        var group = management.MapGroup("/projects/{projectId}/stacking-rules").WithTags("Management").WithPath("projectId", "The id of the project.")
            .WithPath("stackingRulesId", "The id of the stacking rules.");
        group.MapPost("", CreateAsync).WithName("CreateStackingRules").Accepts<StackingRulesRequest>("application/json").WithExample(StackingRulesRequest.Example);
        group.MapGet("", ListAsync).WithName("ListStackingRules");
        group.MapGet("/{stackingRulesId}", GetAsync).WithName("GetStackingRules");
        group.MapPut("/{stackingRulesId}", UpdateAsync).WithName("UpdateStackingRules").Accepts<StackingRulesRequest>("application/json").WithExample(StackingRulesRequest.Change);
        group.MapDelete("/{stackingRulesId}", DeleteAsync).WithName("DeleteStackingRules");
    }

    /// <summary>Sets stacking rules in place of the defaults; what is not given has its default. A project has one set of them at the most. They are in force when this is answered.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> CreateAsync(string projectId, JsonBody body, IGrainFactory grains)
    {
        var rules = body.Object.Raw(TextLimits.RawBytes);
        return await FindProjectAsync(projectId, grains) is { } project
            ? Answer("", await grains.StackingRules(project.Number).CreateAsync(ObjectIds.New(Prefix), rules))
            : ApiError.NotFound("project", projectId);
    }

    /// <summary>The stacking rules that hold, as a list of one. The defaults have no id.</summary>
    internal static async Task<Results<Wire<DataList<RawJson>>, ApiError>> ListAsync(string projectId, IGrainFactory grains, CancellationToken cancellation) =>
        await FindProjectAsync(projectId, grains) is { } project
            ? Wire.Ok(new DataList<RawJson>([await grains.StackingRules(project.Number).CurrentAsync(cancellation)], 1))
            : ApiError.NotFound("project", projectId);

    /// <summary>The stacking rules of a project.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(string projectId, string stackingRulesId, IGrainFactory grains, CancellationToken cancellation)
    {
        if (await FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        return Ids.CanBe(Prefix, stackingRulesId) && await grains.StackingRules(project.Number).FindAsync(stackingRulesId, cancellation) is { } rules
            ? Wire.Ok(rules)
            : ApiError.NotFound(Resource, stackingRulesId);
    }

    /// <summary>Changes what is given, lists as a whole; the rest stays. Null puts a field back to its default, or a limit of categories to none.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string projectId, string stackingRulesId, JsonBody body, IGrainFactory grains)
    {
        var rules = body.Object.Raw(TextLimits.RawBytes);
        if (await FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        return Ids.CanBe(Prefix, stackingRulesId)
            ? Answer(stackingRulesId, await grains.StackingRules(project.Number).ChangeAsync(stackingRulesId, rules))
            : ApiError.NotFound(Resource, stackingRulesId);
    }

    /// <summary>Deletes the stacking rules: the defaults hold again.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string projectId, string stackingRulesId, IGrainFactory grains)
    {
        if (await FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        return Ids.CanBe(Prefix, stackingRulesId) && await grains.StackingRules(project.Number).DeleteAsync(stackingRulesId)
            ? TypedResults.NoContent()
            : ApiError.NotFound(Resource, stackingRulesId);
    }

    private static async ValueTask<Project?> FindProjectAsync(string projectId, IGrainFactory grains) =>
        Ids.CanBe("proj_", projectId) ? await grains.ProjectDirectory.FindAsync(projectId) : null;

    private static Results<Wire<RawJson>, ApiError> Answer(string id, StackingRulesResult result) => result switch
    {
        StackingRulesResult.Saved saved => Wire.Ok(saved.Rules),
        StackingRulesResult.NotFound => ApiError.NotFound(Resource, id),
        StackingRulesResult.Invalid invalid => ApiError.InvalidFields(invalid.Problems),
        StackingRulesResult.Exists => new ApiError(409, "stacking_rules_exist", "Stacking rules exist", "Cannot exist more stacking rules for given project"),
        _ => throw new UnreachableException(),
    };
}
