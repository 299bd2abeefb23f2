using Marketing.Activity;
using Marketing.Shapes;

namespace Marketing.Events;

/// <summary>A custom event as it happened.</summary>
internal sealed record CustomEvent(string Type, RawJson? Metadata, DateTimeOffset CreatedAt);

/// <summary>What a custom event consists of.</summary>
internal static class CustomEventShape
{
    /// <summary>The data of an event that is a custom one.</summary>
    public static byte[] DataOf(CustomEventCommand given, DateTimeOffset at) => ActivityData.Write(json =>
    {
        json.WritePropertyName(Event!.Name);
        Event.Write(json, new CustomEvent(given.Name, given.Metadata, at));
        json.WriteStartObject("event_schema");
        json.WriteString("name", given.Name);
        json.WriteEndObject();
        WriteReference("referral", given.Referral, json);
        WriteReference("loyalty", given.Loyalty, json);
    });

    private static void WriteReference(string name, RawJson? value, System.Text.Json.Utf8JsonWriter json)
    {
        json.WritePropertyName(name);
        if (value is null)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
        }
    }

    public static readonly Shape Event = new("event", "The event that started the message")
    {
        Fields =
        [
            Fields.Text("id").Unfiltered(), Fields.Kind("event"), Fields<CustomEvent>.Text("type", given => given.Type),
            Fields<CustomEvent>.Keys("metadata", "The attributes sent with the event", given => given.Metadata),
            Fields<CustomEvent>.Instant("created_at", given => given.CreatedAt),
        ],
        Example = (chosen, now) => DataOf(new CustomEventCommand { Name = chosen ?? "example" }, now),
    };
}
