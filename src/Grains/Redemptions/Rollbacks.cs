using System.Diagnostics;
using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Discounts;
using Marketing.Orders;
using Marketing.Promotions;
using Marketing.Rewards;
using Marketing.Storage;
using Marketing.Vouchers;
using Marketing.Vouchers.Credits;

namespace Marketing.Redemptions;

/// <summary>Takes redemptions back: reverses what was recorded of them, and computes nothing anew.</summary>
internal sealed class Rollbacks(
    ITableStore<RedemptionRow> store, ITableStore<OrderRow> orders, ITableStore<VoucherRow> voucherRows, VoucherReads vouchers, ICustomerStore customers, RedemptionCommits commits,
    RewardReturns returns, RedemptionReads reads, Catalogues catalogues, INumbers numbers, TimeProvider clock)
{
    public const string Succeeded = TriggerCatalogue.RolledBack;
    public const string Failed = "customer.redemption.rollback.failed";

    private const int Months = 3;

    /// <summary>The id of the failed rollback of a request.</summary>
    public static string FailedIdOf(int project, string id) => ObjectIds.FromSource("rrf_", project, id);

    public async Task<RedemptionResult> RollBackAsync(int project, RollbackCommand command, CommandContext context)
    {
        while (true)
        {
            var now = clock.GetStoredNow();
            if (await store.FindAsync(project, command.RedemptionId) is not { } row)
            {
                return new RedemptionResult.Refused(RedemptionErrors.NotFound("redemption", command.RedemptionId));
            }

            var catalogue = await catalogues.GetAsync(project);
            var taken = await TakenAsync(catalogue, row);
            var refusal = await WhyNotAsync(project, taken, command, now);
            var returned = refusal is null ? await returns.ReturnAsync(taken, command.Id, context.Channel) : ReturnedReward.Nothing;
            var fact = refusal is null ? await ReversedAsync(taken, returned, command, context, now) : await FailedAsync(taken, refusal, command, context, now);
            switch (await commits.CommitAsync(project, taken.HistoryOf, fact, context))
            {
                case CustomerAnswer.Recorded recorded:
                    var rows = fact.Rows.Where(static one => one.Kind == RedemptionKind.Rollback).ToList();
                    var views = refusal is null ? taken.Vouchers.ToDictionary(static pair => pair.Key, pair => returned.Show(pair.Value.After(-1, taken.CreditsOf(pair.Key)))) : taken.Vouchers;
                    return await reads.ShowAsync(catalogue, rows, views, recorded.Customer);
                case CustomerAnswer.Superseded or CustomerAnswer.KeyKnown:
                    break;
                case CustomerAnswer.NotFound:
                    return new RedemptionResult.Refused(RedemptionErrors.NotFound("redemption", command.RedemptionId));
                case CustomerAnswer.KeyReused:
                    return new RedemptionResult.KeyReused();
                default:
                    throw new UnreachableException();
            }
        }
    }

    private async Task<TakenBack> TakenAsync(CatalogueSnapshot catalogue, RedemptionRow row)
    {
        var project = catalogue.Project;
        var document = RedemptionDocument.Of(row);
        IReadOnlyList<RedemptionRow> parts = document.ObjectType == "redemption"
            ? await store.FindManyAsync(project, RedemptionTable.Parent, [row.Number], RedemptionCommand.MostRedeemables)
            : [row];
        long[] wanted = [.. parts.Select(static part => part.Voucher).OfType<long>().Distinct()];
        var views = wanted.Length == 0 ? [] : await vouchers.ViewAsync(catalogue, await voucherRows.FindManyAsync(project, wanted));
        var customer = row.Customer is { } number ? (await customers.LoadManyAsync(project, [number])).ElementAtOrDefault(0) : null;
        var bought = document.OrderId is { } order ? await orders.FindAsync(project, order) : null;
        return new TakenBack(row, document, [.. parts.Select(static part => (part, RedemptionDocument.Of(part)))])
        {
            Vouchers = views.ToDictionary(static view => view.Row.Number),
            Catalogue = catalogue,
            CustomerId = customer?.Id,
            HistoryOf = customer?.Id ?? await CustomerOfAsync(project, bought),
            Order = bought,
        };
    }

    // An order stays with its customer, whoever it was redeemed for.
    private async Task<string?> CustomerOfAsync(int project, OrderRow? order) =>
        order?.Customer is { } number ? (await customers.LoadManyAsync(project, [number])).ElementAtOrDefault(0)?.Id : null;

    private async Task<RedemptionError?> WhyNotAsync(int project, TakenBack taken, RollbackCommand command, DateTimeOffset now)
    {
        var (row, document) = (taken.Row, taken.Document);
        var isPart = document.ParentId is not null;
        return row.Kind != RedemptionKind.Redemption || row.Status == RedemptionStatus.Failed ? RedemptionErrors.NotSucceeded
            : command.OfStack && isPart ? RedemptionErrors.InvalidParent
            : !command.OfStack && (isPart || document.ObjectType == "redemption") ? RedemptionErrors.InvalidRedemption
            : row.Status == RedemptionStatus.RolledBack ? RedemptionErrors.AlreadyRolledBack
            : row.CreatedAt.AddMonths(Months) < now ? RedemptionErrors.TooOld
            : command.CustomerId is { } customer && customer != taken.CustomerId ? RedemptionErrors.OtherCustomer
            : command.Order is { } order && !await IsOrderAsync(project, document, order) ? RedemptionErrors.OtherOrder
            : null;
    }

    private async Task<bool> IsOrderAsync(int project, RedemptionDocument document, string order) =>
        document.OrderId is { } id && (id == order || (await orders.FindAsync(project, OrderTable.SourceId, order))?.Id == id);

    private async Task<RedemptionRecorded> ReversedAsync(TakenBack taken, ReturnedReward returned, RollbackCommand command, CommandContext context, DateTimeOffset now)
    {
        var isStack = taken.Document.ObjectType == "redemption";
        var first = await numbers.NextRangeAsync(RedemptionTable.Redemptions.Numbers, taken.Parts.Count + 1);
        string IdOf(int index) => isStack ? ObjectIds.FromSource("rr_", taken.Project, $"{command.Id}/{index}") : command.Id;

        var order = OrderOf(taken, command, [.. taken.Parts.Select((part, index) => (part.Row.Id, IdOf(index)))], now);
        var rows = new List<RedemptionRow>();
        var events = new List<RedemptionEvent>();
        var accounts = new Dictionary<string, CountedAccount>(StringComparer.Ordinal);
        var figures = new List<CountedFigure>();
        for (var index = 0; index < taken.Parts.Count; index++)
        {
            var (part, document) = taken.Parts[index];
            var rollback = DocumentOf(document, part, command, context) with { Order = order?.Document ?? document.Order, ParentId = isStack ? command.Id : null };
            var rolledBack = new RedemptionRow(
                first + index + 1, IdOf(index), 0, RedemptionKind.Rollback, RedemptionStatus.Succeeded, isStack ? first : null, part.Id, part.Customer, part.Campaign, part.Voucher, rollback.ToJson(), now);
            var after = document with { Related = [.. document.Related, new RelatedRedemption(rolledBack.Id, now)] };
            var redeemed = part with { Status = RedemptionStatus.RolledBack, Document = after.ToJson() };
            rows.Add(rolledBack);
            rows.Add(redeemed);
            Reverse(taken, part, document, rolledBack.Id, context.Channel, accounts);
            Count(taken, part, document, figures);
            var voucher = part.Voucher is { } number && taken.Vouchers.TryGetValue(number, out var view) ? returned.Show(view.After(-1, document.Credits ?? 0)) : null;
            events.Add(new RedemptionEvent(
                Succeeded, document.CampaignId, RedemptionEvents.DataOf(taken.Catalogue, voucher, redeemed, after, order?.Document ?? document.Order, (rolledBack, rollback))));
            if (document.Reward is not null)
            {
                events.Add(RewardEvents.RolledBack(taken.Catalogue, voucher, redeemed, after, order?.Document ?? document.Order));
            }
        }

        if (isStack)
        {
            var rollback = DocumentOf(taken.Document, taken.Row, command, context) with
            {
                Order = order?.Document ?? taken.Document.Order,
                Related = [new RelatedRedemption(taken.Row.Id, now)],
            };
            rows.Insert(0, new RedemptionRow(
                first, command.Id, 0, RedemptionKind.Rollback, RedemptionStatus.Succeeded, null, taken.Row.Id, taken.Row.Customer, null, null, rollback.ToJson(), now));
            rows.Add(taken.Row with
            {
                Status = RedemptionStatus.RolledBack,
                Document = (taken.Document with { Related = [.. taken.Document.Related, new RelatedRedemption(command.Id, now)] }).ToJson(),
            });
        }

        var entry = accounts.Count == 0 ? 0 : await numbers.NextRangeAsync(NumberSequence.Ledger, accounts.Count);
        return new RedemptionRecorded
        {
            Id = command.Id,
            Rows = rows,
            Order = order,
            Accounts = [.. accounts.Values.Select(account => account with { Entry = entry++ })],
            Figures = figures,
            Events = events,
            Summary = new RedemptionFigures(0, 0, taken.Parts.Count, 0, -taken.Parts.Sum(static part => part.Document.Credits ?? 0)),
            MustExist = true,
            Members = returned.Members,
            Gifts = returned.Gift is { } gift ? [gift] : [],
        };
    }

    private async Task<RedemptionRecorded> FailedAsync(TakenBack taken, RedemptionError error, RollbackCommand command, CommandContext context, DateTimeOffset now)
    {
        var document = DocumentOf(taken.Document, taken.Row, command, context) with
        {
            Credits = null,
            Points = null,
            FailureKey = error.Key,
            FailureMessage = error.Message,
            FailureDetails = error.Details,
        };
        var row = new RedemptionRow(
            await numbers.NextAsync(RedemptionTable.Redemptions.Numbers), FailedIdOf(taken.Project, command.Id), 0, RedemptionKind.Rollback, RedemptionStatus.Failed, null, null,
            taken.Row.Customer, taken.Row.Campaign, taken.Row.Voucher, document.ToJson(), now);
        var voucher = taken.Row.Voucher is { } number ? taken.Vouchers.GetValueOrDefault(number) : null;
        return new RedemptionRecorded
        {
            Id = command.Id,
            Rows = [row],
            Figures = taken.Row.Campaign is { } campaign ? [new CountedFigure(CampaignFigures.Key(campaign, "rollbacks_failed"), 1)] : [],
            Events =
            [
                new RedemptionEvent(Failed, taken.Document.CampaignId, RedemptionEvents.DataOf(
                    taken.Catalogue, voucher, taken.Row, taken.Document, taken.Document.Order, (row, document))),
            ],
            Summary = new RedemptionFigures(0, 0, 0, 1, 0),
            MustExist = true,
        };
    }

    private static OrderChange? OrderOf(TakenBack taken, RollbackCommand command, IReadOnlyList<(string Redemption, string Rollback)> ids, DateTimeOffset now) => taken.Order is not { } order
        ? null
        : RedeemedOrder.TakenBack(
            order, taken.Row.Id == ids[0].Redemption ? ids : [.. ids, (taken.Row.Id, command.Id)], order.Version == taken.Document.OrderVersion ? taken.Document.OrderBefore : null,
            cancels: taken.Catalogue.Section<StackingSection>().Rules.RollbackOrderMode == RollbackOrderMode.WithOrder && order.Status != "CANCELED", now);

    private static RedemptionDocument DocumentOf(RedemptionDocument of, RedemptionRow row, RollbackCommand command, CommandContext context) => new()
    {
        ObjectType = of.ObjectType,
        ObjectId = of.ObjectId,
        Reference = of.Reference,
        CampaignId = of.CampaignId,
        CustomerId = of.CustomerId,
        OrderId = of.OrderId,
        TrackingId = command.TrackingId ?? of.TrackingId,
        Metadata = command.Metadata,
        Reason = command.Reason,
        Credits = -of.Credits,
        Points = -of.Points,
        Reward = of.Reward,
        Discount = of.Discount,
        Channel = context.Channel,
        ChannelId = context.AppId,
        Related = [new RelatedRedemption(row.Id, row.CreatedAt)],
    };

    // A voucher that is not there any more has no accounts that anybody could look at.
    private static void Reverse(TakenBack taken, RedemptionRow part, RedemptionDocument document, string rollback, string channel, Dictionary<string, CountedAccount> accounts)
    {
        var voucher = part.Voucher is { } number ? taken.Vouchers.GetValueOrDefault(number) : null;
        foreach (var change in document.Accounts)
        {
            var isOfVoucher = part.Voucher is { } of && (change.Account == VoucherAccounts.Uses(of) || change.Account == VoucherAccounts.Credits(of));
            if (isOfVoucher && voucher is null)
            {
                continue;
            }

            var isCredits = voucher is not null && change.Account == VoucherAccounts.Credits(voucher.Row.Number);
            var entry = isCredits
                ? new RawJson(JsonSerializer.SerializeToUtf8Bytes(new CreditsEntry(null, null, channel, rollback, voucher!.InitialCredits) { Order = document.OrderId }, WireJson.Options))
                : RawJson.EmptyObject;
            var reversed = new CountedAccount(
                change.Account, -change.Delta, isCredits ? change.Delta > 0 ? -voucher!.InitialCredits : long.MinValue : 0, long.MaxValue, isCredits ? "CREDITS_REFUND" : "ROLLBACK", entry, 0)
            {
                Listed = isCredits && voucher!.Row.Campaign is { } campaign ? VoucherAccounts.CreditsIn(campaign) : null,
            };
            accounts[change.Account] = accounts.TryGetValue(change.Account, out var other) ? other with { Delta = other.Delta + reversed.Delta } : reversed;
        }
    }

    private static void Count(TakenBack taken, RedemptionRow part, RedemptionDocument document, List<CountedFigure> figures)
    {
        figures.AddRange(document.Figures.Where(static figure => PromotionFigures.IsOne(figure.Key) || RewardAccounts.IsOne(figure.Key)).Select(static figure => new CountedFigure(figure.Key, -figure.Delta)));
        if (part.Campaign is not { } campaign)
        {
            return;
        }

        figures.Add(new CountedFigure(CampaignFigures.Key(campaign, "rollbacks_succeeded"), 1));
        figures.AddRange(document.Figures.Where(static figure => figure.Delta != 0).Select(figure => (Name: figure.Key[(figure.Key.LastIndexOf('/') + 1)..], figure.Delta)).Select(figure => figure.Name switch
        {
            "discounted_amount" => ("rolledback_discounted_amount", figure.Delta),
            "amount_redeemed" => ("amount_rolledback", figure.Delta),
            "orders_amount" => ("orders_rolledback_amount", figure.Delta),
            _ => ("", 0L),
        }).Where(static figure => figure.Item1.Length > 0).Select(figure => new CountedFigure(CampaignFigures.Key(campaign, figure.Item1), figure.Item2)));
    }
}
