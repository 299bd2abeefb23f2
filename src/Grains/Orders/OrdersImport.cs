using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Customers;
using Marketing.Customers.Imports;

namespace Marketing.Orders;

/// <summary>A JSON array of historical orders. No order events and no order triggers; segments follow.</summary>
internal sealed class OrdersImport(IGrainFactory grains, IAsyncActionStore actions) : IImport
{
    private const int Part = 100;

    public string Type => AsyncActionTypes.OrdersImport;

    public string? Imported => "order";

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var rows = JsonRows.Array(job.Payload);
        for (var start = (int)job.Cursor; start < rows.Count; start += Part)
        {
            var end = Math.Min(rows.Count, start + Part);
            var failures = new List<ImportProblem>();
            var durable = await actions.DurableRowsAsync(job.Project, job.ActionId);
            for (var i = start; i < end; i++)
            {
                if (!durable.ContainsKey(i + 1) && await ImportAsync(job, rows[i], i + 1) is { } failure)
                {
                    failures.Add(failure);
                }
            }

            yield return new ImportStep(end, rows.Count, failures);
        }
    }

    private async Task<ImportProblem?> ImportAsync(ImportJob job, JsonElement row, long number)
    {
        var (command, id, customerRef, problem) = await ReadAsync(job, row, number);
        if (command is null)
        {
            return new ImportProblem(number, customerRef, problem!);
        }

        return await grains.Order(job.Project, id!).SaveAsync(command, job.ContextOf(number)) switch
        {
            OrderResult.Saved => null,
            OrderResult.Invalid invalid => new ImportProblem(number, command.SourceId, $"{invalid.Field}: {invalid.Message}"),
            OrderResult.InvalidMetadata invalid => ImportProblem.Of(number, command.SourceId, invalid.Problems),
            OrderResult.DuplicateSourceId => new ImportProblem(number, command.SourceId, "Another order has this source_id"),
            OrderResult.DuplicateCustomerSourceId => new ImportProblem(number, command.SourceId, "customer: another customer has this source_id"),
            var other => new ImportProblem(number, command.SourceId, other.GetType().Name),
        };
    }

    private async Task<(OrderCommand? Command, string? Id, string? SourceId, string? Problem)> ReadAsync(ImportJob job, JsonElement row, long number)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return (null, null, null, "must be an object");
        }

        var source = JsonRows.Text(row, "source_id");
        var status = JsonRows.Text(row, "status");
        if (status is not null && !OrderRules.Statuses.Contains(status))
        {
            return (null, null, source, "status must be one of " + string.Join(", ", OrderRules.Statuses));
        }

        string? customerId = null;
        var patch = Customers.CustomerPatch.Nothing;
        if (row.TryGetProperty("customer", out var customer) && customer.ValueKind == JsonValueKind.Object)
        {
            var (read, problem) = CustomerOfRow.Read(customer);
            if (read is null)
            {
                return (null, null, source, $"customer: {problem}");
            }

            patch = read;
            customerId = await grains.CustomerQueries(job.Project).ResolveAsync(JsonRows.Text(customer, "id"), read.SourceId);
        }

        // Without an id of its own an order gets the one that the same row of the same job always gets.
        var id = await grains.OrderQueries(job.Project).ResolveAsync(
            JsonRows.Text(row, "id") ?? (source is null ? ObjectIds.FromSource("ord_", job.Project, $"{job.ActionId}\n{number}") : null), source);
        try
        {
            return (new OrderCommand
            {
                SourceId = source,
                Status = status,
                Amount = Number(row, "amount"),
                InitialAmount = Number(row, "initial_amount"),
                DiscountAmount = Number(row, "discount_amount"),
                Items = row.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array ? RawJson.From(items) : null,
                Metadata = row.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object ? RawJson.From(metadata) : null,
                CreatedAt = row.TryGetProperty("created_at", out var created) && created.TryGetDateTimeOffset(out var at) ? at : null,
                CustomerId = customerId,
                Customer = patch,
                ReferrerId = JsonRows.Text(row, "referrer_id"),
                Import = true,
            }, id, source, null);
        }
        catch (FormatException)
        {
            return (null, null, source, "amounts must be whole numbers");
        }
        catch (InvalidOperationException)
        {
            return (null, null, source, "amounts must be whole numbers");
        }
    }

    private static long? Number(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetInt64() : null;
}
