using Marketing.Activity;
using Marketing.Customers;
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
}
