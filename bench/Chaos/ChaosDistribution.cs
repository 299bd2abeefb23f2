namespace Marketing.Bench.Chaos;

/// <summary>A distribution that is sent during a run.</summary>
/// <param name="Id">The API's.</param>
/// <param name="IsManual">To the segment of everybody, by mail; otherwise one message for each event.</param>
/// <param name="Connections">How many a silo has to its receiver.</param>
internal sealed record ChaosDistribution(string Id, bool IsManual, int Connections)
{
    public bool IsPaused { get; set; }

    /// <summary>Sent or stopped: nothing follows.</summary>
    public bool IsOver { get; set; }

    /// <summary>Messages that have no outcome yet.</summary>
    public int Pending { get; set; }

    public int Queued { get; set; }
}
