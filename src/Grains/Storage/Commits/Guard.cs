namespace Marketing.Storage;

/// <summary>What must hold for a commit to be written. One that does not is named in the answer, so that nobody has to guess what to say or to do.</summary>
internal abstract record Guard
{
    private Guard()
    {
    }

    /// <summary>The row is at the version it was read at, or still missing: otherwise load again and decide again.</summary>
    public sealed record Version(string Table, long Number) : Guard;

    /// <summary>Nobody else of the project has the value: a source id, a code, a name. <paramref name="Holder"/> is the id of the row that has it.</summary>
    public sealed record Unique(string Table, string Column, string Value, string Holder) : Guard;

    /// <summary>The account stays within the bounds of the change. <paramref name="Value"/> is what it held.</summary>
    public sealed record Balance(string Account, long Value) : Guard;

    /// <summary>The idempotency key is new: otherwise read what it did.</summary>
    public sealed record Operation(string Key) : Guard;

    /// <summary>The lane is still owned under the epoch: otherwise stop.</summary>
    public sealed record Lane(int Distribution, int Number) : Guard;

    /// <summary>The catalogue is the one the work was matched against: otherwise match again.</summary>
    public sealed record Catalogue(int Project) : Guard;
}
