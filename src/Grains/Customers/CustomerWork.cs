using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Customers.Watching;
using Marketing.Storage;

namespace Marketing.Customers;

/// <summary>
/// One thing that happens to one customer, from the profile as loaded to the commit that makes it true: the fold of a fact, and what <see cref="CustomerWatch"/>es make
/// of it. Decides only; its user commits. The grain uses it for one fact, an import for each row.
/// </summary>
internal sealed class CustomerWork
{
    private readonly CatalogueSnapshot _catalogue;
    private readonly CommandContext _context;
    private readonly CustomerRow? _before;
    private readonly Commit _commit;
    private readonly CustomerWatches _watches;
    private readonly List<RaisedEvent> _raised = [];

    private List<FactProblem>? _problems;
    private HashSet<string>? _followed;
    private long _firstEntry;
    private bool _isAnnounced;

    /// <param name="before">The row as loaded; null for a new customer.</param>
    /// <param name="number">The row's number, or the one a new customer gets.</param>
    /// <param name="after">The profile to be changed.</param>
    /// <param name="catalogue">What events are matched against.</param>
    /// <param name="watches">Who else has a say.</param>
    /// <param name="context">Who asks.</param>
    /// <param name="now">When.</param>
    /// <param name="notBefore">Another clock by which it is at least this late.</param>
    public CustomerWork(
        CustomerRow? before, long number, Customer after, CatalogueSnapshot catalogue, CustomerWatches watches, CommandContext context, DateTimeOffset now,
        DateTimeOffset notBefore = default)
    {
        _before = before;
        _catalogue = catalogue;
        _context = context;
        _watches = watches;
        Customer = after;
        Now = now;
        LookedAt = Later(now.AsStored(), Later(notBefore.AsStored(), before?.EvaluatedAt ?? after.CreatedAt));
        Number = number;
        _commit = new Commit { Project = catalogue.Project, CatalogueVersion = catalogue.Version };
    }

    public Customer Customer { get; }

    public DateTimeOffset Now { get; }

    /// <summary>
    /// The instant at which segments are looked at: never before the last one, so that a silo whose clock is behind does not take back what another saw
    /// and let it happen again; nor before the customer was there, whose instant of creation may be a little ahead of the clock.
    /// </summary>
    public DateTimeOffset LookedAt { get; }

    public long Number { get; }

    public bool IsNew => _before is null;

    public int Project => _catalogue.Project;

    /// <summary>Whether the request has an idempotency key.</summary>
    public bool HasKey => _context.IdempotencyKey is not null;

    /// <summary>Whether time may have changed which segments the customer belongs to.</summary>
    public bool IsReviewDue => _before?.ReviewAt <= LookedAt;

    public Commit Commit => _commit;

    /// <summary>What events are matched against.</summary>
    public CatalogueSnapshot Catalogue => _catalogue;

    /// <summary>The row as loaded; null for a new customer.</summary>
    public CustomerRow? Before => _before;

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<RaisedEvent> Raised => _raised;

    /// <summary>When time alone may change what the customer belongs to; null for never.</summary>
    public DateTimeOffset? ReviewAt { get; private set; }

    /// <summary>The row as it is once the commit is durable.</summary>
    public CustomerRow? Row { get; private set; }

    /// <summary>The customer is to be looked at again by then, when time alone may have changed something.</summary>
    public void ReviewBy(DateTimeOffset? instant) => ReviewAt = ReviewAt is null || instant < ReviewAt ? instant : ReviewAt;

    /// <summary>What of the fact is not as the project's schemas say; while there is anything, it is not committed.</summary>
    public IReadOnlyList<FactProblem> Problems => _problems ?? (IReadOnlyList<FactProblem>)[];

    /// <summary>Notes that the commit was decided on rows of a table that belongs to who follows what happens: where they moved on, all of it is decided again.</summary>
    public void Follow(string table) => (_followed ??= new HashSet<string>(StringComparer.Ordinal)).Add(table);

    /// <summary>Whether a guard that does not hold is about such rows.</summary>
    public bool IsFollowed(Guard guard) => _followed?.Contains(guard switch
    {
        Guard.Version version => version.Table,
        Guard.Unique unique => unique.Table,
        _ => "",
    }) is true;

    /// <summary>Whether anything was said that the project's schemas have a say in.</summary>
    public bool GivesMetadata { get; private set; }

    /// <summary>Notes what is wrong with a part of the fact: of several events with one of them, otherwise 0.</summary>
    public void Refuse(int part, IReadOnlyList<FieldProblem> problems)
    {
        if (problems.Count > 0)
        {
            (_problems ??= []).AddRange(problems.Select(problem => new FactProblem(part, problem)));
        }
    }

    /// <summary>Changes the profile and notes that the customer is new, or different; says whether anything is different.</summary>
    /// <param name="patch">What to change.</param>
    /// <param name="path">What stands before its fields in the body it came in.</param>
    /// <param name="part">Of several events, the one it came with.</param>
    public bool Apply(CustomerPatch patch, string path = "customer.", int part = 0)
    {
        var changed = CustomerProfile.Apply(Customer, patch);
        GivesMetadata |= patch.Metadata is not null;
        Refuse(part, CustomerMetadata.ProblemsOf(_catalogue, patch.Metadata, Customer, IsNew, path));
        if (IsNew && !_isAnnounced)
        {
            _isAnnounced = true;
            Raise("customer.created", null, ActivityData.Empty);
        }
        else if (changed && !IsNew)
        {
            Customer.UpdatedAt = Now;
            Raise("customer.updated", null, ActivityData.Empty);
        }

        return changed;
    }

    /// <summary>
    /// Notes that something happened. Returns the position of the activity entry, by which <see cref="NumberOf"/> tells its number.
    /// </summary>
    public int Raise(string type, string? selector, byte[] data, object? about = null)
    {
        _raised.Add(new RaisedEvent(type, selector, data) { About = about });
        return _raised.Count - 1;
    }

    /// <summary>The number of the activity entry at a position, once the work is completed.</summary>
    public long NumberOf(int entry) => _firstEntry + entry;

    /// <summary>
    /// Lets the others look, numbers what was raised and completes the commit. Called once, last. Numbers come at the end, when it is known how many:
    /// a decision does not wait for the database half-way.
    /// </summary>
    public async ValueTask<Commit> CompleteAsync(INumbers numbers)
    {
        var document = await LookAsync();
        Row = new CustomerRow(Number, _catalogue.Project, Customer.Id, (_before?.Version ?? 0) + 1, LookedAt, ReviewAt, document, Customer.CreatedAt);
        _commit.Customer = new CustomerWrite(
            Number, Customer.Id, Customer.SourceId, _before?.Version ?? 0, Customer.Name, Customer.Email is { } email ? EmailAddress.KeyOf(email) : null, Customer.Address?.City,
            Customer.CreatedAt, Customer.UpdatedAt, LookedAt, ReviewAt, document)
        { Phone = PhoneKey.Of(Customer.Phone) };
        if (_raised.Count == 0)
        {
            return _commit;
        }

        _firstEntry = await numbers.NextRangeAsync(NumberSequence.Activity, _raised.Count);
        for (var entry = 0; entry < _raised.Count; entry++)
        {
            var (type, _, data) = _raised[entry];
            _commit.Activity.Add(new ActivityWrite(NumberOf(entry), Number, type, Now, _context.RequestId, _context.Channel, data));
        }

        await _watches.WriteAsync(this, numbers);
        return _commit;
    }

    // What comes of an event may put the customer into a segment, which may have something come of it: until nothing more does.
    private async ValueTask<byte[]> LookAsync()
    {
        const int MostRounds = 8;
        byte[]? looked = null;
        for (var (round, from) = (0, 0); ; round++)
        {
            var isDifferent = await _watches.FollowAsync(this, from);
            if (looked is not null && !isDifferent)
            {
                return looked;
            }

            from = _raised.Count;
            var document = CustomerJson.Write(Customer);
            foreach (var watch in _watches.All)
            {
                watch.Look(this, document, looked);
            }

            looked = document;
            if (_raised.Count == from || round == MostRounds)
            {
                return looked;
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <summary>Something that happened to a customer.</summary>
/// <param name="Type">The type of its activity entry.</param>
/// <param name="Selector">What tells it from others of the type for those who listen: a segment, the name of an event.</param>
/// <param name="Data">The data of its activity entry.</param>
internal readonly record struct RaisedEvent(string Type, string? Selector, byte[] Data)
{
    /// <summary>What of it those who know its feature read without reading the data again; null for most.</summary>
    public object? About { get; init; }
}
