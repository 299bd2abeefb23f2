using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Json;
using Marketing.Vouchers;

namespace Marketing.Loyalties;

/// <summary>The objects of events about members.</summary>
internal static class MemberEventJson
{
    /// <param name="happened">What happened.</param>
    /// <param name="book">The member, afterwards.</param>
    /// <param name="card">The card as it is then.</param>
    /// <param name="customerId">The holder.</param>
    /// <param name="at">When.</param>
    public static MemberHappening Of(MemberEvent happened, MemberBook book, VoucherView card, string customerId, DateTimeOffset at)
    {
        var program = book.Program;
        var data = WrittenJson.Of(
            json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("campaign"u8);
                CampaignShape.WriteBrief(program.Campaign, json);
                if (happened.Tier is { } tier)
                {
                    WriteTiers(happened, tier, program, at, json);
                }
                else if (happened.Next is { } next)
                {
                    json.WritePropertyName("next_tier"u8);
                    LoyaltyTierJson.Write(next, program.Campaign.Id, json);
                }
                else
                {
                    json.WritePropertyName("voucher"u8);
                    VoucherShape.Write(card, json);
                    WritePoints(happened, book, card, customerId, at, json);
                }

                happened.More?.Invoke(json);
                json.WritePropertyName("membership"u8);
                MemberJson.WriteMembership(book.State, program, json);
                json.WriteEndObject();
            },
            1_024);
        return new MemberHappening(happened.Type, program.Campaign.Id, data, happened.Tier?.Tier) { Within = happened.Within };
    }

    private static void WriteTiers(MemberEvent happened, TierStanding tier, LoyaltyProgram program, DateTimeOffset at, Utf8JsonWriter json)
    {
        if (happened.From is { } from)
        {
            json.WritePropertyName("loyalty_tier_from"u8);
            LoyaltyTierJson.Write(program.Find(from.Tier), program.Campaign.Id, json);
            json.WritePropertyName("loyalty_tier_to"u8);
        }
        else
        {
            json.WritePropertyName("loyalty_tier"u8);
        }

        LoyaltyTierJson.Write(program.Find(tier.Tier), program.Campaign.Id, json);
        json.WriteString("created_at"u8, WireJson.Text(at));
    }

    private static void WritePoints(MemberEvent happened, MemberBook book, VoucherView card, string customerId, DateTimeOffset at, Utf8JsonWriter json)
    {
        var voucherId = card.Row.Id;
        if (happened.Bucket is { } bucket)
        {
            json.WriteStartObject("expiring_points"u8);
            json.WriteString("id"u8, bucket.Id);
            json.WriteNumber("points"u8, bucket.Points);
            json.WriteString("expires_at"u8, LoyaltyJson.Day(bucket.Ends!.Value));
            json.WriteEndObject();
        }

        if (happened.Entry is { } entry)
        {
            if (happened.Type == TriggerCatalogue.PointsExpired)
            {
                json.WriteNumber("points"u8, -entry.Points);
                json.WriteStartArray("buckets"u8);
                foreach (var part in entry.Buckets)
                {
                    MemberJson.WriteBucket(part.Id, -part.Points, part.Ends, "EXPIRED", (voucherId, book.Program.Campaign.Id), (at, null), json);
                }

                json.WriteEndArray();
            }
            else
            {
                json.WritePropertyName("balance"u8);
                MemberJson.WriteBalance(entry.Points, entry.Total, entry.Balance, voucherId, entry.Cause.Channel is null ? "AUTOMATIC" : "MANUAL", json);
            }

            json.WritePropertyName("transaction"u8);
            MemberJson.WriteTransaction(voucherId, book.Program.Campaign.Id, entry, at, json);
        }

        if (happened.Pending is { } pending)
        {
            if (happened.Entry is null)
            {
                json.WritePropertyName("voucher_pending_points_balance"u8);
                MemberJson.WritePendingBalance(pending.IsWaiting ? pending.Points : -pending.Points, happened.PendingBalance, voucherId, json);
            }

            json.WritePropertyName("order"u8);
            WriteOrder(pending, json);
            json.WritePropertyName("pending_points"u8);
            PendingJson.Write(pending, voucherId, book.Program.Campaign.Id, customerId, json);
        }
    }

    private static void WriteOrder(PendingRow pending, Utf8JsonWriter json)
    {
        var order = LoyaltyJson.Child(PendingJson.DetailsOf(pending).ToElement(), "order");
        if (order.ValueKind == JsonValueKind.Object)
        {
            order.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
