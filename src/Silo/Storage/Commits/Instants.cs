namespace Marketing.Storage;

/// <summary>Instants as they are stored: milliseconds since 1970, UTC.</summary>
internal static class Instants
{
    public const long Hour = 3_600_000;

    public const long Day = 24 * Hour;

    public static long ToStored(this DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    public static long? ToStored(this DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds();

    public static DateTimeOffset ToInstant(this long stored) => DateTimeOffset.FromUnixTimeMilliseconds(stored);

    public static DateTimeOffset? ToInstant(this long? stored) => stored is { } value ? value.ToInstant() : null;
}
