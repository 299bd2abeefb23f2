using System.Text.Json;
using Marketing.Storage;
using Marketing.Vouchers;
using Marketing.Vouchers.Credits;

namespace Marketing.Redemptions;

/// <summary>
/// Reservations of sessions. What is held is counted as used, so that nobody else can have it; a session whose time is over holds on until somebody wants what it holds, an hour at most.
/// </summary>
internal sealed class SessionLocks(ITableStore<SessionRow> store, VoucherReads vouchers, Catalogue.Catalogues catalogues, ICommitter committer, INumbers numbers, TimeProvider clock)
    : IExpiry
{
    private const int MostOfVoucher = 1_000;

    // Enough for whoever was refused; the others are there for the next.
    private const int MostFreed = 20;

    /// <summary>Gives back what sessions hold whose time is over, where a code is refused for it; whether there was any, so that it is to be decided again.</summary>
    public async Task<bool> FreeExpiredAsync(Decided decided)
    {
        long[] wanted =
        [
            .. decided.Redeemables.Where(static one => one.Error is { Key: "quantity_exceeded" or "gift_amount_exceeded" } && one.Redeemable.Voucher is { } voucher && (voucher.Held > 0 || voucher.HeldCredits > 0))
                .Select(static one => one.Redeemable.Voucher!.Row.Number),
        ];
        if (wanted.Length == 0)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var over = (await store.FindManyAsync(decided.Case.Catalogue.Project, SessionTable.Voucher, wanted, MostOfVoucher)).Where(session => session.ExpiresAt <= now).ToList();
        var freed = 0;
        foreach (var session in over.Take(MostFreed))
        {
            freed += await EndAsync(decided.Case.Catalogue.Project, session) ? 1 : 0;
        }

        // Where somebody else was faster there is something new to decide by as well.
        return freed > 0 || (over.Count > 0 && (await store.FindManyAsync(decided.Case.Catalogue.Project, [.. over.Select(static session => session.Id)])).Count < over.Count);
    }

    /// <summary>Codes as they are without what sessions hold whose time is over. Writes nothing: what they hold is given back when somebody wants it.</summary>
    public async Task<IReadOnlyList<VoucherView>> WithoutExpiredAsync(int project, IReadOnlyList<VoucherView> views)
    {
        long[] held = [.. views.Where(static view => view.Held > 0 || view.HeldCredits > 0).Select(static view => view.Row.Number)];
        if (held.Length == 0)
        {
            return views;
        }

        var now = clock.GetUtcNow();
        var over = (await store.FindManyAsync(project, SessionTable.Voucher, held, MostOfVoucher)).Where(session => session.ExpiresAt <= now).ToLookup(static session => session.Voucher, DocumentOf);
        return [.. views.Select(view => over[view.Row.Number].Aggregate(view, static (left, session) => left with
        {
            Uses = left.Uses - session.Uses,
            Held = left.Held - session.Uses,
            Credits = left.Credits + session.Credits,
            HeldCredits = left.HeldCredits - session.Credits,
        }))];
    }

    /// <summary>Holds what was decided until it is redeemed. False where somebody was faster: it is to be decided again.</summary>
    public async Task<bool> HoldAsync(Decided decided, SessionLock asked)
    {
        var project = decided.Case.Catalogue.Project;
        var commit = new Commit { Project = project };
        var expires = (clock.GetUtcNow() + asked.LastsFor).AsStored();
        var session = SessionRow.NumberOf(asked.Key);
        var held = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in decided.Applied.Where(static one => one.Redeemable.Voucher is not null))
        {
            var (voucher, before) = (one.Redeemable.Voucher!, one.Redeemable.Held);
            var document = new SessionDocument(asked.Key, 1, one.Credits);
            var row = one.Redeemable.Session ?? new SessionRow(
                await numbers.NextAsync(SessionTable.Sessions.Numbers), SessionRow.IdOf(project, asked.Key, voucher.Row.Id), 0, session, voucher.Row.Number, expires, RawJson.EmptyObject);
            held.Add(row.Id);
            commit.Rows.Add(SessionTable.Sessions.Save(row with { ExpiresAt = expires, Document = new RawJson(JsonSerializer.SerializeToUtf8Bytes(document, WireJson.Options)) }));
            await MoveAsync(commit, voucher, document.Uses - (before?.Uses ?? 0), document.Credits - (before?.Credits ?? 0));
        }

        // The same key again takes the place of what it held before.
        foreach (var other in (await store.FindManyAsync(project, SessionTable.Session, [session], RedemptionCommand.MostRedeemables)).Where(row => !held.Contains(row.Id) && DocumentOf(row).Key == asked.Key))
        {
            await AddEndAsync(commit, other);
        }

        return (await committer.CommitAsync(commit)).IsDurable;
    }

    /// <summary>Ends a session, or what it holds of one code. False when there is none.</summary>
    public async Task<bool> ReleaseAsync(int project, string key, string? code)
    {
        var voucher = code is null ? null : await vouchers.FindRowAsync(await catalogues.GetAsync(project), code);
        if (code is not null && voucher is null)
        {
            return false;
        }

        var rows = (await store.FindManyAsync(project, SessionTable.Session, [SessionRow.NumberOf(key)], RedemptionCommand.MostRedeemables))
            .Where(row => DocumentOf(row).Key == key && (voucher is null || row.Voucher == voucher.Number)).ToList();
        foreach (var row in rows)
        {
            await EndAsync(project, row);
        }

        return rows.Count > 0;
    }

    /// <inheritdoc/>
    public Table Table => SessionTable.Sessions;

    /// <inheritdoc/>
    public async Task AddEndAsync(Commit commit, string id)
    {
        if (await store.FindAsync(commit.Project, id) is { } row)
        {
            await AddEndAsync(commit, row);
        }
    }

    // False where somebody else ended it, who has given back what it held.
    private async Task<bool> EndAsync(int project, SessionRow row)
    {
        var commit = new Commit { Project = project };
        await AddEndAsync(commit, row);
        return (await committer.CommitAsync(commit)).IsDurable;
    }

    private async Task AddEndAsync(Commit commit, SessionRow row)
    {
        commit.Rows.Add(SessionTable.Sessions.Delete(row));
        var held = DocumentOf(row);
        var catalogue = await catalogues.GetAsync(commit.Project);
        if (await vouchers.FindRowByNumberAsync(commit.Project, row.Voucher) is { } voucher)
        {
            await MoveAsync(commit, await vouchers.ViewAsync(catalogue, voucher), -held.Uses, -held.Credits);
        }
    }

    // What is given back is taken back also where a bound was lowered meanwhile.
    private async Task MoveAsync(Commit commit, VoucherView voucher, long uses, long credits)
    {
        var now = clock.GetStoredNow();
        var number = voucher.Row.Number;
        var type = uses < 0 || credits < 0 ? "UNLOCK" : "LOCK";
        if (uses != 0)
        {
            commit.Balances.Add(new BalanceChange(VoucherAccounts.Uses(number), uses, await numbers.NextAsync(NumberSequence.Ledger), type, now, []) { Most = uses > 0 ? voucher.Quantity ?? long.MaxValue : long.MaxValue });
            commit.Tallies.Add(new Tally(VoucherAccounts.Held(number), uses));
        }

        if (credits != 0)
        {
            commit.Balances.Add(new BalanceChange(VoucherAccounts.Credits(number), -credits, await numbers.NextAsync(NumberSequence.Ledger), VoucherCredits.Held, now, []) { Least = credits > 0 ? -voucher.InitialCredits : long.MinValue });
            commit.Tallies.Add(new Tally(VoucherAccounts.HeldCredits(number), credits));
        }
    }

    private static SessionDocument DocumentOf(SessionRow row) => JsonSerializer.Deserialize<SessionDocument>(row.Document.Utf8.Span, WireJson.Options)!;
}
