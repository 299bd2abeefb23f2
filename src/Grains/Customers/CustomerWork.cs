using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Distributions;
using Marketing.Segments;
using Marketing.Storage;

namespace Marketing.Customers;

/// <summary>
/// One thing that happens to one customer, from the profile as loaded to the commit that makes it true: fold, segments entered and left,
/// distributions started. Decides only; whoever uses it commits. The grain uses it for one event, an import for each row.
/// </summary>
internal sealed class CustomerWork
{
    private readonly CatalogueSnapshot _catalogue;
    private readonly CommandContext _context;
    private readonly CustomerRow? _before;
    private readonly Commit _commit;
    private readonly LaneRouting _lanes;
    private readonly List<RaisedEvent> _raised = [];

    private long _firstEntry;
    private bool _isAnnounced;

    /// <param name="before">The row as loaded; null for a new customer.</param>
    /// <param name="number">The row's number, or the one a new customer gets.</param>
    /// <param name="after">The profile to be changed.</param>
    /// <param name="catalogue">What events are matched against.</param>
    /// <param name="lanes">Where messages go.</param>
    /// <param name="context">Who asks.</param>
    /// <param name="now">When.</param>
    /// <param name="notBefore">Another clock by which it is at least this late.</param>
    public CustomerWork(
        CustomerRow? before, long number, Customer after, CatalogueSnapshot catalogue, LaneRouting lanes, CommandContext context, DateTimeOffset now,
        DateTimeOffset notBefore = default)
    {
        _before = before;
        _catalogue = catalogue;
        _context = context;
        _lanes = lanes;
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

    /// <summary>The row as it is once the commit is durable.</summary>
    public CustomerRow? Row { get; private set; }

    /// <summary>Changes the profile and notes that the customer is new, or different; says whether anything is different.</summary>
    public bool Apply(CustomerPatch patch)
    {
        var changed = CustomerProfile.Apply(Customer, patch);
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
    /// Notes that something happened and starts the distributions that listen to it. Returns the position of the activity entry, by which
    /// <see cref="NumberOf"/> tells its number.
    /// </summary>
    public int Raise(string type, string? selector, byte[] data)
    {
        _raised.Add(new RaisedEvent(type, data, [.. _catalogue.Listeners(type, selector).Where(listener => listener.ListensAt(Now))]));
        return _raised.Count - 1;
    }

    /// <summary>The number of the activity entry at a position, once the work is completed.</summary>
    public long NumberOf(int entry) => _firstEntry + entry;

    /// <summary>
    /// Looks at the segments, numbers what was raised and completes the commit. Called once, last. Numbers come at the end, when it is known how many:
    /// a decision does not wait for the database half-way.
    /// </summary>
    public async ValueTask<Commit> CompleteAsync(INumbers numbers)
    {
        var document = CustomerJson.Write(Customer);
        var reviewAt = MoveThroughSegments(document);

        Row = new CustomerRow(Number, _catalogue.Project, Customer.Id, (_before?.Version ?? 0) + 1, LookedAt, reviewAt, document, Customer.CreatedAt);
        _commit.Customer = new CustomerWrite(
            Number, Customer.Id, Customer.SourceId, _before?.Version ?? 0, Customer.Name, Customer.Email is { } email ? EmailAddress.KeyOf(email) : null, Customer.Address?.City,
            Customer.CreatedAt, Customer.UpdatedAt, LookedAt, reviewAt, document);
        await WriteRaisedAsync(numbers);
        return _commit;
    }

    private async ValueTask WriteRaisedAsync(INumbers numbers)
    {
        if (_raised.Count == 0)
        {
            return;
        }

        _firstEntry = await numbers.NextRangeAsync(NumberSequence.Activity, _raised.Count);
        var messages = _raised.Sum(static raised => raised.Listeners.Sum(static listener => listener.Draft.Channels.Count));
        var message = messages == 0 ? 0 : await numbers.NextRangeAsync(NumberSequence.Messages, messages);
        for (var entry = 0; entry < _raised.Count; entry++)
        {
            var (type, data, listeners) = _raised[entry];
            _commit.Activity.Add(new ActivityWrite(NumberOf(entry), Number, type, Now, _context.RequestId, _context.Channel, data));
            foreach (var listener in listeners)
            {
                var due = Now + (listener.Draft.Delay ?? TimeSpan.Zero);
                foreach (var channel in listener.Draft.Channels)
                {
                    _commit.Messages.Add(new MessageInsert(listener.Number, message++, _lanes.LaneOf(Number), Number, NumberOf(entry), channel.Type!, due, Now));
                }
            }
        }
    }

    // A segment is looked at when a field it reads changed, or when time may have changed it. What the customer belonged to before is not
    // remembered but computed from the profile and the instant it was last looked at, so a transition cannot be missed or seen twice.
    private DateTimeOffset? MoveThroughSegments(byte[] document)
    {
        var filters = _catalogue.Filters;
        if (filters.Count == 0)
        {
            return null;
        }

        var (before, after) = _catalogue.Buffers();
        filters.Read(document, after);
        if (_before is not null)
        {
            filters.Read(_before.Document, before);
        }

        var timeMayHaveChanged = IsReviewDue;
        var affected = new List<int>();
        if (_before is null)
        {
            affected.AddRange(Enumerable.Range(0, filters.Count));
        }
        else
        {
            filters.CollectTouched(before, after, affected);
            var byTime = timeMayHaveChanged ? filters.TimeDependent : _catalogue.Unsettled;
            if (byTime.Count > 0)
            {
                affected.AddRange(byTime.Except(affected).ToArray());
            }
        }

        var reviewAt = timeMayHaveChanged ? null : _before?.ReviewAt;
        foreach (var index in affected)
        {
            var segment = _catalogue.Dynamic[index];
            var was = _before is not null && filters.Matches(index, before, Later(_before.EvaluatedAt, segment.Baseline));
            var lookedAt = Later(LookedAt, segment.Baseline);
            var isNow = filters.Matches(index, after, lookedAt);
            reviewAt = Earlier(reviewAt, filters.NextChange(index, after, lookedAt));
            if (was != isNow)
            {
                _commit.Memberships.Add(new MembershipWrite(segment.Number, Number, isNow));
                if (segment.Fires)
                {
                    Raise(isNow ? TriggerCatalogue.SegmentEntered : TriggerCatalogue.SegmentLeft, segment.Id, ActivityData.Of(SegmentShape.Segment, segment));
                }
            }
        }

        return reviewAt;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

    private readonly record struct RaisedEvent(string Type, byte[] Data, DistributionEntry[] Listeners);
}
