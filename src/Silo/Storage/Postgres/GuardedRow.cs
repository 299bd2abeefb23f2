namespace Marketing.Storage.Postgres;

/// <summary>The row of a customer or an order that a commit guards: what the commit expects, and what was found.</summary>
internal sealed class GuardedRow
{
    public required int Project { get; init; }

    public required long Number { get; init; }

    /// <summary>Only of a row to be inserted.</summary>
    public string? Id { get; init; }

    public string? SourceId { get; init; }

    /// <summary>0 when it is to be inserted.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>The stored version; 0 when the id is free, less when there is no row or another one has the id.</summary>
    public long Version { get; set; } = -1;

    /// <summary>What it means that somebody else has the source id; null while nobody has.</summary>
    public CommitOutcome? SourceIdTaken { get; set; }

    /// <summary>Seen without a lock, where that was asked.</summary>
    public bool Exists { get; set; }

    /// <summary>There is no such row, or somebody else holds it.</summary>
    public bool IsUnseen => ExpectedVersion > 0 && Version < 0;

    public CommitOutcome Outcome =>
        Version != ExpectedVersion ? CommitOutcome.Conflict : SourceIdTaken ?? CommitOutcome.Durable;
}
