using System.Collections.Frozen;
using System.Text.Json;
using Marketing.Catalogue;
using Marketing.Storage;

namespace Marketing.MetadataSchemas;

/// <summary>The schemas of a project, compiled. Immutable.</summary>
internal sealed class MetadataSchemasSection
{
    private readonly FrozenDictionary<string, MetadataSchema> _resources;
    private readonly FrozenDictionary<string, MetadataSchema> _events;
    private readonly FrozenDictionary<string, string> _eventNames;

    public MetadataSchemasSection(IReadOnlyList<SchemaDefinition> schemas)
    {
        var nested = schemas.Where(schema => SchemaRules.IsNested(schema.Kind, schema.Name)).ToDictionary(schema => schema.Name, schema => new MetadataSchema(schema, static _ => null), StringComparer.Ordinal);
        _resources = schemas.Where(schema => schema.Kind == SchemaKind.Metadata && !nested.ContainsKey(schema.Name))
            .ToFrozenDictionary(schema => schema.Name, schema => new MetadataSchema(schema, nested.GetValueOrDefault), StringComparer.Ordinal);
        _events = schemas.Where(schema => schema.Kind == SchemaKind.Event).ToFrozenDictionary(schema => schema.Name, schema => new MetadataSchema(schema, static _ => null), StringComparer.Ordinal);
        _eventNames = schemas.Where(schema => schema.Kind == SchemaKind.Event).ToFrozenDictionary(static schema => schema.Id, static schema => schema.Name, StringComparer.Ordinal);
    }

    /// <summary>The rows it was compiled of.</summary>
    public IReadOnlyList<(long Number, long Version)> Rows { get; init; } = [];

    /// <summary>The custom events that somebody has defined.</summary>
    public IReadOnlyCollection<string> Events => _events.Keys;

    /// <summary>The custom event that the schema with an id is of; null where there is no such schema.</summary>
    public string? EventOf(string id) => _eventNames.GetValueOrDefault(id);

    /// <summary>The schema of a resource, one of <see cref="SchemaResources"/>; null where its metadata may be anything.</summary>
    public MetadataSchema? Of(string resource) => _resources.GetValueOrDefault(resource);

    /// <summary>
    /// What is wrong with metadata that is about to be written, by the paths of the body it came in; empty when nothing is. Values that are given are looked at, not those that were there. A key that has to
    /// be there is missed where an object is made or metadata is given, and what becomes of it does not have it.
    /// </summary>
    /// <param name="resource">What it is the metadata of.</param>
    /// <param name="given">What is given; null where nothing is said of metadata.</param>
    /// <param name="result">What becomes of it.</param>
    /// <param name="isNew">Whether the object is made.</param>
    /// <param name="path">What stands before <c>metadata</c> in the body: <c>customer.</c>.</param>
    public IReadOnlyList<FieldProblem> ProblemsOf(string resource, RawJson? given, RawJson? result, bool isNew, string path = "") =>
        (given is null && !isNew) || !_resources.TryGetValue(resource, out var schema) ? [] : Check(schema, given ?? RawJson.EmptyObject, result ?? given ?? RawJson.EmptyObject, path);

    /// <summary>What is wrong with the metadata of a custom event. Events that nobody has defined may have any.</summary>
    public IReadOnlyList<FieldProblem> ProblemsOfEvent(string name, RawJson? given) =>
        _events.TryGetValue(name, out var schema) ? Check(schema, given ?? RawJson.EmptyObject, given ?? RawJson.EmptyObject, "") : [];

    private static List<FieldProblem> Check(MetadataSchema schema, RawJson given, RawJson result, string path)
    {
        using var one = JsonDocument.Parse(given.Utf8);
        using var other = JsonDocument.Parse(result.Utf8);
        var problems = new List<FieldProblem>();
        schema.Check(one.RootElement, other.RootElement, $"{path}metadata.", problems);
        return problems;
    }
}

/// <summary>Reads the schemas of a project.</summary>
internal sealed class MetadataSchemasSectionReader(ITableStore<MetadataSchemaRow> store) : SectionReader<MetadataSchemasSection>
{
    public override IReadOnlyList<string> Tables => ["metadata_schemas"];

    protected override async ValueTask<MetadataSchemasSection> ReadAsync(int project, MetadataSchemasSection? before)
    {
        var rows = await store.ListAsync(project, new TableQuery("created_at", SchemaLimits.Schemas, 1), CancellationToken.None);
        (long, long)[] read = [.. rows.Items.Select(row => (row.Number, row.Version))];
        return before?.Rows.SequenceEqual(read) == true ? before : new MetadataSchemasSection([.. rows.Items.Select(SchemaRules.View)]) { Rows = read };
    }
}

internal static class MetadataSchemasOfCatalogue
{
    extension(CatalogueSnapshot catalogue)
    {
        /// <summary>The schemas of metadata.</summary>
        public MetadataSchemasSection MetadataSchemas => catalogue.Section<MetadataSchemasSection>();
    }
}
