using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Json;
using Marketing.Loyalties;
using Marketing.Products;
using Marketing.Publications;
using Marketing.Storage;
using Marketing.Vouchers;
using Marketing.Vouchers.Credits;
using Marketing.Vouchers.Pool;

namespace Marketing.Rewards;

/// <summary>
/// Gives rewards to customers, whoever does it and for whatever reason: looks where it would go, takes what it takes, and says what is to be written in the commit that says why. A card that the customer has is topped up; otherwise
/// one is published.
/// </summary>
internal sealed class RewardGiver(
    CodePool pool, HeldVouchers cards, ITableStore<HolderRow> holders, ITableStore<PublicationRow> publications, ITableStore<MemberRow> members, ITableStore<ProductRow> products, ITableStore<SkuRow> skus, VoucherReads reads,
    MemberBooks books, IBalanceStore balances, INumbers numbers, TimeProvider clock)
{
    /// <summary>What giving a reward would come to.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="reward">The reward.</param>
    /// <param name="customer">Number of the customer.</param>
    /// <param name="spending">The member whose points pay for it, as it is being decided on; null where nothing pays.</param>
    public async Task<RewardOffer> OfferAsync(CatalogueSnapshot catalogue, RewardEntry reward, long customer, MemberBook? spending)
    {
        var offer = new RewardOffer(reward);
        if (reward.Row.IsStocked && (await balances.ReadAsync(catalogue.Project, [RewardAccounts.Stock(reward.Number)]))[RewardAccounts.Stock(reward.Number)] <= 0)
        {
            return offer with { WhyNot = RewardRefusal.NoneLeft(reward) };
        }

        if (reward.CampaignId is { } campaign)
        {
            return await OfferCampaignAsync(catalogue, offer, campaign, customer, spending);
        }

        if (reward.ProductId is not { } id)
        {
            return offer;
        }

        var product = await products.FindAsync(catalogue.Project, id);
        var sku = reward.SkuId is { } skuId ? await skus.FindAsync(catalogue.Project, skuId) : null;
        return product is null ? offer with { WhyNot = RewardRefusal.NotFound("product", id) }
            : reward.SkuId is not null && sku is null ? offer with { WhyNot = RewardRefusal.NotFound("sku", reward.SkuId) }
            : offer with { Product = product, Sku = sku };
    }

    /// <summary>Takes what the reward takes. Null where somebody else took the last code in this moment: it is to be looked at again.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="offer">What was offered, and can be given.</param>
    /// <param name="customer">Who gets it.</param>
    /// <param name="cause">Why.</param>
    public async Task<PreparedReward?> PrepareAsync(CatalogueSnapshot catalogue, RewardOffer offer, RewardedCustomer customer, RewardCause cause)
    {
        if (offer.Campaign is not { } campaign)
        {
            return new PreparedReward(new RewardGift(), GivenReward.Nothing);
        }

        var reward = offer.Reward;
        if (offer.Member is { } member)
        {
            AddPoints(member, reward, cause);
            return new PreparedReward(new RewardGift(), new GivenReward(member.Row.Number, IsNew: false, 0, reward.Balance)) { Member = member, Voucher = await CardOfAsync(catalogue, member) };
        }

        if (offer.Card is { } card)
        {
            return new PreparedReward(
                new RewardGift { Credits = await CreditsAsync(card, reward.Balance, reward.Row.Name, cause) }, new GivenReward(card.Row.Number, IsNew: false, reward.Balance, 0))
            { Voucher = card.WithCredits(reward.Balance) };
        }

        var taken = await pool.TakeAsync(catalogue, campaign, 1);
        try
        {
            return taken is [var code] ? await PublishAsync(catalogue, campaign, reward, code, customer, cause) : null;
        }
        catch
        {
            pool.Forget(catalogue.Project, taken);
            throw;
        }
    }

    /// <summary>What a reward was given as is taken back, as far as it is still there: a code that was not used is disabled, credits and points that were not spent are taken.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="given">What was given.</param>
    /// <param name="customer">Number of the customer.</param>
    /// <param name="spending">The member who gets the points back, where that may be the same.</param>
    /// <param name="cause">Why.</param>
    public async Task<(RewardGift Gift, MemberBook? Member)> TakeBackAsync(CatalogueSnapshot catalogue, GivenReward given, long customer, MemberBook? spending, RewardCause cause)
    {
        if (given.Voucher is not { } number || await reads.FindRowByNumberAsync(catalogue.Project, number) is not { } row)
        {
            return (new RewardGift(), null);
        }

        var voucher = await reads.ViewAsync(catalogue, row);
        if (row.Type == VoucherTypes.Loyalty)
        {
            var member = spending?.Row.Number == number ? spending
                : (await members.FindManyAsync(catalogue.Project, [number])) is [var stored] && stored.Customer == customer && await books.OpenAsync(catalogue, [stored], customer) is [var opened] ? opened
                : null;
            if (member is not null && Math.Min(given.Points, member.State.Balance) is > 0 and var points)
            {
                member.Tell(new MemberEvent(TriggerCatalogue.PointsAdjusted) { Entry = member.Take(PointsTypes.Removal, points, new PointsCause(null, "A reward was taken back", cause.Channel, null)) });
            }

            return (new RewardGift(), member);
        }

        var credits = Math.Clamp(voucher.Spendable, 0, given.Credits);
        return (
            new RewardGift
            {
                Credits = credits > 0 ? await CreditsAsync(voucher, -credits, "A reward was taken back", cause) : null,
                // A card that something else was put on meanwhile stays good for that.
                Disabled = given.IsNew && voucher.Uses == 0 && row.IsActive && voucher.Spendable - credits <= voucher.InitialCredits ? [row with { IsActive = false, UpdatedAt = clock.GetStoredNow() }] : [],
            },
            null);
    }

    /// <summary>What became of the codes that were taken.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="taken">The codes.</param>
    /// <param name="given">Whether they were given out; null where nobody knows.</param>
    public async Task SettleAsync(int project, IReadOnlyList<PooledCode> taken, bool? given)
    {
        if (taken.Count == 0)
        {
            return;
        }

        if (given is null)
        {
            pool.Forget(project, taken);
            return;
        }

        // Refused for something else, or because somebody has one of them by now.
        var held = given is true ? null : (await holders.FindManyAsync(project, [.. taken.Select(static code => code.Voucher.Number)])).Select(static holder => holder.Number).ToHashSet();
        foreach (var code in taken)
        {
            if (held?.Contains(code.Voucher.Number) == false)
            {
                pool.GiveBack(project, code);
            }
            else
            {
                pool.Used(project, code);
            }
        }
    }

    private async Task<RewardOffer> OfferCampaignAsync(CatalogueSnapshot catalogue, RewardOffer offer, string id, long customer, MemberBook? spending)
    {
        var (project, amount) = (catalogue.Project, offer.Reward.Balance);
        if (catalogue.Section<CampaignSection>().Find(id) is not { } campaign)
        {
            return offer with { WhyNot = RewardRefusal.NotFound("campaign", id) };
        }

        offer = offer with { Campaign = campaign };
        if (!campaign.Row.IsActive)
        {
            return offer with { WhyNot = RewardRefusal.Inactive(campaign) };
        }

        if (campaign.Row.CampaignType == CampaignTypes.Loyalty)
        {
            var member = spending?.Row.Campaign == campaign.Number ? spending : await MemberAsync(catalogue, campaign, customer);
            if (member is not null)
            {
                return offer with { Member = member, WhyNot = member.State.Total + member.State.Pending + amount > LoyaltyLimits.Points ? RewardRefusal.CardFull(member.Row.Id) : null };
            }
        }
        else if (campaign.Row.CampaignType != CampaignTypes.Coupons && await cards.OfCampaignAsync(catalogue, campaign.Number, customer) is [var card, ..])
        {
            return offer with { Card = card, WhyNot = card.Spendable + amount > VoucherLimits.Credits ? RewardRefusal.CardFull(card.Row.Code) : null };
        }

        // The publication stays when its code is deleted or disabled, and there is never another one.
        return campaign.JoinsOnce && await publications.FindAsync(project, PublicationTable.Once, PublicationRow.OnceOf(campaign.Number, customer)) is not null ? offer with { WhyNot = RewardRefusal.JoinedAlready(campaign) }
            : BeginsTooFull(campaign, amount) ? offer with { WhyNot = RewardRefusal.CardFull(campaign.Name) }
            : await pool.HasMoreAsync(catalogue, campaign) ? offer
            : offer with { WhyNot = RewardRefusal.NoCode(campaign) };
    }

    // With what a new card begins with there would be too much on it.
    private static bool BeginsTooFull(CampaignEntry campaign, long amount) => campaign.Row.CampaignType switch
    {
        CampaignTypes.Gifts => First(campaign, "gift", "amount") + amount > VoucherLimits.Credits,
        CampaignTypes.Loyalty => First(campaign, "loyalty_card", "points") + amount > LoyaltyLimits.Points,
        _ => false,
    };

    private static long First(CampaignEntry campaign, string kind, string what) =>
        campaign.Current.Element.TryGetProperty(kind, out var card) && card.ValueKind == JsonValueKind.Object && card.TryGetProperty(what, out var amount) && amount.TryGetInt64(out var first) ? first : 0;

    // The first card that the customer was given, as with points that are earned.
    private async Task<MemberBook?> MemberAsync(CatalogueSnapshot catalogue, CampaignEntry campaign, long customer)
    {
        var row = (await books.OfCustomerAsync(catalogue.Project, customer)).Where(one => one.Campaign == campaign.Number).MinBy(static one => one.Number);
        return row is not null && await books.OpenAsync(catalogue, [row], customer) is [var book] ? book : null;
    }

    private async Task<PreparedReward> PublishAsync(CatalogueSnapshot catalogue, CampaignEntry campaign, RewardEntry reward, PooledCode code, RewardedCustomer customer, RewardCause cause)
    {
        var (row, now, revision) = (code.Voucher, clock.GetStoredNow(), code.Voucher.Revision ?? campaign.Current.Revision);
        var number = await numbers.NextAsync(PublicationTable.Publications.Numbers);
        var free = await reads.ViewAsync(catalogue, row);
        var card = new VoucherView(catalogue, row, campaign, new HolderRow(row.Number, row.Id, 0, customer.Number, number, revision, null, now)) { Links = free.Links, HolderId = customer.Id };
        var member = row.Type == VoucherTypes.Loyalty ? books.New(catalogue, LoyaltyProgram.Of(catalogue, campaign)!, row, customer.Number) : null;
        if (member is not null)
        {
            AddPoints(member, reward, cause);
            card = card with { Card = MemberJson.FiguresOf(member.State) };
        }

        var document = new PublicationDocument { VoucherIds = [row.Id], Codes = [row.Code], TrackingId = customer.SourceId, Channel = cause.Channel, Metadata = RawJson.EmptyObject };
        var publication = new VouchersPublished
        {
            Number = number,
            PublicationId = ObjectIds.FromSource("pub_", catalogue.Project, $"reward\n{cause.Source}\n{row.Id}"),
            Vouchers = [new PublishedVoucher(row.Number, row.Id, revision) { End = card.Validity.End }],
            Campaign = campaign.Number,
            CampaignId = campaign.Id,
            Once = campaign.JoinsOnce,
            Document = new RawJson(JsonSerializer.SerializeToUtf8Bytes(document, WireJson.Options)),
            EventData = PublicationEvent.ObjectsOf(campaign, card),
            IsOwn = true,
        };
        var credits = row.Type == VoucherTypes.Gift ? await CreditsAsync(card, reward.Balance, reward.Row.Name, cause) : null;
        return new PreparedReward(
            new RewardGift { Publication = publication, Credits = credits }, new GivenReward(row.Number, IsNew: true, credits?.Amount ?? 0, member is null ? 0 : reward.Balance))
        {
            Member = member,
            Voucher = credits is null ? card : card.WithCredits(credits.Amount),
            Taken = [code],
        };
    }

    private static void AddPoints(MemberBook member, RewardEntry reward, RewardCause cause)
    {
        var details = WrittenJson.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("reward"u8);
            json.WriteString("id"u8, reward.Id);
            json.WriteString("name"u8, reward.Row.Name);
            json.WriteEndObject();
            json.WriteEndObject();
        });
        var entry = member.Add(PointsTypes.Addition, reward.Balance, member.Program.EndOf(null, member.Today), new PointsCause(null, reward.Row.Name, cause.Channel, details));
        member.Tell(new MemberEvent(TriggerCatalogue.PointsAdjusted) { Entry = entry });
    }

    private async Task<CreditsChanged> CreditsAsync(VoucherView card, long amount, string reason, RewardCause cause)
    {
        var answer = VoucherCredits.Answer(card, amount, "AUTOMATIC");
        return new CreditsChanged
        {
            Voucher = card.Row.Number,
            Campaign = card.Row.Campaign,
            CampaignId = card.Campaign?.Id,
            Amount = amount,
            Entry = await numbers.NextAsync(NumberSequence.Ledger),
            Least = -card.InitialCredits,
            Most = VoucherLimits.Credits - card.InitialCredits,
            Document = new RawJson(JsonSerializer.SerializeToUtf8Bytes(new CreditsEntry(null, reason, cause.Channel, cause.Source, card.InitialCredits), WireJson.Options)),
            Answer = answer,
            EventData = CreditsFold.DataOf(card, amount, answer),
        };
    }

    private async Task<VoucherView?> CardOfAsync(CatalogueSnapshot catalogue, MemberBook member) => await reads.FindRowByNumberAsync(catalogue.Project, member.Row.Number) is { } row
        ? (await reads.ViewAsync(catalogue, row)) with { Card = MemberJson.FiguresOf(member.State) }
        : null;
}
