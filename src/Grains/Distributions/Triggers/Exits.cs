using System.Text.Json;
using Marketing.Catalogue;
using Marketing.Distributions.Lanes;
using Marketing.Orders;
using Marketing.Segments;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Distributions.Triggers;

/// <summary>Skips messages whose reason is gone, by the conditions of the draft. Read at hand-off, for a whole batch, and only where there are conditions.</summary>
internal sealed class Exits(ITableStore<OrderRow> orders, VoucherReads reads, ITableStore<VoucherRow> vouchers, ISegmentStore segments, Catalogues catalogues)
{
    public async ValueTask<DeliveryPlan> PlanAsync(int project, DistributionEntry entry, DeliveryPlan plan)
    {
        if (entry.Draft.ExitWhen.Count == 0 || plan.Outgoing.Count == 0)
        {
            return plan;
        }

        var gone = new Dictionary<long, string>();
        foreach (var (message, reason) in await GoneAsync(project, entry, plan.Outgoing))
        {
            gone.TryAdd(message.Source.Number, reason);
        }

        return gone.Count == 0 ? plan : plan with
        {
            Outgoing = [.. plan.Outgoing.Where(message => !gone.ContainsKey(message.Source.Number))],
            Skipped = [.. plan.Skipped, .. plan.Outgoing.Where(message => gone.ContainsKey(message.Source.Number)).Select(message => new SkippedMessage(message.Source, gone[message.Source.Number]))],
        };
    }

    // What conditions ask of the same objects is read once.
    private async Task<IEnumerable<(OutgoingMessage Message, string Reason)>> GoneAsync(int project, DistributionEntry entry, IReadOnlyList<OutgoingMessage> messages)
    {
        var conditions = entry.Draft.ExitWhen;
        var gone = new List<(OutgoingMessage, string)>();
        if (conditions.Contains(ExitConditions.LeftSegment))
        {
            var segment = (await catalogues.GetAsync(project)).Segments.Find(entry.Draft.Trigger!.SegmentId!);
            var members = segment is null ? null : await segments.MembersAmongAsync(segment.Number, [.. messages.Select(static message => message.Source.Customer).Distinct()]);
            gone.AddRange(messages.Where(message => members?.Contains(message.Source.Customer) is not true).Select(static message => (message, SkipReasons.LeftSegment)));
        }

        if (conditions.Contains(ExitConditions.CodeRedeemed))
        {
            var codes = messages.ToLookup(static message => IdOf(message, "voucher"u8));
            var views = await reads.ViewAsync(await catalogues.GetAsync(project), await vouchers.FindManyAsync(project, Known(codes)));
            gone.AddRange(views.Where(static view => view.Redeemed > 0).SelectMany(view => codes[view.Row.Id]).Select(static message => (message, SkipReasons.Redeemed)));
        }

        if (conditions.Contains(ExitConditions.OrderPaid) || conditions.Contains(ExitConditions.OrderCanceled))
        {
            var ofOrders = messages.ToLookup(static message => IdOf(message, "order"u8));
            foreach (var row in await orders.FindManyAsync(project, Known(ofOrders)))
            {
                var became = row.Status switch { "CANCELED" => SkipReasons.OrderCanceled, "PAID" or "FULFILLED" => SkipReasons.OrderPaid, _ => null };
                if (became is not null && conditions.Contains(became))
                {
                    gone.AddRange(ofOrders[row.Id].Select(message => (message, became)));
                }
            }
        }

        return gone;
    }

    private static string[] Known(ILookup<string?, OutgoingMessage> messages) => [.. messages.Select(static group => group.Key).OfType<string>()];

    private static string? IdOf(OutgoingMessage message, ReadOnlySpan<byte> name)
    {
        using var data = JsonDocument.Parse(message.Outbound.Trigger.Data);
        return data.RootElement.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object && found.TryGetProperty("id"u8, out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;
    }
}
