using Marketing.Activity;
using Marketing.Orders;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task One_stale_commit_among_two_hundred_fails_alone_and_leaves_nothing()
    {
        var customers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Plane.StoredCustomerAsync()));
        var distribution = Any.Number();

        var outcomes = await Task.WhenAll(customers.Select((customer, index) => Plane.CommitAsync(commit =>
        {
            commit.Customer = customer with { ExpectedVersion = index == 77 ? 5 : 1 };
            commit.Operation = new OperationWrite($"key-{customer.Id}", "f", null, Any.Noon);
            commit.Activity.Add(Plane.Entry(customer.Number));
            commit.Messages.Add(Plane.Message(distribution, customer.Number, index + 1));
            commit.Memberships.Add(new MembershipWrite(distribution, customer.Number, true));
        })));

        Assert.Equal([77], outcomes.Index().Where(each => each.Item != CommitOutcome.Durable).Select(each => each.Index));
        Assert.IsType<Guard.Version>(outcomes[77].RefusedBy);
        var stale = customers[77];
        Assert.Equal((0, 0, 0), await Plane.Customers.CountConnectedAsync(stale.Number));
        Assert.Null(await Plane.Operations.FindAsync(Plane.Project, $"key-{stale.Id}"));
        Assert.False(await Plane.Segments.IsMemberAsync(distribution, stale.Number));
        Assert.Equal(199, await Plane.Segments.CountMembersAsync(distribution));
        Assert.Equal(199, (await Plane.Distributions.CountsAsync(distribution))["email"].Audience);
        Assert.Equal(1, (await Plane.Customers.LoadAsync(Plane.Project, stale.Id))!.Version);
        Assert.Equal(2, (await Plane.Customers.LoadAsync(Plane.Project, customers[0].Id))!.Version);
    }

    [Fact]
    public async Task A_repeated_operation_changes_nothing_and_tells_what_the_first_did()
    {
        var customer = await Plane.StoredCustomerAsync();
        var operation = new OperationWrite(Any.Id("key"), "print", "done"u8.ToArray(), Any.Noon);

        Task<CommitOutcome> Once(long version) => Plane.CommitAsync(commit =>
        {
            commit.Operation = operation;
            commit.Customer = customer with { ExpectedVersion = version };
            commit.Activity.Add(Plane.Entry(customer.Number));
        });

        Assert.Equal(CommitOutcome.Durable, await Once(1));
        Assert.IsType<Guard.Operation>((await Once(2)).RefusedBy);
        Assert.Equal((1, 0, 1), await Plane.Customers.CountConnectedAsync(customer.Number));
        var stored = await Plane.Operations.FindAsync(Plane.Project, operation.Key);
        Assert.Equal("print", stored!.Fingerprint);
        Assert.Equal("done"u8.ToArray(), stored.Result);
    }

    [Fact]
    public async Task An_operation_of_a_refused_commit_can_be_tried_again()
    {
        var customer = await Plane.StoredCustomerAsync();
        var operation = new OperationWrite(Any.Id("key"), "print", null, Any.Noon);

        Assert.IsType<Guard.Version>((await Plane.CommitAsync(commit =>
            (commit.Operation, commit.Customer) = (operation, customer with { ExpectedVersion = 9 }))).RefusedBy);
        Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit =>
            (commit.Operation, commit.Customer) = (operation, customer with { ExpectedVersion = 1 })));
    }

    [Fact]
    public async Task Of_many_customers_with_one_source_id_the_first_is_stored()
    {
        var source = Any.Id("src");
        var customers = Enumerable.Range(0, 64).Select(_ => Plane.Customer(sourceId: source)).ToArray();

        var outcomes = await Task.WhenAll(customers.Select(customer => Plane.CommitAsync(commit => commit.Customer = customer)));

        Assert.Single(outcomes, CommitOutcome.Durable);
        Assert.Equal(63, outcomes.Count(outcome => outcome.RefusedBy is Guard.Unique { Table: CustomerWrite.Table, Column: "source_id" }));
        var winner = customers[Array.IndexOf(outcomes, CommitOutcome.Durable)];
        Assert.Equal(winner.Id, await Plane.Customers.FindIdBySourceAsync(Plane.Project, source));
    }

    [Fact]
    public async Task A_customer_stored_twice_is_a_conflict_and_a_taken_source_id_is_told_apart()
    {
        var source = Any.Id("src");
        var first = await Plane.StoredCustomerAsync(source);
        var second = await Plane.StoredCustomerAsync();

        Assert.IsType<Guard.Version>((await Plane.CommitAsync(commit => commit.Customer = first)).RefusedBy);
        Assert.Equal(CustomerWrite.Table, Assert.IsType<Guard.Unique>((await Plane.CommitAsync(commit => commit.Customer = second.Next() with { SourceId = source })).RefusedBy).Table);
        Assert.IsType<Guard.Version>((await Plane.CommitAsync(commit => commit.Customer = second with { ExpectedVersion = 3, SourceId = source })).RefusedBy);
    }

    [Fact]
    public async Task A_changed_profile_is_found_by_its_new_values()
    {
        var customer = await Plane.StoredCustomerAsync();
        var source = Any.Id("src");

        await Plane.CommitAsync(commit => commit.Customer =
            customer.Next() with { SourceId = source, Email = "ада@example.com", UpdatedAt = Any.Noon, ReviewAt = Any.Noon.AddHours(1) });

        Assert.Equal(customer.Id, await Plane.Customers.FindIdBySourceAsync(Plane.Project, source));
        var page = await Plane.Customers.ListAsync(Plane.Project, new() { Email = "Ада@EXAMPLE.com" }, null, Token);
        Assert.Equal([customer.Id], page.Items.Select(row => row.Id));
        Assert.Contains(await Plane.Customers.DueForReviewAsync(Plane.Project, Any.Noon.AddHours(1), null, 100), due => due.Id == customer.Id);
        Assert.Empty(await Plane.Customers.DueForReviewAsync(Plane.Project, Any.Noon, null, 100));
    }

    [Fact]
    public async Task Work_matched_against_an_old_catalogue_is_refused()
    {
        var customer = await Plane.StoredCustomerAsync();
        var before = await Plane.Catalogues.ReadAsync(Plane.Project);
        await Plane.Catalogues.AdvanceAsync(Plane.Project);
        var after = await Plane.Catalogues.ReadAsync(Plane.Project);

        async Task<CommitOutcome> At(long version)
        {
            var commit = new Commit { Project = Plane.Project, CatalogueVersion = version };
            commit.Activity.Add(Plane.Entry(customer.Number));
            return await Plane.Committer.CommitAsync(commit);
        }

        Assert.IsType<Guard.Catalogue>((await At(before)).RefusedBy);
        Assert.Equal(CommitOutcome.Durable, await At(after));
        Assert.Equal(CommitOutcome.Durable, await At(0));
        Assert.Equal((2, 0, 2), await Plane.Customers.CountConnectedAsync(customer.Number));
    }

    [Fact]
    public async Task A_commit_that_cannot_be_written_hurts_only_itself()
    {
        var customers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Plane.StoredCustomerAsync()));

        var commits = customers.Select((customer, index) => Plane.CommitAsync(commit =>
        {
            commit.Customer = customer.Next();
            commit.Activity.Add(Plane.Entry(customer.Number, index == 20 ? null! : "customer.updated"));
        })).ToArray();

        await Assert.ThrowsAnyAsync<Exception>(() => commits[20]);
        foreach (var (index, commit) in commits.Index().Where(each => each.Index != 20))
        {
            Assert.Equal(CommitOutcome.Durable, await commit);
            Assert.Equal((1, 0, 0), await Plane.Customers.CountConnectedAsync(customers[index].Number));
        }

        Assert.Equal(1, (await Plane.Customers.LoadAsync(Plane.Project, customers[20].Id))!.Version);
    }

    [Fact]
    public async Task A_removed_customer_takes_activity_orders_and_memberships_along_and_leaves_its_messages()
    {
        var customer = await Plane.StoredCustomerAsync();
        var (segment, distribution) = (Any.Number(), Any.Number());
        var order = Plane.Order() with { Customer = customer.Number, CustomerId = customer.Id };
        await Plane.CommitAsync(commit =>
        {
            commit.Rows.Add(OrderTable.Orders.Save(order));
            commit.Activity.Add(Plane.Entry(customer.Number));
            commit.Memberships.Add(new MembershipWrite(segment, customer.Number, true));
            commit.Messages.Add(Plane.Message(distribution, customer.Number));
        });

        Assert.IsType<Guard.Version>((await Plane.CommitAsync(commit => commit.Removal = new CustomerRemoval(customer.Number, 2, [segment]))).RefusedBy);
        Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit => commit.Removal = new CustomerRemoval(customer.Number, 1, [segment])));

        Assert.Null(await Plane.Customers.LoadAsync(Plane.Project, customer.Id));
        Assert.Equal((0, 0, 0), await Plane.Customers.CountConnectedAsync(customer.Number));
        Assert.Equal(0, await Plane.Segments.CountMembersAsync(segment));
        Assert.Null(await Plane.Orders.FindAsync(Plane.Project, order.Id));
        var message = Assert.Single(await Plane.Queue.TakeAsync(distribution, 0, Any.Noon, 10));
        Assert.Null(message.CustomerId);
    }

    [Fact]
    public async Task An_order_is_changed_only_at_the_expected_version()
    {
        var order = Plane.Order(Any.Id("src"));

        Assert.Equal(CommitOutcome.Durable, await SaveAsync(order));
        Assert.IsType<Guard.Version>((await SaveAsync(order)).RefusedBy);
        Assert.Equal(CommitOutcome.Durable, await SaveAsync(order with { Version = 1, Status = "PAID" }));
        Assert.IsType<Guard.Version>((await SaveAsync(order with { Version = 1 })).RefusedBy);
        Assert.Equal("orders", Assert.IsType<Guard.Unique>((await SaveAsync(Plane.Order(order.SourceId))).RefusedBy).Table);

        var stored = await Plane.Orders.FindAsync(Plane.Project, order.Id);
        Assert.Equal(("PAID", 2L), (stored!.Status, stored.Version));
        Assert.Equal(order.Id, (await Plane.Orders.FindAsync(Plane.Project, OrderTable.SourceId, order.SourceId!))!.Id);
        Assert.Equal([order.Id], (await Plane.Orders.ListAsync(Plane.Project, new TableQuery("-created_at", 10, 1), Token)).Items.Select(row => row.Id));
    }

    [Fact]
    public async Task A_commit_with_an_order_and_a_customer_says_whose_source_id_is_taken()
    {
        var (orderSource, customerSource) = (Any.Id("src"), Any.Id("src"));
        var (first, second) = (await Plane.StoredCustomerAsync(customerSource), await Plane.StoredCustomerAsync());
        await SaveAsync(Plane.Order(orderSource));

        Task<CommitOutcome> TryAsync(string order, string customer, CustomerWrite of) => Plane.CommitAsync(commit =>
        {
            commit.Rows.Add(OrderTable.Orders.Save(Plane.Order(order)));
            commit.Customer = of with { SourceId = customer };
        });

        foreach (var customer in new[] { Plane.Customer(), second.Next() })
        {
            Assert.Equal(CustomerWrite.Table, Assert.IsType<Guard.Unique>((await TryAsync(Any.Id("src"), customerSource, customer)).RefusedBy).Table);
            Assert.Equal("orders", Assert.IsType<Guard.Unique>((await TryAsync(orderSource, Any.Id("src"), customer)).RefusedBy).Table);
        }

        Assert.Equal(CommitOutcome.Durable, await TryAsync(Any.Id("src"), customerSource, first.Next()));
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart_and_loads_together()
    {
        var customers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Plane.StoredCustomerAsync()));
        await RestartAsync();

        var rows = await Task.WhenAll(customers.Select(customer => Plane.Customers.LoadAsync(Plane.Project, customer.Id)));
        Assert.Equal(customers.Select(customer => customer.Number), rows.Select(row => row!.Number));
        Assert.Null(await Plane.Customers.LoadAsync(Plane.Project + 1, customers[0].Id));
        Assert.Equal(300, (await Plane.Customers.LoadManyAsync(Plane.Project, [.. customers.Select(customer => customer.Id), "nobody"], false)).Count);
    }

    [Fact]
    public async Task A_flush_waits_for_what_was_given_before()
    {
        var commits = Enumerable.Range(0, 100).Select(_ => Plane.Committer.CommitAsync(new Commit { Project = Plane.Project, Customer = Plane.Customer() })).ToArray();
        await Plane.Committer.FlushAsync();
        Assert.All(commits, commit => Assert.True(commit.IsCompletedSuccessfully));
        await Task.WhenAll(commits);
    }

    [Fact]
    public async Task Numbers_are_unique_over_threads_and_restarts()
    {
        var seen = new HashSet<long>();
        for (var run = 0; run < 3; run++)
        {
            var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                var numbers = new List<long>();
                for (var i = 0; i < 6_000; i++)
                {
                    numbers.Add(await Plane.Numbers.NextAsync(NumberSequence.Activity));
                    if (i % 1_000 == 0)
                    {
                        var first = await Plane.Numbers.NextRangeAsync(NumberSequence.Activity, 300);
                        numbers.AddRange(Enumerable.Range(0, 300).Select(offset => first + offset));
                    }
                }

                var many = await Plane.Numbers.NextRangeAsync(NumberSequence.Activity, 15_000);
                numbers.AddRange([many, many + 14_999]);
                return numbers;
            })));
            Assert.All(taken.SelectMany(numbers => numbers), number => Assert.True(seen.Add(number)));
            await RestartAsync();
        }
    }

    [Fact]
    public void Ids_of_messages_and_activity_can_be_read_back()
    {
        Assert.True(Marketing.Distributions.MessageIds.TryParse(Marketing.Distributions.MessageIds.Format(12, 345_678_901_234), out var distribution, out var number));
        Assert.Equal((12, 345_678_901_234), (distribution, number));
        Assert.False(Marketing.Distributions.MessageIds.TryParse("msg_12", out _, out _));

        Assert.Equal(24, ActivityIds.Format(77).Length);
        Assert.True(ActivityIds.TryParse(ActivityIds.FormatMessage(77), out var isMessage, out number));
        Assert.Equal((true, 77), (isMessage, number));
        Assert.False(ActivityIds.TryParse("evcus_ff0000000000000001", out _, out _));
    }

    private Task<CommitOutcome> SaveAsync(OrderRow order) => Plane.CommitAsync(commit => commit.Rows.Add(OrderTable.Orders.Save(order)));
}
