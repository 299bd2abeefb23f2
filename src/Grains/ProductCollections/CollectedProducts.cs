using System.Runtime.CompilerServices;
using Marketing.Filters;
using Marketing.Products;
using Marketing.Storage;

namespace Marketing.ProductCollections;

/// <summary>Lists the products and SKUs of collections.</summary>
internal sealed class CollectedProducts(ITableStore<ProductRow> products, ITableStore<SkuRow> skus, TimeProvider clock)
{
    // Rows come with their metadata.
    private const int Part = 500;

    /// <summary>A page of the members that there still are. All are looked up to sort them; there are at most <see cref="CollectionLimits.Members"/>.</summary>
    public async Task<Page<RawJson>> OfMembersAsync(int project, IReadOnlyList<CollectionMember> members, CollectedProductsQuery query, CancellationToken cancellation)
    {
        var order = new ItemOrder(query.Order);
        var found = new List<(bool IsSku, string Id, (long, long) Key)>();
        foreach (var part in members.Chunk(Part))
        {
            cancellation.ThrowIfCancellationRequested();
            found.AddRange((await FindAsync(project, [.. part.Select(member => (member.IsSku, member.Id))]))
                .Where(item => IsWithin(item.CreatedAt, query.CreatedAt)).Select(item => (item.IsSku, item.Row.Id, order.KeyOf(item))));
        }

        found.Sort((one, other) => order.Compare(one.Key, other.Key));
        var shown = found.Skip(query.Limit * (query.Page - 1)).Take(query.Limit).Select(place => (place.IsSku, place.Id)).ToList();
        var rows = (await FindAsync(project, shown)).ToDictionary(item => (item.IsSku, item.Row.Id));
        var items = shown.Select(rows.GetValueOrDefault).OfType<StoredItem>().ToList();
        return new Page<RawJson>(await ShowAsync(project, items), found.Count, found.Count > query.Limit * query.Page);
    }

    /// <summary>
    /// A page of what meets a filter. Products and SKUs are read in the order asked for, some at a time, and looked at one after the other: for every page from the first on, but at most
    /// <see cref="CollectionLimits.LookedAt"/> of them.
    /// </summary>
    public async Task<Page<RawJson>> MatchingAsync(int project, Filter filter, CollectedProductsQuery query, CancellationToken cancellation)
    {
        var (filters, now) = (new FilterSet([filter]), clock.GetUtcNow());
        var values = filters.NewValues();
        var items = new List<StoredItem>(query.Limit);
        var (first, total, lookedAt, isCut) = ((long)query.Limit * (query.Page - 1), 0L, 0, false);
        await foreach (var item in WalkAsync(project, query, cancellation))
        {
            if (lookedAt++ == CollectionLimits.LookedAt)
            {
                isCut = true;
                break;
            }

            filters.Read(item.AsItem().Document().Span, values);
            if (filters.Matches(0, values, now) && total++ >= first && items.Count < query.Limit)
            {
                items.Add(item);
            }
        }

        return new Page<RawJson>(await ShowAsync(project, items), total, total > first + items.Count) { TotalIsMinimum = isCut };
    }

    private async IAsyncEnumerable<StoredItem> WalkAsync(int project, CollectedProductsQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var order = new ItemOrder(query.Order);
        await using var one = RowsAsync(products, project, query, static row => new StoredItem(row, null), cancellation).GetAsyncEnumerator(cancellation);
        await using var other = RowsAsync(skus, project, query, static row => new StoredItem(null, row), cancellation).GetAsyncEnumerator(cancellation);
        var (hasOne, hasOther) = (await one.MoveNextAsync(), await other.MoveNextAsync());
        while (hasOne || hasOther)
        {
            if (hasOne && (!hasOther || order.Compare(order.KeyOf(one.Current), order.KeyOf(other.Current)) <= 0))
            {
                yield return one.Current;
                hasOne = await one.MoveNextAsync();
            }
            else
            {
                yield return other.Current;
                hasOther = await other.MoveNextAsync();
            }
        }
    }

    private static async IAsyncEnumerable<StoredItem> RowsAsync<TRow>(
        ITableStore<TRow> store, int project, CollectedProductsQuery query, Func<TRow, StoredItem> item, [EnumeratorCancellation] CancellationToken cancellation)
        where TRow : class, ITableRow
    {
        var more = true;
        for (var page = 1; more; page++)
        {
            var rows = await store.ListAsync(project, new TableQuery(query.Order, Part, page) { Between = query.CreatedAt }, cancellation);
            foreach (var row in rows.Items)
            {
                yield return item(row);
            }

            more = rows.HasMore;
        }
    }

    private async Task<IReadOnlyList<StoredItem>> FindAsync(int project, List<(bool IsSku, string Id)> wanted)
    {
        string[] productIds = [.. wanted.Where(item => !item.IsSku).Select(item => item.Id)];
        string[] skuIds = [.. wanted.Where(item => item.IsSku).Select(item => item.Id)];
        var found = new List<StoredItem>(wanted.Count);
        found.AddRange(productIds.Length == 0 ? [] : (await products.FindManyAsync(project, productIds)).Select(row => new StoredItem(row, null)));
        found.AddRange(skuIds.Length == 0 ? [] : (await skus.FindManyAsync(project, skuIds)).Select(row => new StoredItem(null, row)));
        return found;
    }

    // As callers get them: a SKU with its product.
    private async Task<IReadOnlyList<RawJson>> ShowAsync(int project, IReadOnlyList<StoredItem> items)
    {
        string[] parents = [.. items.Select(item => item.Sku?.ProductId).OfType<string>().Distinct(StringComparer.Ordinal)];
        var known = parents.Length == 0 ? [] : (await products.FindManyAsync(project, parents)).ToDictionary(row => row.Id, StringComparer.Ordinal);
        return [.. items.Select(item => item.Product is { } product ? ProductShape.WriteAlone(product) : ProductShape.Write(item.Sku!, known.GetValueOrDefault(item.Sku!.ProductId)))];
    }

    private static bool IsWithin(DateTimeOffset instant, TimeRange? range) => !(instant >= range?.Before) && !(instant <= range?.After);
}

/// <summary>A product or a SKU as it is stored: one of the two.</summary>
internal sealed record StoredItem(ProductRow? Product, SkuRow? Sku)
{
    public bool IsSku => Sku is not null;

    public ITableRow Row => (ITableRow?)Product ?? Sku!;

    public DateTimeOffset CreatedAt => Product?.CreatedAt ?? Sku!.CreatedAt;

    public DateTimeOffset? UpdatedAt => Product is { } product ? product.UpdatedAt : Sku!.UpdatedAt;

    public CollectionItem AsItem() => Product is { } product ? CollectionItem.Of(product) : CollectionItem.Of(Sku!);
}

/// <summary>How lists of products and SKUs together are sorted: as the lists of each are, so that what was never updated is the lowest.</summary>
internal readonly struct ItemOrder(string order)
{
    private readonly bool _descending = order.StartsWith('-');
    private readonly bool _byUpdate = order.EndsWith("updated_at", StringComparison.Ordinal);

    public (long Instant, long Number) KeyOf(StoredItem item) =>
        ((_byUpdate ? item.UpdatedAt : item.CreatedAt)?.ToUnixTimeMilliseconds() ?? long.MinValue, item.Row.Number);

    public int Compare((long Instant, long Number) one, (long Instant, long Number) other) => _descending ? other.CompareTo(one) : one.CompareTo(other);
}
