using Marketing.Orders;
using Marketing.Storage.Relational;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task A_refusal_names_the_guard_and_who_has_what_was_wanted()
    {
        var (first, customer) = (Plane.Order(Any.Id("src")), await Plane.StoredCustomerAsync(Any.Id("src")));
        await SaveAsync(first);
        var second = Plane.Order();
        await SaveAsync(second);

        Assert.Equal(new Guard.Unique("orders", "source_id", first.SourceId!, first.Id), (await SaveAsync(Plane.Order(first.SourceId))).RefusedBy);
        Assert.Equal(
            new Guard.Unique("orders", "source_id", first.SourceId!, first.Id), (await SaveAsync(second with { Version = 1, SourceId = first.SourceId })).RefusedBy);
        Assert.Equal(new Guard.Version("orders", first.Number), (await SaveAsync(first with { Version = 4 })).RefusedBy);
        Assert.Equal(
            new Guard.Unique("customers", "source_id", customer.SourceId!, customer.Id),
            (await Plane.CommitAsync(commit => commit.Customer = Plane.Customer(sourceId: customer.SourceId))).RefusedBy);
    }

    [Fact]
    public async Task A_row_is_deleted_only_at_its_version()
    {
        var order = Plane.Order(Any.Id("src"));
        await SaveAsync(order);

        Assert.IsType<Guard.Version>((await DeleteAsync(order with { Version = 2 })).RefusedBy);
        Assert.Equal(CommitOutcome.Durable, await DeleteAsync(order with { Version = 1 }));
        Assert.Null(await Plane.Orders.FindAsync(Plane.Project, order.Id));
        Assert.Equal(CommitOutcome.Durable, await SaveAsync(Plane.Order(order.SourceId)));

        Task<CommitOutcome> DeleteAsync(OrderRow row) => Plane.CommitAsync(commit => commit.Rows.Add(OrderTable.Orders.Delete(row)));
    }

    [Fact]
    public async Task Rows_are_found_many_at_once()
    {
        var orders = Enumerable.Range(0, 5).Select(_ => Plane.Order()).ToArray();
        await Task.WhenAll(orders.Select(SaveAsync));

        var found = await Plane.Orders.FindManyAsync(Plane.Project, [orders[1].Id, Any.Id("ord"), orders[3].Id]);

        Assert.Equal([orders[1].Id, orders[3].Id], found.OrderBy(row => row.Number).Select(row => row.Id));
        Assert.Empty(await Plane.Orders.FindManyAsync(Plane.Project + 1, [orders[1].Id]));
    }

    [Fact]
    public async Task An_account_never_leaves_its_bounds_and_tells_what_it_held()
    {
        var account = Any.Id("account");

        Assert.Equal(CommitOutcome.Durable, await ChangeAsync(account, 100));
        Assert.Equal(CommitOutcome.Durable, await ChangeAsync(account, -60));
        Assert.Equal(new Guard.Balance(account, 40), (await ChangeAsync(account, -41)).RefusedBy);
        Assert.Equal(new Guard.Balance(account, 40), (await ChangeAsync(account, 61, most: 100)).RefusedBy);
        Assert.Equal(new Guard.Balance(account, 40), (await ChangeAsync(account, long.MaxValue)).RefusedBy);
        Assert.Equal(CommitOutcome.Durable, await ChangeAsync(account, 60, most: 100));

        Assert.Equal(100, await HeldAsync(account));
        var ledger = await Plane.Balances.LedgerAsync(Plane.Project, account, beyond: null, limit: 10, Token);
        Assert.Equal([(3, 60, 100), (2, -60, 40), (1, 100, 100)], ledger.Items.Select(row => (row.Position, row.Delta, row.Value)));
        var older = await Plane.Balances.LedgerAsync(Plane.Project, account, beyond: 3, limit: 1, Token);
        Assert.True(older.HasMore);
        Assert.Equal([2], older.Items.Select(row => row.Position));
    }

    [Fact]
    public async Task A_change_of_an_account_that_is_made_again_is_known()
    {
        var account = Any.Id("account");
        var change = Change(account, 5);

        Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit => commit.Balances.Add(change)));
        Assert.Equal("ledger", Assert.IsType<Guard.Unique>((await Plane.CommitAsync(commit => commit.Balances.Add(change))).RefusedBy).Table);

        Assert.Equal(5, await HeldAsync(account));
    }

    [Fact]
    public async Task A_commit_that_one_account_refuses_changes_no_other_and_writes_nothing()
    {
        var (rich, poor) = (Any.Id("rich"), Any.Id("poor"));
        var order = Plane.Order();
        await ChangeAsync(rich, 10);

        var outcome = await Plane.CommitAsync(commit =>
        {
            commit.Rows.Add(OrderTable.Orders.Save(order));
            commit.Balances.Add(Change(rich, -10));
            commit.Balances.Add(Change(poor, -1));
        });

        Assert.Equal(new Guard.Balance(poor, 0), outcome.RefusedBy);
        Assert.Equal((10, 0), (await HeldAsync(rich), await HeldAsync(poor)));
        Assert.Null(await Plane.Orders.FindAsync(Plane.Project, order.Id));
    }

    [Fact]
    public async Task Of_many_who_want_more_than_there_is_as_many_get_it_as_there_is()
    {
        var (account, other) = (Any.Id("account"), Any.Id("account"));
        await ChangeAsync(account, 100);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 300).Select(index =>
            Plane.CommitAsync(commit => commit.Balances.AddRange(index % 2 == 0 ? [Change(account, -1), Change(other, 1)] : [Change(other, 1), Change(account, -1)]))));

        Assert.Equal(100, outcomes.Count(outcome => outcome.IsDurable));
        Assert.All(outcomes.Where(outcome => !outcome.IsDurable), outcome => Assert.Equal(new Guard.Balance(account, 0), outcome.RefusedBy));
        Assert.Equal((0, 100), (await HeldAsync(account), await HeldAsync(other)));
        var ledger = await Plane.Balances.LedgerAsync(Plane.Project, account, beyond: null, limit: 1_000, Token);
        Assert.Equal(Enumerable.Range(0, 101).Select(value => (long)value), ledger.Items.Select(row => row.Value));
    }

    [Fact]
    public async Task A_commit_with_rows_and_a_change_that_is_given_again_is_known_by_the_change()
    {
        var (account, order) = (Any.Id("account"), Plane.Order());
        var change = Change(account, 5);
        Task<CommitOutcome> OnceAsync() => Plane.CommitAsync(commit =>
        {
            commit.Rows.Add(OrderTable.Orders.Save(order));
            commit.Balances.Add(change);
        });

        Assert.Equal(CommitOutcome.Durable, await OnceAsync());
        Assert.Equal("ledger", Assert.IsType<Guard.Unique>((await OnceAsync()).RefusedBy).Table);
    }

    [Fact]
    public async Task An_account_that_nobody_got_anything_out_of_is_not_kept()
    {
        var account = Any.Id("account");

        Assert.Equal(new Guard.Balance(account, 0), (await ChangeAsync(account, -1)).RefusedBy);

        Assert.Equal(0, await Plane.NumberAsync(new SqlQuery("SELECT count(*) FROM balances WHERE account = ?").Bind(account)));
    }

    [Fact]
    public async Task A_long_name_is_stored_and_found_and_told_from_one_that_begins_like_it()
    {
        var random = new Random(7);
        var name = string.Concat(Enumerable.Range(0, 1_000).Select(_ => (char)random.Next(0x4e00, 0x9fff)));
        var (one, other) = (Plane.Customer() with { Name = name, City = name }, Plane.Customer() with { Name = name[..999] + "x", City = name[..999] + "x" });
        Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit => commit.Customer = one));
        Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit => commit.Customer = other));

        Assert.Equal([one.Id], (await Plane.Customers.ListAsync(Plane.Project, new() { Name = name }, null, Token)).Items.Select(row => row.Id));
        Assert.Equal([other.Id], (await Plane.Customers.ListAsync(Plane.Project, new() { City = other.City }, null, Token)).Items.Select(row => row.Id));
    }

    [Fact]
    public async Task Pages_go_on_whatever_the_total_says()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SaveAsync(Plane.Order())));
        await Plane.RunAsync(new SqlQuery("DELETE FROM row_counts"));

        Assert.True((await Plane.Orders.ListAsync(Plane.Project, new TableQuery("-created_at", 2, 1), Token)).HasMore);
    }

    private Task<CommitOutcome> ChangeAsync(string account, long delta, long most = long.MaxValue) =>
        Plane.CommitAsync(commit => commit.Balances.Add(Change(account, delta) with { Most = most }));

    private BalanceChange Change(string account, long delta) => new(account, delta, Plane.Next(NumberSequence.Ledger), "test", Any.Noon, [1]);

    private async Task<long> HeldAsync(string account) => (await Plane.Balances.ReadAsync(Plane.Project, [account]))[account];
}
