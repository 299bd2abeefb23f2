using Marketing.Customers;
using Marketing.Http;

namespace Marketing.Events;

/// <summary>An event out of a body: what to record, and of whom.</summary>
/// <param name="Customer">Whose event it is.</param>
/// <param name="Command">What happened.</param>
internal sealed record EventRequest(CustomerReference Customer, CustomEventCommand Command);

/// <summary>Reads custom events.</summary>
internal static class EventReader
{
    public static EventRequest Read(Payload body)
    {
        var name = body.RequiredText("event", TextLimits.Name);
        if (body.Line("event", TextLimits.Name) is null || string.IsNullOrWhiteSpace(name))
        {
            throw body.Refuse(".event", "must NOT be blank");
        }

        var customer = CustomerReader.Read(body.RequiredObject("customer"));
        return new EventRequest(customer, new CustomEventCommand
        {
            Name = name,
            Customer = customer.Patch,
            Metadata = body.RawObject("metadata"),
            Referral = ReadCoded(body, "referral"),
            Loyalty = ReadCoded(body, "loyalty"),
        });
    }

    private static RawJson? ReadCoded(Payload body, string name)
    {
        if (body.Object(name) is not { } reference)
        {
            return null;
        }

        reference.RequiredText("code", TextLimits.Name);
        reference.Text("referrer_id", TextLimits.Id);
        return reference.Raw(TextLimits.RawBytes);
    }
}
