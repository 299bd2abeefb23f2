using Marketing.Distributions;
using Marketing.Orders;
using Marketing.Redemptions;
using Marketing.Storage.Relational;
using Marketing.Storage.Sqlite;
using Marketing.Vouchers;
using Xunit;

namespace Marketing.Storage.DataPlane;

/// <summary>How lists find what is on a page: over an index, never by going through a table.</summary>
public sealed class SqlitePlanTests : IAsyncLifetime
{
    private readonly DatabaseFile _file = new();
    private readonly List<(string Statement, string Plan)> _plans = [];

    private Plane? _plane;
    private ListedCustomers _shop = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _plane = await Plane.StartAsync(services => services.AddSqliteDataPlane(_file.FullName));
        _shop = await ListedCustomers.MakeAsync(_plane);
    }

    public async ValueTask DisposeAsync()
    {
        await _plane!.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task Every_list_of_customers_is_found_over_an_index_and_sorts_no_more_than_the_filter_leaves()
    {
        using var session = new SqliteSession(new SqliteDataSource(new SqliteOptions(_file.FullName)));
        foreach (var query in ListedCustomers.Queries)
        {
            foreach (var segment in (int?[])[null, _shop.ManyMembers, _shop.FewMembers])
            {
                await CustomerList.ReadAsync(new PlanningSession(session, _plans), ListedCustomers.Project, query, segment, Token);
            }
        }

        NothingIsScanned();

        // A sort stands around what a filter has found, or a look at so many of an order, and around nothing else.
        Assert.All(
            _plans.Where(plan => plan.Plan.Contains("TEMP B-TREE", StringComparison.Ordinal)),
            plan => Assert.True(plan.Statement.Contains(" f ORDER BY f.place", StringComparison.Ordinal) || plan.Statement.Contains(" LIMIT ?) f CROSS JOIN customers c WHERE c.no = f.no ", StringComparison.Ordinal), plan.Statement));
        Assert.Contains(_plans, plan => plan.Statement.Contains(" f CROSS JOIN ", StringComparison.Ordinal) && plan.Plan.Contains("COVERING INDEX customers_updated", StringComparison.Ordinal));
        foreach (var index in (string[])["customers_name", "customers_city", "customers_email", "customers_created", "customers_updated", "customers_source_created", "memberships_created", "memberships_source"])
        {
            Assert.Contains(_plans, plan => plan.Plan.Contains(index, StringComparison.Ordinal));
        }

        // What is in the index is not looked up in the row: rows are read by the numbers on the page, and where an order and a filter have no index in common.
        var covered = _plans.Where(plan => plan.Statement.StartsWith("SELECT c.no, c.updated_at FROM customers c INDEXED BY customers_updated WHERE c.project = ? ORDER", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(covered);
        Assert.All(covered, plan => Assert.Contains("COVERING INDEX", plan.Plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_other_list_is_found_over_an_index_in_its_order()
    {
        var database = new PlanningDatabase(_file.FullName, _plans);
        var (orders, suppressions) = (new TableStore<OrderRow>(database, OrderTable.Orders), new SuppressionStore(database));
        foreach (var order in (string[])["created_at", "-created_at", "updated_at", "-updated_at"])
        {
            await orders.ListAsync(Plane.Project, new TableQuery(order, 10, 1), Token);
        }

        await suppressions.ListAsync(Plane.Project, 10, 1, new(), Token);
        await suppressions.ListAsync(Plane.Project, 10, 1, new("email"), Token);
        NothingIsScanned();
        Assert.DoesNotContain(_plans, plan => plan.Plan.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal));

        await suppressions.ListAsync(Plane.Project, 10, 1, new(null, "ann@example.com"), Token);
        await suppressions.ListAsync(Plane.Project, 10, 1, new(Reason: "bounced"), Token);
        await suppressions.WalkAsync(Plane.Project, null, 10);
        await suppressions.WalkAsync(Plane.Project, new() { Address = "a", Channel = "email", Reason = "" }, 10);
        await suppressions.ListAsync(Plane.Project, 10, 1, new("email", "ann@münchen.de"), Token);
        NothingIsScanned();
    }

    [Fact]
    public async Task What_very_many_have_in_common_is_listed_as_its_index_has_it()
    {
        var database = new PlanningDatabase(_file.FullName, _plans);
        var (redemptions, vouchers) = (new TableStore<RedemptionRow>(database, RedemptionTable.Redemptions), new TableStore<VoucherRow>(database, VoucherTable.Vouchers));
        foreach (var order in (string[])["created_at", "-created_at"])
        {
            var query = new TableQuery(order, 10, 1);
            foreach (var asked in new[] { query with { Within = (RedemptionTable.Campaign, 1) }, query with { Within = (RedemptionTable.Voucher, 1) }, query with { Marked = RedemptionTable.Failed } })
            {
                await redemptions.ListAsync(Plane.Project, asked, Token);
                await redemptions.AfterAsync(Plane.Project, asked, null, Token);
            }

            await vouchers.ListAsync(Plane.Project, query with { Within = (VoucherTable.Campaign, 1) }, Token);
        }

        NothingIsScanned();
        Assert.DoesNotContain(_plans, plan => plan.Plan.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Distributions_are_counted_and_walked_without_their_mails()
    {
        var database = new PlanningDatabase(_file.FullName, _plans);
        foreach (var order in (string[])["created_at", "-created_at", "updated_at", "-updated_at", "name", "-name"])
        {
            var query = new DistributionListQuery { Order = order, Status = "draft", Type = "manual", Channel = "email", Text = "x" };
            await database.ListAsync(session => DistributionList.ReadAsync(session, Plane.Project, query, DistributionSql.Brief, Token), Token);
            await database.ListAsync(session => DistributionList.ReadAsync(session, Plane.Project, query with { StartingAfterId = "distr_1" }, DistributionSql.Brief, Token), Token);
        }

        NothingIsScanned();
        Assert.DoesNotContain(_plans, plan => plan.Plan.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.All(
            _plans.Where(plan => plan.Statement.StartsWith("SELECT count(*)", StringComparison.Ordinal)),
            plan => Assert.Contains("COVERING INDEX distributions_", plan.Plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_estimate_reads_no_customer_and_no_member_it_does_not_count()
    {
        var database = new PlanningDatabase(_file.FullName, _plans);
        await database.ListAsync(session => MailReach.CountAsync(session, Plane.Project, _shop.ManyMembers, "email", "top_1"), Token);
        await database.ListAsync(session => MailReach.ReadOddAsync(session, Plane.Project, _shop.ManyMembers, 0, 10), Token);
        await database.ListAsync(session => MailReach.CountSharedAsync(session, Plane.Project, _shop.ManyMembers, "email", "top_1"), Token);
        NothingIsScanned();
        Assert.Contains(_plans, plan => plan.Plan.Contains("COVERING INDEX customers_no_address", StringComparison.Ordinal));
        Assert.Contains(_plans, plan => plan.Plan.Contains("customers_odd_address", StringComparison.Ordinal));
        Assert.Contains(_plans, plan => plan.Plan.Contains("customers_email (project=? AND <expr>=? AND email=?)", StringComparison.Ordinal));
        Assert.Contains(_plans, plan => plan.Plan.Contains("COVERING INDEX customers_email (project=? AND <expr>>?)", StringComparison.Ordinal));
    }

    // What a part of the statement leaves, or one parameter holds, may be gone through; a table may not.
    private void NothingIsScanned() => Assert.All(_plans, plan => Assert.All(
        plan.Plan.Split('\n').Where(step => step.StartsWith("SCAN", StringComparison.Ordinal)),
        step => Assert.True(step is "SCAN f" || step.Contains("VIRTUAL TABLE", StringComparison.Ordinal), $"{plan.Statement}\n{plan.Plan}")));

    /// <summary>Asks how each statement is read before it is.</summary>
    private sealed class PlanningSession(SqliteSession session, List<(string, string)> plans) : ISqlSession
    {
        public SqlDialect Dialect => session.Dialect;

        public async ValueTask<List<T>> AllAsync<T>(SqlQuery query, Func<IRow, T> row, CancellationToken cancellation = default)
        {
            await PlanAsync(query);
            return await session.AllAsync(query, row, cancellation);
        }

        public async ValueTask<T?> FirstAsync<T>(SqlQuery query, Func<IRow, T> row)
        {
            await PlanAsync(query);
            return await session.FirstAsync(query, row);
        }

        public ValueTask<int> RunAsync(SqlQuery change) => session.RunAsync(change);

        private async Task PlanAsync(SqlQuery query)
        {
            var steps = await session.AllAsync(new SqlQuery("EXPLAIN QUERY PLAN " + query.Text).BindAll(query.Values), static row => row.Text(3));
            plans.Add((query.Text, string.Join('\n', steps)));
        }
    }

    private sealed class PlanningDatabase(string file, List<(string, string)> plans) : ISqlDatabase
    {
        public bool HasRoundTrips => false;

        public async Task<T> PointAsync<T>(Func<ISqlSession, ValueTask<T>> read)
        {
            using var session = new SqliteSession(new SqliteDataSource(new SqliteOptions(file)));
            return await read(new PlanningSession(session, plans));
        }

        public Task<T> ListAsync<T>(Func<ISqlSession, ValueTask<T>> read, CancellationToken cancellation = default) => PointAsync(read);

        public Task<T> WriteAsync<T>(Func<ISqlSession, ValueTask<T>> write, int weight = 1) => PointAsync(write);
    }
}
