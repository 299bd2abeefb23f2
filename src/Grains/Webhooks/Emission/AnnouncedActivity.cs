using System.Collections.Frozen;
using System.Text.Json;
using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Json;
using Marketing.Storage;

namespace Marketing.Webhooks;

/// <summary>An entry of a customer's activity as webhooks tell of it. Pure.</summary>
internal static class AnnouncedActivity
{
    // The product has names of their own for these in webhooks of a project.
    private static readonly FrozenDictionary<string, string[]> Names = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [TriggerCatalogue.Published] = [TriggerCatalogue.Published, "publication.succeeded", "voucher.published"],
        [TriggerCatalogue.Redeemed] = [TriggerCatalogue.Redeemed, "redemption.succeeded"],
        ["customer.redemption.failed"] = ["customer.redemption.failed", "redemption.failed"],
        [TriggerCatalogue.RolledBack] = [TriggerCatalogue.RolledBack, "redemption.rollback.succeeded"],
        ["customer.redemption.rollback.failed"] = ["customer.redemption.rollback.failed", "redemption.rollback.failed"],
        [TriggerCatalogue.CreditsAdjusted] = [TriggerCatalogue.CreditsAdjusted, "voucher.gift.balance_added"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of an entry that somebody listens to. Profiles that a background job makes or changes are not told of one by one.</summary>
    public static IEnumerable<string> NamesOf(ActivityWrite entry, WebhookSection section, bool isOfJob) =>
        isOfJob && (entry.Type is "customer.created" or "customer.updated") ? []
        : (Names.TryGetValue(entry.Type, out var names) ? names : [entry.Type]).Where(name => section.ListenersTo(name).Count > 0);

    /// <summary>The entry under one of its names.</summary>
    public static Announcement Under(string name, ActivityWrite entry, string customerId, ReadOnlyMemory<byte> document) => new(
        name, ActivityIds.Format(entry.Number), customerId, entry.At, entry.GroupId, entry.Channel, entry.Customer, ActivityData.Write(json =>
        {
            json.WritePropertyName("customer"u8);
            CustomerView.Write(customerId, document.Span, name, json);
            CopyObjects(entry.Data, json);
            if (name is "voucher.published" || name.StartsWith("redemption.", StringComparison.Ordinal))
            {
                json.WriteString("created_at"u8, WireJson.Text(entry.At));
            }
        }));

    // The customer as it is from then on wins over a copy among them.
    private static void CopyObjects(byte[] data, Utf8JsonWriter json)
    {
        var reader = JsonCopy.Read(data);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("customer"u8) || reader.ValueTextEquals("created_at"u8))
            {
                reader.Read();
                reader.Skip();
                continue;
            }

            JsonCopy.Name(ref reader, json);
            reader.Read();
            JsonCopy.Value(data, ref reader, json);
        }
    }
}
