using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Distributions;
using Marketing.Storage;

namespace Marketing.Customers;

/// <summary>
/// One thing that happens to one customer, from the profile as loaded to the commit that makes it true: fold, segments entered and left,
/// distributions started. Decides only; whoever uses it commits. The grain uses it for one event, an import for each row.
/// </summary>
internal sealed class CustomerWork
{
    private readonly CatalogueSnapshot _catalogue;
    private readonly INumbers _numbers;
    private readonly CommandContext _context;
    private readonly CustomerRow? _before;
    private readonly Commit _commit;
    private readonly LaneRouting _lanes;

    public CustomerWork(CustomerRow? before, Customer after, CatalogueSnapshot catalogue, INumbers numbers, LaneRouting lanes, CommandContext context, DateTimeOffset now)
    {
        _before = before;
        _catalogue = catalogue;
        _numbers = numbers;
        _context = context;
        _lanes = lanes;
        Customer = after;
        Now = now;
        Number = before?.Number ?? numbers.Next(NumberSequence.Customers);
        _commit = new Commit { Project = catalogue.Project, CatalogueVersion = catalogue.Version };
    }

    public Customer Customer { get; }

    public DateTimeOffset Now { get; }

    public long Number { get; }

    public bool IsNew => _before is null;

    public Commit Commit => _commit;

    /// <summary>The row as it is once the commit is durable.</summary>
    public CustomerRow? Row { get; private set; }

    /// <summary>
    /// Notes that something happened and starts the distributions that listen to it. Returns the number of the activity entry.
    /// </summary>
    public long Raise(string type, string? selector, byte[] data)
    {
        var number = _numbers.Next(NumberSequence.Activity);
        _commit.Activity.Add(new ActivityWrite(number, Number, type, Now, _context.RequestId, _context.Channel, data));

        foreach (var listener in _catalogue.Listeners(type, selector))
        {
            if (!listener.ListensAt(Now))
            {
                continue;
            }

            var due = Now + (listener.Draft.Delay ?? TimeSpan.Zero);
            foreach (var channel in listener.Draft.Channels)
            {
                _commit.Messages.Add(new MessageInsert(
                    listener.Number, _numbers.Next(NumberSequence.Messages), _lanes.LaneOf(Number), Number, number, channel.Type!, due, Now));
            }
        }

        return number;
    }

    /// <summary>Looks at the segments and completes the commit. Called once, last.</summary>
    public Commit Complete()
    {
        var document = CustomerJson.Write(Customer);
        var reviewAt = MoveThroughSegments(document);

        Row = new CustomerRow(Number, _catalogue.Project, Customer.Id, (_before?.Version ?? 0) + 1, Now, reviewAt, document);
        _commit.Customer = new CustomerWrite(
            Number, Customer.Id, Customer.SourceId, _before?.Version ?? 0, Customer.Name, Customer.Email?.ToLowerInvariant(), Customer.Address?.City,
            Customer.CreatedAt, Customer.UpdatedAt, Now, reviewAt, document);
        return _commit;
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

        var timeMayHaveChanged = _before?.ReviewAt <= Now;
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
            var lookedAt = Later(Now, segment.Baseline);
            var isNow = filters.Matches(index, after, lookedAt);
            reviewAt = Earlier(reviewAt, filters.NextChange(index, after, lookedAt));
            if (was != isNow)
            {
                _commit.Memberships.Add(new MembershipWrite(segment.Number, Number, isNow));
                if (segment.Fires)
                {
                    Raise(isNow ? TriggerCatalogue.SegmentEntered : TriggerCatalogue.SegmentLeft, segment.Id, ActivityData.Segment(segment.Id, segment.Name));
                }
            }
        }

        return reviewAt;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
