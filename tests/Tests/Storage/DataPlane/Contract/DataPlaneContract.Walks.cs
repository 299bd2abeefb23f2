using System.Text;
using Marketing.Activity;
using Marketing.Customers;
using Marketing.Segments;
using Marketing.Storage.Relational;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Theory]
    [InlineData("created_at", false)]
    [InlineData("-created_at", false)]
    [InlineData("-created_at", true)]
    [InlineData("updated_at", false)]
    [InlineData("-updated_at", true)]
    public async Task A_walk_from_instant_to_instant_shows_each_customer_once_although_others_are_made_meanwhile(string order, bool inSegment)
    {
        var segment = Any.Number();
        var instants = new Dictionary<long, DateTimeOffset>();
        async Task<long> StoreAsync(int minute)
        {
            var customer = Plane.Customer(createdAt: Any.Noon.AddMinutes(minute)) with { UpdatedAt = Any.Noon.AddMinutes(100 - minute) };
            instants[customer.Number] = order.EndsWith("updated_at", StringComparison.Ordinal) ? customer.UpdatedAt.Value : customer.CreatedAt;
            await Plane.CommitAsync(commit =>
            {
                commit.Customer = customer;
                commit.Memberships.Add(new MembershipWrite(segment, customer.Number, true));
            });
            return customer.Number;
        }

        // Seven share one instant, which is more than a page; the others have instants of three and of one.
        var there = new List<long>();
        foreach (var minute in (int[])[1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 4, 5, 5, 5, 6])
        {
            there.Add(await StoreAsync(minute));
        }

        var seen = new List<long>();
        var ascending = order[0] != '-';
        var after = ascending ? Any.Noon.AddYears(-1) : Any.Noon.AddYears(1);
        for (var more = true; more;)
        {
            var page = await Plane.Customers.ListAsync(
                Plane.Project, new CustomerListQuery { Limit = 3, Order = order, StartingAfter = after }, inSegment ? segment : null, Token);
            more = page.HasMore;
            Assert.InRange(page.Items.Count, 1, 3 - 1 + 7);
            seen.AddRange(page.Items.Select(row => row.Number));
            after = instants[page.Items[^1].Number];
            await StoreAsync(seen.Count % 2 == 0 ? 0 : 7);
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(there.Except(seen));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_walk_through_activity_from_instant_to_instant_shows_each_entry_once(bool ascending)
    {
        var customer = await Plane.StoredCustomerAsync();
        var number = Any.Number();
        await Plane.Distributions.SaveAsync(Any.Distribution(number), null);
        for (var index = 0; index < 12; index++)
        {
            var message = Plane.Message(number, customer.Number, index + 1);
            var at = Any.Noon.AddMinutes(index / 5);
            await Plane.CommitAsync(commit =>
            {
                commit.Activity.Add(Plane.Entry(customer.Number, at: at));
                commit.Messages.Add(message);
            });
            await Plane.MoveAsync(message.Move(MessageStatus.Queued, MessageStatus.Sending), message.Move(MessageStatus.Sending, MessageStatus.Sent, at: at));
        }

        var seen = new List<ActivityRow>();
        var query = new ActivityQuery { Limit = 4, Ascending = ascending, StartingAfter = ascending ? Any.Noon.AddYears(-1) : Any.Noon.AddYears(1) };
        for (var more = true; more;)
        {
            var page = await Plane.Customers.ActivityAsync(customer.Number, query, Token);
            more = page.HasMore;
            seen.AddRange(page.Items);
            Assert.InRange(seen.Count, 1, 24);
            query = query with { StartingAfter = page.Items[^1].At };
        }

        var all = await Plane.Customers.ActivityAsync(customer.Number, new ActivityQuery { Limit = 100, Ascending = ascending }, Token);
        Assert.Equal(24, all.Items.Count);
        Assert.Equal(all.Items.Select(entry => entry.Id), seen.Select(entry => entry.Id));
    }

    [Fact]
    public async Task Whom_an_order_has_last_are_found_behind_all_the_others()
    {
        const int Project = 78;
        const int Count = 35_000;
        const int Unchanged = 21_000;
        const int Late = 22_000;
        var (start, first, segment) = (Any.Noon.ToUnixTimeMilliseconds(), 6_000_000L, Any.Number());
        await Plane.RunAsync(new SqlQuery(
            $"""
            INSERT INTO customers (no, project, id, source_id, version, city, created_at, updated_at, evaluated_at, document)
            WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < {Count - 1})
            SELECT {first} + n, {Project}, 'cust_' || n, CASE WHEN n % 9 > 0 THEN 's' || n END, 1, CASE WHEN n < {Late} THEN 'Early' ELSE 'Late' END,
                {start} + {Count} - n, CASE WHEN n >= {Unchanged} THEN {start} + {Count} + n END, 0, ?1
            FROM i
            """).Bind(Encoding.UTF8.GetBytes("{}")));
        await Plane.RunAsync(new SqlQuery("INSERT INTO customer_counts (project, customers) VALUES (?1, ?2)").Bind(Project).Bind(Count));

        // Nearly all of them late, and a few of those who were never changed.
        await Plane.Segments.AddMembersAsync(segment, [.. Enumerable.Range(0, Count).Where(IsMember).Select(n => first + n)]);
        (CustomerListQuery Query, int? Segment, Func<int, bool> Has)[] asked =
        [
            (new CustomerListQuery { City = "Late" }, null, n => n >= Late),
            (new CustomerListQuery { UpdatedAt = new TimeRange(null, DateTimeOffset.FromUnixTimeMilliseconds(start + Count + Late)) }, null, n => n > Late),
            (new CustomerListQuery { CreatedAt = new TimeRange(DateTimeOffset.FromUnixTimeMilliseconds(start + Count - Late), null) }, null, n => n > Late),
            (new CustomerListQuery(), segment, IsMember),
            (new CustomerListQuery { City = "Late" }, segment, n => n >= Late),
        ];
        foreach (var (query, of, has) in asked)
        {
            foreach (var (order, key) in ((string, Func<int, string>)[])
                [("created_at", n => $"{Count - n:D9}"), ("updated_at", n => n < Unchanged ? "" : $"{n:D9}"), ("source_id", n => n % 9 > 0 ? $"s{n}" : "")])
            {
                var rising = Enumerable.Range(0, Count).Where(has).OrderBy(key, StringComparer.Ordinal).ThenBy(n => n).Select(n => first + n).ToList();
                foreach (var descending in (bool[])[false, true])
                {
                    var expected = descending ? Enumerable.Reverse(rising).ToList() : rising;
                    foreach (var (limit, page) in ((int, int)[])[(100, 1), (100, 4), (100, 99)])
                    {
                        var found = await Plane.Customers.ListAsync(Project, query with { Order = (descending ? "-" : "") + order, Limit = limit, Page = page }, of, Token);
                        Assert.True(
                            expected.Skip(limit * (page - 1)).Take(limit).SequenceEqual(found.Items.Select(row => row.Number)), $"{query} of {of} by {order}, {descending}, page {page}");
                        Assert.Equal(expected.Count > limit * page, found.HasMore);
                    }
                }
            }
        }

        static bool IsMember(int n) => n >= Late || n % 1_000 == 0;
    }

    [Fact]
    public async Task Members_stand_by_their_source_ids_however_they_came_and_whenever_they_were_given_one()
    {
        var segment = Any.Number();
        await Plane.Segments.SaveAsync(
            new SegmentRow { Number = segment, Project = Plane.Project, Id = Any.Id("seg"), Name = Any.Id("name"), Type = "static", CreatedAt = Any.Noon, Baseline = Any.Noon });
        CustomerWrite[] customers = [.. Enumerable.Range(0, 6).Select(n => Plane.Customer(sourceId: n < 3 ? $"{segment}-{9 - n}" : null))];
        foreach (var customer in customers)
        {
            await Plane.CommitAsync(commit => commit.Customer = customer);
        }

        // By a commit, by a synchronisation, by number: one with a source id and one without, each.
        await Plane.CommitAsync(commit => commit.Memberships.Add(new MembershipWrite(segment, customers[0].Number, true)));
        await Plane.CommitAsync(commit => commit.Memberships.Add(new MembershipWrite(segment, customers[3].Number, true)));
        var rows = await Plane.Scans.ScanAsync(Plane.Project, customers[0].Number - 1, 100);
        await Plane.Segments.ApplySyncAsync(segment, [.. rows.Where(row => row.Number == customers[1].Number || row.Number == customers[4].Number)
            .Select(row => new SyncFinding(row.Number, row.Version, true, null, row.CreatedAt, row.SourceId))]);
        await Plane.Segments.AddMembersAsync(segment, [customers[2].Number, customers[5].Number]);
        Assert.Equal<int[]>([3, 4, 5, 2, 1, 0], await OrderAsync("source_id"));

        await Plane.CommitAsync(commit => commit.Customer = customers[4].Next() with { SourceId = $"{segment}-8.5" });
        await Plane.CommitAsync(commit => commit.Customer = customers[5].Next() with { SourceId = $"{segment}-0" });
        Assert.Equal<int[]>([3, 5, 2, 1, 4, 0], await OrderAsync("source_id"));
        Assert.Equal<int[]>([0, 4, 1, 2, 5, 3], await OrderAsync("-source_id"));

        async Task<int[]> OrderAsync(string order) =>
        [
            .. (await Plane.Customers.ListAsync(Plane.Project, new CustomerListQuery { Limit = 10, Order = order }, segment, Token)).Items
                .Select(row => Array.FindIndex(customers, customer => customer.Number == row.Number)),
        ];
    }
}
