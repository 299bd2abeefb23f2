using System.Collections.Frozen;
using System.Collections.Immutable;
using Marketing.Catalogue;
using Marketing.Filters;

namespace Marketing.ProductCollections;

/// <summary>The collections of a project as lines of orders are matched against them, compiled. Immutable.</summary>
internal sealed class ProductCollectionsSection
{
    private readonly FrozenDictionary<string, CollectionEntry> _byId;
    private readonly FrozenDictionary<ItemKey, ImmutableArray<string>> _ofMember;
    private readonly CollectionEntry[] _dynamic;
    private readonly FilterSet _filters;

    public ProductCollectionsSection(IReadOnlyList<CollectionEntry> collections)
    {
        _byId = collections.ToFrozenDictionary(collection => collection.Id, StringComparer.Ordinal);
        _dynamic = [.. collections.Where(collection => collection.Filter is not null)];
        _filters = new FilterSet([.. _dynamic.Select(collection => collection.Filter!)]);
        MemberCount = collections.Sum(collection => collection.Members.Count);
        _ofMember = collections.SelectMany(collection => collection.Members.SelectMany(Keys).Select(key => (Key: key, collection.Id)))
            .GroupBy(member => member.Key, member => member.Id)
            .ToFrozenDictionary(same => same.Key, same => same.Distinct(StringComparer.Ordinal).ToImmutableArray());
    }

    public IEnumerable<CollectionEntry> All => _byId.Values;

    public int Count => _byId.Count;

    /// <summary>Members of all static collections together.</summary>
    public int MemberCount { get; }

    public CollectionEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// The ids of the collections that a product and, of the line of an order, the SKU that is sent of it are in: those of the one and those of the other. Asks nobody. A member of a
    /// static collection is known by its id, and by the source id it had when the collection was created.
    /// </summary>
    /// <param name="product">The product; null where nothing is known of it.</param>
    /// <param name="sku">The SKU; null where there is none.</param>
    /// <param name="now">For filters that compare with it.</param>
    public IReadOnlySet<string> CollectionsOf(CollectionItem? product, CollectionItem? sku, DateTimeOffset now)
    {
        var found = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        Add(product, now, found);
        Add(sku, now, found);
        return found.ToImmutable();
    }

    private void Add(CollectionItem? item, DateTimeOffset now, ImmutableHashSet<string>.Builder found)
    {
        if (item is null)
        {
            return;
        }

        foreach (var key in Keys(item.IsSku, item.Id, item.SourceId))
        {
            found.UnionWith(_ofMember.GetValueOrDefault(key, []));
        }

        if (_dynamic.Length == 0)
        {
            return;
        }

        var values = _filters.NewValues();
        _filters.Read(item.Document().Span, values);
        for (var filter = 0; filter < _dynamic.Length; filter++)
        {
            if (_filters.Matches(filter, values, now))
            {
                found.Add(_dynamic[filter].Id);
            }
        }
    }

    private static IEnumerable<ItemKey> Keys(CollectionMember member) => Keys(member.IsSku, member.Id, member.SourceId);

    private static IEnumerable<ItemKey> Keys(bool isSku, string? id, string? sourceId)
    {
        if (id is not null)
        {
            yield return new ItemKey(isSku, BySource: false, id);
        }

        if (sourceId is not null)
        {
            yield return new ItemKey(isSku, BySource: true, sourceId);
        }
    }

    private readonly record struct ItemKey(bool IsSku, bool BySource, string Value);
}

/// <summary>A collection, compiled.</summary>
/// <param name="Number">Of its row.</param>
/// <param name="Id">Its id.</param>
/// <param name="Version">Of its row.</param>
internal sealed record CollectionEntry(long Number, string Id, long Version)
{
    /// <summary>What is in a static one.</summary>
    public IReadOnlyList<CollectionMember> Members { get; init; } = [];

    /// <summary>The filter; null for a static one, and for one whose filter is not understood.</summary>
    public Filter? Filter { get; init; }

    /// <summary>The time zone that the filter is read in.</summary>
    public string? Zone { get; init; }

    /// <summary>Why the stored filter is not understood, or null. Nothing is in the collection then.</summary>
    public string? Unreadable { get; init; }
}

internal static class ProductCollectionsOfCatalogue
{
    extension(CatalogueSnapshot catalogue)
    {
        /// <summary>The product collections.</summary>
        public ProductCollectionsSection ProductCollections => catalogue.Section<ProductCollectionsSection>();
    }
}
