namespace Marketing.Storage.Postgres;

/// <summary>A row that a commit guards: what the commit expects, and what was found.</summary>
internal sealed class GuardedRow(string table, int project, long number, long expectedVersion)
{
    public int Project => project;

    public long Number => number;

    /// <summary>0 when it is to be inserted.</summary>
    public long ExpectedVersion => expectedVersion;

    /// <summary>Only of a row to be inserted.</summary>
    public string? Id { get; init; }

    /// <summary>What it will have in the table's unique columns, in their order.</summary>
    public string?[] Unique { get; init; } = [];

    /// <summary>The stored version; 0 when the id is free, less when there is no row or another one has the id.</summary>
    public long Version { get; set; } = -1;

    /// <summary>The first unique value that somebody else has; null while nobody has.</summary>
    public Guard.Unique? Taken { get; set; }

    /// <summary>Seen without a lock, where that was asked.</summary>
    public bool Exists { get; set; }

    /// <summary>There is no such row, or somebody else holds it.</summary>
    public bool IsUnseen => expectedVersion > 0 && Version < 0;

    /// <summary>The guard that does not hold.</summary>
    public Guard? Refusal => Version != expectedVersion ? new Guard.Version(table, number) : Taken;
}
