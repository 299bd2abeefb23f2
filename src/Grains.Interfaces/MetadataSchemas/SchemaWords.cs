namespace Marketing.MetadataSchemas;

/// <summary>The types of definitions, as they stand in requests.</summary>
public static class SchemaTypes
{
    /// <summary>A text.</summary>
    public const string Text = "string";

    /// <summary>A number.</summary>
    public const string Number = "number";

    /// <summary>True or false.</summary>
    public const string Flag = "boolean";

    /// <summary>A day, YYYY-MM-DD.</summary>
    public const string Date = "date";

    /// <summary>A day and a time, ISO 8601.</summary>
    public const string Instant = "datetime";

    /// <summary>The address of a picture.</summary>
    public const string Image = "image_url";

    /// <summary>Latitude and longitude: <c>52.23,21.01</c>.</summary>
    public const string Place = "geopoint";

    /// <summary>An object, of a schema of its own or of any form.</summary>
    public const string Nested = "object";

    /// <summary>Those of the metadata of objects.</summary>
    public static IReadOnlyList<string> OfObjects { get; } = [Text, Number, Nested, Date, Instant, Place, Flag, Image];

    /// <summary>Those of the metadata of custom events.</summary>
    public static IReadOnlyList<string> OfEvents { get; } = [Text, Number, Date, Instant, Flag];
}

/// <summary>The resources whose metadata has a schema, as they are named in requests. Every other name is that of a nested object.</summary>
public static class SchemaResources
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "campaign", "customer", "earning_rule", "loyalty_tier", "order", "order_item", "product", "promotion_tier", "publication", "redemption", "reward", "sku", "voucher",
    ];
}

/// <summary>How much there may be. Every silo keeps all schemas of a project.</summary>
public static class SchemaLimits
{
    /// <summary>Schemas of a project, of objects and events together.</summary>
    public const int Schemas = 500;

    /// <summary>Definitions of a schema, those that were removed among them.</summary>
    public const int Properties = 100;

    /// <summary>Names of schemas and keys of definitions, in UTF-16 characters.</summary>
    public const int Name = 300;

    /// <summary>Values that a definition allows or forbids.</summary>
    public const int Values = 200;

    /// <summary>Such a value that is a text, in UTF-16 characters.</summary>
    public const int Value = 1_000;

    /// <summary>A length that is asked for.</summary>
    public const int Length = 65_536;
}

/// <summary>How the grains of schemas are addressed.</summary>
public static class MetadataSchemaAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The schemas of a project.</summary>
        public IMetadataSchemasGrain MetadataSchemas(int project) => grains.At<IMetadataSchemasGrain>(GrainAddresses.Key(project));
    }
}
