using System.Diagnostics;
using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Customers;
using Marketing.MetadataSchemas;
using Marketing.Rewards;
using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.Redemptions;

[GrainType("redemptions"), StatelessWorker, Reentrant]
internal sealed class RedemptionsGrain(
    CaseReader cases, RedemptionRecorder recorder, RedemptionReads reads, RedemptionList list, RedemptionCommits commits, Rollbacks rollbacks, SessionLocks sessions, RewardGiver giver, ITableStore<RedemptionRow> store,
    IOperationStore operations, Catalogues catalogues)
    : Grain, IRedemptionsGrain
{
    // Each means that somebody else came first; so many at once there are not.
    private const int MostAttempts = 1_000;

    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<ValidationResult> ValidateAsync(RedemptionCommand command, CommandContext context)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var catalogue = await catalogues.GetAsync(Project);
            var read = await cases.ReadAsync(catalogue, command, context);
            if (read.Case is not { } given)
            {
                return new ValidationResult.Refused(read.Error ?? RedemptionErrors.Field(read.Problem!));
            }

            var decided = RedemptionDecider.Decide(given);
            if (await sessions.FreeExpiredAsync(decided))
            {
                continue;
            }

            if (command.Session is null || !decided.IsValid || await sessions.HoldAsync(decided, command.Session))
            {
                return new ValidationResult.Decided(
                    ValidationJson.Write(decided, command, ObjectIds.New("valid_")), decided.IsValid, ValidationJson.OutcomeOf(decided, decided.IsValid ? decided.Redeemables[0] : decided.Culprit!));
            }
        }

        return new ValidationResult.Refused(RedemptionErrors.MultipleRequests);
    }

    public async Task<RedemptionResult> RedeemAsync(RedemptionCommand command, CommandContext context)
    {
        var asked = command;
        long? orderVersion = null;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new RedemptionResult.KeyReused();
            }

            // Under a key what is answered is what was done first, a refusal too.
            if ((done is not null || RepeatedCalls.IsCurrent || context.IdempotencyKey is not null) && await RecordedAsync(command.Id) is { } recorded)
            {
                return recorded;
            }

            if (done is not null)
            {
                return new RedemptionResult.Deleted(command.Id);
            }

            var catalogue = await catalogues.GetAsync(Project);
            var read = await cases.ReadAsync(catalogue, asked, context);
            if (read.Case is not { } given)
            {
                return read.Error is { } error ? new RedemptionResult.Refused(error) : new RedemptionResult.Invalid(read.Problem!.Field, read.Problem.Message);
            }

            // An order stays with its customer where nobody else is named.
            command = asked with { CustomerId = given.Person?.Id };
            if (catalogue.MetadataSchemas.ProblemsOf("redemption", command.Metadata, command.Metadata, isNew: true) is { Count: > 0 } problems)
            {
                return new RedemptionResult.InvalidMetadata(problems);
            }

            // Somebody else redeemed for the same order in this moment: what was asked for was another order.
            var version = given.Order?.Present?.Version ?? 0;
            if (orderVersion is { } before && before != version)
            {
                return new RedemptionResult.Refused(RedemptionErrors.MultipleRequests);
            }

            orderVersion = given.Order is null ? null : version;
            var decided = RedemptionDecider.Decide(given);
            if (await sessions.FreeExpiredAsync(decided))
            {
                continue;
            }

            var recording = decided.IsValid ? await recorder.SucceededAsync(decided, command, context) : await FailureAsync(decided, command, context);
            if (recording is null)
            {
                if (decided.IsValid)
                {
                    continue;
                }

                return new RedemptionResult.Refused(decided.Culprit!.Reason);
            }

            var fact = recording.Fact;
            switch (await CommitAsync(command, recording, context))
            {
                case CustomerAnswer.Recorded recordedNow:
                    return await reads.ShowAsync(catalogue, fact.Rows, Redeemed(decided), recordedNow.Customer);
                case CustomerAnswer.Superseded or CustomerAnswer.KeyKnown:
                    break;
                case CustomerAnswer.Taken { Of: CustomerWrite.Table } taken:
                    return new RedemptionResult.DuplicateSourceId("Customer", taken.Value);
                case CustomerAnswer.Taken taken:
                    return new RedemptionResult.DuplicateSourceId("Order", taken.Value);
                case CustomerAnswer.Invalid invalid:
                    return new RedemptionResult.InvalidMetadata([.. invalid.Problems.Select(static problem => problem.Problem)]);
                case CustomerAnswer.KeyReused:
                    return new RedemptionResult.KeyReused();
                default:
                    throw new UnreachableException();
            }
        }

        return new RedemptionResult.Refused(RedemptionErrors.MultipleRequests);
    }

    public async Task<RedemptionResult> RollBackAsync(RollbackCommand command, CommandContext context)
    {
        var done = await operations.FindAsync(Project, context);
        return done is { IsOther: true } ? new RedemptionResult.KeyReused()
            : (done is not null || RepeatedCalls.IsCurrent || context.IdempotencyKey is not null) && await RecordedAsync(command.Id) is { } recorded ? recorded
            : await rollbacks.RollBackAsync(Project, command, context);
    }

    public Task<bool> ReleaseSessionAsync(string key, string? code) => sessions.ReleaseAsync(Project, key, code);

    public async Task<RawJson?> FindAsync(string id, CancellationToken cancellation) =>
        await store.FindAsync(Project, id) is { } row ? (await reads.WriteAsync(await catalogues.GetAsync(Project), [row]))[0] : null;

    public async Task<Listed> ListAsync(RedemptionListQuery query, CancellationToken cancellation) => await list.ListAsync(await catalogues.GetAsync(Project), query, cancellation);

    public async Task<RawJson?> OfVoucherAsync(string codeOrId, int limit, int page, CancellationToken cancellation) =>
        await reads.OfVoucherAsync(await catalogues.GetAsync(Project), codeOrId, limit, page, cancellation);

    private async Task<RedemptionResult?> RecordedAsync(string id)
    {
        var row = await store.FindAsync(Project, id) ?? await store.FindAsync(Project, RedemptionRecorder.FailedIdOf(Project, id))
            ?? await store.FindAsync(Project, Rollbacks.FailedIdOf(Project, id));
        if (row is null)
        {
            return null;
        }

        IReadOnlyList<RedemptionRow> parts = await store.FindManyAsync(Project, RedemptionTable.Parent, [row.Number], RedemptionCommand.MostRedeemables);
        return await reads.ShowAsync(await catalogues.GetAsync(Project), [row, .. parts], null, null);
    }

    // What is not there has nothing that it could be recorded of, and neither has a request without an effect.
    private async Task<Recording?> FailureAsync(Decided decided, RedemptionCommand command, CommandContext context) =>
        decided.Culprit is { Error: { Code: not 404 } } culprit ? new Recording(await recorder.FailedAsync(decided, culprit, command, context), []) : null;

    private async Task<CustomerAnswer> CommitAsync(RedemptionCommand command, Recording recording, CommandContext context)
    {
        bool? given = null;
        try
        {
            var answer = await commits.CommitAsync(Project, command.CustomerId, recording.Fact, context);
            given = answer is CustomerAnswer.Recorded;
            return answer;
        }
        finally
        {
            await giver.SettleAsync(Project, recording.Taken, given);
        }
    }

    private static Dictionary<long, Vouchers.VoucherView>? Redeemed(Decided decided) => decided.Redeemables.Where(static one => one.Redeemable.Voucher is not null)
        .ToDictionary(
            static one => one.Redeemable.Voucher!.Row.Number,
            one => decided.IsValid && one.Status == Discounts.StackingStatus.Applicable
                ? one.Redeemable.After(-one.Credits)!
                : one.Redeemable.Voucher!);
}
