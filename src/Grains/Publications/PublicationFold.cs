using System.Text.Json;
using Marketing.Activity;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Customers.Facts;
using Marketing.MetadataSchemas;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Publications;

/// <summary>Codes become a customer's, in the commit that says so to whoever listens.</summary>
internal sealed class PublicationFold : CustomerFold<VouchersPublished>
{
    public const string Succeeded = TriggerCatalogue.Published;
    public const string Failed = "customer.publication.failed";

    public override byte[] Remember(CustomerFact fact, IReadOnlyList<string> eventIds) => JsonSerializer.SerializeToUtf8Bytes(((VouchersPublished)fact).PublicationId);

    public override CustomerAnswer Recall(CustomerFact fact, byte[]? kept, string customerId, Customer? present) => new CustomerAnswer.KeyKnown();

    protected override CustomerPatch? NewProfile(VouchersPublished fact) => fact.MustExist ? null : fact.Customer;

    protected override Folded Fold(VouchersPublished fact, CustomerWork work)
    {
        work.Apply(fact.Customer);
        return Folded.Changed(Apply(fact, work));
    }

    /// <summary>Writes the publication and raises its event, apart from what came with it of the customer: for whatever else gives out codes. Answers the position of the event.</summary>
    public static int Apply(VouchersPublished fact, CustomerWork work)
    {
        var now = work.Now.AsStored();
        var first = fact.HasFailed ? null : (long?)fact.Vouchers[0].Number;
        var once = fact is { Once: true, HasFailed: false, Campaign: { } joined } ? PublicationRow.OnceOf(joined, work.Number) : null;
        var row = new PublicationRow(
            fact.Number, fact.PublicationId, 0, fact.SourceId, once, work.Number, fact.Campaign, first, fact.HasFailed ? PublicationRow.Failure : PublicationRow.Success, fact.Document, now);
        if (!fact.IsOwn)
        {
            var metadata = PublicationShape.Read(row).Metadata;
            work.Refuse(0, work.Catalogue.MetadataSchemas.ProblemsOf("publication", metadata, metadata, isNew: true));
        }

        work.Commit.Rows.Add(PublicationTable.Publications.Save(row));
        foreach (var voucher in fact.Vouchers)
        {
            work.Commit.Rows.Add(HolderTable.Holders.Save(new HolderRow(voucher.Number, voucher.Id, 0, work.Number, fact.Number, voucher.Revision, null, now)));
        }

        if (fact.Campaign is { } campaign)
        {
            work.Commit.Tallies.Add(new Tally(CampaignFigures.Key(campaign, fact.HasFailed ? CampaignFigures.NotPublished : CampaignFigures.Published), 1));
            work.Commit.Tallies.Add(new Tally(CampaignFigures.Key(campaign, CampaignFigures.Given), fact.Vouchers.Count));
        }

        return work.Raise(fact.HasFailed ? Failed : Succeeded, fact.CampaignId, DataOf(row, work.Customer, fact.EventData), GivenCode.Of(fact, work.Catalogue, now));
    }

    private static byte[] DataOf(PublicationRow row, Customer customer, RawJson objects) => ActivityData.Write(json =>
    {
        foreach (var property in objects.ToElement().EnumerateObject())
        {
            property.WriteTo(json);
        }

        json.WritePropertyName("publication"u8);
        PublicationShape.WriteBare(row, customer.Id, json);
    });
}
