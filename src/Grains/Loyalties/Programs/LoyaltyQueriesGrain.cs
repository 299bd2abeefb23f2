using Marketing.Activity;
using Marketing.Campaigns;
using Marketing.Carts;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Json;
using Marketing.ProductCollections;
using Marketing.Storage;
using Marketing.Vouchers;
using Marketing.Vouchers.Credits;
using Orleans.Concurrency;

namespace Marketing.Loyalties;

[GrainType("loyalty-queries"), StatelessWorker, Reentrant]
internal sealed class LoyaltyQueriesGrain(
    ITableStore<MemberRow> members, ITableStore<VoucherRow> vouchers, VoucherReads reads, IBalanceStore balances, PendingReads pending, ICustomerStore customers, Catalogues catalogues, TimeProvider clock)
    : Grain, ILoyaltyQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<string?> FindProgramAsync(string idOrName, CancellationToken cancellation) => Find(await catalogues.FreshAsync(Project), idOrName)?.Campaign.Id;

    public async Task<LoyaltyMember?> FindMemberAsync(string member, string? program, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        return await CardAsync(catalogue, member, program) is { } card ? new LoyaltyMember(card.Id, VoucherShape.Write(await reads.ViewAsync(catalogue, card))) : null;
    }

    public async Task<Page<RawJson>?> MembersAsync(LoyaltyMemberQuery query, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        if (Find(catalogue, query.Program) is not { } program)
        {
            return null;
        }

        Page<MemberRow> page;
        if (query.Codes is { } codes)
        {
            var cards = (await reads.FindRowsAsync(catalogue, codes)).Values.Select(static card => card.Number).Distinct().ToList();
            page = Some([.. (await members.FindManyAsync(Project, cards)).Where(row => row.Campaign == program.Campaign.Number).OrderBy(static row => row.Number)], query);
        }
        else if (query.Customer is { } customer)
        {
            if (await customers.FindAsync(Project, customer) is not { } person)
            {
                return null;
            }

            page = Some([.. (await members.FindManyAsync(Project, MemberTable.Customer, [person.Number], MemberBooks.MostOfCustomer)).Where(row => row.Campaign == program.Campaign.Number)], query);
        }
        else
        {
            page = await members.ListAsync(Project, new TableQuery(query.Order, query.Limit, query.Page)
            {
                Within = (MemberTable.Campaign, program.Campaign.Number),
                Between = query.UpdatedAt ?? query.CreatedAt,
                BetweenOf = query.UpdatedAt is null ? MemberTable.CreatedAt : MemberTable.UpdatedAt,
            },
            cancellation);
        }

        var views = (await reads.ViewAsync(catalogue, await vouchers.FindManyAsync(Project, [.. page.Items.Select(static row => row.Number)]))).ToDictionary(static view => view.Row.Number);
        return page.Of<RawJson>([.. page.Items.Where(row => views.ContainsKey(row.Number)).Select(row => VoucherShape.Write(views[row.Number]))]);
    }

    public async Task<Listed> TransactionsAsync(string member, string? program, LedgerQuery query, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        if (await CardAsync(catalogue, member, program) is not { } card)
        {
            return Listed.Missing("voucher", member);
        }

        var (account, campaign) = (PointsAccounts.Of(card.Number), catalogue.Section<CampaignSection>().Find(card.Campaign)?.Id);
        var after = await EntryAsync(query.StartingAfter);
        return await LedgerPages.ReadAsync(
            catalogue, query, clock.GetUtcNow(), after?.Account == account ? after.Row : null,
            (last, limit) => balances.LedgerAsync(Project, account, last?.Position, limit, cancellation, query.Ascending),
            entries => Task.FromResult<IReadOnlyList<RawJson?>>([.. entries.Select(entry => MemberJson.Transaction(card.Id, campaign, entry))]),
            static entry => MemberJson.TransactionId(entry.Entry));
    }

    public async Task<Listed> ProgramTransactionsAsync(string program, LedgerQuery query, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        if (Find(catalogue, program) is not { } found)
        {
            return Listed.Missing("campaign", program);
        }

        return await LedgerPages.ReadAsync(
            catalogue, query, clock.GetUtcNow(), await EntryAsync(query.StartingAfter),
            (last, limit) => balances.ListedAsync(Project, PointsAccounts.In(found.Campaign.Number), last?.Row, limit, cancellation, query.Ascending),
            async entries =>
            {
                var cards = (await vouchers.FindManyAsync(Project, [.. entries.Select(static entry => PointsAccounts.CardOf(entry.Account)).Distinct()])).ToDictionary(static row => row.Number);
                return [.. entries.Select(entry => cards.GetValueOrDefault(PointsAccounts.CardOf(entry.Account)) is { } card ? MemberJson.Transaction(card.Id, found.Campaign.Id, entry.Row) : null)];
            },
            static entry => MemberJson.TransactionId(entry.Row.Entry));
    }

    public async Task<Page<RawJson>?> PendingAsync(string member, string? program, PendingQuery query, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        return await CardAsync(catalogue, member, program) is { } card ? await pending.OfCardAsync(catalogue, card, query) : null;
    }

    public async Task<Page<RawJson>?> ProgramPendingAsync(string program, PendingQuery query, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        return Find(catalogue, program) is { } found ? await pending.OfProgramAsync(catalogue, found.Campaign, query, cancellation) : null;
    }

    public async Task<Page<RawJson>?> BucketsAsync(string member, string program, int limit, int page, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        if (await CardAsync(catalogue, member, program) is not { } card)
        {
            return null;
        }

        var buckets = (await members.FindManyAsync(Project, [card.Number])) is [var row] ? MemberState.Read(row.Document).Buckets : [];
        var (start, campaign) = ((page - 1) * limit, catalogue.Section<CampaignSection>().Find(card.Campaign)?.Id);
        return new Page<RawJson>(
            [
                .. buckets.Skip(start).Take(limit).Select(bucket => WrittenJson.Of(json =>
                    MemberJson.WriteBucket(bucket.Id, bucket.Points, bucket.Ends, "ACTIVE", (card.Id, campaign), (bucket.CreatedAt, bucket.UpdatedAt), json))),
            ],
            buckets.Length,
            buckets.Length > start + limit);
    }

    public async Task<Page<ActivityEntry>?> ActivityAsync(string member, string? program, ActivityQuery query, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        if (await CardAsync(catalogue, member, program) is not { } card)
        {
            return null;
        }

        var view = await reads.ViewAsync(catalogue, card);
        return view.HolderId is { } holder
            ? await GrainFactory.CustomerQueries(Project).ActivityAsync(holder, query with { Campaign = view.Campaign?.Id }, cancellation)
            : new Page<ActivityEntry>([], -1, HasMore: false);
    }

    public async Task<IReadOnlyList<RawJson>?> TiersOfMemberAsync(string member, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        if (await CardAsync(catalogue, member, null) is not { } card)
        {
            return null;
        }

        if (await members.FindManyAsync(Project, [card.Number]) is not [var row] || MemberState.Read(row.Document).Tier is not { } standing || LoyaltyProgram.Of(catalogue, row.Campaign) is not { } program
            || program.Find(standing.Tier) is not { } tier)
        {
            return [];
        }

        var holder = await customers.LoadManyAsync(Project, [row.Customer]) is [var person] ? person.Id : "";
        return [WrittenJson.Of(json => LoyaltyTierJson.Write(tier, program.Campaign.Id, json, (holder, standing)))];
    }

    public async Task<IReadOnlyList<LoyaltyTierShown>?> TiersAsync(string program, CancellationToken cancellation) => Find(await catalogues.FreshAsync(Project), program) is { } found
        ? [.. found.Tiers.Select(tier => new LoyaltyTierShown(tier.Id, WrittenJson.Of(json => LoyaltyTierJson.Write(tier, found.Campaign.Id, json)), tier.MappedRules))]
        : null;

    public async Task<IReadOnlyList<EarningRuleShown>?> RulesAsync(string program, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        return Find(catalogue, program) is { } found
            ? [.. catalogue.Section<LoyaltySection>().Rules.Where(rule => rule.Row.Campaign == found.Campaign.Number)
                .Select(rule => new EarningRuleShown(rule.Id, WrittenJson.Of(json => LoyaltyTierJson.WriteRule(rule, found.Campaign.Id, json))))]
            : null;
    }

    public async Task<LoyaltyResult> EstimateAsync(string program, string? customer, RawJson order, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        if (Find(catalogue, program) is not { } found)
        {
            return new LoyaltyResult.NotFound("campaign", program);
        }

        if (!found.IsOpen(catalogue, clock.GetUtcNow()))
        {
            return new LoyaltyResult.NotEarning(NotEarningBecause.Program, found.Campaign.Id);
        }

        var person = customer is null ? null : await customers.FindAsync(Project, customer);
        var member = person is null ? null : (await members.FindManyAsync(Project, MemberTable.Customer, [person.Number], MemberBooks.MostOfCustomer)).FirstOrDefault(row => row.Campaign == found.Campaign.Number);
        if (customer is not null && member is null && !found.JoinsByItself)
        {
            return new LoyaltyResult.NotEarning(NotEarningBecause.NoMember, found.Campaign.Id);
        }

        if (member is not null && await reads.FindRowByNumberAsync(Project, member.Number) is { IsActive: false } card)
        {
            return new LoyaltyResult.NotEarning(NotEarningBecause.Card, card.Code);
        }

        var given = order.ToElement();
        var cart = CartReader.Read(given).Cart is { } read ? CollectedCart.Of(read, given, catalogue, clock.GetUtcNow()) : Cart.Empty;
        var points = PointsEstimate.Of(catalogue, found, cart, person, member is null ? null : MemberState.Read(member.Document), clock.GetUtcNow());
        return new LoyaltyResult.Saved(WrittenJson.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("campaign"u8);
            json.WriteString("id"u8, found.Campaign.Id);
            json.WriteString("name"u8, found.Campaign.Name);
            json.WriteString("object"u8, "campaign"u8);
            json.WriteEndObject();
            json.WriteNumber("points_estimation"u8, points);
            json.WriteEndObject();
        }));
    }

    private async Task<VoucherRow?> CardAsync(CatalogueSnapshot catalogue, string member, string? program) =>
        await reads.FindRowAsync(catalogue, member) is { Type: VoucherTypes.Loyalty } card && catalogue.Section<CampaignSection>().Find(card.Campaign) is { IsDeleted: false } campaign
        && (program is null || Find(catalogue, program)?.Campaign.Number == campaign.Number)
            ? card
            : null;

    private async Task<ListedEntry?> EntryAsync(string? transaction) => MemberJson.TransactionNumber(transaction) is { } number ? await balances.FindEntryAsync(Project, number) : null;

    private static LoyaltyProgram? Find(CatalogueSnapshot catalogue, string idOrName) =>
        catalogue.Section<CampaignSection>().Find(idOrName) is { } campaign ? LoyaltyProgram.Of(catalogue, campaign) : null;

    private static Page<MemberRow> Some(IReadOnlyList<MemberRow> rows, LoyaltyMemberQuery query)
    {
        var start = (query.Page - 1) * query.Limit;
        return new Page<MemberRow>([.. rows.Skip(start).Take(query.Limit)], rows.Count, rows.Count > start + query.Limit);
    }
}
