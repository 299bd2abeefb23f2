using System.Text.Json;
using Marketing.Customers;
using Marketing.Http;
using Marketing.Orders;

namespace Marketing.Redemptions;

/// <summary>What a body asks to validate or to redeem, still without the ids of people and orders.</summary>
/// <param name="Command">What it says.</param>
/// <param name="Customer">Who; null for nobody.</param>
/// <param name="Order">What is bought; null for nothing.</param>
internal sealed record RedemptionRequested(RedemptionCommand Command, CustomerReference? Customer, OrderRequest? Order)
{
    /// <summary>The command with ids.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="grains">Where ids are found.</param>
    /// <param name="stores">Whether the order is to be stored, and so has an id.</param>
    public async Task<RedemptionCommand> ResolveAsync(Caller caller, IGrainFactory grains, bool stores)
    {
        var orderId = Order switch
        {
            { Id: { } given } => given,
            { Command.SourceId: { } source } => await grains.OrderQueries(caller.Number).ResolveAsync(null, source),
            null => null,
            _ => stores ? caller.NewId("ord_") : null,
        };
        return Command with
        {
            Id = caller.NewId("r_"),
            CustomerId = Customer is null ? null : await Customer.ResolveAsync(caller, grains),
            OrderId = orderId,
        };
    }
}

/// <summary>Reads what is to be validated or redeemed.</summary>
internal static class RedemptionReader
{
    private static readonly TimeSpan Lasting = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestLock = TimeSpan.FromDays(365);

    /// <summary>A request with several redeemables.</summary>
    public static RedemptionRequested Read(Payload body)
    {
        var items = body.List("redeemables", RedemptionCommand.MostRedeemables) ?? throw body.Missing("redeemables");
        if (items.Count == 0)
        {
            throw body.Refuse(".redeemables", "must NOT have fewer than 1 items");
        }

        return Read(body, [.. items.Select(static item => Redeemable(item.AsObject()))]);
    }

    /// <summary>A request about one, which stands in the path.</summary>
    public static RedemptionRequested ReadOne(Payload body, string type, string id) =>
        Read(body, [new RedeemableReference(type, id, body.Object("gift") is { } gift ? gift.Integer("credits") : null) { Reward = Reward(body) }]);

    /// <summary>Who and what a body is about where it names no redeemables.</summary>
    public static RedemptionRequested ReadContext(Payload body) => ReadContext(body, []);

    private static RedemptionRequested Read(Payload body, IReadOnlyList<RedeemableReference> redeemables)
    {
        var requested = ReadContext(body, redeemables);
        return body.Object("session") is { } session ? requested with { Command = requested.Command with { Session = Session(session) } } : requested;
    }

    private static RedemptionRequested ReadContext(Payload body, IReadOnlyList<RedeemableReference> redeemables)
    {
        var order = body.Object("order") is { } bought ? OrderReader.Read(bought) : null;
        var customer = body.Object("customer") is { } given ? CustomerReader.Read(given) : order?.Customer;
        return new RedemptionRequested(
            new RedemptionCommand
            {
                Id = "",
                Redeemables = redeemables,
                Customer = customer?.Patch ?? CustomerPatch.Nothing,
                Order = order?.Command,
                Metadata = body.RawObject("metadata") ?? RawJson.EmptyObject,
                TrackingId = body.Line("tracking_id", TextLimits.Id),
            },
            customer,
            order);
    }

    private static RedeemableReference Redeemable(Payload item)
    {
        var type = item.OneOf("object", "voucher", "promotion_tier", "promotion_stack", "gift_card", "loyalty_card") ?? throw item.Missing("object");
        var id = item.Identifier("id") ?? throw item.Missing("id");
        var credits = item.Object("gift") is { } gift ? gift.Integer("credits") : null;
        return new RedeemableReference(type is "gift_card" or "loyalty_card" ? RedeemableReference.Voucher : type, id, credits) { Reward = Reward(item) };
    }

    private static RewardChoice? Reward(Payload of) =>
        of.Object("reward") is { } reward ? new RewardChoice(reward.Identifier("id") ?? throw reward.Missing("id"), reward.Integer("points", 1)) : null;

    // Without a key there is nothing that could be held for anybody: the caller gets one.
    private static SessionLock Session(Payload session)
    {
        session.OneOf("type", "LOCK");
        var unit = session.OneOf("ttl_unit", "DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS", "MICROSECONDS", "NANOSECONDS") ?? "DAYS";
        var key = session.Identifier("key") ?? ObjectIds.New("ssn_");
        if (session.Any("ttl") is not { } given)
        {
            return new SessionLock(key, Lasting, 7, "DAYS");
        }

        if (given.Element.ValueKind != JsonValueKind.Number || !given.Element.TryGetDecimal(out var ttl) || ttl is <= 0 or > 1_000_000_000_000_000_000)
        {
            throw session.Refuse(".ttl", "must be a number > 0");
        }

        var seconds = unit switch { "DAYS" => 86_400m, "HOURS" => 3_600m, "MINUTES" => 60m, "SECONDS" => 1m, "MILLISECONDS" => 0.001m, "MICROSECONDS" => 0.000_001m, _ => 0.000_000_001m } * ttl;
        return seconds <= (decimal)LongestLock.TotalSeconds
            ? new SessionLock(key, TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)), ttl, unit)
            : throw session.Refuse(".ttl", "must be at most a year");
    }
}
