using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Distributions;
using Marketing.Promotions;
using Marketing.Rewards;
using Marketing.Storage;
using Marketing.Vouchers;
using Marketing.Vouchers.Credits;

namespace Marketing.Redemptions;

/// <summary>What the redemptions of a request count, together: each account once.</summary>
internal sealed class RedemptionCounts
{
    private readonly Dictionary<string, CountedAccount> _accounts = new(StringComparer.Ordinal);
    private readonly List<CountedFigure> _figures = [];
    private readonly List<VoucherRow> _first = [];
    private readonly List<SessionRow> _sessions = [];
    private readonly HashSet<long> _orderOf = [];
    private readonly HashSet<string> _orders = new(StringComparer.Ordinal);

    public IReadOnlyList<CountedFigure> Figures => _figures;

    /// <summary>Vouchers whose terms are fixed by it.</summary>
    public IReadOnlyList<VoucherRow> First => _first;

    /// <summary>Reservations that end.</summary>
    public IReadOnlyList<SessionRow> Sessions => _sessions;

    /// <summary>Counts one redemption; the answer is what a rollback is to take back.</summary>
    public (IReadOnlyList<AccountChange> Accounts, IReadOnlyList<FigureChange> Figures) Add(
        DecidedRedeemable one, Decided decided, string redemptionId, string channel, string? orderId, SessionLock? session)
    {
        var changes = new List<AccountChange>();
        var figures = new List<FigureChange>();
        var redeemable = one.Redeemable;
        if (redeemable.Voucher is { } voucher)
        {
            AddVoucher(one, voucher, redemptionId, channel, orderId, changes, figures);
        }

        if (redeemable.Reward?.Reward is { } reward)
        {
            figures.Add(new FigureChange(RewardAccounts.Redeemed(reward.Number), 1));
            if (reward.Row.IsStocked)
            {
                changes.Add(new AccountChange(RewardAccounts.Stock(reward.Number), -1));
                Account(new CountedAccount(RewardAccounts.Stock(reward.Number), -1, 0, long.MaxValue, "REDEMPTION", RawJson.EmptyObject, 0));
            }
        }

        if (redeemable.Tier is { } tier)
        {
            figures.Add(new FigureChange(PromotionFigures.Key(tier.Number, PromotionFigures.Redeemed), 1));
            figures.Add(new FigureChange(PromotionFigures.Key(tier.Number, PromotionFigures.DiscountAmount), one.Applied!.Amount));
            figures.Add(new FigureChange(PromotionFigures.Key(tier.Number, PromotionFigures.OrderAmount), decided.Case.Cart.Amount));
        }

        foreach (var charge in one.Charges.Where(charge => !charge.IsOfOrder || _orders.Add(charge.Key)))
        {
            changes.Add(new AccountChange(charge.Key, charge.Amount));
            Account(new CountedAccount(charge.Key, charge.Amount, 0, charge.Most ?? long.MaxValue, "REDEMPTION", RawJson.EmptyObject, 0));
        }

        if (redeemable.Campaign is { } campaign)
        {
            figures.Add(new FigureChange(CampaignFigures.Key(campaign.Number, "redemptions_succeeded"), 1));
            figures.Add(new FigureChange(CampaignFigures.Key(campaign.Number, redeemable.IsGift ? "amount_redeemed" : "discounted_amount"), redeemable.IsGift ? one.Credits : one.Applied!.Amount));
            if (decided.Case.Order is not null && _orderOf.Add(campaign.Number))
            {
                figures.Add(new FigureChange(CampaignFigures.Key(campaign.Number, "orders_amount"), decided.Case.Cart.Amount));
            }
        }

        _figures.AddRange(figures.Where(static figure => figure.Delta != 0).Select(static figure => new CountedFigure(figure.Key, figure.Delta)));
        return (changes, figures);
    }

    /// <summary>The accounts, with a number for the ledger each.</summary>
    public async Task<IReadOnlyList<CountedAccount>> AccountsAsync(INumbers numbers)
    {
        var entry = _accounts.Count == 0 ? 0 : await numbers.NextRangeAsync(NumberSequence.Ledger, _accounts.Count);
        return [.. _accounts.Values.Select(account => account with { Entry = entry++ })];
    }

    private void AddVoucher(
        DecidedRedeemable one, VoucherView voucher, string redemptionId, string channel, string? orderId, List<AccountChange> changes, List<FigureChange> figures)
    {
        var (row, held) = (voucher.Row, one.Redeemable.Held);
        changes.Add(new AccountChange(VoucherAccounts.Uses(row.Number), 1));
        Account(new CountedAccount(
            VoucherAccounts.Uses(row.Number), 1 - (held?.Uses ?? 0), 0, voucher.Quantity ?? long.MaxValue, "REDEMPTION", RawJson.EmptyObject, 0));
        if (one.Redeemable.IsGift)
        {
            changes.Add(new AccountChange(VoucherAccounts.Credits(row.Number), -one.Credits));
            var entry = new CreditsEntry(null, null, channel, redemptionId, voucher.InitialCredits) { Amount = held is null ? null : -one.Credits, Order = orderId };
            Account(new CountedAccount(
                VoucherAccounts.Credits(row.Number), (held?.Credits ?? 0) - one.Credits, -voucher.InitialCredits, long.MaxValue, "CREDITS_REDEMPTION",
                new RawJson(JsonSerializer.SerializeToUtf8Bytes(entry, WireJson.Options)), 0)
            { Listed = row.Campaign is { } of ? VoucherAccounts.CreditsIn(of) : null });
        }

        if (one.Redeemable.Session is { } session && held is not null)
        {
            _sessions.Add(session with { Ends = true });
            _figures.Add(new CountedFigure(VoucherAccounts.Held(row.Number), -held.Uses));
            _figures.Add(new CountedFigure(VoucherAccounts.HeldCredits(row.Number), -held.Credits));
        }

        if (row is { Campaign: not null, Revision: null })
        {
            _first.Add(row with { Revision = voucher.Holder?.Revision ?? voucher.Campaign!.Current.Revision });
            if (voucher.Holder?.Distribution is { } distribution)
            {
                // Codes that were redeemed at least once: a rollback does not take it back.
                _figures.Add(new CountedFigure(DistributionFigures.Redeemed(distribution), 1));
            }
        }
    }

    private void Account(CountedAccount change) => _accounts[change.Account] = _accounts.TryGetValue(change.Account, out var other)
        ? other with { Delta = other.Delta + change.Delta, Most = Math.Min(other.Most, change.Most) }
        : change;
}
