using System.Diagnostics;
using Marketing.Http;
using Marketing.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Branding;

/// <summary>Brand details: who writes, as every email must say. By the operator for every project, as in the product; by a project's own key for itself.</summary>
internal static class BrandingEndpoints
{
    private const string Resource = "branding_details";

    private const string Example = """
        {"brand":{"name":"Kalimba Shop","website_url":"https://shop.example","privacy_policy_url":"https://shop.example/privacy"},
         "address":{"street":"Porcelanowa 23","city":"Katowice","postal":"40-246","state":"Silesia","country":"Poland"},"contact":{"email":"support@shop.example","phone":"+48 32 000 00 00"}}
        """;

    public static void MapBranding(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/branding").WithTags("Project").WithMetadata(new KeysOnly(OrSessions: true));
        group.MapGet("", GetOwnAsync).WithName("GetOwnBrand");
        group.MapPut("", SaveOwnAsync).WithName("SaveOwnBrand").WithExample(Example);
    }

    public static void MapManagedBranding(this IEndpointRouteBuilder management)
    {
        var group = management.MapGroup("/projects/{projectId}/branding").WithTags("Management").WithPath("projectId", "The id of the project.")
            .WithPath("brandingId", "The id of the brand details.");
        group.MapPost("", CreateAsync).WithName("CreateBrand").Accepts<BrandRequest>("application/json").WithExample(Example);
        group.MapGet("", ListAsync).WithName("ListBrands");
        group.MapGet("/{brandingId}", GetAsync).WithName("GetBrand");
        group.MapPut("/{brandingId}", UpdateAsync).WithName("UpdateBrand").Accepts<BrandRequest>("application/json").WithExample("""{"contact":{"email":"hello@shop.example"}}""");
        group.MapDelete("/{brandingId}", DeleteAsync).WithName("DeleteBrand");
    }

    /// <summary>The brand details of the project that the key opens.</summary>
    internal static async Task<Results<Wire<BrandResponse>, ApiError>> GetOwnAsync(Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        await grains.Branding(caller.Number).FindAsync(cancellation) is { } brand ? Wire.Ok(BrandResponse.From(brand)) : ApiError.NotFound(Resource, caller.Project.Id);

    /// <summary>Stores the brand details of the project that the key opens: all of them where there are none, otherwise those that are given; the others stay.</summary>
    internal static async Task<Wire<BrandResponse>> SaveOwnAsync(Caller caller, OwnBody<BrandRequest> body, IGrainFactory grains)
    {
        var branding = grains.Branding(caller.Number);
        var details = await branding.FindAsync() is { } present ? BrandReader.Change(body.Object, present) : BrandReader.New(body.Object);
        return Wire.Ok(BrandResponse.From(await branding.SaveAsync(details)));
    }

    /// <summary>Stores the brand details of a project, which has one set.</summary>
    internal static async Task<Results<Wire<BrandResponse>, ApiError>> CreateAsync(string projectId, JsonBody body, IGrainFactory grains)
    {
        var details = BrandReader.New(body.Object);
        if (await FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        return await grains.Branding(project.Number).CreateAsync(details) switch
        {
            BrandResult.Saved saved => Wire.Ok(BrandResponse.From(saved.Brand)),
            BrandResult.Exists => new ApiError(409, "branding_exist", "Branding exist", "Cannot exist more than one branding for given project"),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Lists the brand details of a project: one set, or none.</summary>
    internal static async Task<Results<Wire<DataList<BrandResponse>>, ApiError>> ListAsync(string projectId, IGrainFactory grains, CancellationToken cancellation)
    {
        if (await FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        BrandResponse[] brands = await grains.Branding(project.Number).FindAsync(cancellation) is { } brand ? [BrandResponse.From(brand)] : [];
        return Wire.Ok(new DataList<BrandResponse>(brands, brands.Length));
    }

    /// <summary>Brand details by their id.</summary>
    internal static async Task<Results<Wire<BrandResponse>, ApiError>> GetAsync(string projectId, string brandingId, IGrainFactory grains, CancellationToken cancellation) =>
        await FindProjectAsync(projectId, grains) is not { } project ? ApiError.NotFound("project", projectId)
        : await grains.Branding(project.Number).FindAsync(cancellation) is { } brand && brand.Id == brandingId ? Wire.Ok(BrandResponse.From(brand))
        : ApiError.NotFound(Resource, brandingId);

    /// <summary>Changes the fields that are given; the others stay.</summary>
    internal static async Task<Results<Wire<BrandResponse>, ApiError>> UpdateAsync(string projectId, string brandingId, JsonBody body, IGrainFactory grains)
    {
        if (await FindProjectAsync(projectId, grains) is not { } project)
        {
            return ApiError.NotFound("project", projectId);
        }

        var branding = grains.Branding(project.Number);
        return await branding.FindAsync() is { } present && present.Id == brandingId && await branding.ChangeAsync(BrandReader.Change(body.Object, present)) is BrandResult.Saved saved
            ? Wire.Ok(BrandResponse.From(saved.Brand))
            : ApiError.NotFound(Resource, brandingId);
    }

    /// <summary>Deletes brand details for good. Email does not go live without.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string projectId, string brandingId, IGrainFactory grains) =>
        await FindProjectAsync(projectId, grains) is not { } project ? ApiError.NotFound("project", projectId)
        : Ids.CanBe("brd_", brandingId) && await grains.Branding(project.Number).DeleteAsync(brandingId) ? TypedResults.NoContent()
        : ApiError.NotFound(Resource, brandingId);

    private static async ValueTask<Project?> FindProjectAsync(string projectId, IGrainFactory grains) =>
        Ids.CanBe("proj_", projectId) ? await grains.ProjectDirectory.FindAsync(projectId) : null;
}
