using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Products;
using Marketing.Storage;

namespace Marketing.ProductCollections;

[GrainType("product-collections"), CollectionAgeLimit(Minutes = 2)]
internal sealed class ProductCollectionsGrain(
    ITableStore<ProductCollectionRow> store, ITableStore<ProductRow> products, ITableStore<SkuRow> skus, IOperationStore operations, ICommitter committer,
    Catalogues catalogues, INumbers numbers, TimeProvider clock) : Grain, IProductCollectionsGrain
{
    // Rows come with their metadata, so not all of a large collection at once.
    private const int Part = 500;

    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<CollectionResult> CreateAsync(string id, CollectionDraft draft, CommandContext context)
    {
        while (true)
        {
            var present = await store.FindAsync(Project, id);
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new CollectionResult.KeyReused();
            }

            if (present is not null || done is not null)
            {
                return present is null ? new CollectionResult.Deleted() : new CollectionResult.Saved(CollectionRules.View(present));
            }

            var (content, problems) = await ContentAsync(draft);
            if (content is null)
            {
                return new CollectionResult.Invalid(problems);
            }

            if (await WhyTooManyAsync(draft) is { } rule)
            {
                return new CollectionResult.TooMany(rule);
            }

            var number = await numbers.NextAsync(ProductCollectionTable.Collections.Numbers);
            var row = new ProductCollectionRow(number, id, 0, draft.Name, draft.Type, content, clock.GetStoredNow(), null);
            switch (await CommitAsync(ProductCollectionTable.Collections.Save(row), context.Remember(null, clock.GetUtcNow())))
            {
                case null:
                    return new CollectionResult.Saved(CollectionRules.View(row));
                case Guard.Unique taken:
                    return new CollectionResult.NameTaken(taken.Value, taken.Holder);
                default:
                    break;
            }
        }
    }

    public async Task<CollectionResult> ChangeAsync(string id, CollectionChange change)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            if (CollectionRules.WhyNot(present, change) is { Count: > 0 } problems)
            {
                return new CollectionResult.Invalid(problems);
            }

            var row = CollectionRules.Apply(present, change, clock.GetStoredNow());
            switch (row == present ? null : await CommitAsync(ProductCollectionTable.Collections.Save(row)))
            {
                case null:
                    return new CollectionResult.Saved(CollectionRules.View(row));
                case Guard.Unique taken:
                    return new CollectionResult.NameTaken(taken.Value, taken.Holder);
                default:
                    break;
            }
        }

        return new CollectionResult.NotFound();
    }

    public async Task<bool> DeleteAsync(string id)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            if (await CommitAsync(ProductCollectionTable.Collections.Delete(present)) is null)
            {
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    // Its own changes are in the catalogue by the time they are answered, so it counts as well as the table.
    private async Task<string?> WhyTooManyAsync(CollectionDraft draft)
    {
        var known = (await catalogues.FreshAsync(Project)).ProductCollections;
        return known.Count >= CollectionLimits.Collections ? $"A project has at most {CollectionLimits.Collections} product collections"
            : known.MemberCount + draft.Members.Count > CollectionLimits.MembersOfAll ? $"The static product collections of a project have at most {CollectionLimits.MembersOfAll} members together"
            : null;
    }

    private async Task<(RawJson? Content, IReadOnlyList<FieldProblem> Problems)> ContentAsync(CollectionDraft draft)
    {
        if (draft.Filter is { } filter)
        {
            return CollectionFilters.ProblemsOf(filter) is { Count: > 0 } malformed ? (null, malformed) : (filter, []);
        }

        var found = new Dictionary<(bool IsSku, string Id), CollectionMember>();
        foreach (var part in draft.Members.Chunk(Part))
        {
            foreach (var product in await products.FindManyAsync(Project, Ids(part, isSku: false)))
            {
                found[(false, product.Id)] = new CollectionMember("product", product.Id, null, product.SourceId);
            }

            foreach (var sku in await skus.FindManyAsync(Project, Ids(part, isSku: true)))
            {
                found[(true, sku.Id)] = new CollectionMember("sku", sku.Id, sku.ProductId, sku.SourceId);
            }
        }

        var problems = draft.Members.Select((member, at) => ProblemOf(member, at, found)).OfType<FieldProblem>().ToList();
        return problems.Count > 0 ? (null, problems) : (CollectionRules.Content([.. draft.Members.Select(Key).Distinct().Select(key => found[key])]), []);
    }

    private static FieldProblem? ProblemOf(CollectionMember member, int at, Dictionary<(bool IsSku, string Id), CollectionMember> found) =>
        !found.TryGetValue(Key(member), out var stored) ? new FieldProblem($"products[{at}].id", $"must be the id of a {member.Kind} that there is")
        : member.ProductId is { } product && member.IsSku && stored.ProductId != product ? new FieldProblem($"products[{at}].product_id", $"must be {stored.ProductId}, whose SKU it is")
        : null;

    private static (bool IsSku, string Id) Key(CollectionMember member) => (member.IsSku, member.Id);

    private static string[] Ids(CollectionMember[] members, bool isSku) => [.. members.Where(member => member.IsSku == isSku).Select(member => member.Id).Distinct(StringComparer.Ordinal)];

    // The guard that did not hold. When it is durable, every silo is told.
    private async Task<Guard?> CommitAsync(RowWrite write, OperationWrite? operation = null)
    {
        var commit = new Commit { Project = Project, Operation = operation };
        commit.Rows.Add(write);
        var refusedBy = (await committer.CommitAsync(commit)).RefusedBy;
        if (refusedBy is null)
        {
            await catalogues.ChangedAsync(Project);
        }

        return refusedBy;
    }
}
