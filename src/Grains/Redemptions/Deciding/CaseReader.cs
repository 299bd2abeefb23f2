using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Carts;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Discounts;
using Marketing.Orders;
using Marketing.ProductCollections;
using Marketing.Segments;
using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.Redemptions;

/// <summary>Reads everything that a request is decided by.</summary>
internal sealed class CaseReader(
    Redeemables redeemables, OrderLines lines, ITableStore<OrderRow> orders, ICustomerStore customers, ISegmentStore segments, IBalanceStore balances, TimeProvider clock)
{
    public async Task<ReadCase> ReadAsync(CatalogueSnapshot catalogue, RedemptionCommand command, CommandContext context)
    {
        var now = clock.GetStoredNow();
        var (found, error) = await redeemables.FindAsync(catalogue, command.Redeemables, command.Session?.Key, now);
        if (error is not null)
        {
            return new ReadCase(null) { Error = error };
        }

        var present = await PresentAsync(catalogue.Project, command);
        var row = command.CustomerId is { } id ? await customers.LoadAsync(catalogue.Project, id)
            : found.FirstOrDefault(static one => one.Reward is not null)?.Voucher?.Person is { } holder ? holder
            : present?.Customer is { } number ? (await customers.LoadManyAsync(catalogue.Project, [number])).ElementAtOrDefault(0)
            : null;

        // Points are their holder's, and an order stays with its customer, where nobody else is named.
        return await ReadAsync(catalogue, command with { CustomerId = command.CustomerId ?? row?.Id }, context, found, row, present, now);
    }

    /// <summary>The same for redeemables that were found already.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="command">Who and what is bought; what it says of redeemables is not looked at.</param>
    /// <param name="context">Who asks.</param>
    /// <param name="found">The redeemables. However many there are, what they are decided by is read at once.</param>
    /// <param name="row">The customer as stored; null for somebody unknown or new.</param>
    /// <param name="now">When.</param>
    public async Task<ReadCase> ReadAsync(
        CatalogueSnapshot catalogue, RedemptionCommand command, CommandContext context, IReadOnlyList<CaseRedeemable> found, CustomerRow? row, DateTimeOffset now) =>
        await ReadAsync(catalogue, command, context, found, row, await PresentAsync(catalogue.Project, command), now);

    private async Task<ReadCase> ReadAsync(
        CatalogueSnapshot catalogue, RedemptionCommand command, CommandContext context, IReadOnlyList<CaseRedeemable> found, CustomerRow? row, OrderRow? present, DateTimeOffset now)
    {
        var (order, problem) = await OrderAsync(catalogue, command, context, present, now);
        if (problem is not null)
        {
            return new ReadCase(null) { Problem = problem };
        }

        var rules = found.SelectMany(static one => one.Rules).Select(static rule => rule.Rule).OfType<CompiledRule>().ToList();
        var document = DocumentOf(command, row, now);
        var person = document is null ? null : new RuleCustomer(command.CustomerId!, document, await SegmentsAsync(catalogue, row, document, rules));
        var metadata = command.Metadata.ToElement();
        var given = new RedemptionCase
        {
            Catalogue = catalogue,
            Now = now,
            Redeemables = Known(found, document),
            Stacking = catalogue.Section<StackingSection>().Rules,
            Customer = row,
            Person = person,
            Order = order,
            Metadata = metadata,
            ApiKey = context.AppId,
            Products = await lines.FreeAsync(catalogue.Project, found),
        };
        string[] keys =
        [
            .. found.SelectMany(one => one.Rules.Select(static rule => rule.Rule).OfType<CompiledRule>()
                .SelectMany(rule => rule.KeysFor(RedemptionDecider.SubjectOf(one, person, metadata, context.AppId, now)))).Distinct(StringComparer.Ordinal),
        ];
        return new ReadCase(keys.Length == 0 ? given : given with { Counts = await balances.ReadAsync(catalogue.Project, keys) });
    }

    private async Task<OrderRow?> PresentAsync(int project, RedemptionCommand command) => command.OrderId is { } id ? await orders.FindAsync(project, id) : null;

    // As rules see the customer: with what came with the request, which is not stored yet.
    private static byte[]? DocumentOf(RedemptionCommand command, CustomerRow? row, DateTimeOffset now)
    {
        if (command.CustomerId is not { } id)
        {
            return null;
        }

        if (row is not null && command.Customer == CustomerPatch.Nothing)
        {
            return row.Document;
        }

        var customer = row is null ? CustomerProfile.New(id, command.Customer, now) : CustomerJson.Read(row.Document);
        return CustomerProfile.Apply(customer, command.Customer) || row is null ? CustomerJson.Write(customer) : row.Document;
    }

    private async Task<IReadOnlySet<string>> SegmentsAsync(CatalogueSnapshot catalogue, CustomerRow? row, byte[] document, IReadOnlyList<CompiledRule> rules)
    {
        if (rules.All(static rule => rule.Segments.Count == 0))
        {
            return new HashSet<string>();
        }

        var members = row is null
            ? SegmentMembership.Matching(document, catalogue, segment => segment.LookedAt(clock.GetStoredNow()))
            : await SegmentMembership.OfAsync(row with { Document = document }, catalogue, segments);
        return members.Select(static segment => segment.Id).ToHashSet(StringComparer.Ordinal);
    }

    private static IReadOnlyList<CaseRedeemable> Known(IReadOnlyList<CaseRedeemable> found, byte[]? document)
    {
        if (document is null)
        {
            return found;
        }

        var customer = CustomerJson.Read(document);
        var metadata = customer.Metadata?.ToElement() ?? default;
        DateOnly? birthdate = DateOnly.TryParse(customer.Birthdate, CultureInfo.InvariantCulture, out var day) ? day : null;
        return [.. found.Select(one => one with { Formulas = one.Formulas with { Customer = metadata, Birthdate = birthdate } })];
    }

    private async Task<(CaseOrder? Order, FieldProblem? Problem)> OrderAsync(
        CatalogueSnapshot catalogue, RedemptionCommand command, CommandContext context, OrderRow? present, DateTimeOffset now)
    {
        if (command.Order is not { } given)
        {
            return (null, null);
        }

        // The key of a browser is public: it makes orders and leaves those that there are to the shop.
        if (present is not null && context.Channel == "CLIENT_API")
        {
            return (null, new FieldProblem("order", "is known already, and cannot be changed from a browser or an app"));
        }

        if (given.Items is { } items)
        {
            given = given with { Items = await lines.CompleteAsync(catalogue.Project, items) };
        }

        var marks = present is null ? OrderMarks.None : OrderRules.MarksOf(present);
        var (order, field, message) = OrderRules.Apply(
            present is null ? null : JsonNode.Parse(present.Document)!.AsObject(), command.OrderId ?? "", given with { CustomerId = command.CustomerId, Status = given.Status ?? (present is null ? "PAID" : null) }, marks, now);
        if (order is null)
        {
            return (null, new FieldProblem(field == "customer" ? "customer" : $"order.{field}", message!));
        }

        var document = JsonSerializer.SerializeToElement(order);
        var (cart, problem) = CartReader.Read(document);
        return cart is null
            ? (null, problem! with { Field = $"order.{problem.Field}" })
            : (new CaseOrder(present, document, CollectedCart.Of(cart, document, catalogue, now), marks), null);
    }
}

/// <summary>A case, or why there is none.</summary>
internal sealed record ReadCase(RedemptionCase? Case)
{
    public RedemptionError? Error { get; init; }

    /// <summary>A field of the request that is no good.</summary>
    public FieldProblem? Problem { get; init; }
}
