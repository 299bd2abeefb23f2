using Marketing.Activity;
using Marketing.AsyncActions;
using Marketing.Customers;
using Marketing.Segments;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Theory]
    [InlineData("created_at")]
    [InlineData("-created_at")]
    [InlineData("updated_at")]
    [InlineData("-updated_at")]
    [InlineData("source_id")]
    [InlineData("-source_id")]
    public async Task Pages_of_customers_show_each_once_in_the_order_asked_for(string order)
    {
        var segment = Any.Number();
        for (var index = 0; index < 25; index++)
        {
            var source = index % 3 == 0 ? null : $"src-{index % 5}-{index}";
            var customer = await Plane.StoredCustomerAsync(source, Any.Noon.AddMinutes(index % 4));
            await Plane.CommitAsync(commit =>
            {
                commit.Customer = customer.Next() with { UpdatedAt = index % 2 == 0 ? null : Any.Noon.AddMinutes(index % 7) };
                commit.Memberships.Add(new MembershipWrite(segment, customer.Number, index < 20));
            });
        }

        await Plane.CommitAsync(commit => commit.Activity.Add(Plane.Entry(1)));
        foreach (var (chosen, count) in new (int? Segment, int Count)[] { (null, 25), (segment, 20) })
        {
            var numbers = new List<long>();
            for (var page = 1; ; page++)
            {
                var rows = await Plane.Customers.ListAsync(Plane.Project, new CustomerListQuery { Limit = 4, Page = page, Order = order }, chosen, Token);
                Assert.Equal(count, rows.Total);
                numbers.AddRange(rows.Items.Select(row => row.Number));
                if (!rows.HasMore)
                {
                    break;
                }
            }

            Assert.Equal(count, numbers.Count);
            Assert.Equal(count, numbers.Distinct().Count());
            var reversed = order.StartsWith('-') ? order[1..] : "-" + order;
            var all = await Plane.Customers.ListAsync(Plane.Project, new CustomerListQuery { Limit = 100, Order = reversed }, chosen, Token);
            Assert.Equal(numbers.AsEnumerable().Reverse(), all.Items.Select(row => row.Number));
        }
    }

    [Fact]
    public async Task Customers_are_filtered_by_name_city_and_time()
    {
        var early = await Plane.StoredCustomerAsync(createdAt: Any.Noon);
        var late = await Plane.StoredCustomerAsync(createdAt: Any.Noon.AddHours(1));
        await Plane.CommitAsync(commit => commit.Customer = late.Next() with { Name = "Грейс", City = "Lyon" });

        async Task<string[]> Find(CustomerListQuery query) =>
            [.. (await Plane.Customers.ListAsync(Plane.Project, query, null, Token)).Items.Select(row => row.Id)];

        Assert.Equal<string[]>([late.Id], await Find(new() { Name = "Грейс" }));
        Assert.Equal<string[]>([early.Id], await Find(new() { City = "Paris" }));
        Assert.Equal<string[]>([early.Id], await Find(new() { CreatedAt = new TimeRange(Any.Noon.AddMinutes(1), null) }));
        Assert.Equal<string[]>([late.Id], await Find(new() { CreatedAt = new TimeRange(null, Any.Noon) }));
        Assert.Equal<string[]>([late.Id], await Find(new() { Order = "created_at", StartingAfter = Any.Noon }));
        Assert.Equal<string[]>([early.Id], await Find(new() { Order = "-created_at", StartingAfter = Any.Noon.AddHours(1) }));
        Assert.Empty((await Plane.Customers.ListAsync(Plane.Project + 1, new CustomerListQuery(), null, Token)).Items);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Activity_merges_entries_and_messages_in_time_order_and_goes_on_after_either(bool ascending)
    {
        var customer = await Plane.StoredCustomerAsync();
        var number = Any.Number();
        await Plane.Distributions.SaveAsync(Any.Distribution(number, $"Ün{number}"), null);
        for (var index = 0; index < 12; index++)
        {
            var message = Plane.Message(number, customer.Number, index + 1, index == 5 ? "webhook" : "email");
            await Plane.CommitAsync(commit =>
            {
                commit.Activity.Add(Plane.Entry(customer.Number, index % 2 == 0 ? "customer.custom_event.tea" : "customer.segment.entered", Any.Noon.AddMinutes(index / 2)));
                commit.Messages.Add(message);
            });
            await Plane.MoveAsync(
                message.Move(MessageStatus.Queued, MessageStatus.Sending),
                message.Move(MessageStatus.Sending, index % 4 == 3 ? MessageStatus.Failed : MessageStatus.Sent, at: Any.Noon.AddMinutes(index / 2)));
        }

        var entries = new List<ActivityRow>();
        for (string? after = null; ;)
        {
            var page = await Plane.Customers.ActivityAsync(customer.Number, new ActivityQuery { Limit = 4, Ascending = ascending, StartingAfterId = after }, Token);
            entries.AddRange(page.Items);
            if (!page.HasMore)
            {
                break;
            }

            after = page.Items[^1].Id;
        }

        Assert.Equal(23, entries.Select(entry => entry.Id).Distinct().Count());
        Assert.Equal(23, entries.Count);
        Assert.Equal(ascending ? entries.OrderBy(entry => entry.At) : entries.OrderByDescending(entry => entry.At), entries);
        Assert.Equal(3, entries.Count(entry => entry.Type == "customer.email.failed"));
        Assert.Equal(8, entries.Count(entry => entry.Type == "customer.email.sent"));
        var sent = entries.First(entry => entry.Type == "customer.email.sent");
        Assert.Equal($$"""{"distribution":{"id":"distr_{{number}}","name":"Ün{{number}}","object":"distribution"},"sent_at":"{{sent.At:yyyy-MM-ddTHH:mm:ss.fffZ}}"}""", System.Text.Encoding.UTF8.GetString(sent.Data));

        async Task<int> CountAsync(ActivityQuery query) => (await Plane.Customers.ActivityAsync(customer.Number, query with { Limit = 100 }, Token)).Items.Count;
        Assert.Equal(6, await CountAsync(new ActivityQuery { Category = "ACTION" }));
        Assert.Equal(17, await CountAsync(new ActivityQuery { Category = "EFFECT" }));
        Assert.Equal(3, await CountAsync(new ActivityQuery { Type = "customer.email.failed" }));
        Assert.Equal(4, await CountAsync(new ActivityQuery { Start = Any.Noon.AddMinutes(5) }));
        Assert.Equal(0, await CountAsync(new ActivityQuery { StartingAfterId = "evcus_nonsense" }));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_synchronisation_adds_only_members_that_have_not_changed_since_they_were_read(bool reviewed, bool someAreIn)
    {
        var segment = Any.Number();
        var customers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Plane.StoredCustomerAsync()));
        var rows = await Plane.Scans.ScanAsync(Plane.Project, 0, 100);
        Assert.Equal(customers.Select(customer => customer.Number).Order(), rows.Select(row => row.Number));
        await Plane.CommitAsync(commit => commit.Customer = customers[3].Next());
        await Plane.CommitAsync(commit => commit.Removal = new CustomerRemoval(customers[4].Number, 1, []));
        if (someAreIn)
        {
            await Plane.CommitAsync(commit => commit.Memberships.Add(new MembershipWrite(segment, customers[5].Number, true)));
        }

        var again = await Plane.Segments.ApplySyncAsync(
            segment, [.. rows.Select(row => new SyncFinding(row.Number, row.Version, true, reviewed ? Any.Noon.AddDays(1) : null, row.CreatedAt, row.SourceId))]);

        Assert.Equal(new[] { customers[3].Number, customers[4].Number }.Order(), again.Order());
        Assert.Equal(28, await Plane.Segments.CountMembersAsync(segment));
        var memberships = await Task.WhenAll(customers.Select(customer => Plane.Segments.IsMemberAsync(segment, customer.Number)));
        Assert.All(customers.Index(), each => Assert.Equal(each.Index is not (3 or 4), memberships[each.Index]));
        Assert.Equal(reviewed ? 28 : 0, (await Plane.Customers.DueForReviewAsync(Plane.Project, Any.Noon.AddDays(1), null, 100)).Count);
        var extent = await Plane.Scans.ExtentAsync(Plane.Project);
        Assert.True(extent.Last >= rows[^1].Number);
        Assert.Equal(29, extent.Count);

        Assert.Equal(20, await Plane.Segments.DeleteMembershipsAsync(segment, 20));
        Assert.Equal(8, await Plane.Segments.CountMembersAsync(segment));
    }

    [Fact]
    public async Task Segments_and_jobs_are_stored_and_listed()
    {
        var number = Any.Number();
        var row = new SegmentRow { Number = number, Project = Plane.Project, Id = "seg_1", Name = "A", Type = "static", CreatedAt = Any.Noon, Baseline = Any.Noon };
        Assert.True(await Plane.Segments.SaveAsync(row));
        Assert.Single(await Plane.Segments.UnfinishedAsync(0, 1));
        Assert.True(await Plane.Segments.SaveAsync(row with { Synced = true, Progress = 100, Revision = 1 }));
        await Plane.Segments.AddMembersAsync(number, [1, 2]);
        Assert.Equal([1L, 2L], (await Plane.Segments.MembersAmongAsync(number, [3, 2, 1])).Order());
        Assert.Empty(await Plane.Segments.UnfinishedAsync(0, 1));
        var listed = await Plane.Segments.ListAsync(Plane.Project, 10, 1, false, null, ["seg_1", "seg_2"], null, Token);
        Assert.Equal(("DONE", 2L), (Assert.Single(listed.Items).InitialSyncStatus, listed.Items[0].Count));

        var job = new AsyncActionRow { Project = Plane.Project, Id = "aa_1", Type = "ORDERS.IMPORT", Status = "ENQUEUED", CreatedAt = Any.Noon };
        Assert.True(await Plane.Actions.AddAsync(job, [1, 2]));
        Assert.False(await Plane.Actions.AddAsync(job, [3]));
        Assert.Equal([(Plane.Project, "aa_1")], await Plane.Actions.UnfinishedAsync());
        Assert.Equal([1, 2], await Plane.Actions.PayloadAsync(Plane.Project, "aa_1"));
        Assert.True(await Plane.Actions.SaveAsync(job with { Status = "DONE", Cursor = 2 }, begunAt: 0));
        Assert.Null(await Plane.Actions.PayloadAsync(Plane.Project, "aa_1"));
        Assert.Equal(2, (await Plane.Actions.FindAsync(Plane.Project, "aa_1"))!.Cursor);
        Assert.Single((await Plane.Actions.ListAsync(Plane.Project, 10, Any.Noon, Token)).Items);
    }
}
