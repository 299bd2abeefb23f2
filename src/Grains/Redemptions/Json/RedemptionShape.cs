using System.Text.Json;
using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Json;
using Marketing.Promotions;
using Marketing.Shapes;
using Marketing.Vouchers;
using static Marketing.Shapes.Fields;

namespace Marketing.Redemptions;

/// <summary>What a redemption and a rollback consist of in the wire format.</summary>
internal static class RedemptionShape
{
    private static readonly ShapeField[] Described =
    [
        Text("id"), Text("object"), Date("date"), Text("customer_id"), Text("tracking_id"), Keys("metadata", "What was said of it"), .. Numbers("amount"), Text("result"), Text("status"),
        Text("reason"), Text("related_object_type"), Text("related_object_id"), Text("failure_code"), Text("failure_message"),
        Object("gift", "Credits of a gift card, in minor units", [.. Numbers("amount")]), Object("loyalty_card", "Points of a loyalty card", [.. Numbers("points")]),
    ];

    public static readonly Shape Redemption = new("redemption", "The redemption that started the message") { Fields = Described, Example = static (_, now) => ExampleOf("redemption", "r_example", now) };

    public static readonly Shape Rollback = new("redemption_rollback", "The rollback that started the message")
    {
        Fields = Described,
        Example = static (_, now) => ExampleOf("redemption_rollback", "rr_example", now),
    };

    /// <summary>A row with the objects that belong to it.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="row">The row.</param>
    /// <param name="document">What is stored of it.</param>
    /// <param name="customer">Document and id of the customer; null for somebody unknown or erased.</param>
    /// <param name="voucher">The voucher; null for none, or one that was deleted.</param>
    public static RawJson Write(CatalogueSnapshot catalogue, RedemptionRow row, RedemptionDocument document, (string Id, byte[] Document)? customer, VoucherView? voucher) => WrittenJson.Of(
        json =>
        {
            json.WriteStartObject();
            WriteFields(row, document, json);
            json.WritePropertyName("order"u8);
            if (document.Order is { } order)
            {
                json.WriteRawValue(order.Utf8.Span, skipInputValidation: true);
            }
            else
            {
                json.WriteNullValue();
            }

            json.WritePropertyName("customer"u8);
            WriteCustomer(customer, json);
            WriteRelated(catalogue, row, document, voucher, customer, json);
            json.WriteEndObject();
        },
        2_048);

    /// <summary>As it stands in an event, beside the objects that belong to it.</summary>
    public static void WriteBare(RedemptionRow row, RedemptionDocument document, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteFields(row, document, json);
        json.WriteEndObject();
    }

    private static byte[] ExampleOf(string name, string id, DateTimeOffset now) => ActivityData.Write(json =>
    {
        json.WriteStartObject(name);
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, name);
        json.WriteString("date"u8, WireJson.Text(now));
        json.WriteString("result"u8, "SUCCESS"u8);
        json.WriteEndObject();
    });

    private static void WriteFields(RedemptionRow row, RedemptionDocument document, Utf8JsonWriter json)
    {
        json.WriteString("id"u8, row.Id);
        json.WriteString("object"u8, row.Kind == RedemptionKind.Rollback ? "redemption_rollback"u8 : "redemption"u8);
        json.WriteString("date"u8, WireJson.Text(row.CreatedAt));
        json.WriteString("customer_id"u8, document.CustomerId);
        json.WriteString("tracking_id"u8, document.TrackingId);
        json.WritePropertyName("metadata"u8);
        if (document.Metadata is { } metadata)
        {
            json.WriteRawValue(metadata.Utf8.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }

        if ((document.Credits ?? document.Points) is { } amount)
        {
            json.WriteNumber("amount"u8, amount);
        }

        json.WriteString("redemption"u8, row.Kind == RedemptionKind.Rollback ? (document.Related is [var taken, ..] ? taken.Id : null) : document.ParentId);
        if (document.Reason is { } reason)
        {
            json.WriteString("reason"u8, reason);
        }

        json.WriteString("result"u8, row.Status == RedemptionStatus.Failed ? "FAILURE"u8 : "SUCCESS"u8);
        json.WriteString("status"u8, row.Status switch { RedemptionStatus.Failed => "FAILED"u8, RedemptionStatus.RolledBack => "ROLLED_BACK"u8, _ => "SUCCEEDED"u8 });
        if (document.FailureKey is { } failure)
        {
            json.WriteString("failure_code"u8, failure);
            json.WriteString("failure_message"u8, document.ShopMessage ?? document.FailureMessage);
        }

        if (document.Session is { } session && row.Kind == RedemptionKind.Redemption)
        {
            json.WriteStartObject("session"u8);
            json.WriteString("key"u8, session);
            json.WriteEndObject();
        }

        json.WriteStartObject("channel"u8);
        json.WriteString("channel_id"u8, document.ChannelId);
        json.WriteString("channel_type"u8, document.Channel switch { "USER_PORTAL" => "USER"u8, RedemptionCommand.AutoRedeem => "AUTO_REDEEM"u8, _ => "API"u8 });
        json.WriteEndObject();
        json.WriteString("related_object_type"u8, document.ObjectType);
        json.WriteString("related_object_id"u8, document.ObjectId);
        if (document.Credits is { } spent)
        {
            json.WriteStartObject("gift"u8);
            json.WriteNumber("amount"u8, spent);
            json.WriteEndObject();
        }

        if (document.Points is { } points)
        {
            json.WriteStartObject("loyalty_card"u8);
            json.WriteNumber("points"u8, points);
            json.WriteEndObject();
        }

        if (row.Kind == RedemptionKind.Redemption && document.Related.Count > 0)
        {
            WriteRelations(row, document, json);
        }
    }

    private static void WriteRelations(RedemptionRow row, RedemptionDocument document, Utf8JsonWriter json)
    {
        json.WriteStartObject("related_redemptions"u8);
        foreach (var (name, prefix) in new[] { ("rollbacks", "rr_"), ("redemptions", "r_") })
        {
            var those = document.Related.Where(related => related.Id.StartsWith(prefix, StringComparison.Ordinal)).ToList();
            if (those.Count == 0)
            {
                continue;
            }

            json.WriteStartArray(name);
            foreach (var related in those)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, related.Id);
                json.WriteString("date"u8, WireJson.Text(related.Date));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteCustomer((string Id, byte[] Document)? customer, Utf8JsonWriter json)
    {
        if (customer is { } person)
        {
            CustomerView.Write(person.Id, person.Document, RedemptionRecorder.Succeeded, json);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WriteRelated(CatalogueSnapshot catalogue, RedemptionRow row, RedemptionDocument document, VoucherView? voucher, (string Id, byte[] Document)? customer, Utf8JsonWriter json)
    {
        json.WritePropertyName("voucher"u8);
        if (voucher is not null)
        {
            VoucherShape.Write(voucher, json);
        }
        else if (row.Voucher is not null)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, document.ObjectId);
            json.WriteString("code"u8, document.Reference);
            json.WriteString("campaign_id"u8, document.CampaignId);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        WriteTier(catalogue, document, json);
        json.WritePropertyName("reward"u8);
        if (document.Reward is { } reward)
        {
            RedeemedRewardJson.Write(reward, json => WriteCustomer(customer, json), json);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>Writes the tier that was redeemed as <c>promotion_tier</c>; null where it was something else, the ids alone where it was deleted.</summary>
    public static void WriteTier(CatalogueSnapshot catalogue, RedemptionDocument document, Utf8JsonWriter json)
    {
        json.WritePropertyName(PromotionShape.Tier);
        if (document.ObjectType != PromotionShape.Tier)
        {
            json.WriteNullValue();
        }
        else if (catalogue.Section<PromotionSection>().FindTier(document.ObjectId) is { } tier)
        {
            PromotionShape.WriteTier(tier, catalogue, json);
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("id"u8, document.ObjectId);
            json.WriteString("campaign_id"u8, document.CampaignId);
            json.WriteString("object"u8, PromotionShape.Tier);
            json.WriteEndObject();
        }
    }
}
