using Marketing.AsyncActions;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task A_row_of_a_job_is_known_once_its_customer_is_durable_and_until_it_is_counted()
    {
        var job = await AnyJobAsync();
        var taken = Any.Id("source");
        var created = Plane.Customer(sourceId: taken);
        Assert.Equal(CommitOutcome.Durable, await ImportAsync(created, row: 1, creates: true));
        Assert.Equal(CustomerWrite.Table, Assert.IsType<Guard.Unique>((await ImportAsync(Plane.Customer(sourceId: taken), row: 2, creates: true)).RefusedBy).Table);
        Assert.IsType<Guard.Version>((await ImportAsync(created with { ExpectedVersion = 7 }, row: 3, creates: false)).RefusedBy);
        Assert.Equal(
            [CommitOutcome.Durable, CommitOutcome.Durable, CommitOutcome.Durable],
            await Task.WhenAll(ImportAsync(created.Next(), row: 4, creates: false), ImportAsync(Plane.Customer(), row: 5, creates: true), ImportAsync(Plane.Customer(), row: 1_001, creates: true)));

        Assert.Equal([(1L, true), (4L, false), (5L, true), (1_001L, true)], await RowsAsync());
        Assert.Empty(await Plane.Actions.DurableRowsAsync(Plane.Project, Any.Id("aa")));
        Assert.Empty(await Plane.Actions.DurableRowsAsync(Plane.Project + 1, job.Id));

        Assert.True(await Plane.Actions.SaveAsync(job with { Status = "IN_PROGRESS", Cursor = 1_000 }, begunAt: 0));
        Assert.Contains((1_001L, true), await RowsAsync());
        Assert.True(await Plane.Actions.SaveAsync(job with { Status = "DONE", Cursor = 1_000 }, begunAt: 1_000));
        Assert.Empty(await RowsAsync());

        Task<CommitOutcome> ImportAsync(CustomerWrite customer, long row, bool creates) => Plane.CommitAsync(commit =>
        {
            commit.Customer = customer;
            commit.Import = new ImportRow(job.Id, row, creates);
        });

        async Task<IEnumerable<(long, bool)>> RowsAsync() =>
            (await Plane.Actions.DurableRowsAsync(Plane.Project, job.Id)).Select(row => (row.Key, row.Value)).Order();
    }

    [Fact]
    public async Task A_job_that_somebody_else_got_further_with_is_left_as_it_is()
    {
        var job = await AnyJobAsync();
        Assert.True(await Plane.Actions.SaveAsync(job with { Status = "IN_PROGRESS", Cursor = 10, Result = [1] }, begunAt: 0));
        Assert.False(await Plane.Actions.SaveAsync(job with { Status = "IN_PROGRESS", Cursor = 10, Result = [2] }, begunAt: 0));
        Assert.False(await Plane.Actions.SaveAsync(job with { Status = "IN_PROGRESS", Cursor = 20, Result = [2] }, begunAt: 0));
        Assert.True(await Plane.Actions.SaveAsync(job with { Status = "DONE", Cursor = 20, Result = [3] }, begunAt: 10));
        Assert.False(await Plane.Actions.SaveAsync(job with { Status = "FAILED", Cursor = 20, Result = [4] }, begunAt: 20));

        var found = (await Plane.Actions.FindAsync(Plane.Project, job.Id))!;
        Assert.Equal(("DONE", 20L, (byte)3, job.Options), (found.Status, found.Cursor, Assert.Single(found.Result!), found.Options));
    }

    [Fact]
    public async Task Customers_are_found_by_address_in_each_spelling_and_no_more_than_asked_for()
    {
        var name = Any.Id("ada").ToLowerInvariant();
        string[] spellings = [$"{name}@xn--mnchen-3ya.example", $"{name}@münchen.example"];

        // The second as it was stored when a domain was what somebody had typed.
        var stored = spellings.Select(spelling => Plane.Customer() with { Email = spelling }).ToList();
        stored.AddRange(Enumerable.Range(0, 5).Select(_ => Plane.Customer() with { Email = $"shared-{name}@example.com" }));
        stored.Add(Plane.Customer());
        foreach (var customer in stored)
        {
            Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit => commit.Customer = customer));
        }

        var found = await Plane.Customers.LoadByEmailAsync(Plane.Project, [.. spellings, $"nobody-{name}@example.com"], most: 2);
        Assert.Equal(stored.Take(2).Select(customer => customer.Id).Order(StringComparer.Ordinal), found.Select(row => row.Id).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await Plane.Customers.LoadByEmailAsync(Plane.Project, [$"shared-{name}@example.com"], most: 2)).Count);
        Assert.Empty(await Plane.Customers.LoadByEmailAsync(Plane.Project + 1, spellings, most: 2));
    }

    private async Task<AsyncActionRow> AnyJobAsync()
    {
        var job = new AsyncActionRow
        {
            Project = Plane.Project,
            Id = Any.Id("aa"),
            Type = AsyncActionTypes.CustomersImport,
            Status = "ENQUEUED",
            CreatedAt = Any.Noon,
            Options = new ImportOptions { MatchByEmail = true },
        };
        Assert.True(await Plane.Actions.AddAsync(job, [1]));
        return job;
    }
}
