namespace Marketing.Storage;

/// <summary>
/// Instants are stored in milliseconds. What is decided at one and looked at again after it was read must have been decided at the very same one.
/// </summary>
internal static class StoredTime
{
    /// <summary>The time, as exactly as it is stored.</summary>
    public static DateTimeOffset GetStoredNow(this TimeProvider clock) => clock.GetUtcNow().AsStored();

    /// <summary>The instant as it is when it was stored and read again.</summary>
    public static DateTimeOffset AsStored(this DateTimeOffset instant) => instant.AddTicks(-(instant.UtcTicks % TimeSpan.TicksPerMillisecond));
}
