using System.Text.Json;

namespace Marketing.Exports.Working;

/// <summary>How far an export is. Property names are the stored format.</summary>
internal sealed record ExportState
{
    /// <summary>The run that is the file itself; others are sorted parts of it.</summary>
    public const int Result = 0;

    /// <summary>Where the walk over the objects goes on; null at its beginning.</summary>
    public string? After { get; init; }

    /// <summary>Whether the walk is over.</summary>
    public bool IsWalked { get; init; }

    /// <summary>Objects that are in it so far.</summary>
    public long Rows { get; init; }

    /// <summary>What the next run is called.</summary>
    public int NextRun { get; init; } = Result + 1;

    /// <summary>Sorted runs that are yet to become one.</summary>
    public IReadOnlyList<ExportRun> Runs { get; init; } = [];

    /// <summary>Parts of the file so far.</summary>
    public int Parts { get; init; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; init; }

    public static ExportState Read(byte[] stored) => JsonSerializer.Deserialize<ExportState>(stored, WireJson.Options)!;

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options);
}

/// <summary>Sorted lines.</summary>
/// <param name="Number">Which run of the export.</param>
/// <param name="Parts">How many parts it has.</param>
internal sealed record ExportRun(int Number, int Parts);
