using System.Text.Json;
using Marketing.Activity;
using Marketing.Customers;
using Marketing.Json;
using Marketing.Shapes;
using Marketing.Vouchers;
using static Marketing.Shapes.Fields;

namespace Marketing.Publications;

/// <summary>What a publication consists of in the wire format.</summary>
internal static class PublicationShape
{
    public static readonly Shape Publication = new("publication", "The publication of the code")
    {
        Fields = [Text("id"), Date("created_at"), Text("customer_id"), Text("tracking_id"), Keys("metadata", "What was said of it"), Text("channel"), Text("source_id"), Text("result"), Kind("publication")],
        Example = static (_, now) => ActivityData.Write(json =>
        {
            json.WriteStartObject("publication"u8);
            json.WriteString("id"u8, "pub_example"u8);
            json.WriteString("created_at"u8, WireJson.Text(now));
            json.WriteString("result"u8, PublicationRow.Success);
            json.WriteEndObject();
        }),
    };

    /// <param name="row">The publication.</param>
    /// <param name="customer">The customer; null for one who is gone.</param>
    /// <param name="vouchers">Its vouchers, as far as they are still there.</param>
    public static RawJson Write(PublicationRow row, CustomerRow? customer, IReadOnlyList<VoucherView> vouchers) => WrittenJson.Of(
        json =>
        {
            var document = Read(row);
            json.WriteStartObject();
            WriteFields(row, document, customer?.Id, json);
            json.WritePropertyName("customer"u8);
            if (customer is null)
            {
                json.WriteNullValue();
            }
            else
            {
                CustomerView.WriteFull(customer.Document, json);
            }

            if (document.Codes.Count == 1)
            {
                json.WritePropertyName("voucher"u8);
                if (vouchers.Count == 1)
                {
                    VoucherShape.Write(vouchers[0], json);
                }
                else
                {
                    json.WriteNullValue();
                }
            }
            else if (document.Codes.Count > 1)
            {
                WriteTexts("vouchers"u8, document.Codes, json);
            }

            json.WriteEndObject();
        },
        2_048);

    /// <summary>As it stands in an event, beside the customer and the voucher.</summary>
    public static void WriteBare(PublicationRow row, string customerId, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteFields(row, Read(row), customerId, json);
        json.WriteEndObject();
    }

    public static PublicationDocument Read(PublicationRow row) => JsonSerializer.Deserialize<PublicationDocument>(row.Document.Utf8.Span, WireJson.Options)!;

    private static void WriteFields(PublicationRow row, PublicationDocument document, string? customerId, Utf8JsonWriter json)
    {
        json.WriteString("id"u8, row.Id);
        json.WriteString("object"u8, "publication"u8);
        json.WriteString("created_at"u8, WireJson.Text(row.CreatedAt));
        json.WriteString("customer_id"u8, customerId);
        if (document.TrackingId is not null)
        {
            json.WriteString("tracking_id"u8, document.TrackingId);
        }

        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(document.Metadata.Utf8.Span, skipInputValidation: true);
        json.WriteString("channel"u8, document.Channel);
        json.WriteString("source_id"u8, row.SourceId);
        json.WriteString("result"u8, row.Result);
        if (document.FailureCode is not null)
        {
            json.WriteString("failure_code"u8, document.FailureCode);
            json.WriteString("failure_message"u8, document.FailureMessage);
        }

        WriteTexts("vouchers_id"u8, document.VoucherIds, json);
    }

    private static void WriteTexts(ReadOnlySpan<byte> name, IReadOnlyList<string> texts, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
