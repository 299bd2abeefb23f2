using System.Text;
using Marketing.Customers;
using Marketing.Storage.Relational;

namespace Marketing.Storage.DataPlane;

/// <summary>
/// More customers than are sorted for a page or counted for a total, made by one statement and by rules that are simple enough to say who is to be found: so every way
/// there is to a page is gone.
/// </summary>
internal sealed record ListedCustomers(int ManyMembers, int FewMembers)
{
    /// <summary>Of their own, so that nobody else's are on the pages.</summary>
    public const int Project = 77;

    public const string LargeCity = "Oslo";

    private const int Count = 24_000;
    private const long First = 5_000_000;
    private const long Base = 1_772_366_400_000;

    private static readonly TimeRange[] Ranges = [new(null, At(3_000)), new(At(7_900), null), new(At(2_000), At(100))];

    /// <summary>Filters alone and together, some of which leave many and some few, in every order.</summary>
    public static IEnumerable<CustomerListQuery> Queries
    {
        get
        {
            CustomerListQuery[] filters =
            [
                new(), new() { Name = "Ada" }, new() { Name = "Name 8" }, new() { City = LargeCity }, new() { City = "City 3" }, new() { City = "Nowhere" },
                new() { Email = "C77@example.com" }, new() { Name = "Ada", City = LargeCity }, new() { Name = "Ada", City = "City 3" },
                .. Ranges.Select(range => new CustomerListQuery { CreatedAt = range }), .. Ranges.Select(range => new CustomerListQuery { UpdatedAt = range }),
                new() { CreatedAt = Ranges[0], UpdatedAt = Ranges[2] }, new() { Name = "Ada", CreatedAt = Ranges[0] }, new() { City = LargeCity, UpdatedAt = Ranges[2] },
                new() { Name = "Ada", City = LargeCity, CreatedAt = Ranges[2], UpdatedAt = Ranges[0] },
            ];
            return from filter in filters
                   from order in (string[])["created_at", "-created_at", "updated_at", "-updated_at", "source_id", "-source_id"]
                   select filter with { Order = order, Limit = filter.Name is null ? 10 : 100 };
        }
    }

    public static async Task<ListedCustomers> MakeAsync(Plane plane)
    {
        await plane.RunAsync(new SqlQuery(
            $"""
            INSERT INTO customers (no, project, id, source_id, version, name, email, city, created_at, updated_at, evaluated_at, document)
            WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < {Count - 1})
            SELECT {First} + n, {Project}, 'cust_' || n, CASE WHEN n % 7 = 0 THEN NULL ELSE 's' || (n * 7919 % {Count}) END, 1,
                CASE WHEN n % 11 = 0 THEN NULL WHEN n % 2 = 0 THEN 'Name ' || (n % 100) ELSE 'Ada' END, 'c' || n || '@example.com',
                CASE WHEN n % 5 < 3 THEN '{LargeCity}' ELSE 'City ' || (n % 50) END, {Base} + (n * 7919 % {Count}) / 3,
                CASE WHEN n % 3 = 0 THEN NULL ELSE {Base} + (n * 31 % {Count}) / 3 END, 0, ?1
            FROM i
            """).Bind(Encoding.UTF8.GetBytes("{}")));
        await plane.RunAsync(new SqlQuery("INSERT INTO customer_counts (project, customers) VALUES (?1, ?2)").Bind(Project).Bind(Count));
        var shop = new ListedCustomers(Any.Number(), Any.Number());
        foreach (var segment in (int[])[shop.ManyMembers, shop.FewMembers])
        {
            await plane.Segments.AddMembersAsync(segment, [.. Enumerable.Range(0, Count).Where(n => shop.IsMember(n, segment)).Select(n => First + n)]);
        }

        return shop;
    }

    /// <summary>Who is to be found, in order.</summary>
    public List<long> Find(CustomerListQuery query, int? segment)
    {
        var found = Enumerable.Range(0, Count).Where(n =>
            (query.Name is null || query.Name == Name(n)) && (query.City is null || query.City == City(n)) && (query.Email is null || n == 77)
            && (segment is null || IsMember(n, segment.Value)) && Within(Created(n), query.CreatedAt) && Within(Updated(n), query.UpdatedAt)
            && IsAfter(query.Order.EndsWith("updated_at", StringComparison.Ordinal) ? Updated(n) : Created(n), query));
        var sorted = query.Order.TrimStart('-') switch
        {
            "created_at" => found.OrderBy(n => Created(n)).ThenBy(n => n),
            "updated_at" => found.OrderBy(n => Updated(n) ?? long.MinValue).ThenBy(n => n),
            _ => found.OrderBy(Source, StringComparer.Ordinal).ThenBy(n => n),
        };
        var numbers = sorted.Select(n => First + n);
        return [.. query.Order[0] == '-' ? numbers.Reverse() : numbers];
    }

    /// <summary>The instant a list in this order goes on after.</summary>
    public static DateTimeOffset InstantOf(long number, string order)
    {
        var n = (int)(number - First);
        return DateTimeOffset.FromUnixTimeMilliseconds(order.EndsWith("updated_at", StringComparison.Ordinal) ? Updated(n)!.Value : Created(n));
    }

    private bool IsMember(int n, int segment) => segment == ManyMembers ? n < Count * 2 / 3 : n % 40 == 1;

    private static string? Name(int n) => n % 11 == 0 ? null : n % 2 == 0 ? $"Name {n % 100}" : "Ada";

    private static string City(int n) => n % 5 < 3 ? LargeCity : $"City {n % 50}";

    private static string? Source(int n) => n % 7 == 0 ? null : $"s{n * 7919 % Count}";

    private static long Created(int n) => Base + (n * 7919 % Count / 3);

    private static long? Updated(int n) => n % 3 == 0 ? null : Base + (n * 31 % Count / 3);

    private static DateTimeOffset At(int milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(Base + milliseconds);

    private static bool Within(long? at, TimeRange? range) => range is null
        || ((range.Before is null || at < range.Before.Value.ToUnixTimeMilliseconds()) && (range.After is null || at > range.After.Value.ToUnixTimeMilliseconds()));

    private static bool IsAfter(long? at, CustomerListQuery query) => query.StartingAfter is not { } instant
        || (query.Order[0] == '-' ? at < instant.ToUnixTimeMilliseconds() : at > instant.ToUnixTimeMilliseconds());
}
