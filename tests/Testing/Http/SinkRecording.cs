namespace Marketing.Testing;

/// <summary>How much of what arrives a sink remembers.</summary>
public enum SinkRecording
{
    /// <summary>Every request with headers and body.</summary>
    Everything,

    /// <summary>How often each webhook id arrived: enough to find lost and doubled messages among millions.</summary>
    Ledger,

    /// <summary>Only the number of requests.</summary>
    Count,
}
