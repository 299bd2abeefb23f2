using System.Runtime.InteropServices;
using System.Text;
using Marketing.Distributions;
using Marketing.Orders;

namespace Marketing.Storage.DataPlane;

/// <summary>Rows for tests: fresh keys, so that no test needs the others' rows gone.</summary>
internal static class Any
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static int _number = 1_000;

    public static int Number() => Interlocked.Increment(ref _number);

    public static string Id(string prefix) => $"{prefix}_{Guid.NewGuid():N}";

    public static Commit Commit() => new() { Project = Plane.Project };

    public static CustomerWrite Customer(this Plane plane, string? id = null, string? sourceId = null, DateTimeOffset? createdAt = null) => new(
        plane.Next(NumberSequence.Customers), id ?? Id("cust"), sourceId, 0, "Ada", null, "Paris", createdAt ?? Noon, null, Noon, null,
        Encoding.UTF8.GetBytes("""{"name":"Ada"}"""));

    public static OrderRow Order(this Plane plane, string? sourceId = null) =>
        new(plane.Next(OrderTable.Orders.Numbers), Id("ord"), 0, sourceId, null, null, "CREATED", 5, Noon, null, [1], null);

    public static CustomerWrite Next(this CustomerWrite customer) => customer with { ExpectedVersion = customer.ExpectedVersion + 1 };

    public static ActivityWrite Entry(this Plane plane, long customer, string type = "customer.order.paid", DateTimeOffset? at = null) =>
        new(plane.Next(NumberSequence.Activity), customer, type, at ?? Noon, "v-1", "API", "{}"u8.ToArray());

    public static MessageInsert Message(this Plane plane, int distribution, long customer, long occurrence = 0, string channel = "email", int lane = 0) =>
        new(distribution, plane.Next(NumberSequence.Messages), lane, customer, occurrence, channel, Noon, Noon);

    public static MessageMove Move(this MessageInsert message, MessageStatus from, MessageStatus to, long epoch = 1, DateTimeOffset? at = null) => new()
    {
        Distribution = message.Distribution,
        Number = message.Number,
        Channel = message.Channel,
        From = from,
        To = to,
        Epoch = epoch,
        At = at ?? Noon,
        DueAt = to == MessageStatus.Retrying ? Noon : null,
        CountsAttempt = true,
    };

    public static async Task<CommitOutcome> CommitAsync(this Plane plane, Action<Commit> fill)
    {
        var commit = Commit();
        fill(commit);
        return await plane.CommitPlacedAsync(commit);
    }

    /// <summary>As a lane does: what is moved was looked for in the queue before.</summary>
    public static async Task<CommitOutcome> CommitPlacedAsync(this Plane plane, Commit commit)
    {
        Dictionary<(int Distribution, long Number), long> places = [];
        foreach (var distribution in commit.Moves.Where(move => move.From is MessageStatus.Queued or MessageStatus.Retrying).Select(move => move.Distribution).Distinct())
        {
            for (var lane = 0; lane < 4; lane++)
            {
                foreach (var waiting in await plane.Queue.TakeAsync(distribution, lane, DateTimeOffset.MaxValue, 10_000))
                {
                    places.Add((distribution, waiting.Number), waiting.Batch);
                }
            }
        }

        foreach (ref var move in CollectionsMarshal.AsSpan(commit.Moves))
        {
            move = move with { Batch = places.GetValueOrDefault((move.Distribution, move.Number)) };
        }

        return await plane.Committer.CommitAsync(commit);
    }

    /// <summary>One after the other.</summary>
    public static async Task MoveAsync(this Plane plane, params IEnumerable<MessageMove> moves)
    {
        foreach (var move in moves)
        {
            await plane.CommitAsync(commit => commit.Moves.Add(move));
        }
    }

    public static async Task<CustomerWrite> StoredCustomerAsync(this Plane plane, string? sourceId = null, DateTimeOffset? createdAt = null)
    {
        var customer = plane.Customer(sourceId: sourceId, createdAt: createdAt);
        await plane.CommitAsync(commit => commit.Customer = customer);
        return customer;
    }

    public static DistributionRow Distribution(int number, string? name = null, params string[] channels) => new()
    {
        Number = number,
        Project = Plane.Project,
        Id = $"distr_{number}",
        Name = name ?? $"Name {number}",
        Status = "draft",
        Channels = channels,
        CreatedAt = Noon,
        Document = "{}"u8.ToArray(),
    };
}
