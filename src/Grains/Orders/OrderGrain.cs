using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Clients;
using Marketing.Customers;
using Marketing.MetadataSchemas;
using Marketing.Storage;

namespace Marketing.Orders;

[GrainType("order"), CollectionAgeLimit(Minutes = 2)]
internal sealed class OrderGrain(ITableStore<OrderRow> store, IOperationStore operations, ICommitter committer, MetadataCheck metadata, INumbers numbers, TimeProvider clock) : Grain, IOrderGrain
{
    public async Task<OrderResult> SaveAsync(OrderCommand command, CommandContext context)
    {
        var (project, id) = GrainAddresses.Split(this.GetPrimaryKeyString());

        // Made again by a caller who does not know what became of it; or held up so long that the second attempt overtook the first.
        for (var mayBeDone = RepeatedCalls.IsCurrent; ; mayBeDone = true)
        {
            var row = await store.FindAsync(project, id);
            if (row is null && command.MustExist)
            {
                return new OrderResult.NotFound();
            }

            var now = clock.GetUtcNow();
            var marks = row is null ? OrderMarks.None : OrderRules.MarksOf(row);
            var (order, field, problem) = OrderRules.Apply(row is null ? null : JsonNode.Parse(row.Document)!.AsObject(), id, command, marks, now);
            if (order is null)
            {
                return new OrderResult.Invalid(field!, problem!);
            }

            var isSame = row is not null && OrderRules.IsSame(row.Document, order);
            if (isSame && (mayBeDone || (command.Customer == CustomerPatch.Nothing && command.Amount is null && context.IdempotencyKey is null)))
            {
                var verdict = mayBeDone ? default : await VerdictAsync(project, Unchanged(row!, command, marks), commits: command.Metadata is null && command.Items is null);
                return verdict.IsRefused ? new OrderResult.InvalidMetadata(verdict.Problems) : new OrderResult.Saved(new RawJson(row!.Document));
            }

            marks |= command.Amount is null ? OrderMarks.None : OrderMarks.AmountGiven;
            var change = isSame
                ? Unchanged(row!, command, marks)
                : Change(id, row, row?.Number ?? await numbers.NextAsync(OrderTable.Orders.Numbers), order, command, marks, now);
            var customer = order["customer_id"]?.GetValue<string>();
            var answer = customer is null
                ? await RecordAnonymousAsync(project, change, context)
                : await GrainFactory.Customer(project, customer).RecordAsync(change, context);
            switch (answer)
            {
                case null or CustomerAnswer.Recorded:
                    return new OrderResult.Saved(change.Document);
                case CustomerAnswer.Taken { Of: CustomerWrite.Table } taken:
                    return new OrderResult.DuplicateCustomerSourceId(taken.Value);
                case CustomerAnswer.Taken taken:
                    return new OrderResult.DuplicateSourceId(taken.Value);
                case CustomerAnswer.Invalid invalid:
                    return new OrderResult.InvalidMetadata([.. invalid.Problems.Select(static problem => problem.Problem)]);
                case CustomerAnswer.KeyReused:
                    return new OrderResult.KeyReused();
                case CustomerAnswer.KeyKnown:
                    return await DoneBeforeAsync(project, context);
                case CustomerAnswer.Superseded:
                    break;
                default:
                    throw new UnreachableException();
            }
        }
    }

    // What came with it of the customer may be new.
    private static OrderChange Unchanged(OrderRow row, OrderCommand command, OrderMarks marks)
    {
        var facts = new OrderFacts(row.SourceId, row.Status, row.TotalAmount, row.CreatedAt, row.UpdatedAt);
        return new OrderChange
        {
            OrderId = row.Id,
            Number = row.Number,
            Version = row.Version,
            Document = new RawJson(row.Document),
            After = facts,
            Before = row.CustomerId is null ? null : facts,
            Customer = command.Customer,
            Marks = marks,
            Metadata = command.Metadata,
            HasItems = command.Items is not null,
        };
    }

    private ValueTask<MetadataVerdict> VerdictAsync(int project, OrderChange change, bool commits = true) =>
        metadata.OfAsync(project, catalogue => OrderMetadata.ProblemsOf(catalogue, change), commits);

    private static OrderChange Change(string id, OrderRow? row, long number, JsonObject order, OrderCommand command, OrderMarks before, DateTimeOffset now)
    {
        var status = order["status"]!.GetValue<string>();
        var (events, marks) = OrderRules.Step(row is null, status, before);
        var createdAt = DateTimeOffset.Parse(order["created_at"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
        return new OrderChange
        {
            OrderId = id,
            Number = number,
            Version = row?.Version ?? 0,
            Document = new RawJson(JsonSerializer.SerializeToUtf8Bytes(order, JsonSerializerOptions.Default)),
            After = new OrderFacts(order["source_id"]?.GetValue<string>(), status, order["total_amount"]!.GetValue<long>(), createdAt, row is null ? null : now),
            // An order that had no customer so far was in nobody's summary.
            Before = row?.CustomerId is null ? null : new OrderFacts(row.SourceId, row.Status, row.TotalAmount, row.CreatedAt, row.UpdatedAt),
            Events = command.Import ? [] : events,
            Customer = command.Customer,
            Marks = marks,
            Metadata = command.Metadata,
            HasItems = command.Items is not null,
        };
    }

    // Without a customer there is no summary, no segment and nobody to send to. Null where it is durable.
    private async Task<CustomerAnswer?> RecordAnonymousAsync(int project, OrderChange change, CommandContext context)
    {
        var verdict = await VerdictAsync(project, change);
        if (verdict.IsRefused)
        {
            return await operations.FindAsync(project, context) is null
                ? new CustomerAnswer.Invalid([.. verdict.Problems.Select(static problem => new FactProblem(0, problem))])
                : new CustomerAnswer.KeyKnown();
        }

        var commit = new Commit { Project = project, CatalogueVersion = verdict.CatalogueVersion };
        commit.Rows.Add(OrderTable.Orders.Save(OrderRules.RowOf(change, customer: null, customerId: null)));
        commit.Operation = context.Remember(RecordedOrder.Write(change.OrderId), clock.GetUtcNow());
        commit.Import = context.Row;
        return (await committer.CommitAsync(commit)).RefusedBy switch
        {
            null => null,
            Guard.Operation => new CustomerAnswer.KeyKnown(),
            Guard.Unique taken => new CustomerAnswer.Taken(taken.Table, taken.Column, taken.Value),
            _ => new CustomerAnswer.Superseded(),
        };
    }

    private async Task<OrderResult> DoneBeforeAsync(int project, CommandContext context)
    {
        if (await operations.FindAsync(project, context) is not { IsOther: false, Result: { } result })
        {
            return new OrderResult.KeyReused();
        }

        var id = RecordedOrder.Read(result);
        return await store.FindAsync(project, id) is { } row ? new OrderResult.Saved(new RawJson(row.Document)) : new OrderResult.Deleted(id);
    }
}
