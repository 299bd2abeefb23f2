using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Loyalties;
using Marketing.Publications;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Referrals;

/// <summary>
/// Gives rewards of referrals. Each step has an id that follows from what it is owed for, so that it is done once however often it is asked for: the publication of a code or card, and the change of what is on it.
/// </summary>
internal sealed class ReferralRewards(VoucherReads vouchers, HeldVouchers cards, ITableStore<PublicationRow> publications, Catalogues catalogues, IGrainFactory grains)
{
    // As the product has it for what it publishes by itself.
    private const string Channel = "Automation";

    /// <summary>What the customer was given, as it is now; nothing where it could not be given, as when there is no code left, and whether it is certain that nothing was.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="campaign">Whose code, credits or points.</param>
    /// <param name="reward">What to give.</param>
    /// <param name="owed">What tells it from all other rewards of the project.</param>
    /// <param name="attempt">How often it could not be given. What failed is known by its id, so another attempt has another.</param>
    /// <param name="customer">Whom to give it to.</param>
    public async Task<(VoucherView? Given, bool HasFailed)> GiveAsync(CatalogueSnapshot catalogue, CampaignEntry campaign, ReferralReward reward, string owed, int attempt, CustomerRow customer)
    {
        var isCode = reward.Type == ReferralReward.Code;
        var context = new CommandContext { RequestId = RequestIds.New() };
        if (!isCode && await CardAsync(catalogue, campaign, customer) is { } held)
        {
            return (await AddAsync(catalogue.Project, held.Row.Id, reward, owed, context) ? await NowAsync(catalogue.Project, held.Row) : null, false);
        }

        var command = new PublishCommand
        {
            Id = ObjectIds.FromSource("pub_", catalogue.Project, $"referral {owed} {attempt}"),
            CustomerId = customer.Id,
            Campaign = campaign.Id,
            MustExist = true,
            IsOwn = true,
            Channel = Channel,
            Metadata = new RawJson(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["source_type"] = "referral_program" })),
        };
        if (await grains.Publications(catalogue.Project).PublishAsync(command, context) is not PublicationResult.Published published)
        {
            // The failure stands under the id now, unless somebody else did it in this moment.
            return (null, await publications.FindAsync(catalogue.Project, command.Id) is { Result: PublicationRow.Failure });
        }

        return await CardOfAsync(catalogue.Project, published.Publication) is { } card && (isCode || await AddAsync(catalogue.Project, card.Id, reward, owed, context))
            ? (await NowAsync(catalogue.Project, card), false)
            : (null, false);
    }

    // The first that can be spent, as with rewards of points.
    private async Task<VoucherView?> CardAsync(CatalogueSnapshot catalogue, CampaignEntry campaign, CustomerRow customer) => (await cards.OfCampaignAsync(catalogue, campaign.Number, customer.Number)) is [var card, ..] ? card : null;

    private async Task<VoucherView> NowAsync(int project, VoucherRow card) => await vouchers.ViewAsync(await catalogues.GetAsync(project), card);

    private async Task<VoucherRow?> CardOfAsync(int project, RawJson publication) =>
        ReferralProgram.Text(ReferralProgram.Child(publication.ToElement(), "voucher"), "id") is { } id ? await vouchers.FindRowAsync(await catalogues.GetAsync(project), id) : null;

    private async Task<bool> AddAsync(int project, string card, ReferralReward reward, string owed, CommandContext context)
    {
        const string Reason = "Referral";
        var source = $"referral {owed}";
        return reward.Type == ReferralReward.Credits
            ? await grains.Voucher(project, card).ChangeBalanceAsync(new CreditsChange(reward.Amount, source, Reason), context) is VoucherResult.Saved
            : await grains.LoyaltyCard(project, card).ChangeBalanceAsync(new PointsChange { Points = reward.Amount, SourceId = source, Reason = Reason }, context) is LoyaltyResult.Saved;
    }
}
