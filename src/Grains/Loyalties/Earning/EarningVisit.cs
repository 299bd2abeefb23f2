using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.EventRules;
using Marketing.Projects;
using Marketing.Publications;
using Marketing.Segments;
using Marketing.Storage;
using Marketing.Validity;
using Marketing.Vouchers;

namespace Marketing.Loyalties;

/// <summary>What comes of what happened to one customer, for the cards that the customer has. What a member earns may lift them into a tier, which may be rewarded, too: all of it is one commit.</summary>
internal sealed class EarningVisit(
    CustomerWork work, MemberBooks books, ITableStore<EarningRow> earnings, ITableStore<VoucherRow> vouchers, ISegmentStore segments, INumbers numbers)
{
    // Tiers that reward each other's events would go on for ever.
    private const int MostAnswered = 1_000;

    // Cards that are made in this commit.
    private readonly List<VoucherRow> _made = [];

    private IReadOnlyList<MemberRow>? _stored;
    private RuledEvents? _ruled;
    private bool _isDifferent;

    /// <summary>Goes through what was raised from a position on, and what is raised by that; says whether anything came of it.</summary>
    public async Task<bool> FollowAsync(int from)
    {
        for (var entry = from; entry < work.Raised.Count && entry - from < MostAnswered; entry++)
        {
            if (LoyaltyWatch.JoinedBy(work, entry) is { } joined)
            {
                await JoinAsync(joined, (IReadOnlyList<GivenCode>)work.Raised[entry].About!);
            }

            foreach (var rules in LoyaltyWatch.Listeners(work, entry).GroupBy(static rule => rule.Row.Campaign))
            {
                await EarnAsync(rules.Key, [.. rules], entry);
            }
        }

        return _isDifferent;
    }

    private async Task EarnAsync(long campaign, IReadOnlyList<EarningRuleEntry> rules, int entry)
    {
        if (LoyaltyProgram.Of(work.Catalogue, campaign) is not { } program || !program.IsOpen(work.Catalogue, work.Now) || (!MayBeMember(program) && !program.JoinsByItself))
        {
            return;
        }

        var moved = work.Raised[entry].About as TierMoved;
        var open = rules.Where(rule => HoldsNow(rule) && (moved is null || (moved.Campaign == campaign && (rule.Tier is null || rule.Tier == moved.Tier)))).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var book = await FindAsync(program);
        if (book is null && !program.JoinsByItself)
        {
            return;
        }

        var happening = new EarningHappening(work, entry);
        var holding = new List<EarningRuleEntry>(open.Count);
        foreach (var rule in open)
        {
            if (rule.RuleId is not { } id || await (_ruled ??= new RuledEvents(work, CustomerJson.Write(work.Customer), segments)).MeetsAsync(id, entry, program.Find(book?.State.Tier?.Tier)?.Name))
            {
                holding.Add(rule);
            }
        }

        var known = await KnownAsync(holding, happening);
        holding.RemoveAll(rule => known.Contains(rule.Id));
        if (holding.Count == 0)
        {
            return;
        }

        book ??= await JoinAsync(program);
        foreach (var rule in holding)
        {
            await EarnAsync(rule, book, happening);
        }

        await CloseAsync(book);
    }

    private async Task EarnAsync(EarningRuleEntry rule, MemberBook book, EarningHappening happening)
    {
        var tier = book.Program.Find(book.State.Tier?.Tier);
        var points = Math.Min(rule.Calculation!.PointsOf(happening.Subject, tier?.MappingOf(rule.Id)), LoyaltyLimits.Points - book.State.Total - book.State.Pending);
        if (points <= 0)
        {
            return;
        }

        if (happening.OrderId is { } order)
        {
            work.Follow(EarningTable.Earnings.Name);
            work.Commit.Rows.Add(EarningTable.Earnings.Save(new EarningRow(await numbers.NextAsync(EarningTable.Earnings.Numbers), EarningRow.IdOf(rule.Id, order), 0, work.Number, work.Now.AsStored())));
        }

        var details = happening.Details(rule, tier);
        if (rule.PendingDays is { } days)
        {
            var now = work.Now.AsStored();
            var row = new PendingRow(
                await numbers.NextAsync(PendingTable.Pending.Numbers), ObjectIds.New("lopp_"), 0, book.Row.Campaign, book.Row.Number, book.Row.Customer, points, PendingRow.Waiting,
                MemberRow.Stored(book.Today.AddDays(days)), PendingJson.Stored(new PendingDocument(happening.OrderId, rule.ExpirationRules, details)), now, null);
            book.Wait(row, new MemberEvent(TriggerCatalogue.PendingAdded));
            return;
        }

        var entry = book.Add(PointsTypes.Accrual, points, book.Program.EndOf(rule.ExpirationRules, book.Today), PointsCause.Time with { Details = details });
        book.Tell(new MemberEvent(TriggerCatalogue.RewardedPoints) { Entry = entry, More = json => happening.WriteObjects(rule, tier, book.Program.Campaign.Id, json) });
    }

    private async Task JoinAsync(LoyaltyProgram program, IReadOnlyList<GivenCode> codes)
    {
        var members = work.Commit.Rows.Where(static write => write.Table == MemberTable.Members).Select(static write => write.Row.Number).ToHashSet();
        foreach (var card in await vouchers.FindManyAsync(work.Project, [.. codes.Select(static code => code.Voucher).Where(number => !members.Contains(number))]))
        {
            await CloseAsync(books.New(work.Catalogue, program, card, work.Number));
        }
    }

    // The card that earns is the first that the customer was given.
    private async Task<MemberBook?> FindAsync(LoyaltyProgram program)
    {
        var written = work.Commit.Rows.Where(static write => write.Table == MemberTable.Members && !write.Deletes).Select(static write => (MemberRow)write.Row).ToDictionary(static row => row.Number);
        if (_stored is null && !work.IsNew)
        {
            _stored = await books.OfCustomerAsync(work.Project, work.Number);
        }

        var row = (_stored ?? []).Select(stored => written.GetValueOrDefault(stored.Number) ?? stored).Concat(written.Values)
            .Where(one => one.Campaign == program.Campaign.Number && one.Customer == work.Number).MinBy(static one => one.Number);
        if (row is null)
        {
            return null;
        }

        if (!written.ContainsKey(row.Number))
        {
            work.Follow(MemberTable.Members.Name);
            work.Follow(PendingTable.Pending.Name);
        }

        var pending = work.Commit.Rows.Where(static write => write.Table == PendingTable.Pending).Select(static write => (PendingRow)write.Row).ToList();
        return await books.OpenAsync(work.Catalogue, [row], work.Number, pending) is [var book] ? book : null;
    }

    private async Task<MemberBook> JoinAsync(LoyaltyProgram program)
    {
        var card = await AutoJoin.AddToAsync(work, program, numbers);
        _made.Add(card);
        return books.New(work.Catalogue, program, card, work.Number);
    }

    private async Task CloseAsync(MemberBook book)
    {
        foreach (var change in await books.CloseAsync(work.Catalogue, [book], work.Customer.Id, _made))
        {
            _isDifferent = true;
            MemberCommits.AddTo(work, change);
        }
    }

    // Of an order each rule gives once, however often it is paid.
    private async Task<HashSet<string>> KnownAsync(List<EarningRuleEntry> rules, EarningHappening happening)
    {
        if (happening.OrderId is not { } order || rules.Count == 0)
        {
            return [];
        }

        var ids = rules.ToDictionary(rule => EarningRow.IdOf(rule.Id, order), static rule => rule.Id, StringComparer.Ordinal);
        var present = (await earnings.FindManyAsync(work.Project, ids.Keys)).Select(static row => row.Id)
            .Concat(work.Commit.Rows.Where(static write => write.Table == EarningTable.Earnings).Select(static write => write.Row.Id));
        return [.. present.Where(ids.ContainsKey).Select(id => ids[id])];
    }

    private bool HoldsNow(EarningRuleEntry rule) => rule.Validity.At(work.Now, work.Catalogue.Section<ProjectSection>().Calendar) == ValidityState.Holds;

    private bool MayBeMember(LoyaltyProgram program) => work.Customer.Loyalty.Campaigns.ContainsKey(program.Campaign.Name);
}
