namespace Marketing.Customers.Imports;

/// <summary>The customers that some rows name, as they are in the database.</summary>
internal sealed class CustomersFound : ICustomersFound
{
    private readonly Dictionary<string, CustomerRow> _byId = [];
    private readonly Dictionary<string, CustomerRow> _bySource = [];
    private readonly Dictionary<string, List<CustomerRow>> _byEmail = [];

    private readonly int _project;

    private CustomersFound(int project) => _project = project;

    /// <summary>Reads the customers of the rows, and some more by their ids.</summary>
    public static async Task<CustomersFound> LoadAsync(ICustomerStore store, int project, IReadOnlyList<CustomerRowChange> changes, IEnumerable<string>? ids = null)
    {
        var found = new CustomersFound(project);
        var keys = changes.Select(change => change.EmailKey).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        string[] spellings = [.. keys.SelectMany(EmailAddress.SpellingsOf).Distinct(StringComparer.Ordinal)];
        if (spellings.Length > 0)
        {
            found.AddByEmail(await store.LoadByEmailAsync(project, spellings, most: 2));
        }

        string[] named = [.. changes.Select(change => change.Id).OfType<string>().Concat(ids ?? []).Distinct(StringComparer.Ordinal)];
        if (named.Length > 0)
        {
            found.AddById(await store.LoadManyAsync(project, named, bySource: false));
        }

        // The source id of a row whose id says whom it means is looked at by the commit that writes it.
        string[] sources = [.. changes.Where(change => change.Id is null || change.EmailKey is not null).Select(change => change.SourceId).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (sources.Length > 0)
        {
            found.AddBySource(await store.LoadManyAsync(project, sources, bySource: true));
        }

        return found;
    }

    /// <summary>Reads those of some source ids too.</summary>
    public async Task AlsoAsync(ICustomerStore store, int project, string[] sources)
    {
        if (sources.Length > 0)
        {
            AddBySource(await store.LoadManyAsync(project, sources, bySource: true));
        }
    }

    /// <summary>The ids that customers made of the rows' source ids would get.</summary>
    public static IEnumerable<string> DerivedIds(int project, IReadOnlyList<CustomerRowChange> changes) =>
        changes.Where(static change => change is { Id: null, SourceId: not null }).Select(change => ObjectIds.FromSource("cust_", project, change.SourceId!));

    public CustomerRow? ByDerivedId(string sourceId) => ById(ObjectIds.FromSource("cust_", _project, sourceId));

    public CustomerRow? ById(string id) => _byId.GetValueOrDefault(id);

    public CustomerRow? BySource(string sourceId) => _bySource.GetValueOrDefault(sourceId);

    public IReadOnlyList<CustomerRow> ByEmail(string key) => _byEmail.GetValueOrDefault(key) ?? [];

    private void AddById(IReadOnlyList<CustomerRow> rows)
    {
        foreach (var row in rows)
        {
            _byId[row.Id] = row;
        }
    }

    private void AddBySource(IReadOnlyList<CustomerRow> rows)
    {
        foreach (var row in rows)
        {
            _bySource[CustomerJson.Read(row.Document).SourceId!] = row;
            _byId[row.Id] = row;
        }
    }

    private void AddByEmail(IReadOnlyList<CustomerRow> rows)
    {
        foreach (var row in rows)
        {
            var key = EmailAddress.KeyOf(CustomerJson.Read(row.Document).Email!);
            if (!_byEmail.TryGetValue(key, out var same))
            {
                _byEmail.Add(key, same = []);
            }

            same.Add(row);
            _byId[row.Id] = row;
        }
    }
}
