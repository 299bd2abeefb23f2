using Marketing.Customers;

namespace Marketing.Segments;

/// <summary>The members of a segment, part by part, and whom of them mail does not reach.</summary>
internal interface IMemberScans
{
    /// <summary>Members in order of customer number.</summary>
    Task<IReadOnlyList<CustomerRow>> ScanAsync(int segment, long afterNumber, int limit);

    /// <summary>Counts the members whom a channel that sends mail does not reach; with a topic, also who does not want that.</summary>
    Task<MailReachCounts> CountMailReachAsync(int project, int segment, string channel, string? topic = null);

    /// <summary>How many members have a plain address that is not suppressed and that another member before them has.</summary>
    Task<long> CountSharedMailAsync(int project, int segment, string channel, string? topic = null);

    /// <summary>Which of some addresses a member has in the plain spelling: how many of them.</summary>
    Task<long> CountPlainAsync(int project, int segment, IReadOnlyCollection<string> addresses);

    /// <summary>Members who have an address of which only the channel can say what it is, in order of customer number.</summary>
    Task<IReadOnlyList<CustomerRow>> ScanOddAsync(int project, int segment, long afterNumber, int limit);
}

/// <summary>How many members mail does not reach, and why.</summary>
/// <param name="Members">All of them.</param>
/// <param name="WithoutAddress">Have none.</param>
/// <param name="Odd">Have one that <see cref="IMemberScans.ScanOddAsync"/> shows; in no other count.</param>
/// <param name="Suppressed">Have a suppressed one, by reason.</param>
internal sealed record MailReachCounts(long Members, long WithoutAddress, long Odd, IReadOnlyDictionary<string, long> Suppressed);
