using Marketing.AsyncActions;
using Marketing.Catalogue;

namespace Marketing.Customers.Imports;

/// <summary>
/// What the rows of a file would do to customers, decided as an import decides it, without writing. What earlier rows of the file made of a customer is remembered, and used
/// where the stored one is still the one it was made of; otherwise these rows are done again to a copy.
/// </summary>
internal sealed class CustomerTrial(ICustomerStore store, CatalogueSnapshot catalogue, TimeProvider clock, int project) : ICustomersFound
{
    // No job has it, so rows without an id make customers that nobody has.
    private const string Action = "dry-run";

    private readonly Dictionary<string, Change> _changed = [];
    private readonly Dictionary<string, string> _sources = [];
    private readonly Dictionary<string, string> _emails = [];

    private CustomersFound? _found;

    private CustomersFound Found => _found ?? throw new InvalidOperationException("Nothing was loaded yet.");

    /// <summary>Takes some rows; says what they would do, and adds those that would be refused.</summary>
    public async Task<RowCounts> TakeAsync(IReadOnlyList<CustomerRowChange> changes, List<ImportProblem> refused)
    {
        var named = changes.Select(change => change.SourceId).OfType<string>().Where(_sources.ContainsKey).Select(source => _sources[source]);
        _found = await CustomersFound.LoadAsync(store, project, changes, named.Concat(CustomersFound.DerivedIds(project, changes)));
        await _found.AlsoAsync(store, project, [.. changes.Where(GivesSource).Select(change => change.SourceId!).Distinct(StringComparer.Ordinal)]);
        var counts = new RowCounts();
        foreach (var change in changes)
        {
            var (row, problem) = CustomerMatch.Of(change, this);
            if (problem is not null)
            {
                refused.Add(problem);
                continue;
            }

            var customer = row is null ? CustomerProfile.New(CustomerBulk.NewId(project, Action, change), change.Patch, clock.GetUtcNow()) : CustomerJson.Read(row.Document);
            var hadSource = row is not null && customer.SourceId is not null;
            var changed = change.Apply(customer);
            if (change.MetadataProblem(catalogue, customer, row is null) is { } wrong)
            {
                refused.Add(wrong);
            }
            else if (!changed && row is not null)
            {
                counts = counts with { Unchanged = counts.Unchanged + 1 };
            }
            else if (!hadSource && customer.SourceId is { } source && BySource(source) is { } holder && holder.Id != customer.Id)
            {
                refused.Add(CustomerMatch.SourceTaken(change));
            }
            else
            {
                counts = counts.Plus(creates: row is null);
                Remember(change, customer, row);
            }
        }

        return counts;
    }

    public CustomerRow? ById(string id) => AsChanged(id, Found.ById(id));

    public CustomerRow? BySource(string sourceId) =>
        _sources.TryGetValue(sourceId, out var id) ? ById(id) : Found.BySource(sourceId) is { } row ? AsChanged(row.Id, row) : null;

    public CustomerRow? ByDerivedId(string sourceId) => Found.ByDerivedId(sourceId) is { } row ? AsChanged(row.Id, row) : null;

    public IReadOnlyList<CustomerRow> ByEmail(string key) =>
        _emails.TryGetValue(key, out var id) ? [AsChanged(id, null)!] : [.. Found.ByEmail(key).Select(row => AsChanged(row.Id, row)!)];

    private static bool GivesSource(CustomerRowChange change) => change is { SourceId: not null, Id: not null, EmailKey: null };

    private void Remember(CustomerRowChange change, Customer customer, CustomerRow? before)
    {
        var isNew = before is null;
        _changed[customer.Id] = new Change(change, _changed.GetValueOrDefault(customer.Id), isNew, RowOf(customer, before));
        if (customer.SourceId is { } source)
        {
            _sources[source] = customer.Id;
        }

        if (isNew && change.EmailKey is { } email)
        {
            _emails[email] = customer.Id;
        }
    }

    private CustomerRow? AsChanged(string id, CustomerRow? stored)
    {
        if (!_changed.TryGetValue(id, out var last))
        {
            return stored;
        }

        if (last.Made.Version == (stored?.Version ?? 0))
        {
            return last.Made;
        }

        var changes = new Stack<Change>();
        for (var change = last; change is not null; change = change.Earlier)
        {
            changes.Push(change);
        }

        // Somebody may have deleted it meanwhile.
        if (!changes.Peek().IsNew && stored is null)
        {
            return null;
        }

        var customer = stored is null ? CustomerProfile.New(id, changes.Peek().Row.Patch, clock.GetUtcNow()) : CustomerJson.Read(stored.Document);
        foreach (var change in changes)
        {
            change.Row.Apply(customer);
        }

        return RowOf(customer, stored);
    }

    private CustomerRow RowOf(Customer customer, CustomerRow? before) =>
        new(before?.Number ?? 0, project, customer.Id, before?.Version ?? 0, customer.CreatedAt, null, CustomerJson.Write(customer), customer.CreatedAt);

    private sealed record Change(CustomerRowChange Row, Change? Earlier, bool IsNew, CustomerRow Made);
}
