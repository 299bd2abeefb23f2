namespace Marketing.MetadataSchemas;

// For the OpenAPI document; SchemaReader reads it.

/// <summary>A schema of metadata.</summary>
internal sealed record MetadataSchemaRequest : MetadataSchemaChange
{
    /// <summary>
    /// What it is about: <c>campaign</c>, <c>customer</c>, <c>earning_rule</c>, <c>loyalty_tier</c>, <c>order</c>, <c>order_item</c>, <c>product</c>, <c>promotion_tier</c>, <c>publication</c>, <c>redemption</c>,
    /// <c>reward</c>, <c>sku</c> or <c>voucher</c>; any other name is that of an object nested in metadata.
    /// </summary>
    public required string RelatedObject { get; init; }
}

/// <summary>What can be changed of a schema.</summary>
internal record MetadataSchemaChange
{
    /// <summary>Whether keys without a definition are refused.</summary>
    public bool? AllowDefinedOnly { get; init; }

    /// <summary>Definitions by key.</summary>
    public required IReadOnlyDictionary<string, PropertyInSnakeCase> Properties { get; init; }
}

/// <summary>A schema of custom events.</summary>
internal sealed record EventSchemaRequest : EventSchemaChange
{
    /// <summary>The name of the event.</summary>
    public required string Name { get; init; }
}

/// <summary>What can be changed of a schema of custom events.</summary>
internal record EventSchemaChange
{
    public required EventProperties Schema { get; init; }
}

/// <summary>Bodies for the OpenAPI document.</summary>
internal static class SchemaExamples
{
    public const string Schema = """
        {"related_object":"order_item","allow_defined_only":false,"properties":{"engraving":{"type":"string","optional":true,"array":false,"max_length":40},
         "finish":{"type":"string","optional":true,"array":false,"eq":["oil","wax"]}}}
        """;

    public const string Change = """{"properties":{"weight":{"type":"number","optional":true,"array":false,"gt":0}}}""";

    public const string Event = """{"name":"review_left","schema":{"properties":{"stars":{"type":"number","optional":false},"text":{"type":"string","optional":true}}}}""";

    public const string EventChange = """{"schema":{"properties":{"verified":{"type":"boolean","optional":true}}}}""";
}
