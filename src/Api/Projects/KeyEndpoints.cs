using System.Diagnostics;
using Marketing.Distributions;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Projects;

/// <summary>A project's own key changes its settings and its keys; the operator's does so for every project.</summary>
internal static class KeyEndpoints
{
    private const int MaxName = 100;
    private const string Example = """{"kind":"server","name":"Newsletter team"}""";

    public static void MapProjectKeys(this IEndpointRouteBuilder v1)
    {
        // A token that ends must not make a key that does not.
        var settings = v1.MapGroup("/project").WithTags("Project").WithMetadata(new KeysOnly(OrSessions: true));
        settings.MapGet("", SettingsAsync).WithName("GetOwnProject");
        settings.MapPut("", ChangeAsync).WithName("UpdateOwnProject").WithExample("""{"timezone":"Europe/London","currency":"GBP"}""");

        var keys = v1.MapGroup("/keys").WithTags("Project").WithMetadata(new KeysOnly(OrSessions: true)).WithPath("appId", "The application id of the key.");
        keys.MapGet("", (Caller caller, IGrainFactory grains) => ListAsync(caller.Project.Id, caller.AppId, grains)).WithName("ListKeys")
            .WithSummary("Lists the keys of the project, without their tokens.");
        keys.MapPost("", (Caller caller, OwnBody<KeyRequest> body, IGrainFactory grains, HttpResponse response) => IssueAsync(caller.Project.Id, body, grains, response)).WithName("CreateKey")
            .WithExample(Example).WithSummary("Makes another key for the project. Its token is in this answer and nowhere else.");
        keys.MapDelete("/{appId}", (string appId, Caller caller, IGrainFactory grains, AccessKeys known) => RevokeAsync(caller.Project.Id, appId, caller.AppId, grains, known)).WithName("RevokeKey")
            .WithSummary("Ends a key within 30 seconds. The last server key and the one that asks stay: 409.");
    }

    public static void MapManagedKeys(this IEndpointRouteBuilder management)
    {
        var keys = management.MapGroup("/projects/{projectId}/keys").WithTags("Management")
            .WithPath("projectId", "The id of the project.").WithPath("appId", "The application id of the key.");
        keys.MapGet("", (string projectId, IGrainFactory grains) => ListAsync(projectId, null, grains)).WithName("ListProjectKeys")
            .WithSummary("Lists the keys of a project, without their tokens.");
        keys.MapPost("", (string projectId, OwnBody<KeyRequest> body, IGrainFactory grains, HttpResponse response) => IssueAsync(projectId, body, grains, response)).WithName("CreateProjectKey")
            .WithExample(Example).WithSummary("Makes another key for a project. Its token is in this answer and nowhere else.");
        keys.MapDelete("/{appId}", (string projectId, string appId, IGrainFactory grains, AccessKeys known) => RevokeAsync(projectId, appId, null, grains, known)).WithName("RevokeProjectKey")
            .WithSummary("Ends a key within 30 seconds. The last server key stays: 409.");
    }

    /// <summary>The project that the key opens.</summary>
    internal static async Task<Results<Wire<ProjectResponse>, ApiError>> SettingsAsync(Caller caller, IGrainFactory grains) =>
        await grains.ProjectDirectory.FindAsync(caller.Project.Id) is { } project
            ? Wire.Ok(ProjectResponse.From(project, await grains.DistributionQueries(project.Number).MessageLimitsAsync()))
            : ApiError.NotFound("project", caller.Project.Id);

    /// <summary>Changes the settings that are given, as the operator can; the others stay. What the account may send is for the operator alone to say.</summary>
    internal static async Task<Results<Wire<ProjectResponse>, ApiError>> ChangeAsync(Caller caller, OwnBody<ProjectRequest> body, IGrainFactory grains, AccessKeys known)
    {
        if (body.Object.Text("message_plan", MaxName) is { } plan && await grains.ProjectDirectory.FindAsync(caller.Project.Id) is { } present && plan != (present.Settings.MessagePlan ?? MessagePlans.Paid))
        {
            throw body.Object.Refuse(".message_plan", "is for the operator to say");
        }

        var answer = await ProjectEndpoints.UpdateAsync(caller.Project.Id, body, grains);
        known.Forget(caller.AppId);
        return answer;
    }

    private static async Task<Results<Wire<DataList<KeyResponse>>, ApiError>> ListAsync(string projectId, string? asking, IGrainFactory grains) =>
        Ids.CanBe("proj_", projectId) && await grains.ProjectDirectory.KeysAsync(projectId) is { } keys
            ? Wire.Ok(new DataList<KeyResponse>([.. keys.Select(key => KeyResponse.From(key, asking))], keys.Count))
            : ApiError.NotFound("project", projectId);

    private static async Task<Results<Wire<KeyCreatedResponse>, ApiError>> IssueAsync(string projectId, OwnBody<KeyRequest> body, IGrainFactory grains, HttpResponse response)
    {
        var root = body.Object;
        var kind = root.OneOf("kind", AccessKeys.Server, AccessKeys.Client) ?? throw root.Missing("kind");
        var name = root.Line("name", MaxName);
        if (name is not null && name.Trim().Length == 0)
        {
            throw root.Refuse(".name", "must NOT be blank");
        }

        if (!Ids.CanBe("proj_", projectId))
        {
            return ApiError.NotFound("project", projectId);
        }

        response.Headers.CacheControl = "no-store";
        return await grains.ProjectDirectory.IssueKeyAsync(projectId, kind, name) switch
        {
            KeyIssue.Issued issued => Wire.Ok(KeyCreatedResponse.From(issued)),
            KeyIssue.NotFound => ApiError.NotFound("project", projectId),
            KeyIssue.TooMany many => new ApiError(409, "too_many_keys", "Too many keys", $"A project has at most {many.Most} keys; revoke one first"),
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<Results<NoContent, ApiError>> RevokeAsync(string projectId, string appId, string? asking, IGrainFactory grains, AccessKeys known)
    {
        if (!Ids.CanBe("proj_", projectId))
        {
            return ApiError.NotFound("project", projectId);
        }

        var revocation = await grains.ProjectDirectory.RevokeKeyAsync(projectId, appId, asking);
        switch (revocation)
        {
            case KeyRevocation.Revoked:
                known.Forget(appId);
                return TypedResults.NoContent();
            case KeyRevocation.NotFound:
                return ApiError.NotFound("key", appId);
            case KeyRevocation.LastServerKey:
                return InUse(appId, "It is the last server-side key of the project");
            case KeyRevocation.InUse:
                return InUse(appId, "It is the key that this request came with");
            default:
                throw new UnreachableException();
        }
    }

    private static ApiError InUse(string appId, string why) => new(409, "key_in_use", "Key in use", why) { ResourceId = appId, ResourceType = "key" };
}
