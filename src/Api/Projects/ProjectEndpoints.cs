using Marketing.Distributions;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Projects;

/// <summary>Projects: the tenants of a deployment.</summary>
internal static class ProjectEndpoints
{
    private const int MaxDomains = 100;

    private static readonly string[] Plans = [MessagePlans.Trial, MessagePlans.VerifiedTrial, MessagePlans.Paid];

    public static void MapProjects(this IEndpointRouteBuilder management)
    {
        var group = management.MapGroup("/projects").WithTags("Management").WithPath("projectId", "The id of the project.");
        group.MapPost("", CreateAsync).WithName("CreateProject")
            .WithExample("""{"name":"Shop","timezone":"Europe/Warsaw","currency":"PLN","client_trusted_domains":["https://shop.example"],"client_create_customer_enabled":true}""");
        group.MapGet("", ListAsync).WithName("ListProjects");
        group.MapGet("/{projectId}", GetAsync).WithName("GetProject");
        group.MapPut("/{projectId}", UpdateAsync).WithName("UpdateProject")
            .WithExample("""{"timezone":"Europe/London"}""");
    }

    /// <summary>Creates a project with fresh keys. Its secrets are in this answer and nowhere else.</summary>
    internal static async Task<Wire<ProjectCreatedResponse>> CreateAsync(OwnBody<ProjectRequest> body, IGrainFactory grains, HttpContext http)
    {
        body.Object.RequiredText("name", TextLimits.Name);
        var created = await grains.ProjectDirectory.CreateAsync(Read(body.Object, new ProjectSettings { Name = "" }));
        http.Response.Headers.CacheControl = "no-store";
        return Wire.Ok(new ProjectCreatedResponse(created));
    }

    /// <summary>Lists all projects.</summary>
    internal static async Task<Wire<DataList<ProjectResponse>>> ListAsync(IGrainFactory grains)
    {
        var projects = await grains.ProjectDirectory.ListAsync();
        return Wire.Ok(new DataList<ProjectResponse>([.. projects.Select(ProjectResponse.From)], projects.Count));
    }

    /// <summary>One project.</summary>
    internal static async Task<Results<Wire<ProjectResponse>, ApiError>> GetAsync(string projectId, IGrainFactory grains) =>
        await FindAsync(projectId, grains) is { } project
            ? Wire.Ok(ProjectResponse.From(project, await grains.DistributionQueries(project.Number).MessageLimitsAsync()))
            : ApiError.NotFound("project", projectId);

    /// <summary>
    /// Changes the settings that are given; the others stay. A new time zone is in force a few seconds later: segments whose filter reads the calendar
    /// are synchronised with it, and customers enter and leave them.
    /// </summary>
    internal static async Task<Results<Wire<ProjectResponse>, ApiError>> UpdateAsync(
        string projectId, OwnBody<ProjectRequest> body, IGrainFactory grains)
    {
        var root = body.Object;
        return await FindAsync(projectId, grains) is { } project &&
            await grains.ProjectDirectory.UpdateAsync(projectId, Read(root, project.Settings)) is { } updated
            ? Wire.Ok(ProjectResponse.From(updated))
            : ApiError.NotFound("project", projectId);
    }

    private static async ValueTask<Project?> FindAsync(string projectId, IGrainFactory grains) =>
        Ids.CanBe("proj_", projectId) ? await grains.ProjectDirectory.FindAsync(projectId) : null;

    private static ProjectSettings Read(Payload body, ProjectSettings settings)
    {
        if (body.Line("name", TextLimits.Name) is { } name && name.Trim().Length == 0)
        {
            throw body.Refuse(".name", "must NOT be blank");
        }

        var zone = body.Text("timezone", 100);
        if (zone is not null && !TimeZones.IsKnown(zone))
        {
            throw body.Refuse(".timezone", "must be an IANA time zone");
        }

        var currency = body.Text("currency", 3);
        if (currency is not null && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)))
        {
            throw body.Refuse(".currency", "must be an ISO 4217 code");
        }

        var dialCode = body.Line("dial_code", 5);
        if (dialCode is { Length: > 0 } && !(dialCode.TrimStart('+') is { Length: >= 1 and <= 4 } digits && digits.All(char.IsAsciiDigit)))
        {
            throw body.Refuse(".dial_code", "must be a country calling code such as 48, or empty for none");
        }

        return settings with
        {
            FrequencyCaps = body.List("frequency_caps", FrequencyCap.MostCaps) is { } caps ? [.. caps.Select(FrequencyCapBody.Read)] : body.Has("frequency_caps") ? [] : settings.FrequencyCaps,
            MessagePlan = body.OneOf("message_plan", Plans) ?? settings.MessagePlan,
            QuietHours = !body.Has("quiet_hours") ? settings.QuietHours : body.Object("quiet_hours") is { } quiet ? QuietHoursBody.Read(quiet) : null,
            DialCode = dialCode is null ? settings.DialCode : dialCode.Length == 0 ? null : dialCode.TrimStart('+'),
            Name = body.Text("name", TextLimits.Name) ?? settings.Name,
            TimeZone = zone ?? settings.TimeZone,
            Currency = currency ?? settings.Currency,
            ClientTrustedDomains = body.Texts("client_trusted_domains", MaxDomains, TextLimits.Name) ?? settings.ClientTrustedDomains,
            ClientCreateCustomer = body.Flag("client_create_customer_enabled") ?? settings.ClientCreateCustomer,
            ClientRedeem = body.Flag("client_redeem_enabled") ?? settings.ClientRedeem,
            ClientPublish = body.Flag("client_publish_enabled") ?? settings.ClientPublish,
            CaseSensitiveCodes = body.Flag("case_sensitive_codes") switch
            {
                { } given when settings.CaseSensitiveCodes is { } present && given != present => throw body.Refuse(".case_sensitive_codes", "is fixed when the project is created"),
                var given => given ?? settings.CaseSensitiveCodes,
            },
        };
    }
}
