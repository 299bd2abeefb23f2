using Marketing.Activity;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Distributions.Lanes;
using Marketing.Distributions.Triggers;
using Marketing.Publications;
using Marketing.Storage;
using Marketing.Vouchers;
using Marketing.Vouchers.Assets;
using Marketing.Vouchers.Pool;

namespace Marketing.Distributions.Actions;

/// <summary>
/// A unique code of a campaign. It is taken, published and marked with its message in one transaction: a message that is sent again carries the same code, and all channels of one occurrence carry one.
/// </summary>
internal sealed class PublishCodes(
    BatchPublisher publisher, CodePool pool, VoucherAssets assets, Catalogues catalogues, ITallyStore tallies, LaneRouting lanes, LaneSignals signals, INumbers numbers, TimeProvider clock) : IAction
{
    public string Type => ActionCatalogue.PublishCodes;

    public IEnumerable<FieldProblem> Validate(DistributionDraft draft, CatalogueSnapshot catalogue)
    {
        if (draft.Action?.CampaignId is not { } id)
        {
            yield return FieldProblem.Missing("action.campaign_id");
        }
        else if (catalogue.Section<CampaignSection>().Find(id) is not { } campaign)
        {
            yield return FieldProblem.Unknown("action.campaign_id", "there is no such campaign");
        }
        else if (campaign.Row.CampaignType == CampaignTypes.Promotion)
        {
            yield return new FieldProblem("action.campaign_id", "a PROMOTION campaign has no codes");
        }
        else if (campaign.Row.CampaignType == CampaignTypes.Loyalty)
        {
            yield return new FieldProblem("action.campaign_id", "a card of a LOYALTY_PROGRAM campaign is given to those who join it");
        }
    }

    public async ValueTask<PreparedAction> PrepareAsync(DistributionEntry entry, DeliveryPlan plan, Commit commit)
    {
        var catalogue = await catalogues.GetAsync(commit.Project);
        await assets.PrepareAsync();
        if (catalogue.Section<CampaignSection>().Find(entry.Draft.Action!.CampaignId!) is not { Row.IsActive: true } campaign)
        {
            return new PreparedAction(plan with { Outgoing = [] }) { Shortage = "the campaign is disabled or was deleted" };
        }

        var wishes = plan.Outgoing.Select(message => WishOf(commit.Project, entry, message)).ToList();
        var batch = await publisher.PrepareAsync(catalogue, campaign, [.. wishes.DistinctBy(static wish => wish.PublicationId)], SourceOf(entry), commit);
        try
        {
            return await PreparedAsync(catalogue, campaign, entry, plan, wishes, batch, commit);
        }
        catch
        {
            // The codes were taken, and nothing comes of this commit.
            await batch.SettleAsync(null);
            throw;
        }
    }

    private async Task<PreparedAction> PreparedAsync(
        CatalogueSnapshot catalogue, CampaignEntry campaign, DistributionEntry entry, DeliveryPlan plan, List<PublicationWish> wishes, PublishedBatch batch, Commit commit)
    {
        var outgoing = new List<OutgoingMessage>(plan.Outgoing.Count);
        for (var at = 0; at < wishes.Count; at++)
        {
            if (batch.Codes.TryGetValue(wishes[at].PublicationId, out var code))
            {
                outgoing.Add(plan.Outgoing[at].Showing(Objects(catalogue, campaign, code.Voucher, code.Holder, code.Publication, wishes[at].CustomerId)));
            }
        }

        var customers = new Dictionary<long, string>();
        wishes.ForEach(wish => customers[wish.Customer] = wish.CustomerId);
        var listeners = await AnnounceAsync(catalogue, campaign, entry, batch, customers, commit);
        return new PreparedAction(plan with { Outgoing = outgoing })
        {
            Shortage = outgoing.Count < wishes.Count ? $"campaign '{campaign.Name}' has no code that is not given out" : null,
            Gives = batch.Codes.Values.Any(static code => code.IsNew),
            Settle = async outcome =>
            {
                await batch.SettleAsync(outcome);
                if (outcome is { IsDurable: true })
                {
                    listeners.ForEach(lane => signals.Wake(commit.Project, lane.Distribution, lane.Lane));
                }
            },
        };
    }

    public async ValueTask<ReadOnlyMemory<byte>> ShownAsync(int project, DistributionEntry entry, OutgoingMessage message)
    {
        var catalogue = await catalogues.FreshAsync(project);
        if (catalogue.Section<CampaignSection>().Find(entry.Draft.Action!.CampaignId!) is not { } campaign || await publisher.FindAsync(catalogue, campaign, WishOf(project, entry, message)) is not { } code)
        {
            return Example(entry.Draft, catalogue);
        }

        await assets.PrepareAsync();
        return Objects(catalogue, campaign, code.Voucher, code.Holder, code.Publication, message.Source.CustomerId!);
    }

    public async ValueTask<string?> ShortageAsync(int project, DistributionDraft draft)
    {
        var catalogue = await catalogues.FreshAsync(project);
        return catalogue.Section<CampaignSection>().Find(draft.Action!.CampaignId!) is { Row.IsActive: true } campaign && await pool.HasMoreAsync(catalogue, campaign)
            ? null
            : "there is no code";
    }

    public async ValueTask<Supply?> SuppliesAsync(int project, DistributionDraft draft)
    {
        if (draft.Action?.CampaignId is not { } id || (await catalogues.FreshAsync(project)).Section<CampaignSection>().Find(id) is not { } campaign)
        {
            return default(Supply);
        }

        if (campaign.Row.Type == CampaignTypes.AutoUpdate)
        {
            return null;
        }

        string[] figures = [CampaignFigures.Created, CampaignFigures.Deleted, CampaignFigures.Given];
        var counts = await tallies.ReadAsync(project, [.. figures.Select(figure => CampaignFigures.Key(campaign.Number, figure))]);
        var (created, deleted, published) = (counts[CampaignFigures.Key(campaign.Number, figures[0])], counts[CampaignFigures.Key(campaign.Number, figures[1])], counts[CampaignFigures.Key(campaign.Number, figures[2])]);
        return new Supply(Math.Max(0, created - deleted - published), created - deleted);
    }

    public ReadOnlyMemory<byte> Example(DistributionDraft draft, CatalogueSnapshot catalogue) =>
        draft.Action?.CampaignId is { } id && catalogue.Section<CampaignSection>().Find(id) is { } campaign
            ? Objects(catalogue, campaign, new VoucherRow(
                0, "v_example", 0, campaign.Pattern.Next(), "", campaign.Number, null, CampaignTypes.VoucherOf(campaign.Row.CampaignType).Type, IsActive: true, RawJson.EmptyObject,
                clock.GetStoredNow(), null), null, null, "cust_example")
            : "{}"u8.ToArray();

    // Of a code that there is not: a picture of nothing.
    private static readonly VoucherLinks NoLinks = new("example", "https://example.com/qr.png", "https://example.com/barcode.png");

    // One for an occurrence and a customer, whatever the channel: manual sends have one occurrence.
    private static PublicationWish WishOf(int project, DistributionEntry entry, OutgoingMessage message) => new(
        ObjectIds.FromSource("pub_", project, $"{entry.Number}\n{message.Source.Occurrence}\n{message.Source.Customer}"), message.Source.Customer, message.Source.CustomerId!, null);

    private static PublicationSource SourceOf(DistributionEntry entry) => new(
        entry.Draft.Type == "manual" ? "Dashboard" : "Automation", entry.Number,
        new Dictionary<string, string> { ["source_type"] = "distribution", ["source_id"] = entry.Id, ["distribution_id"] = entry.Id });

    private ReadOnlyMemory<byte> Objects(
        CatalogueSnapshot catalogue, CampaignEntry campaign, VoucherRow voucher, HolderRow? holder, PublicationRow? publication, string customerId) => CodeObjects.Of(
        campaign,
        new VoucherView(catalogue, voucher, campaign, holder)
        {
            Links = publication is null ? NoLinks : assets.LinksOf(catalogue.Project, voucher.Number),
        },
        publication,
        customerId);

    // What the customer's grain would say of it, without asking each: an entry of the activity, and messages of those who listen.
    private async Task<List<(int Distribution, int Lane)>> AnnounceAsync(
        CatalogueSnapshot catalogue, CampaignEntry campaign, DistributionEntry entry, PublishedBatch batch, Dictionary<long, string> customers, Commit commit)
    {
        var given = batch.Codes.Values.Where(static code => code.IsNew).Distinct().ToList();
        if (given.Count == 0)
        {
            return [];
        }

        commit.Tallies.Add(new Tally(DistributionFigures.Published(entry.Number), given.Count));
        var now = clock.GetStoredNow();
        var listeners = catalogue.Distributions.Listeners(PublicationFold.Succeeded, campaign.Id).Where(listener => listener.ListensAt(now)).ToList();
        var isShown = listeners.Exists(static listener => !listener.FollowsCodes);
        var number = await numbers.NextRangeAsync(NumberSequence.Activity, given.Count);
        var owed = new List<(long Customer, OwedOccurrence What)>();
        foreach (var code in given)
        {
            var (customer, occurrence) = (code.Publication.Customer, number++);
            commit.Activity.Add(new ActivityWrite(occurrence, customer, PublicationFold.Succeeded, now, null, "INTERNAL", isShown ? Objects(catalogue, campaign, code.Voucher, code.Holder, code.Publication, customers[customer]).ToArray() : DataOf(campaign, code)));
            owed.AddRange(listeners.Select(listener => OwedFor(catalogue, campaign, listener, code, occurrence, now)).OfType<OwedOccurrence>().Select(what => (customer, what)));
        }

        var woken = new List<(int Distribution, int Lane)>();
        var message = owed.Count == 0 ? 0 : await numbers.NextRangeAsync(NumberSequence.Messages, owed.Sum(static one => one.What.Listener.Draft.Channels.Count));
        foreach (var (customer, what) in owed)
        {
            var lane = lanes.LaneOf(customer);
            woken.Add((what.Listener.Number, lane));
            message = what.AddTo(commit, customer, lane, message, now);
        }

        return [.. woken.Distinct()];
    }

    private static OwedOccurrence? OwedFor(CatalogueSnapshot catalogue, CampaignEntry campaign, DistributionEntry listener, PublishedCode code, long occurrence, DateTimeOffset now) =>
        !listener.FollowsCodes ? OwedOccurrence.OfEvent(listener, occurrence, now)
        : CodeTimes.Owed(
            listener, new GivenCode(code.Voucher.Number, new VoucherView(catalogue, code.Voucher, campaign, code.Holder).Validity.End), code.Publication.CreatedAt);

    private static byte[] DataOf(CampaignEntry campaign, PublishedCode code) => ActivityData.Write(json =>
    {
        json.WritePropertyName("campaign"u8);
        CampaignShape.WriteBrief(campaign, json);
        json.WriteStartObject("voucher"u8);
        json.WriteString("id"u8, code.Voucher.Id);
        json.WriteString("code"u8, code.Voucher.Code);
        json.WriteString("object"u8, "voucher"u8);
        json.WriteEndObject();
        json.WriteStartObject("publication"u8);
        json.WriteString("id"u8, code.Publication.Id);
        json.WriteString("object"u8, "publication"u8);
        json.WriteEndObject();
    });
}
