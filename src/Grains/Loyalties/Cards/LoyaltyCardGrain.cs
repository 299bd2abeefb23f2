using System.Globalization;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Json;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Loyalties;

/// <summary>Decides on the member as it was read, and commits with the holder; where somebody else was faster, decides again.</summary>
[GrainType("loyalty-card"), CollectionAgeLimit(Minutes = 2)]
internal sealed partial class LoyaltyCardGrain(
    ITableStore<MemberRow> members, ITableStore<PendingRow> pending, ITableStore<VoucherRow> vouchers, MemberBooks books, MemberNights nights, VoucherReads reads, IOperationStore operations,
    ICustomerStore customers, Catalogues catalogues, TimeProvider clock)
    : Grain, ILoyaltyCardGrain
{
    private int _project;
    private string _id = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public Task<LoyaltyResult> ChangeBalanceAsync(PointsChange change, CommandContext context) => RunAsync(BySource("balance", change.SourceId, change.Points, context), change.SourceId, book =>
    {
        var cause = new PointsCause(change.SourceId, change.Reason, context.Channel, null);
        var ends = change.Expiry switch
        {
            PointsExpiry.Date => change.Ends,
            PointsExpiry.Never => null,
            _ => book.Program.EndOf(null, book.Today),
        };
        if (change.Points > 0 && ends < book.Today)
        {
            return CardDecision.Refused(new LoyaltyResult.Invalid([new FieldProblem("expiration_date", "cannot be in the past")]));
        }

        var entry = change.Points < 0 ? book.Take(PointsTypes.Removal, -change.Points, cause)
            : book.State.Total + change.Points <= LoyaltyLimits.Points ? book.Add(PointsTypes.Addition, change.Points, ends, cause)
            : null;
        if (entry is null)
        {
            return CardDecision.Refused(new LoyaltyResult.OutOfBounds(book.State.Balance));
        }

        book.Tell(new MemberEvent(TriggerCatalogue.PointsAdjusted) { Entry = entry });
        return CardDecision.Of(() => MemberJson.Balance(entry, _id));
    });

    public Task<LoyaltyResult> ActivateAsync(string pendingId, CommandContext context) => OnPendingAsync(pendingId, "activated", context, (book, row) =>
    {
        var entry = book.Activate(row, new PointsCause(null, null, context.Channel, PendingJson.DetailsOf(row)));
        return CardDecision.Of(() => MemberJson.Balance(entry, _id));
    });

    public Task<LoyaltyResult> AdjustAsync(string pendingId, long points, CommandContext context) => OnPendingAsync(pendingId, "updated", context, (book, row) =>
    {
        if (row.Points + points is < 1 or > LoyaltyLimits.Points)
        {
            return CardDecision.Refused(new LoyaltyResult.OutOfBounds(row.Points));
        }

        book.Change(row with { Points = row.Points + points }, TriggerCatalogue.PendingUpdated);
        return CardDecision.Of(() => WrittenJson.Of(json => MemberJson.WritePendingBalance(points, book.State.Pending, _id, json)));
    });

    public Task<LoyaltyResult> CancelAsync(string pendingId, CommandContext context) => OnPendingAsync(pendingId, "canceled", context, (book, row) =>
    {
        book.Change(row with { Status = PendingRow.Canceled }, TriggerCatalogue.PendingCanceled);
        return CardDecision.Of(static () => RawJson.EmptyObject);
    });

    private Task<LoyaltyResult> OnPendingAsync(string pendingId, string what, CommandContext context, Func<MemberBook, PendingRow, CardDecision> decide) => RunAsync(context, null, async book =>
    {
        // In this moment it may have become points by itself.
        if ((book.FindWaiting(pendingId) ?? await pending.FindAsync(_project, pendingId)) is not { } row || row.Member != book.Row.Number)
        {
            return CardDecision.Refused(new LoyaltyResult.NotFound("pending_points", pendingId));
        }

        return row.IsWaiting ? decide(book, row) : CardDecision.Refused(new LoyaltyResult.NotPending($"Only pending points in 'PENDING' status can be {what}. Current status: '{row.Status}'."));
    });

    private Task<LoyaltyResult> RunAsync(CommandContext asked, string? source, Func<MemberBook, CardDecision> decide) => RunAsync(asked, source, book => Task.FromResult(decide(book)));

    private async Task<LoyaltyResult> RunAsync(CommandContext asked, string? source, Func<MemberBook, Task<CardDecision>> decide)
    {
        while (true)
        {
            if (await DoneAsync(asked, source) is { } done)
            {
                return done;
            }

            var (catalogue, row, holder, refusal) = await ReadAsync();
            if (refusal is not null)
            {
                return refusal;
            }

            if (await books.OpenAsync(catalogue, [row!], row!.Customer) is not [var book])
            {
                return new LoyaltyResult.NotFound("voucher", _id);
            }

            var decision = await decide(book);
            if (decision.Refusal is { } no)
            {
                return no;
            }

            var changes = await books.CloseAsync(catalogue, [book], holder!);
            var saved = new LoyaltyResult.Saved(decision.Answer());
            var fact = new MembersChanged { Members = changes, Answer = saved.Document };
            switch (await GrainFactory.Customer(_project, holder!).RecordAsync(fact, asked))
            {
                case CustomerAnswer.Recorded:
                    return saved;
                case CustomerAnswer.KeyReused:
                    return source is not null ? new LoyaltyResult.DuplicateSourceId(source) : new LoyaltyResult.KeyReused();
                default:
                    // Somebody else changed the card, or did the same: it is looked at again.
                    break;
            }
        }
    }

    private async Task<LoyaltyResult?> DoneAsync(CommandContext asked, string? source) => await operations.FindAsync(_project, asked) switch
    {
        null => null,
        { IsOther: true } => source is not null ? new LoyaltyResult.DuplicateSourceId(source) : new LoyaltyResult.KeyReused(),
        var done => new LoyaltyResult.Saved(new RawJson(done.Result!)),
    };

    private async Task<(CatalogueSnapshot Catalogue, MemberRow? Row, string? Holder, LoyaltyResult? Refusal)> ReadAsync()
    {
        var catalogue = await catalogues.GetAsync(_project);
        if (await members.FindAsync(_project, _id) is not { } row)
        {
            return (catalogue, null, null, new LoyaltyResult.NotHeld(_id));
        }

        // A programme that another silo made a moment ago.
        catalogue = LoyaltyProgram.Of(catalogue, row.Campaign) is null ? await catalogues.FreshAsync(_project) : catalogue;
        return await customers.LoadManyAsync(_project, [row.Customer]) is [var person] ? (catalogue, row, person.Id, null) : (catalogue, null, null, new LoyaltyResult.NotHeld(_id));
    }

    // The shop's id of the change stands for it, whatever request it comes with.
    private CommandContext BySource(string what, string? source, long points, CommandContext context) => source is null
        ? context
        : context with { IdempotencyKey = $"{_id} {what} {source}", IsKeptForGood = true, Fingerprint = points.ToString(CultureInfo.InvariantCulture) };
}

/// <summary>What was decided on a card.</summary>
/// <param name="Refusal">Why it is not done; null where it is.</param>
/// <param name="Answer">What the caller is answered, once it is numbered.</param>
internal sealed record CardDecision(LoyaltyResult? Refusal, Func<RawJson> Answer)
{
    public static CardDecision Of(Func<RawJson> answer) => new(null, answer);

    public static CardDecision Refused(LoyaltyResult why) => new(why, static () => RawJson.EmptyObject);
}
