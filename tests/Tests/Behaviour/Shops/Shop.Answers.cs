using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Segments;
using Xunit;

namespace Marketing.Behaviour;

/// <summary>What a shop sees.</summary>
internal sealed partial class Shop
{
    public Task<Customer?> FindCustomerAsync(string idOrSource) => Grains.CustomerQueries(Number).FindAsync(idOrSource);

    public async Task<IReadOnlyList<string>> CustomersAsync() =>
        [.. (await Grains.CustomerQueries(Number).ListAsync(new CustomerListQuery { Limit = 1000 }))!.Items.Select(customer => customer.Id)];

    /// <summary>Who is listed as a member; the count that is shown must be the same.</summary>
    public async Task<IReadOnlyList<string>> MembersAsync(string segment)
    {
        var members = new List<string>();
        for (var page = 1; ; page++)
        {
            var part = await Grains.SegmentQueries(Number).MembersAsync(segment, new CustomerListQuery { Limit = 100, Page = page });
            Assert.NotNull(part);
            members.AddRange(part.Items.Select(customer => customer.Id));
            if (!part.HasMore)
            {
                break;
            }
        }

        Assert.Equal(members.Count, await CountMembersAsync(segment));
        return [.. members.Order(StringComparer.Ordinal)];
    }

    public async Task<long> CountMembersAsync(string segment) => (await Grains.Segment(Number, segment).FindAsync())!.Count;

    /// <summary>The segments the customer's own page shows.</summary>
    public async Task<IReadOnlyList<string>> SegmentsOfAsync(string customer) =>
        [.. (await Grains.SegmentQueries(Number).OfCustomerAsync(customer)).Select(segment => segment.Id)];

    public async Task<IReadOnlyList<ActivityEntry>> ActivityAsync(string customer)
    {
        var page = await Grains.CustomerQueries(Number).ActivityAsync(customer, new ActivityQuery { Limit = 1000, Ascending = true });
        return page is null ? [] : page.Items;
    }

    public async Task<int> EnteredAsync(string customer) => (await ActivityAsync(customer)).Count(entry => entry.Type == TriggerCatalogue.SegmentEntered);

    public async Task<int> LeftAsync(string customer) => (await ActivityAsync(customer)).Count(entry => entry.Type == TriggerCatalogue.SegmentLeft);

    public async Task<Distribution> FindAsync(string distribution) => (await Distribution(distribution).FindAsync())!;

    /// <summary>The distributions of the list, which asks none of them.</summary>
    public async Task<IReadOnlyList<Distribution>> ListedAsync() =>
        (await Grains.DistributionQueries(Number).ListAsync(new DistributionListQuery { Limit = 100 })).Items;

    public async Task<Distribution> ListedAsync(string distribution) => Assert.Single(await ListedAsync(), listed => listed.Id == distribution);

    public async Task<IReadOnlyList<string>> ListedSegmentsAsync() =>
        [.. (await Grains.SegmentQueries(Number).ListAsync(100, 1, true, null, null)).Items.Select(segment => segment.Id)];

    public async Task<string> StatusAsync(string distribution) => (await FindAsync(distribution)).Status;

    /// <summary>The counts; they must add up at any moment.</summary>
    public async Task<MessageCounts> CountsAsync(string distribution)
    {
        var counts = (await FindAsync(distribution)).Counts;
        Assert.Equal(counts.Audience, counts.Queued + counts.Retrying + counts.Sending + counts.Sent + counts.Failed + counts.Skipped + counts.Canceled);
        return counts;
    }

    /// <summary>All messages; they must be as many as the counts say, status by status.</summary>
    public async Task<IReadOnlyList<Message>> MessagesAsync(string distribution)
    {
        var messages = new List<Message>();
        var more = true;
        while (more)
        {
            var page = await Grains.DistributionQueries(Number).MessagesAsync(
                distribution, new MessageListQuery { Limit = 100, StartingAfterId = messages.Count == 0 ? null : messages[^1].Id });
            messages.AddRange(page!.Items);
            more = page.HasMore;
        }

        return messages;
    }

    public async Task<Message> MessageToAsync(string distribution, string customer) =>
        Assert.Single(await MessagesAsync(distribution), message => message.CustomerId == customer);

    public IReadOnlyList<string> ReceiversOf(string distribution) => [.. Received(distribution).Select(message => message.Recipient.Id)];

    public IReadOnlyList<OutboundMessage> Received(string distribution) =>
        [.. engine.Channel.ReceivedFor(distribution), .. engine.Hook.ReceivedFor(distribution)];

    /// <summary>Until this many messages were owed and none of them is on its way any more.</summary>
    public async Task<MessageCounts> SettledAsync(string distribution, long audience)
    {
        await engine.EventuallyAsync(
            async () => await CountsAsync(distribution) is var counts && counts.Audience >= audience && counts.Queued + counts.Retrying + counts.Sending == 0,
            async () => (await FindAsync(distribution)).ToString());
        var counts = await CountsAsync(distribution);
        Assert.Equal(audience, counts.Audience);
        var messages = await MessagesAsync(distribution);
        Assert.Equal(
            (counts.Sent, counts.Failed, counts.Skipped, counts.Canceled),
            (Of("sent"), Of("failed"), Of("skipped"), Of("canceled")));
        return counts;

        long Of(string status) => messages.Count(message => message.Status == status);
    }

    public async Task<IReadOnlyList<string>> ReceiversWhenSettledAsync(string distribution, long audience)
    {
        await SettledAsync(distribution, audience);
        return [.. ReceiversOf(distribution).Order(StringComparer.Ordinal)];
    }

    public Task IsAsync(string distribution, string status) =>
        engine.EventuallyAsync(async () => await StatusAsync(distribution) == status, async () => (await FindAsync(distribution)).ToString());

    /// <summary>Until the counts are so.</summary>
    public Task CountAsync(string distribution, Func<MessageCounts, bool> areSo) =>
        engine.EventuallyAsync(async () => areSo(await CountsAsync(distribution)), async () => (await FindAsync(distribution)).ToString());
}
