using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Storage;
using Marketing.Vouchers.Pool;

namespace Marketing.Redemptions;

/// <summary>Makes of what was decided what is to be recorded.</summary>
internal sealed class RedemptionRecorder(RewardExchange exchange, INumbers numbers)
{
    public const string Succeeded = TriggerCatalogue.Redeemed;
    public const string Failed = "customer.redemption.failed";

    /// <summary>The id of the failed redemption of a request.</summary>
    public static string FailedIdOf(int project, string id) => ObjectIds.FromSource("rf_", project, id);

    /// <summary>What is to become true. Null where a code that was to be given has gone meanwhile: it is to be decided again.</summary>
    public async Task<Recording?> SucceededAsync(Decided decided, RedemptionCommand command, CommandContext context)
    {
        var (given, applied) = (decided.Case, decided.Applied.ToList());
        var project = given.Catalogue.Project;
        string[] ids = [.. applied.Select((_, index) => applied.Count > 1 ? ObjectIds.FromSource("r_", project, $"{command.Id}/{index}") : command.Id)];
        var order = given.Order is null ? null : await RedeemedOrder.OfAsync(decided, command, ids, numbers);
        var paying = applied.FindIndex(static one => one.Redeemable.Reward is not null);
        if ((paying < 0 ? Exchanged.Nothing : await exchange.PrepareAsync(decided, applied[paying], ids[paying], order?.Id, context.Channel)) is not { } exchanged)
        {
            return null;
        }

        try
        {
            return new Recording(await SucceededAsync(decided, applied, ids, order, exchanged, command, context), exchanged.Prepared?.Taken ?? []);
        }
        catch
        {
            await exchange.ForgetAsync(project, exchanged);
            throw;
        }
    }

    private async Task<RedemptionRecorded> SucceededAsync(
        Decided decided, List<DecidedRedeemable> applied, string[] ids, RedeemedOrder? order, Exchanged exchanged, RedemptionCommand command, CommandContext context)
    {
        var given = decided.Case;
        var first = await numbers.NextRangeAsync(RedemptionTable.Redemptions.Numbers, applied.Count + 1);
        var parent = applied.Count > 1 ? (long?)first : null;
        var counts = new RedemptionCounts();
        var rows = new List<RedemptionRow>(applied.Count + 1);
        var events = new List<RedemptionEvent>(applied.Count);
        for (var index = 0; index < applied.Count; index++)
        {
            var one = applied[index];
            var counted = counts.Add(one, decided, ids[index], context.Channel, order?.Id, command.Session);
            var document = DocumentOf(one, command, context) with
            {
                Credits = one.Redeemable.IsGift ? one.Credits : null,
                Points = one.Redeemable.Reward is null ? null : one.Points,
                Reward = one.Redeemable.Reward is null ? null : exchanged.Kept,
                Discount = one.Redeemable.IsGift ? 0 : one.Applied!.Amount,
                Order = order?.Calculated(one.Applied!.After),
                OrderId = order?.Id,
                OrderVersion = order?.Version ?? 0,
                OrderBefore = parent is null ? order?.Before : null,
                ParentId = parent is null ? null : command.Id,
                PassedOver = parent is null ? RedeemableJson.PassedOver(decided) : null,
                Accounts = counted.Accounts,
                Figures = counted.Figures,
            };
            var row = new RedemptionRow(
                first + index + 1, ids[index], 0, RedemptionKind.Redemption, RedemptionStatus.Succeeded, parent, null, given.Customer?.Number, one.Redeemable.Campaign?.Number,
                one.Redeemable.Voucher?.Row.Number, document.ToJson(), given.Now);
            rows.Add(row);
            events.Add(new RedemptionEvent(Succeeded, one.Redeemable.Campaign?.Id, RedemptionEvents.DataOf(given.Catalogue, row, document, one.Redeemable, order?.Document)));
            if (one.Redeemable.Reward is not null)
            {
                events.AddRange(RewardEvents.Redeemed(given.Catalogue, row, document, one.Redeemable, exchanged.Prepared?.Voucher, order?.Document));
            }
        }

        if (parent is not null)
        {
            var document = new RedemptionDocument
            {
                ObjectType = "redemption",
                ObjectId = command.Id,
                CustomerId = command.CustomerId,
                TrackingId = command.TrackingId,
                Metadata = command.Metadata,
                Discount = rows.Count == 0 ? 0 : decided.After.TotalDiscountAmount - given.Cart.TotalDiscountAmount,
                Order = order?.Calculated(decided.After),
                OrderId = order?.Id,
                OrderVersion = order?.Version ?? 0,
                OrderBefore = order?.Before,
                Channel = context.Channel,
                ChannelId = context.AppId,
                Session = command.Session?.Key,
                PassedOver = RedeemableJson.PassedOver(decided),
                Related = [.. rows.Select(static row => new RelatedRedemption(row.Id, row.CreatedAt))],
            };
            rows.Insert(0, new RedemptionRow(
                first, command.Id, 0, RedemptionKind.Redemption, RedemptionStatus.Succeeded, null, null, given.Customer?.Number, null, null, document.ToJson(), given.Now));
        }

        return new RedemptionRecorded
        {
            Id = command.Id,
            Rows = rows,
            Order = order?.Change,
            First = counts.First,
            Accounts = await counts.AccountsAsync(numbers),
            Figures = counts.Figures,
            Events = events,
            Sessions = counts.Sessions,
            Summary = new RedemptionFigures(applied.Count, 0, 0, 0, applied.Sum(static one => one.Credits)),
            Customer = command.Customer,
            Members = await exchange.CloseAsync(given.Catalogue, exchanged),
            Gifts = exchanged.Prepared is { } gift ? [gift.Gift] : [],
        };
    }

    public async Task<RedemptionRecorded> FailedAsync(Decided decided, DecidedRedeemable culprit, RedemptionCommand command, CommandContext context)
    {
        var (given, error) = (decided.Case, culprit.Error!);
        var id = FailedIdOf(given.Catalogue.Project, command.Id);
        var document = DocumentOf(culprit, command, context) with
        {
            FailureKey = error.Key,
            FailureMessage = error.Message,
            FailureDetails = error.Details,
            ShopMessage = error.ShopMessage,
        };
        var row = new RedemptionRow(
            await numbers.NextAsync(RedemptionTable.Redemptions.Numbers), id, 0, RedemptionKind.Redemption, RedemptionStatus.Failed, null, null, given.Customer?.Number,
            culprit.Redeemable.Campaign?.Number, culprit.Redeemable.Voucher?.Row.Number, document.ToJson(), given.Now);
        return new RedemptionRecorded
        {
            Id = command.Id,
            Rows = [row],
            Figures = culprit.Redeemable.Campaign is { } campaign ? [new CountedFigure(CampaignFigures.Key(campaign.Number, "redemptions_failed"), 1)] : [],
            Events = [new RedemptionEvent(Failed, culprit.Redeemable.Campaign?.Id, RedemptionEvents.DataOf(given.Catalogue, row, document, culprit.Redeemable, null))],
            Summary = new RedemptionFigures(0, 1, 0, 0, 0),
            Customer = command.Customer,
        };
    }

    private static RedemptionDocument DocumentOf(DecidedRedeemable one, RedemptionCommand command, CommandContext context) => new()
    {
        ObjectType = one.Redeemable.Type,
        ObjectId = one.Redeemable.Id,
        Reference = one.Redeemable.Reference,
        CampaignId = one.Redeemable.Campaign?.Id,
        CustomerId = command.CustomerId,
        TrackingId = command.TrackingId,
        Metadata = command.Metadata,
        Channel = one.Redeemable.Reward?.IsByItself == true ? RedemptionCommand.AutoRedeem : context.Channel,
        ChannelId = context.AppId,
        Session = command.Session?.Key,
    };
}

/// <summary>What is to be recorded, and what has to be settled once it is known whether it was.</summary>
/// <param name="Fact">What is to become true.</param>
/// <param name="Taken">Codes out of the pool.</param>
internal sealed record Recording(RedemptionRecorded Fact, IReadOnlyList<PooledCode> Taken);
