namespace Marketing.Channels;

/// <summary>Moments at which something may be sent over a connection, given out once in the whole deployment and remembered over restarts.</summary>
internal interface ISendSlots
{
    /// <summary>Takes the next slots of a connection.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="connection">Its id.</param>
    /// <param name="count">How many.</param>
    /// <param name="apart">How far they are from each other, in microseconds.</param>
    /// <param name="ahead">How long after the moment of asking the first one is at the earliest, in microseconds: the answer takes its time.</param>
    Task<SlotLease> TakeAsync(int project, string connection, int count, long apart, long ahead);
}

/// <summary>Slots that were taken. Times are microseconds of the clock that all silos share; what was read of it is told with when it was read on this silo's.</summary>
/// <param name="First">When the first slot is.</param>
/// <param name="Now">What the shared clock showed.</param>
/// <param name="NotBefore">A timestamp of the silo's clock from before that.</param>
/// <param name="NotAfter">One from after that.</param>
internal readonly record struct SlotLease(long First, long Now, long NotBefore, long NotAfter);
