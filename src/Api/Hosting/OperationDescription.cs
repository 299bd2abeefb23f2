using System.Globalization;
using System.Text.Json.Nodes;
using Marketing.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Marketing.Hosting;

/// <summary>What the OpenAPI document says of an operation beside what follows from its types.</summary>
internal static class OperationDescription
{
    /// <summary>How the document calls what tokens are sent with.</summary>
    public const string Bearer = "Bearer";

    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var surface = metadata.OfType<Surface>().LastOrDefault();
        if (surface is not null)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(surface.IdHeader, context.Document)] = [],
                    [new OpenApiSecuritySchemeReference(surface.TokenHeader, context.Document)] = [],
                },
            ];
            if (surface != Surface.Management && !metadata.OfType<KeysOnly>().Any())
            {
                operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] });
            }
        }

        if (metadata.OfType<UploadedPart>().LastOrDefault() is { } file)
        {
            operation.RequestBody = Upload(file);
        }

        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path))
        {
            parameter.Description = metadata.OfType<PathParameter>().LastOrDefault(known => known.Name == parameter.Name)?.Sentence;
        }

        foreach (var parameter in metadata.OfType<QueryParameters>().SelectMany(query => query.All))
        {
            operation.Parameters.Add(Describe(parameter));
        }

        // The answer to a new project, or a new token, holds what nobody can read again, so it cannot be given twice.
        if (context.Description.HttpMethod == HttpMethods.Post && surface != Surface.Management && !metadata.OfType<KeysOnly>().Any())
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

        if (metadata.OfType<TakesIfMatch>().Any())
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "If-Match",
                In = ParameterLocation.Header,
                Description = "The ETag of the version that is to be changed: 412 when there is another one. Without it the change is made whatever there is.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        if (metadata.OfType<BodyExample>().LastOrDefault() is { } example)
        {
            foreach (var content in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
            {
                content.Example = example.Json.DeepClone();
            }
        }

        foreach (var answer in metadata.OfType<AnswerExample>())
        {
            if (operation.Responses?.GetValueOrDefault(answer.Status.ToString(CultureInfo.InvariantCulture)) is OpenApiResponse response)
            {
                response.Description = answer.Sentence;
                foreach (var content in response.Content?.Values.OfType<OpenApiMediaType>() ?? [])
                {
                    content.Example = answer.Json.DeepClone();
                }
            }
        }

        return Task.CompletedTask;
    }

    private static OpenApiRequestBody Upload(UploadedPart file)
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
        return new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { ["multipart/form-data"] = new OpenApiMediaType { Schema = form } },
        };
    }

    private static OpenApiParameter Describe(QueryParameter parameter)
    {
        var value = new OpenApiSchema
        {
            Type = parameter.IsNumber ? JsonSchemaType.Integer : JsonSchemaType.String,
            Format = parameter.IsInstant ? "date-time" : null,
            Minimum = parameter.Range?.Least.ToString(CultureInfo.InvariantCulture),
            Maximum = parameter.Range?.Most.ToString(CultureInfo.InvariantCulture),
            Enum = parameter.Values.Count > 0 ? [.. parameter.Values.Select(text => (JsonNode)text)] : null,
            Default = parameter.Default is not { } text ? null : parameter.IsNumber ? int.Parse(text, CultureInfo.InvariantCulture) : text,
        };
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Sentence,
            Schema = parameter.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = value } : value,
        };
    }
}
