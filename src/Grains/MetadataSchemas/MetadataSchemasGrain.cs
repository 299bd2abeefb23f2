using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Storage;

namespace Marketing.MetadataSchemas;

[GrainType("metadata-schemas"), CollectionAgeLimit(Minutes = 2)]
internal sealed class MetadataSchemasGrain(ITableStore<MetadataSchemaRow> store, ICommitter committer, Catalogues catalogues, INumbers numbers, TimeProvider clock)
    : Grain, IMetadataSchemasGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<SchemaResult> CreateAsync(string id, SchemaKind kind, string name, SchemaChange change)
    {
        while (true)
        {
            if (await store.FindAsync(Project, id) is { } present)
            {
                return new SchemaResult.Saved(SchemaRules.View(present));
            }

            var all = await AllAsync(CancellationToken.None);
            if (SchemaRules.ProblemsOf(kind, name, change.Properties, [], IsNested(all)) is { Count: > 0 } problems)
            {
                return new SchemaResult.Invalid(problems);
            }

            if (all.Count >= SchemaLimits.Schemas)
            {
                return new SchemaResult.TooMany();
            }

            var number = await numbers.NextAsync(MetadataSchemaTable.Schemas.Numbers);
            var row = new MetadataSchemaRow(
                number, id, 0, SchemaRules.SubjectOf(kind, name), change.AllowDefinedOnly, SchemaRules.Write(change.Properties), clock.GetStoredNow(), null);
            switch (await CommitAsync(MetadataSchemaTable.Schemas.Save(row)))
            {
                case null:
                    return new SchemaResult.Saved(SchemaRules.View(row));
                case Guard.Unique:
                    return new SchemaResult.Exists();
                default:
                    break;
            }
        }
    }

    public async Task<SchemaResult> ChangeAsync(string id, SchemaKind kind, SchemaChange change)
    {
        while (await FindRowAsync(id, kind) is { } present)
        {
            var nested = IsNested(await AllAsync(CancellationToken.None));
            if (SchemaRules.ProblemsOf(kind, SchemaRules.NameOf(present), change.Properties, SchemaRules.PropertiesOf(present), nested) is { Count: > 0 } problems)
            {
                return new SchemaResult.Invalid(problems);
            }

            var row = SchemaRules.Apply(present, change, clock.GetStoredNow());
            if (row == present || await CommitAsync(MetadataSchemaTable.Schemas.Save(row)) is null)
            {
                return new SchemaResult.Saved(SchemaRules.View(row));
            }
        }

        return new SchemaResult.NotFound();
    }

    public async Task<bool> DeleteAsync(string id, SchemaKind kind)
    {
        while (await FindRowAsync(id, kind) is { } present)
        {
            if (await CommitAsync(MetadataSchemaTable.Schemas.Delete(present)) is null)
            {
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public async Task<SchemaDefinition?> FindAsync(string id, SchemaKind kind, CancellationToken cancellation) =>
        await FindRowAsync(id, kind) is { } row ? SchemaRules.View(row) : null;

    public async Task<SchemaDefinition?> FindByNameAsync(string name, SchemaKind kind, CancellationToken cancellation) =>
        await store.FindAsync(Project, MetadataSchemaTable.Subject, SchemaRules.SubjectOf(kind, name)) is { } row ? SchemaRules.View(row) : null;

    public async Task<IReadOnlyList<SchemaDefinition>> ListAsync(SchemaKind kind, CancellationToken cancellation) =>
        [.. (await AllAsync(cancellation)).Where(row => SchemaRules.KindOf(row) == kind).Select(SchemaRules.View).OrderBy(schema => schema.Name, StringComparer.Ordinal)];

    private async Task<MetadataSchemaRow?> FindRowAsync(string id, SchemaKind kind) =>
        await store.FindAsync(Project, id) is { } row && SchemaRules.KindOf(row) == kind ? row : null;

    private async Task<IReadOnlyList<MetadataSchemaRow>> AllAsync(CancellationToken cancellation) =>
        (await store.ListAsync(Project, new TableQuery("created_at", SchemaLimits.Schemas, 1), cancellation)).Items;

    private static Func<string, bool> IsNested(IReadOnlyList<MetadataSchemaRow> all) =>
        name => SchemaRules.IsNested(SchemaKind.Metadata, name) && all.Any(row => row.Subject == SchemaRules.SubjectOf(SchemaKind.Metadata, name));

    // The guard that did not hold. When it is durable, every silo is told.
    private async Task<Guard?> CommitAsync(RowWrite write)
    {
        var commit = new Commit { Project = Project };
        commit.Rows.Add(write);
        var refusedBy = (await committer.CommitAsync(commit)).RefusedBy;
        if (refusedBy is null)
        {
            await catalogues.ChangedAsync(Project);
        }

        return refusedBy;
    }
}
