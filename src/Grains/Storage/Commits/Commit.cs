namespace Marketing.Storage;

/// <summary>
/// One unit of work: everything a grain wants to become true together. The group-committer writes many of them in one
/// transaction; each is durable as a whole or has no effect. Its guards (<see cref="Guard"/>) are checked first; the rest is
/// written so that repeating it changes nothing.
/// </summary>
internal sealed class Commit
{
    public required int Project { get; init; }

    /// <summary>Version of the catalogue the work was matched against; refused when the silo has a newer one. 0 means it was not matched.</summary>
    public long CatalogueVersion { get; init; }

    public OperationWrite? Operation { get; set; }

    public CustomerWrite? Customer { get; set; }

    public CustomerRemoval? Removal { get; set; }

    public LaneFence? Fence { get; set; }

    /// <summary>Which row of which background job this is; noted with the rest, so that the job knows it even if it is not told.</summary>
    public ImportRow? Import { get; set; }

    /// <summary>Of tables that are declared: each row, and each unique value, at most once.</summary>
    public List<RowWrite> Rows { get; } = [];

    /// <summary>Those of one account are made one after the other, in this order.</summary>
    public List<BalanceChange> Balances { get; } = [];

    /// <summary>Figures that move with the rows they count.</summary>
    public List<Tally> Tallies { get; } = [];

    public List<MembershipWrite> Memberships { get; } = [];

    public List<ActivityWrite> Activity { get; } = [];

    public List<MessageInsert> Messages { get; } = [];

    /// <summary>Of messages that are durable already, each at most once.</summary>
    public List<MessageMove> Moves { get; } = [];

    /// <summary>Filled, where the lane wants to know, with the numbers of the messages that really moved.</summary>
    public HashSet<long>? Moved { get; init; }

    public List<SuppressionWrite> Suppressions { get; } = [];

    /// <summary>Addresses that its messages go to, where each is written to once; each address at most once. Null for none, as in most commits.</summary>
    public List<AddressClaim>? Addresses { get; set; }

    /// <summary>What is noted of customers who are written to, where that is limited; each customer and channel at most once. Null for none.</summary>
    public List<ContactWrite>? Contacts { get; set; }

    /// <summary>About how many rows it touches; transactions are kept short by it.</summary>
    public int Weight =>
        1 + Rows.Count + Balances.Count + Tallies.Count + Memberships.Count + Activity.Count + Messages.Count + Moves.Count + Suppressions.Count
        + (Addresses?.Count ?? 0) + (Contacts?.Count ?? 0);
}

/// <summary>Guard: the key must be new.</summary>
internal sealed record OperationWrite(string Key, string Fingerprint, byte[]? Result, DateTimeOffset At);

/// <summary>Guard: the row must be at <paramref name="ExpectedVersion"/>; 0 inserts it. It is then at the next version.</summary>
internal sealed record CustomerWrite(
    long Number, string Id, string? SourceId, long ExpectedVersion, string? Name, string? Email, string? City, DateTimeOffset CreatedAt,
    DateTimeOffset? UpdatedAt, DateTimeOffset EvaluatedAt, DateTimeOffset? ReviewAt, byte[] Document)
{
    /// <summary>How guards name the table.</summary>
    public const string Table = "customers";

    /// <summary>The telephone number as it is looked for.</summary>
    public string? Phone { get; init; }
}

/// <summary>Guard: removes the customer at <paramref name="ExpectedVersion"/> with its activity, the rows it owns and memberships of <paramref name="Segments"/>.</summary>
internal sealed record CustomerRemoval(long Number, long ExpectedVersion, IReadOnlyList<int> Segments);

/// <summary>Guard: the lane must still be owned under this epoch.</summary>
internal readonly record struct LaneFence(int Distribution, int Lane, long Epoch);

internal readonly record struct MembershipWrite(int Segment, long Customer, bool Enters);

internal sealed record ActivityWrite(
    long Number, long Customer, string Type, DateTimeOffset At, string? GroupId, string Channel, byte[] Data);

internal readonly record struct MessageInsert(
    int Distribution, long Number, int Lane, long Customer, long Occurrence, string Channel, DateTimeOffset DueAt, DateTimeOffset CreatedAt)
{
    /// <summary>The batch of the queue it waits in; known once it is durable, 0 where the engine has none.</summary>
    public long Batch { get; init; }
}

internal readonly record struct SuppressionWrite(string Channel, string Address, string Reason, DateTimeOffset At);
