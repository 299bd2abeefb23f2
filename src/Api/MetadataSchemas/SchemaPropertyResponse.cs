using System.Text.Json.Serialization;

namespace Marketing.MetadataSchemas;

/// <summary>A way to spell definitions.</summary>
internal interface ISchemaProperty<TSelf>
    where TSelf : ISchemaProperty<TSelf>
{
    static abstract TSelf From(SchemaProperty property);
}

/// <summary>What is spelt one way everywhere.</summary>
internal abstract record PropertyBody
{
    /// <summary><c>string</c>, <c>number</c>, <c>boolean</c>, <c>date</c>, <c>datetime</c>, <c>image_url</c>, <c>geopoint</c> or <c>object</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether the value is a list of such.</summary>
    public required bool Array { get; init; }

    /// <summary>Whether it may be missing.</summary>
    public required bool Optional { get; init; }

    /// <summary>Removed: the key is as if it had no definition.</summary>
    public bool? Deleted { get; init; }

    /// <summary>Of a text or a number: what it may be.</summary>
    public IReadOnlyList<object>? Eq { get; init; }

    /// <summary>Of a number: what it must not be.</summary>
    public IReadOnlyList<decimal>? Ne { get; init; }

    /// <summary>Of a number: it is less.</summary>
    public decimal? Lt { get; init; }

    /// <summary>Of a number: it is at most this.</summary>
    public decimal? Lte { get; init; }

    /// <summary>Of a number: it is greater.</summary>
    public decimal? Gt { get; init; }

    /// <summary>Of a number: it is at least this.</summary>
    public decimal? Gte { get; init; }

    protected static IReadOnlyList<object>? Values(SchemaProperty property) =>
        property.Texts.Count > 0 ? [.. property.Texts] : property.Numbers.Count > 0 ? [.. property.Numbers.Cast<object>()] : null;
}

/// <summary>What a key of metadata must be, as the management spells it.</summary>
internal sealed record PropertyInSnakeCase : PropertyBody, ISchemaProperty<PropertyInSnakeCase>
{
    /// <summary>Of an object: the name of its schema; null for any object.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ObjectType { get; init; }

    /// <summary>Of a text: the fewest characters.</summary>
    public int? MinLength { get; init; }

    /// <summary>Of a text: the most characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Of a text: how many characters.</summary>
    public int? ExactLength { get; init; }

    public static PropertyInSnakeCase From(SchemaProperty property) => new()
    {
        Type = property.Type,
        Array = property.Array,
        Optional = property.Optional,
        Deleted = property.Deleted ? true : null,
        ObjectType = property.ObjectType,
        Eq = Values(property),
        Ne = property.NotNumbers.Count > 0 ? property.NotNumbers : null,
        Lt = property.LessThan,
        Lte = property.AtMost,
        Gt = property.GreaterThan,
        Gte = property.AtLeast,
        MinLength = property.MinLength,
        MaxLength = property.MaxLength,
        ExactLength = property.ExactLength,
    };
}

/// <summary>What a key of metadata must be, as keys of the project are answered.</summary>
internal sealed record PropertyInCamelCase : PropertyBody, ISchemaProperty<PropertyInCamelCase>
{
    /// <summary>Of an object: the name of its schema; null for any object.</summary>
    [JsonPropertyName("objectType"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ObjectType { get; init; }

    /// <summary>Of a text: the fewest characters.</summary>
    [JsonPropertyName("minLength")]
    public int? MinLength { get; init; }

    /// <summary>Of a text: the most characters.</summary>
    [JsonPropertyName("maxLength")]
    public int? MaxLength { get; init; }

    /// <summary>Of a text: how many characters.</summary>
    [JsonPropertyName("exactLength")]
    public int? ExactLength { get; init; }

    public static PropertyInCamelCase From(SchemaProperty property) => new()
    {
        Type = property.Type,
        Array = property.Array,
        Optional = property.Optional,
        Deleted = property.Deleted ? true : null,
        ObjectType = property.ObjectType,
        Eq = Values(property),
        Ne = property.NotNumbers.Count > 0 ? property.NotNumbers : null,
        Lt = property.LessThan,
        Lte = property.AtMost,
        Gt = property.GreaterThan,
        Gte = property.AtLeast,
        MinLength = property.MinLength,
        MaxLength = property.MaxLength,
        ExactLength = property.ExactLength,
    };
}
