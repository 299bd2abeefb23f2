using Marketing.Catalogue;
using Marketing.Distributions.Lanes;
using Marketing.Publications;
using Marketing.Storage;
using Marketing.Vouchers;
using Marketing.Vouchers.Assets;

namespace Marketing.Distributions.Triggers;

/// <summary>
/// Messages that became due because of a code that a customer has: each is decided on the code as it is then, and shows that. Of other messages nothing is read.
/// </summary>
internal sealed class CodeMessages(VoucherReads reads, ITableStore<VoucherRow> vouchers, ITableStore<PublicationRow> publications, VoucherAssets assets, Catalogues catalogues)
{
    public async ValueTask<DeliveryPlan> PlanAsync(int project, DistributionEntry entry, DeliveryPlan plan, DateTimeOffset now)
    {
        if (!entry.FollowsCodes || plan.Outgoing.Count == 0)
        {
            return plan;
        }

        var catalogue = await catalogues.GetAsync(project);
        await assets.PrepareAsync();
        var codes = await ReadAsync(catalogue, [.. plan.Outgoing.Select(static message => Occurrences.CodeOf(message.Source.Occurrence)).Distinct()]);
        var outgoing = new List<OutgoingMessage>(plan.Outgoing.Count);
        var skipped = new List<SkippedMessage>(plan.Skipped);
        var putOff = new List<PutOffMessage>(plan.PutOff);
        foreach (var message in plan.Outgoing)
        {
            var (voucher, publication) = codes.GetValueOrDefault(Occurrences.CodeOf(message.Source.Occurrence));
            switch (CodeTimes.Judge(entry.Draft.Trigger!, voucher, message.Source.Customer, now))
            {
                case CodeVerdict.Skip skip:
                    skipped.Add(new SkippedMessage(message.Source, skip.Reason));
                    break;
                case CodeVerdict.PutOff later:
                    putOff.Add(new PutOffMessage(message.Source, later.Until));
                    break;
                default:
                    outgoing.Add(With(message, voucher!, publication));
                    break;
            }
        }

        return new DeliveryPlan(outgoing, skipped) { PutOff = putOff };
    }

    private async Task<Dictionary<long, (VoucherView? Voucher, PublicationRow? Publication)>> ReadAsync(CatalogueSnapshot catalogue, IReadOnlyList<long> numbers)
    {
        var views = await reads.ViewAsync(catalogue, await vouchers.FindManyAsync(catalogue.Project, numbers));
        long[] given = [.. views.Select(static view => view.Holder?.Publication).OfType<long>().Distinct()];
        var published = given.Length == 0 ? [] : (await publications.FindManyAsync(catalogue.Project, given)).ToDictionary(static row => row.Number);
        return views.ToDictionary(
            static view => view.Row.Number, view => ((VoucherView?)view, view.Holder is { } holder ? published.GetValueOrDefault(holder.Publication) : null));
    }

    // What is told of happens now, not when it was put on the calendar.
    private static OutgoingMessage With(OutgoingMessage message, VoucherView voucher, PublicationRow? publication) => message with
    {
        Outbound = message.Outbound with
        {
            Trigger = message.Outbound.Trigger with
            {
                CreatedAt = message.Source.DueAt,
                Data = CodeObjects.Of(voucher.Campaign!, voucher, publication, message.Source.CustomerId!),
            },
        },
    };
}
