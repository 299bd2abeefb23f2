namespace Marketing.Exports;

/// <summary>What an export is to contain.</summary>
[GenerateSerializer, Immutable, Alias("export-definition")]
public sealed record ExportDefinition
{
    /// <summary>The kind of object: <c>customer</c>, <c>order</c> and so on.</summary>
    [Id(0)] public required string ExportedObject { get; init; }

    /// <summary>The field it is sorted by, with a leading <c>-</c> to go down; null for the order in which objects were made.</summary>
    [Id(1)] public string? Order { get; init; }

    /// <summary>The columns, at most <see cref="MostFields"/>; none for those that are usual for the object.</summary>
    [Id(2)] public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Which objects, as filters of segments are written; null for all.</summary>
    [Id(3)] public RawJson? Filters { get; init; }

    /// <summary>The most columns.</summary>
    public const int MostFields = 100;
}

/// <summary>An export.</summary>
[GenerateSerializer, Immutable, Alias("export-view")]
public sealed record Export
{
    /// <summary>The most that a project has, with those that have not expired yet.</summary>
    public const int Most = 1_000;

    /// <summary>How long an export, and what is in it, is kept from its making on.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary><c>exp_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The kind of object.</summary>
    [Id(1)] public required string ExportedObject { get; init; }

    /// <summary>Order, columns and filters as they hold, as wire JSON.</summary>
    [Id(2)] public required RawJson Parameters { get; init; }

    /// <summary><c>SCHEDULED</c>, <c>IN_PROGRESS</c>, <c>DONE</c>, or <c>ERROR</c>: it failed five times in a row without getting any further.</summary>
    [Id(3)] public required string Status { get; init; }

    /// <summary>Which way it was asked for.</summary>
    [Id(4)] public required string Channel { get; init; }

    /// <summary>When it was asked for.</summary>
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What opens the file, while it is there: to be handed on to whoever may have it, and to nobody else.</summary>
    [Id(6)] public string? Token { get; init; }
}

/// <summary>Answer to a wish for an export.</summary>
[GenerateSerializer, Immutable, Alias("export-result")]
public abstract record ExportResult
{
    /// <summary>Durable; work on it has begun.</summary>
    [GenerateSerializer, Immutable, Alias("export-result.saved")]
    public sealed record Saved([property: Id(0)] Export Export) : ExportResult;

    /// <summary>A part of the definition that cannot be. Field by field, by their paths in the body.</summary>
    [GenerateSerializer, Immutable, Alias("export-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : ExportResult;

    /// <summary>A column that there is not.</summary>
    [GenerateSerializer, Immutable, Alias("export-result.unknown-field")]
    public sealed record UnknownField([property: Id(0)] string Field, [property: Id(1)] IReadOnlyList<string> Allowed) : ExportResult;

    /// <summary>The project has <see cref="Export.Most"/>.</summary>
    [GenerateSerializer, Immutable, Alias("export-result.too-many")]
    public sealed record TooMany : ExportResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("export-result.key-reused")]
    public sealed record KeyReused : ExportResult;

    /// <summary>The same request was done before, and the export was deleted since, or expired. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("export-result.deleted")]
    public sealed record Deleted : ExportResult;
}

/// <summary>A finished file.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Parts">How many parts it is read in.</param>
[GenerateSerializer, Immutable, Alias("export-file")]
public sealed record ExportFile([property: Id(0)] string Name, [property: Id(1)] long Bytes, [property: Id(2)] int Parts);
