using Marketing.Projects;
using Marketing.Storage;

namespace Marketing.Distributions.Courtesies;

/// <summary>
/// Keeps to how many messages a customer gets. What counts is what was handed over, or is being: whoever is written to has a row whose version is a guard of the commit that marks a message, and a
/// message that came to nothing does not count any more, because its own row says so.
/// </summary>
internal sealed class FrequencyCaps(ICourtesyStore store)
{
    /// <summary>What is known of the customers of a batch; null where no cap is about it.</summary>
    public async ValueTask<KnownContacts?> ReadAsync(
        IReadOnlyList<FrequencyCap> caps, IEnumerable<(string Channel, long Customer)> written, DateTimeOffset now)
    {
        var known = new KnownContacts(caps, now);
        var asked = written.Where(known.IsCapped).ToHashSet();
        if (asked.Count == 0)
        {
            return null;
        }

        foreach (var row in await store.ContactsAsync([.. asked.Select(static one => one.Customer).Distinct()]))
        {
            if (asked.Contains((row.Channel, row.Customer)))
            {
                known.Add(row);
            }
        }

        // Only those who would get nothing are looked at more closely.
        if (known.Doubtful() is { Count: > 0 } doubtful)
        {
            known.Forget(await store.NotHandedOverAsync(doubtful));
        }

        return known;
    }
}

/// <summary>What customers of a batch were given so far.</summary>
internal sealed class KnownContacts(IReadOnlyList<FrequencyCap> caps, DateTimeOffset now)
{
    private readonly Dictionary<(string Channel, long Customer), (long Version, ContactLog Log)> _known = [];
    private readonly HashSet<long> _noted = [];

    public bool IsCapped((string Channel, long Customer) written) => caps.Any(cap => cap.Concerns(written.Channel));

    public void Add(ContactRow row) => _known[(row.Channel, row.Customer)] = (row.Version, ContactLog.Read(row.Messages));

    /// <summary>Messages to those who have had as many as they get.</summary>
    public HashSet<(int Distribution, long Number)> Doubtful() =>
    [
        .. _known.Where(known => IsReached(known.Key.Channel, known.Value.Log, 0, 0)).SelectMany(static known => known.Value.Log.Contacts).Select(static contact => (contact.Distribution, contact.Message)),
    ];

    public void Forget(IReadOnlySet<(int Distribution, long Number)> messages)
    {
        foreach (var (_, log) in _known.Values)
        {
            log.Remove(contact => messages.Contains((contact.Distribution, contact.Message)));
        }
    }

    /// <summary>Whether the customer may get no other message than this one, or none at all where it is 0.</summary>
    public bool IsReached(string channel, long customer, int distribution = 0, long message = 0) =>
        _known.TryGetValue((channel, customer), out var known) && IsReached(channel, known.Log, distribution, message);

    /// <summary>Notes a message that is to be sent, so that the next one to the same customer counts it.</summary>
    public void Note(string channel, long customer, int distribution, long message)
    {
        if (IsCapped((channel, customer)))
        {
            var known = _known.GetValueOrDefault((channel, customer), (0, ContactLog.Empty));
            known.Log.Add(new Contact(now, distribution, message));
            _noted.Add(message);
            _known[(channel, customer)] = known;
        }
    }

    /// <summary>What is to be written of those whom some messages go to; of others that are noted nothing is.</summary>
    public List<ContactWrite> Writes(int distribution, IReadOnlyCollection<(string Channel, long Customer, long Message)> going)
    {
        _noted.ExceptWith(going.Select(static one => one.Message));
        var written = new HashSet<(string, long)>(going.Count);
        var writes = new List<ContactWrite>(going.Count);
        var oldest = now - caps.Max(static cap => cap.Within);
        foreach (var (channel, customer, _) in going)
        {
            if (written.Add((channel, customer)) && _known.TryGetValue((channel, customer), out var known))
            {
                // What was noted of messages that stay behind after all is taken back.
                known.Log.Remove(contact => contact.At <= oldest || (contact.Distribution == distribution && _noted.Contains(contact.Message)));
                writes.Add(new ContactWrite(customer, channel, known.Version, known.Log.Write()));
            }
        }

        return writes;
    }

    private bool IsReached(string channel, ContactLog log, int distribution, long message) =>
        caps.Any(cap => cap.Concerns(channel) && log.CountSince(now - cap.Within, distribution, message) >= cap.Messages);
}
