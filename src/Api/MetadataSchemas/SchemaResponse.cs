using System.Text.Json.Serialization;

namespace Marketing.MetadataSchemas;

/// <summary>A schema of metadata.</summary>
/// <typeparam name="TProperty">How definitions are spelt.</typeparam>
internal sealed record MetadataSchemaResponse<TProperty>
    where TProperty : ISchemaProperty<TProperty>
{
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required string RelatedObject { get; init; }

    /// <summary>Definitions by key; those that were removed are <c>deleted</c>.</summary>
    public required IReadOnlyDictionary<string, TProperty> Properties { get; init; }

    /// <summary>Whether keys without a definition are refused; null where that was never said, which is no.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool? AllowDefinedOnly { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? UpdatedAt { get; init; }

    public string Object { get; } = "metadata_schema";

    public static MetadataSchemaResponse<TProperty> From(SchemaDefinition schema) => new()
    {
        Id = schema.Id,
        RelatedObject = schema.Name,
        Properties = schema.Properties.ToDictionary(property => property.Key, TProperty.From, StringComparer.Ordinal),
        AllowDefinedOnly = schema.AllowDefinedOnly,
        CreatedAt = schema.CreatedAt,
        UpdatedAt = schema.UpdatedAt,
    };
}

/// <summary>All schemas of metadata.</summary>
internal sealed record MetadataSchemaList(IReadOnlyList<MetadataSchemaResponse<PropertyInCamelCase>> Schemas, long Total)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "schemas";
}

/// <summary>A schema of custom events.</summary>
internal sealed record EventSchemaResponse
{
    public required string Id { get; init; }

    /// <summary>The name of the event.</summary>
    public required string Name { get; init; }

    public required EventProperties Schema { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string Object { get; } = "custom-event-schema";

    public static EventSchemaResponse From(SchemaDefinition schema) => new()
    {
        Id = schema.Id,
        Name = schema.Name,
        Schema = new EventProperties
        {
            Properties = schema.Properties.ToDictionary(
                property => property.Key, property => new EventProperty { Type = property.Type, Optional = property.Optional, Deleted = property.Deleted ? true : null }, StringComparer.Ordinal),
        },
        CreatedAt = schema.CreatedAt,
        UpdatedAt = schema.UpdatedAt,
    };
}

/// <summary>What the metadata of an event must be.</summary>
internal sealed record EventProperties
{
    public required IReadOnlyDictionary<string, EventProperty> Properties { get; init; }
}

/// <summary>What a key of the metadata of an event must be.</summary>
internal sealed record EventProperty
{
    /// <summary><c>string</c>, <c>number</c>, <c>date</c>, <c>datetime</c> or <c>boolean</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it may be missing.</summary>
    public required bool Optional { get; init; }

    /// <summary>Removed: the key is as if it had no definition.</summary>
    public bool? Deleted { get; init; }
}
