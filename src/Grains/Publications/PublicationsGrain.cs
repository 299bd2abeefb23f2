using System.Diagnostics;
using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Storage;
using Marketing.Vouchers;
using Marketing.Vouchers.Pool;
using Orleans.Concurrency;

namespace Marketing.Publications;

[GrainType("publications"), StatelessWorker, Reentrant]
internal sealed class PublicationsGrain(
    ITableStore<PublicationRow> store, ITableStore<HolderRow> holders, PublicationReads reads, PublicationList list, VoucherReads vouchers, JoinedPublications joined, CodePool pool,
    ICustomerStore customers, IOperationStore operations, Catalogues catalogues, INumbers numbers)
    : Grain, IPublicationsGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<PublicationResult> PublishAsync(PublishCommand command, CommandContext context)
    {
        while (true)
        {
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new PublicationResult.KeyReused();
            }

            if (await store.FindAsync(Project, command.Id) is { } made)
            {
                return await ShowAsync(made);
            }

            if (done is not null)
            {
                return new PublicationResult.Deleted(command.Id);
            }

            var catalogue = await catalogues.GetAsync(Project);
            var target = await TargetAsync(catalogue, command);
            if (target.Missing is not null && await catalogues.FreshAsync(Project) is var fresh && fresh.Version > catalogue.Version)
            {
                // A campaign that another silo made a moment ago.
                catalogue = fresh;
                target = await TargetAsync(catalogue, command);
            }

            if (target.Missing is { } missing)
            {
                return missing;
            }

            var customer = await customers.LoadAsync(Project, command.CustomerId);
            if (command.SourceId is { } source && await store.FindAsync(Project, PublicationTable.SourceId, source) is not null)
            {
                return new PublicationResult.DuplicateSourceId(source);
            }

            if (customer is not null && await JoinedAsync(command, target, customer) is { } before)
            {
                return await ShowAsync(before);
            }

            if (target.WhyNot is { } reason)
            {
                return await FailAsync(command, target, reason, context);
            }

            IReadOnlyList<PooledCode> taken = target.Voucher is null ? await pool.TakeAsync(catalogue, target.Campaign!, command.Count) : [];
            IReadOnlyList<VoucherRow> rows = target.Voucher is null ? [.. taken.Select(static code => code.Voucher)] : [target.Voucher];
            if (rows.Count < command.Count)
            {
                Settle(taken, used: false);
                return await FailAsync(command, target, PublicationFailure.NoneLeft(target.Campaign!, command.Count), context);
            }

            switch (await RecordAsync(catalogue, command, target, rows, taken, context))
            {
                case CustomerAnswer.Recorded:
                    Settle(taken, used: true);
                    return await ShowAsync((await store.FindAsync(Project, command.Id))!);
                case CustomerAnswer.Taken { Of: CustomerWrite.Table } other:
                    Settle(taken, used: false);
                    return new PublicationResult.DuplicateCustomerSourceId(other.Value);
                case CustomerAnswer.Taken:
                    // Somebody used the source id, or joined the customer, in this moment.
                    Settle(taken, used: false);
                    break;
                case CustomerAnswer.Superseded:
                    await SortAsync(taken);
                    break;
                case CustomerAnswer.KeyKnown:
                    Settle(taken, used: false);
                    break;
                case CustomerAnswer.NotFound:
                    Settle(taken, used: false);
                    return new PublicationResult.NotFound("customer", command.CustomerId);
                case CustomerAnswer.KeyReused:
                    Settle(taken, used: false);
                    return new PublicationResult.KeyReused();
                case CustomerAnswer.Invalid invalid:
                    Settle(taken, used: false);
                    return Invalid(invalid);
                default:
                    throw new UnreachableException();
            }
        }
    }

    private async Task<CustomerAnswer> RecordAsync(
        CatalogueSnapshot catalogue, PublishCommand command, PublicationTarget target, IReadOnlyList<VoucherRow> rows, IReadOnlyList<PooledCode> taken, CommandContext context)
    {
        try
        {
            return await GrainFactory.Customer(Project, command.CustomerId).RecordAsync(await FactAsync(catalogue, command, target, rows), context);
        }
        catch
        {
            // Nobody knows whether they were given out: they are looked at again when there is nothing else left.
            pool.Forget(Project, taken);
            throw;
        }
    }

    public async Task<RawJson?> FindBySourceAsync(string sourceId, CancellationToken cancellation) =>
        await store.FindAsync(Project, PublicationTable.SourceId, sourceId) is { } row ? await reads.ShowAsync(await catalogues.GetAsync(Project), row) : null;

    public async Task<Listed> ListAsync(PublicationListQuery query, CancellationToken cancellation) =>
        await list.ListAsync(await catalogues.GetAsync(Project), query, cancellation);

    private async Task<PublicationTarget> TargetAsync(CatalogueSnapshot catalogue, PublishCommand command)
    {
        if (command.Voucher is { } code)
        {
            if (await vouchers.FindRowAsync(catalogue, code) is not { } row)
            {
                return new PublicationTarget(null, null) { Missing = new PublicationResult.NotFound("voucher", code) };
            }

            var own = catalogue.Section<CampaignSection>().Find(row.Campaign);
            var holder = (await holders.FindManyAsync(Project, [row.Number])).ElementAtOrDefault(0);
            return new PublicationTarget(own, row)
            {
                Holder = holder,
                WhyNot = holder is not null ? PublicationFailure.AlreadyPublished(row)
                    : !row.IsActive ? PublicationFailure.VoucherDisabled(row)
                    : own is { Row.IsActive: false } ? PublicationFailure.CampaignDisabled(own)
                    : null,
            };
        }

        return catalogue.Section<CampaignSection>().Find(command.Campaign!) is not { } campaign
            ? new PublicationTarget(null, null) { Missing = new PublicationResult.NotFound("campaign", command.Campaign!) }
            : new PublicationTarget(campaign, null)
            {
                WhyNot = campaign.Row.CampaignType == CampaignTypes.Promotion ? PublicationFailure.NoneLeft(campaign, command.Count)
                    : campaign.Row.IsActive ? null : PublicationFailure.CampaignDisabled(campaign),
            };
    }

    // The publication by which the customer has what is asked for, where the same is to be given again.
    private async Task<PublicationRow?> JoinedAsync(PublishCommand command, PublicationTarget target, CustomerRow customer)
    {
        if (target.Campaign is { } campaign && (command.JoinOnce || campaign.JoinsOnce))
        {
            return (await joined.FindAsync(Project, campaign, [customer.Number])).GetValueOrDefault(customer.Number);
        }

        return command.JoinOnce && target.Holder is { } holder && holder.Customer == customer.Number
            ? (await store.FindManyAsync(Project, [holder.Publication])).ElementAtOrDefault(0)
            : null;
    }

    private async Task<PublicationResult> FailAsync(PublishCommand command, PublicationTarget target, PublicationFailure failure, CommandContext context)
    {
        var fact = await FactAsync(await catalogues.GetAsync(Project), command with { SourceId = null }, target, [], failure);
        return await GrainFactory.Customer(Project, command.CustomerId).RecordAsync(fact, context) switch
        {
            CustomerAnswer.Taken taken => new PublicationResult.DuplicateCustomerSourceId(taken.Value),
            CustomerAnswer.KeyReused => new PublicationResult.KeyReused(),
            CustomerAnswer.Invalid invalid => Invalid(invalid),
            CustomerAnswer.NotFound => new PublicationResult.NotFound("customer", command.CustomerId),
            _ => failure.Result,
        };
    }

    private static PublicationResult.InvalidMetadata Invalid(CustomerAnswer.Invalid answer) => new([.. answer.Problems.Select(static problem => problem.Problem)]);

    private async Task<VouchersPublished> FactAsync(
        CatalogueSnapshot catalogue, PublishCommand command, PublicationTarget target, IReadOnlyList<VoucherRow> rows, PublicationFailure? failure = null)
    {
        var number = await numbers.NextAsync(PublicationTable.Publications.Numbers);
        var document = new PublicationDocument
        {
            VoucherIds = [.. rows.Select(static row => row.Id)],
            Codes = [.. rows.Select(static row => row.Code)],
            TrackingId = command.Customer.SourceId,
            Channel = command.Channel,
            Metadata = command.Metadata,
            FailureCode = failure?.Key,
            FailureMessage = failure?.Details,
            WantedCode = failure is null ? null : target.Voucher?.Code,
        };
        var revision = target.Campaign?.Current.Revision;
        return new VouchersPublished
        {
            Number = number,
            PublicationId = command.Id,
            Vouchers = [.. rows.Select(row => new PublishedVoucher(row.Number, row.Id, row.Revision ?? revision)
            {
                End = new VoucherView(catalogue, row, target.Campaign, holder: null).Validity.End,
            })],
            Campaign = target.Campaign?.Number,
            CampaignId = target.Campaign?.Id,
            Once = target.Campaign?.JoinsOnce == true || (command.JoinOnce && target.Campaign is not null),
            SourceId = command.SourceId,
            Document = new RawJson(JsonSerializer.SerializeToUtf8Bytes(document, WireJson.Options)),
            EventData = PublicationEvent.ObjectsOf(target.Campaign, rows.Count == 1 ? await vouchers.ViewAsync(catalogue, rows[0]) : null),
            Customer = command.Customer,
            MustExist = command.MustExist,
            IsOwn = command.IsOwn,
        };
    }

    private async Task<PublicationResult> ShowAsync(PublicationRow row) => PublicationShape.Read(row) is { FailureCode: { } key } failed
        ? PublicationFailure.Recorded(key, failed.FailureMessage ?? "").Result
        : new PublicationResult.Published(await reads.ShowAsync(await catalogues.GetAsync(Project), row));

    private void Settle(IReadOnlyList<PooledCode> taken, bool used)
    {
        foreach (var code in taken)
        {
            if (used)
            {
                pool.Used(Project, code);
            }
            else
            {
                pool.GiveBack(Project, code);
            }
        }
    }

    // One of them has a holder by now, or something else moved on: those that are free go back.
    private async Task SortAsync(IReadOnlyList<PooledCode> taken)
    {
        var given = (await holders.FindManyAsync(Project, [.. taken.Select(static code => code.Voucher.Number)])).Select(static holder => holder.Number).ToHashSet();
        Settle([.. taken.Where(code => given.Contains(code.Voucher.Number))], used: true);
        Settle([.. taken.Where(code => !given.Contains(code.Voucher.Number))], used: false);
    }
}

/// <summary>What is to be published.</summary>
/// <param name="Campaign">The campaign; null for a voucher without one.</param>
/// <param name="Voucher">The voucher; null for any of the campaign.</param>
internal sealed record PublicationTarget(CampaignEntry? Campaign, VoucherRow? Voucher)
{
    /// <summary>Who has the voucher.</summary>
    public HolderRow? Holder { get; init; }

    /// <summary>What is not there.</summary>
    public PublicationResult? Missing { get; init; }

    /// <summary>Why it cannot be done.</summary>
    public PublicationFailure? WhyNot { get; init; }
}
