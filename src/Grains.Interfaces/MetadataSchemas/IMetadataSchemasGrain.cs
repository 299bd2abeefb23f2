namespace Marketing.MetadataSchemas;

/// <summary>
/// What a project says of the metadata of its objects and of its custom events. Keyed by project number. When a change is answered, every silo decides by it; what was stored before is
/// not looked at again until it is written.
/// </summary>
[Alias("metadata-schemas"), GrainInterfaceType("metadata-schemas")]
public interface IMetadataSchemasGrain : IGrainWithIntegerKey
{
    /// <summary>Creates a schema under the id that is given. Repeating it with the same id changes nothing and answers the schema as it is.</summary>
    /// <param name="id"><c>ms_…</c></param>
    /// <param name="kind">Of objects, or of custom events.</param>
    /// <param name="name">The resource, the name of a nested object, or the name of the event: 1..300 characters.</param>
    /// <param name="change">What it says.</param>
    [Alias("create")]
    Task<SchemaResult> CreateAsync(string id, SchemaKind kind, string name, SchemaChange change);

    /// <summary>Changes what is given; definitions that are not stay. The type of a definition of an object is fixed. Repeating it changes nothing.</summary>
    [Alias("change")]
    Task<SchemaResult> ChangeAsync(string id, SchemaKind kind, SchemaChange change);

    /// <summary>Deletes a schema for good; metadata that is stored stays. False when there is none of the kind.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync(string id, SchemaKind kind);

    /// <summary>The schema of a kind by its id, or null.</summary>
    [Alias("find")]
    Task<SchemaDefinition?> FindAsync(string id, SchemaKind kind, CancellationToken cancellation = default);

    /// <summary>The schema of a kind by its name, or null.</summary>
    [Alias("find-by-name")]
    Task<SchemaDefinition?> FindByNameAsync(string name, SchemaKind kind, CancellationToken cancellation = default);

    /// <summary>All of a kind, by name.</summary>
    [Alias("list")]
    Task<IReadOnlyList<SchemaDefinition>> ListAsync(SchemaKind kind, CancellationToken cancellation = default);
}

/// <summary>What schemas are about.</summary>
public enum SchemaKind
{
    /// <summary>The metadata of a resource, or an object nested in metadata.</summary>
    Metadata,

    /// <summary>The metadata of a custom event.</summary>
    Event,
}

/// <summary>A schema as it stands.</summary>
[GenerateSerializer, Immutable, Alias("metadata-schema")]
public sealed record SchemaDefinition
{
    /// <summary><c>ms_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    [Id(1)] public required SchemaKind Kind { get; init; }

    /// <summary>The resource, the name of a nested object, or the name of the event.</summary>
    [Id(2)] public required string Name { get; init; }

    /// <summary>The definitions by key, in the order in which they were given; those that were removed among them.</summary>
    [Id(3)] public required IReadOnlyList<SchemaProperty> Properties { get; init; }

    /// <summary>Whether keys without a definition are refused; null where that was never said, which is no.</summary>
    [Id(4)] public bool? AllowDefinedOnly { get; init; }

    /// <summary>When it was created.</summary>
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [Id(6)] public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>The definition of one key of metadata.</summary>
[GenerateSerializer, Immutable, Alias("metadata-schema.property")]
public sealed record SchemaProperty
{
    /// <summary>The key.</summary>
    [Id(0)] public required string Key { get; init; }

    /// <summary>One of <see cref="SchemaTypes"/>.</summary>
    [Id(1)] public required string Type { get; init; }

    /// <summary>Whether the value is a list of such.</summary>
    [Id(2)] public bool Array { get; init; }

    /// <summary>Whether it may be missing.</summary>
    [Id(3)] public bool Optional { get; init; } = true;

    /// <summary>Removed: the key is as if it had no definition.</summary>
    [Id(4)] public bool Deleted { get; init; }

    /// <summary>Of an object: the name of its schema; null for any object.</summary>
    [Id(5)] public string? ObjectType { get; init; }

    /// <summary>Of a text: the fewest characters, in UTF-16.</summary>
    [Id(6)] public int? MinLength { get; init; }

    /// <summary>Of a text: the most characters.</summary>
    [Id(7)] public int? MaxLength { get; init; }

    /// <summary>Of a text: how many characters.</summary>
    [Id(8)] public int? ExactLength { get; init; }

    /// <summary>Of a text: what it may be; empty for anything.</summary>
    [Id(9)] public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Of a number: what it may be; empty for anything.</summary>
    [Id(10)] public IReadOnlyList<decimal> Numbers { get; init; } = [];

    /// <summary>Of a number: what it must not be.</summary>
    [Id(11)] public IReadOnlyList<decimal> NotNumbers { get; init; } = [];

    /// <summary>Of a number: it is less.</summary>
    [Id(12)] public decimal? LessThan { get; init; }

    /// <summary>Of a number: it is at most this.</summary>
    [Id(13)] public decimal? AtMost { get; init; }

    /// <summary>Of a number: it is greater.</summary>
    [Id(14)] public decimal? GreaterThan { get; init; }

    /// <summary>Of a number: it is at least this.</summary>
    [Id(15)] public decimal? AtLeast { get; init; }
}

/// <summary>What a schema is to say.</summary>
/// <param name="Properties">Definitions; each takes the place of the one with its key.</param>
/// <param name="AllowDefinedOnly">Null leaves it as it is.</param>
[GenerateSerializer, Immutable, Alias("metadata-schema.change")]
public sealed record SchemaChange([property: Id(0)] IReadOnlyList<SchemaProperty> Properties, [property: Id(1)] bool? AllowDefinedOnly = null);

/// <summary>Answer to a change of a schema.</summary>
[GenerateSerializer, Immutable, Alias("metadata-schema-result")]
public abstract record SchemaResult
{
    /// <summary>Durable, and in force on every silo.</summary>
    [GenerateSerializer, Immutable, Alias("metadata-schema-result.saved")]
    public sealed record Saved([property: Id(0)] SchemaDefinition Schema) : SchemaResult;

    /// <summary>There is no such schema.</summary>
    [GenerateSerializer, Immutable, Alias("metadata-schema-result.not-found")]
    public sealed record NotFound : SchemaResult;

    /// <summary>What is wrong with the definitions, each with its place.</summary>
    [GenerateSerializer, Immutable, Alias("metadata-schema-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : SchemaResult;

    /// <summary>There is one of this kind and name already.</summary>
    [GenerateSerializer, Immutable, Alias("metadata-schema-result.exists")]
    public sealed record Exists : SchemaResult;

    /// <summary>The project has <see cref="SchemaLimits.Schemas"/>.</summary>
    [GenerateSerializer, Immutable, Alias("metadata-schema-result.too-many")]
    public sealed record TooMany : SchemaResult;
}
