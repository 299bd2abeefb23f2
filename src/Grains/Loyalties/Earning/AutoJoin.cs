using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Customers;
using Marketing.Projects;
using Marketing.Publications;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Loyalties;

/// <summary>Gives a customer a card of a programme that is joined by earning. The card is made for it, whatever cards the programme has lying about: what waits for them would hold up the customer.</summary>
internal static class AutoJoin
{
    /// <summary>Adds the card and its publication to what happened to the customer.</summary>
    public static async ValueTask<VoucherRow> AddToAsync(CustomerWork work, LoyaltyProgram program, INumbers numbers)
    {
        var campaign = program.Campaign;
        var now = work.Now.AsStored();
        var code = campaign.Pattern.Next();
        var card = new VoucherRow(
            await numbers.NextAsync(VoucherTable.Vouchers.Numbers), ObjectIds.New("v_"), 0, code, CodeKeys.Of(code, work.Catalogue.Section<ProjectSection>().CaseSensitiveCodes), campaign.Number, null,
            VoucherTypes.Loyalty, IsActive: true, RawJson.EmptyObject, now, null);

        // A code that somebody else made in this moment is made anew.
        work.Follow(VoucherTable.Vouchers.Name);
        work.Commit.Rows.Add(VoucherTable.Vouchers.Save(card));
        work.Commit.Tallies.Add(new Tally(CampaignFigures.Key(campaign.Number, CampaignFigures.Created), 1));
        var document = new PublicationDocument { VoucherIds = [card.Id], Codes = [card.Code], TrackingId = work.Customer.SourceId, Channel = "INTERNAL", Metadata = RawJson.EmptyObject };
        PublicationFold.Apply(
            new VouchersPublished
            {
                Number = await numbers.NextAsync(PublicationTable.Publications.Numbers),
                PublicationId = ObjectIds.New("pub_"),
                Vouchers = [new PublishedVoucher(card.Number, card.Id, campaign.Current.Revision)],
                Campaign = campaign.Number,
                CampaignId = campaign.Id,
                Document = new RawJson(JsonSerializer.SerializeToUtf8Bytes(document, WireJson.Options)),
                EventData = PublicationEvent.ObjectsOf(campaign, new VoucherView(work.Catalogue, card, campaign, holder: null)),
            },
            work);
        return card;
    }
}
