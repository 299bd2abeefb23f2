using Marketing.Customers;
using Microsoft.Extensions.Caching.Memory;

namespace Marketing.Events;

/// <summary>
/// Reaches customers by source id without asking for their id first: most of them have the one that follows from it. Of the others it
/// remembers where they were found last; the customer's grain checks.
/// </summary>
internal sealed class SupposedCustomers(IGrainFactory grains) : IDisposable
{
    private const int Most = 100_000;

    private readonly MemoryCache _found = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>Who a source id belongs to, as far as can be told without asking.</summary>
    public string Suppose(int project, string sourceId) =>
        _found.TryGetValue((project, sourceId), out string? id) ? id! : ObjectIds.FromSource("cust_", project, sourceId);

    /// <summary>Records events of the customer with the source id, who is supposed to be <paramref name="id"/>.</summary>
    public async Task<CustomerAnswer> RecordAsync(int project, string sourceId, string id, IReadOnlyList<CustomEventCommand> events, Func<string, CommandContext> contextFor)
    {
        var result = await grains.Customer(project, id).RecordAsync(new CustomEventsHappened(events) { SupposedSourceId = sourceId }, contextFor(id));
        if (result is not CustomerAnswer.OtherCustomer)
        {
            return result;
        }

        var actual = await grains.CustomerQueries(project).ResolveAsync(null, sourceId);
        Remember(project, sourceId, actual);
        return await grains.Customer(project, actual).RecordAsync(new CustomEventsHappened(events), contextFor(actual));
    }

    public void Dispose() => _found.Dispose();

    private void Remember(int project, string sourceId, string id)
    {
        if (id == ObjectIds.FromSource("cust_", project, sourceId))
        {
            _found.Remove((project, sourceId));
        }
        else
        {
            _found.Set((project, sourceId), id, new MemoryCacheEntryOptions { Size = 1 });
        }
    }
}
