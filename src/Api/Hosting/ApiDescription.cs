using Marketing.Customers;
using Marketing.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Marketing.Hosting;

/// <summary>The OpenAPI document and the page that shows it. Everything is served from here: operators' networks are often closed.</summary>
internal static class ApiDescription
{
    public static void AddApiDescription(this IServiceCollection services)
    {
        // Only what the document generator reads; answers are written with the same options by the endpoints themselves.
        services.ConfigureHttpJsonOptions(http =>
        {
            http.SerializerOptions.PropertyNamingPolicy = WireJson.Options.PropertyNamingPolicy;
            http.SerializerOptions.DictionaryKeyPolicy = WireJson.Options.DictionaryKeyPolicy;
            http.SerializerOptions.NumberHandling = WireJson.Options.NumberHandling;
        });
        services.AddOpenApi(options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer(DescribeDocument);
            options.AddOperationTransformer(OperationDescription.DescribeAsync);
            options.AddSchemaTransformer(DescribeSchema);
        });
    }

    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi();
        routes.MapScalarApiReference("/docs", page =>
        {
            page.Title = "Distributions API";
            page.DefaultFonts = false;
            page.Telemetry = false;

            // Of the maker of the page: to a client, services and settings of its own.
            page.HideClientButton = true;
            page.HideDeveloperTools().DisableAgent().DisableMcp();
            page.CustomCss = "a[href*='scalar.com'] { display: none !important; }";
        });
    }

    private static Task DescribeDocument(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Distributions API",
            Version = "v1",
            Description = "Customers, segments, events and orders in Voucherify's wire format, and the distributions that react to them. HEAD is answered wherever GET is. "
                + "A path is decoded once: the customer k/b is at /v1/customers/k%2Fb, k%2Fb at /v1/customers/k%252Fb. Many clients take segments out that are one or two dots, encoded or not; "
                + "the server takes them as they come.",
        };

        // Unless somebody said how others reach it, it is where the document was asked for. Paths begin with a slash.
        var publicUrl = context.ApplicationServices.GetRequiredService<IConfiguration>()["Distributions:PublicUrl"];
        var address = string.IsNullOrEmpty(publicUrl) ? document.Servers?.FirstOrDefault()?.Url : publicUrl;
        document.Servers = [new OpenApiServer { Url = address?.TrimEnd('/') ?? "" }];

        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        foreach (var surface in (ReadOnlySpan<Surface>)[Surface.Server, Surface.Client, Surface.Management])
        {
            foreach (var header in (ReadOnlySpan<string>)[surface.IdHeader, surface.TokenHeader])
            {
                document.Components.SecuritySchemes[header] =
                    new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = header };
            }
        }

        document.Components.SecuritySchemes[OperationDescription.Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A token of POST /v1/oauth/token, instead of the keys.",
        };
        return Task.CompletedTask;
    }

    // Written by a converter, which tells the generator nothing.
    private static Task DescribeSchema(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonTypeInfo.Type == typeof(CustomerAddress))
        {
            schema.Type = JsonSchemaType.Object | (schema.Type & JsonSchemaType.Null ?? 0);
            schema.Properties = CustomerAddress.Names.ToDictionary(
                known => known.Name, static IOpenApiSchema (_) => new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null });
        }

        return Task.CompletedTask;
    }
}
