using Marketing.Customers;
using Marketing.Orders;
using Marketing.Suppressions;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task Any_filters_in_any_order_find_the_same_customers_few_or_many()
    {
        var shop = await ListedCustomers.MakeAsync(Plane);
        var asked = 0;
        foreach (var query in ListedCustomers.Queries)
        {
            foreach (var segment in (int?[])[null, shop.ManyMembers, shop.FewMembers])
            {
                var expected = shop.Find(query, segment);
                foreach (var page in (int[])[1, 3, 99])
                {
                    var found = await Plane.Customers.ListAsync(ListedCustomers.Project, query with { Page = page }, segment, Token);
                    var numbers = expected.Skip((page - 1) * query.Limit).Take(query.Limit);
                    Assert.True(numbers.SequenceEqual(found.Items.Select(row => row.Number)), $"{query with { Page = page }} of {segment}");
                    Assert.Equal(expected.Count > page * query.Limit, found.HasMore);
                    var isKept = query with { Limit = 10, Order = "-created_at" } == new CustomerListQuery();
                    Assert.Equal(isKept ? expected.Count : Math.Min(expected.Count, 10_000), found.Total);
                    Assert.Equal(!isKept && expected.Count > 10_000, found.TotalIsMinimum);
                    asked++;
                }
            }
        }

        Assert.True(asked > 500);
    }

    [Theory]
    [InlineData("created_at")]
    [InlineData("-created_at")]
    [InlineData("-updated_at")]
    public async Task A_walk_from_instant_to_instant_through_many_of_one_city_ends_at_the_last(string order)
    {
        var shop = await ListedCustomers.MakeAsync(Plane);
        var query = new CustomerListQuery { Limit = 100, Order = order, City = ListedCustomers.LargeCity, StartingAfter = order[0] == '-' ? Any.Noon.AddYears(1) : Any.Noon.AddYears(-1) };
        var expected = shop.Find(query, null);
        var seen = new List<long>();
        for (var more = true; more && seen.Count < 2_000;)
        {
            var page = await Plane.Customers.ListAsync(ListedCustomers.Project, query, null, Token);
            more = page.HasMore;
            seen.AddRange(page.Items.Select(row => row.Number));
            query = query with { StartingAfter = ListedCustomers.InstantOf(page.Items[^1].Number, order) };
        }

        Assert.Equal(expected.Take(seen.Count), seen);
    }

    [Fact]
    public async Task Whom_mail_does_not_reach_of_a_segment_is_counted_as_the_channel_would_say()
    {
        var segment = Any.Number();
        string?[] addresses =
        [
            null, "", "plain@example.com", "with.dots+tag@sub.example.com", "gone@example.com", "left@example.com", "odd%sign@example.com", "a@münchen.de", "no-mailbox", "two@at@example.com",
            ".dot@example.com", "dot.@example.com", "a..b@example.com", "a@-example.com", "a@example.com-", "a@exa_mple.com", "a@xn--mnchen-3ya.de", "UPPER@example.com", $"{new string('x', 65)}@example.com",
        ];
        foreach (var (channel, address, reason) in ((string, string, string)[])
            [("email", "gone@example.com", "bounced"), ("email", "left@example.com", "unsubscribed"), ("email", "a@münchen.de", "manual"), ("sms", "plain@example.com", "manual")])
        {
            await Plane.Suppressions.AddAsync(Plane.Project, new Suppression { Channel = channel, Address = address, Reason = reason, CreatedAt = Any.Noon });
        }

        foreach (var address in addresses.Concat(addresses))
        {
            var customer = Plane.Customer() with { Email = address };
            await Plane.CommitAsync(commit =>
            {
                commit.Customer = customer;
                commit.Memberships.Add(new MembershipWrite(segment, customer.Number, true));
            });
            await Plane.CommitAsync(commit => commit.Customer = Plane.Customer() with { Email = address });
        }

        var counts = await Plane.Members.CountMailReachAsync(Plane.Project, segment, "email");
        var odd = await Plane.Members.ScanOddAsync(Plane.Project, segment, 0, 1_000);
        Assert.Equal((38, 2, 28), ((int)counts.Members, (int)counts.WithoutAddress, (int)counts.Odd));
        Assert.Equal(28, odd.Count);
        Assert.Equal(["bounced 2", "unsubscribed 2"], counts.Suppressed.Select(pair => $"{pair.Key} {pair.Value}").Order());
        Assert.Equal(14, (await Plane.Members.ScanOddAsync(Plane.Project, segment, odd[13].Number, 1_000)).Count);
        Assert.Equal((0, 0), await EmptyReachAsync(Any.Number()));
        Assert.Equal((2, 3, 0), (
            await Plane.Members.CountSharedMailAsync(Plane.Project, segment, "email"), await Plane.Members.CountSharedMailAsync(Plane.Project, segment, "sms"),
            await Plane.Members.CountSharedMailAsync(Plane.Project, Any.Number(), "email")));
        Assert.Equal(1, await Plane.Members.CountPlainAsync(Plane.Project, segment, ["plain@example.com", "odd%sign@example.com", "nobody@example.com"]));

        // Whatever is not left to the channel is an address as it stands: that is what makes counting enough.
        foreach (var address in addresses.Where(address => !string.IsNullOrEmpty(address)))
        {
            var isPlain = EmailAddress.TryNormalize(address, out var key) && key == address && EmailAddress.SpellingsOf(address).Count == 1;
            Assert.True(isPlain || await IsOddAsync(address!), address);
        }

        async Task<(long, long)> EmptyReachAsync(int nobody)
        {
            var none = await Plane.Members.CountMailReachAsync(Plane.Project, nobody, "email");
            return (none.Members + none.WithoutAddress + none.Odd, none.Suppressed.Count);
        }

        async Task<bool> IsOddAsync(string address)
        {
            var alone = Any.Number();
            var customer = Plane.Customer() with { Email = address };
            await Plane.CommitAsync(commit =>
            {
                commit.Customer = customer;
                commit.Memberships.Add(new MembershipWrite(alone, customer.Number, true));
            });
            return (await Plane.Members.CountMailReachAsync(Plane.Project, alone, "email")).Odd == 1;
        }
    }

    [Fact]
    public async Task Channels_of_distributions_are_told_apart_as_they_are_written()
    {
        await Plane.Distributions.SaveAsync(Any.Distribution(Any.Number(), null, "email"), null);
        async Task<long> CountAsync(string channel) =>
            (await Plane.Distributions.ListAsync(Plane.Project, new() { Channel = channel, Limit = 100 }, brief: false, Token)).Total;

        Assert.True(await CountAsync("email") > 0);
        Assert.Equal(0, await CountAsync("EMAIL"));
        Assert.Equal(0, await CountAsync("mail"));
        Assert.Equal(0, await CountAsync("%"));
    }

    [Fact]
    public async Task Orders_are_counted_when_they_come_and_when_they_go_with_their_customer()
    {
        var before = await OrdersAsync();
        var customer = await Plane.StoredCustomerAsync();
        for (var index = 0; index < 3; index++)
        {
            var order = Order(customer);
            await SaveAsync(order);
            await SaveAsync(order with { Version = 1, Status = "PAID" });
        }

        await SaveAsync(Order(null));
        Assert.Equal(before + 4, await OrdersAsync());
        await Plane.CommitAsync(commit => commit.Removal = new CustomerRemoval(customer.Number, 1, []));
        Assert.Equal(before + 1, await OrdersAsync());

        async Task<long> OrdersAsync() => (await Plane.Orders.ListAsync(Plane.Project, new TableQuery("-created_at", 1, 1), Token)).Total;
        OrderRow Order(CustomerWrite? of) => Plane.Order() with { Customer = of?.Number, CustomerId = of?.Id };
    }

    [Fact]
    public async Task Messages_of_a_kind_that_there_is_none_of_are_not_found_and_few_among_others_are()
    {
        var number = Any.Number();
        await Plane.Distributions.SaveAsync(Any.Distribution(number), null);
        var messages = Enumerable.Range(0, 6).Select(index => Plane.Message(number, index + 1, channel: index == 0 ? "webhook" : "email")).ToArray();
        await Plane.CommitAsync(commit => commit.Messages.AddRange(messages));
        await Plane.MoveAsync(messages.Skip(2).SelectMany((message, index) => (MessageMove[])
        [
            message.Move(MessageStatus.Queued, MessageStatus.Sending),
            message.Move(MessageStatus.Sending, index == 0 ? MessageStatus.Failed : index == 1 ? MessageStatus.Skipped : MessageStatus.Sent, at: Any.Noon.AddMinutes(index)),
        ]));

        async Task<string> NumbersAsync(string? status, string? channel = null)
        {
            var page = await Plane.Distributions.MessagesAsync(number, new() { Limit = 2, Status = status, Channel = channel }, Token);
            return string.Join(' ', page.Items.Select(found => Array.FindIndex(messages, message => Distributions.MessageIds.Format(number, message.Number) == found.Id))) + (page.HasMore ? " +" : "");
        }

        async Task<string> EventsAsync(string type)
        {
            var page = await Plane.Distributions.ActivityAsync(number, new() { Limit = 2, Type = type }, Token);
            return string.Join(' ', page.Items.Select(happened => happened.Type)) + (page.HasMore ? " +" : "");
        }

        Assert.Equal(["1 0", "0", "5 4", "2", "3", "", "", "1", "5 4 +", "0"],
        [
            await NumbersAsync("queued"), await NumbersAsync("queued", "webhook"), await NumbersAsync("sent"), await NumbersAsync("failed"), await NumbersAsync("skipped"),
            await NumbersAsync("canceled"), await NumbersAsync("sent", "webhook"), await NumbersAsync("queued", "email"), await NumbersAsync(null, "email"), await NumbersAsync(null, "webhook"),
        ]);
        Assert.Equal(["message.failed", "message.skipped", "message.sent message.sent", "", ""],
        [
            await EventsAsync("message.failed"), await EventsAsync("message.skipped"), await EventsAsync("message.sent"), await EventsAsync("message.canceled"),
            await EventsAsync("message.recovered"),
        ]);
    }
}
