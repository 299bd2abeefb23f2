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
            options.AddOperationTransformer(DescribeOperation);
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
            page.HideClientButton = true;
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
        document.Servers = [];
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

    private static Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<Surface>().LastOrDefault() is { } surface)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(surface.IdHeader, context.Document)] = [],
                    [new OpenApiSecuritySchemeReference(surface.TokenHeader, context.Document)] = [],
                },
            ];
        }

        if (metadata.OfType<UploadedPart>().LastOrDefault() is { } file)
        {
            var form = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { file.Part },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    [file.Part] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = file.Description },
                },
            };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["multipart/form-data"] = new OpenApiMediaType { Schema = form } },
            };
        }

        operation.Parameters ??= [];
        foreach (var name in metadata.OfType<QueryParameters>().SelectMany(query => query.Names))
        {
            var text = new OpenApiSchema { Type = JsonSchemaType.String };
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Schema = text });
        }

        if (context.Description.HttpMethod == HttpMethods.Post)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Description = "Up to 255 characters. A repetition with the same key and body changes nothing and gets what the first request made, as it is now, or 404 when that was deleted meanwhile. "
                    + "Keys are remembered for 30 days, unless configured otherwise.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
            });
        }

        return Task.CompletedTask;
    }
}
