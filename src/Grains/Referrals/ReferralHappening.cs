using System.Text.Json;
using Marketing.Customers;

namespace Marketing.Referrals;

/// <summary>Something that happened to a customer and names a referral code.</summary>
/// <param name="Code">The code, or the id of its voucher.</param>
internal sealed record ReferralHappening(string Code)
{
    /// <summary>The custom event; undefined where it was a redemption.</summary>
    public JsonElement Event { get; private init; }

    public string? EventName { get; private init; }

    /// <summary>Who brought the customer, as the event has it, by id or source id; null where it does not say.</summary>
    public string? Referrer { get; private init; }

    /// <summary>The redemption; undefined where it was an event.</summary>
    public JsonElement Redemption { get; private init; }

    public static ReferralHappening? OfRedemption(RaisedEvent happened)
    {
        var objects = JsonElement.Parse(happened.Data);
        return ReferralProgram.Text(ReferralProgram.Child(objects, "voucher"), "id") is { } voucher ? new ReferralHappening(voucher) { Redemption = ReferralProgram.Child(objects, "redemption") } : null;
    }

    public static ReferralHappening? OfEvent(RaisedEvent happened, RawJson referral)
    {
        var given = referral.ToElement();
        return ReferralProgram.Text(given, "code") is { Length: > 0 } code
            ? new ReferralHappening(code)
            {
                Event = ReferralProgram.Child(JsonElement.Parse(happened.Data), "event"),
                EventName = happened.Selector,
                Referrer = ReferralProgram.Text(given, "referrer_id"),
            }
            : null;
    }

    /// <summary>Whether it is what a programme is about.</summary>
    /// <param name="program">The programme.</param>
    /// <param name="eventOf">The event that a schema is of.</param>
    public bool Converts(ReferralProgram program, Func<string, string?> eventOf) => EventName is null
        ? program.ConvertsBy == ReferralProgram.ByRedemption
        : program.ConvertsBy == ReferralProgram.ByEvent && EventName == (program.EventName ?? eventOf(program.EventId!));
}
