using Marketing.Catalogue;
using Marketing.Filters;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.Vouchers;
using Marketing.Vouchers.Assets;

namespace Marketing.Loyalties;

/// <summary>Reads members with everything they are decided by, and makes what is to be written of them.</summary>
internal sealed class MemberBooks(
    ITableStore<MemberRow> members, ITableStore<PendingRow> pending, ITableStore<VoucherRow> vouchers, VoucherAssets assets, IAutoRewards auto, IAheadListeners ahead, INumbers numbers, TimeProvider clock)
{
    /// <summary>The most cards of a customer that are looked at.</summary>
    public const int MostOfCustomer = 1_000;

    private const int MostWaiting = 10_000;

    /// <summary>Today in the project.</summary>
    public static DateOnly Today(CatalogueSnapshot catalogue, DateTimeOffset now) =>
        DateOnly.FromDayNumber(new ZoneCalendar(catalogue.Section<ProjectSection>().Calendar).DayOf(now.UtcTicks));

    /// <summary>The cards of a customer, those first that were made first.</summary>
    public Task<IReadOnlyList<MemberRow>> OfCustomerAsync(int project, long customer) => members.FindManyAsync(project, MemberTable.Customer, [customer], MostOfCustomer);

    /// <summary>Members as they are today; those of programmes that are not there any more are left out.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="rows">As they were read.</param>
    /// <param name="holder">Number of the customer who hears of it; others hear later.</param>
    /// <param name="written">Points that wait, or did, as the commit has them that is being made.</param>
    /// <param name="pauses">Whether today's night is gone through only up to what cards redeem by themselves.</param>
    public async Task<IReadOnlyList<MemberBook>> OpenAsync(
        CatalogueSnapshot catalogue, IReadOnlyList<MemberRow> rows, long holder, IReadOnlyCollection<PendingRow>? written = null, bool pauses = false)
    {
        var now = clock.GetStoredNow();
        var today = Today(catalogue, now);
        long[] waiting = [.. rows.Where(static row => row.Version > 0 && MemberState.Read(row.Document).Pending > 0).Select(static row => row.Number)];
        var stored = waiting.Length == 0 ? [] : await pending.FindManyAsync(catalogue.Project, PendingTable.WaitingFor, waiting, MostWaiting);
        var known = (written ?? []).Concat(stored).DistinctBy(static one => one.Id).ToLookup(static one => one.Member);
        var books = new List<MemberBook>(rows.Count);
        foreach (var row in rows)
        {
            if (LoyaltyProgram.Of(catalogue, row.Campaign) is { } program)
            {
                books.Add(new MemberBook(row, program, known[row.Number], today, now, row.Customer == holder, pauses) { AutoCost = CostOf(catalogue, program) });
            }
        }

        return books;
    }

    /// <summary>A member who joins now.</summary>
    public MemberBook New(CatalogueSnapshot catalogue, LoyaltyProgram program, VoucherRow card, long customer)
    {
        var now = clock.GetStoredNow();
        var row = new MemberRow(card.Number, card.Id, 0, program.Campaign.Number, customer, MemberRow.Never, new MemberState().Write(), now, null);
        var book = new MemberBook(row, program, [], Today(catalogue, now), now, isHolders: true) { AutoCost = CostOf(catalogue, program) };
        var own = LoyaltyJson.Whole(LoyaltyJson.Child(card.Document.ToElement(), "loyalty_card"), "points");
        book.Join(own is >= 0 and <= LoyaltyLimits.Points ? own.Value : program.InitialPoints);
        return book;
    }

    /// <summary>What is to be written of members that were changed.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="books">The members.</param>
    /// <param name="customerId">The customer who hears of it.</param>
    /// <param name="made">Cards that are made in the same commit.</param>
    public async Task<IReadOnlyList<MemberChange>> CloseAsync(CatalogueSnapshot catalogue, IReadOnlyList<MemberBook> books, string customerId, IReadOnlyList<VoucherRow>? made = null)
    {
        var now = clock.GetStoredNow();
        foreach (var book in books)
        {
            book.LookAhead(ahead.Of(catalogue, book.Program.Campaign.Id, now));
        }

        var changed = books.Where(static book => book.IsChanged).ToList();
        var entries = changed.SelectMany(static book => book.Entries).ToList();
        var number = entries.Count == 0 ? 0 : await numbers.NextRangeAsync(NumberSequence.Ledger, entries.Count);
        foreach (var entry in entries)
        {
            entry.Number = number++;
        }

        var cards = await CardsAsync(catalogue, changed, customerId, made ?? []);
        return
        [
            .. changed.Select(book => new MemberChange
            {
                Row = book.After(),
                Pending = [.. book.Touched],
                Entries = [.. book.Entries.Select(static entry => new PointsWritten(entry.Number, entry.Points, entry.Type, entry.Document.Write()))],
                Events = cards.TryGetValue(book.Row.Number, out var card) ? [.. book.Events.Select(happened => MemberEventJson.Of(happened, book, card, customerId, now))] : [],
                Campaign = book.Program.Campaign.Name,
                Told = book.State.Balance - book.Before.Balance + book.Before.Untold,
                Redeemed = book.State.Redeemed - book.Before.Redeemed,
                Tier = book.Program.Find(book.State.Tier?.Tier)?.Name,
                IsHolders = book.IsHolders,
            }),
        ];
    }

    private Func<LoyaltyTierEntry?, long?> CostOf(CatalogueSnapshot catalogue, LoyaltyProgram program) => tier => auto.CostIn(catalogue, program, tier);

    // Only where somebody is told of them.
    private async Task<Dictionary<long, VoucherView>> CardsAsync(CatalogueSnapshot catalogue, List<MemberBook> books, string customerId, IReadOnlyList<VoucherRow> made)
    {
        var told = books.Where(static book => book.Events.Count > 0).ToDictionary(static book => book.Row.Number);
        if (told.Count == 0)
        {
            return [];
        }

        await assets.PrepareAsync();
        var known = made.Where(card => told.ContainsKey(card.Number)).ToList();
        long[] others = [.. told.Keys.Except(known.Select(static card => card.Number))];
        return known.Concat(others.Length == 0 ? [] : await vouchers.FindManyAsync(catalogue.Project, others)).ToDictionary(static row => row.Number, row => Card(catalogue, row, told[row.Number], customerId));
    }

    private VoucherView Card(CatalogueSnapshot catalogue, VoucherRow row, MemberBook book, string customerId) =>
        new(catalogue, row, book.Program.Campaign, new HolderRow(row.Number, row.Id, 0, book.Row.Customer, 0, null, null, book.Row.CreatedAt))
        {
            Links = assets.LinksOf(catalogue.Project, row.Number),
            HolderId = customerId,
            Card = MemberJson.FiguresOf(book.State),
        };
}
