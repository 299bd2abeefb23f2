using Marketing.Filters;
using Marketing.Products;
using Marketing.Storage;
using Xunit;

namespace Marketing.ProductCollections;

/// <summary>A page of a collection with a filter is so much work and no more, however many products there are.</summary>
public sealed class BoundedWorkTests
{
    private static readonly Filter Even = ((FilterParseResult.Ok)CollectionFilters.Parse(RawJson.Parse("""{"junction":"and","metadata.even":{"conditions":{"$is":"true"}}}"""), FilterSettings.Default)).Filter;

    [Theory]
    [InlineData(6_000, 3_999, 4_999, false)]
    [InlineData(6_000, 4_000, 5_000, false)]
    [InlineData(6_000, 4_001, 4_999, true)]
    [InlineData(20_000, 0, 5_000, true)]
    public async Task Ten_thousand_products_and_skus_are_looked_at(int products, int skus, int found, bool isMinimum)
    {
        var (one, other) = (new Rows<ProductRow>(products, Product), new Rows<SkuRow>(skus, Sku));
        var page = await new CollectedProducts(one, other, TimeProvider.System).MatchingAsync(
            1, Even, new CollectedProductsQuery(100, 2, "created_at"), TestContext.Current.CancellationToken);
        Assert.Equal((found, isMinimum, 100, true), ((int)page.Total, page.TotalIsMinimum, page.Items.Count, page.HasMore));
        Assert.True(one.Read + other.Read <= 11_500, $"{one.Read} and {other.Read}");
    }

    private static ProductRow Product(int at) => new(at, $"p{at}", 1, null, null, null, RawJson.EmptyObject, null, Metadata(at), At(at), null);

    private static SkuRow Sku(int at) => new(at, $"k{at}", 1, null, 0, "p0", null, null, null, RawJson.EmptyObject, null, Metadata(at), At(at), null);

    private static RawJson Metadata(int at) => RawJson.Parse($$"""{"even":"{{(at % 2 == 1 ? "true" : "false")}}"}""");

    private static DateTimeOffset At(int at) => DateTimeOffset.UnixEpoch.AddMilliseconds(at);

    private sealed class Rows<TRow>(int count, Func<int, TRow> row) : ITableStore<TRow>
        where TRow : class, ITableRow
    {
        public int Read { get; private set; }

        public Task<IReadOnlyList<TRow>> AfterAsync(int project, TableQuery query, TRow? after, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Page<TRow>> ListAsync(int project, TableQuery query, CancellationToken cancellation)
        {
            var rows = Enumerable.Range(0, count).Skip(query.Limit * (query.Page - 1)).Take(query.Limit).Select(row).ToList();
            Read += rows.Count;
            return Task.FromResult(new Page<TRow>(rows, count, query.Limit * query.Page < count));
        }

        public Task<IReadOnlyList<TRow>> FindManyAsync(int project, IReadOnlyCollection<string> ids) => Task.FromResult<IReadOnlyList<TRow>>([]);

        public Task<TRow?> FindAsync(int project, string id) => throw new NotSupportedException();

        public Task<TRow?> FindAsync(int project, Column unique, string value) => throw new NotSupportedException();

        public Task<IReadOnlyList<TRow>> FindManyAsync(int project, Column unique, IReadOnlyCollection<string> values) => throw new NotSupportedException();

        public Task<IReadOnlyList<TRow>> FindManyAsync(int project, IReadOnlyCollection<long> numbers) => throw new NotSupportedException();

        public Task<IReadOnlyList<TRow>> AllAsync(int project) => throw new NotSupportedException();

        public Task<IReadOnlyList<TRow>> WalkAsync(int project, TablePlace? after, int limit) => throw new NotSupportedException();

        public Task<IReadOnlyList<(int Project, string Id)>> PendingAsync(int limit) => throw new NotSupportedException();

        public Task<IReadOnlyList<TRow>> FindManyAsync(int project, Column group, IReadOnlyCollection<long> values, int mostOfEach) => throw new NotSupportedException();

        public Task<IReadOnlyList<TRow>> NewestWithoutAsync(int project, int limit) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<long, long>> CountAsync(int project, Column group, IReadOnlyCollection<long> values) => throw new NotSupportedException();
    }
}
