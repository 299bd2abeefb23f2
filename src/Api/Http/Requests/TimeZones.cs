using System.Buffers;

namespace Marketing.Http;

/// <summary>Names of time zones, as callers write them.</summary>
internal static class TimeZones
{
    private const int Longest = 100;

    // A zone is looked up as a file, so nothing that could be a path gets there.
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");

    public static bool IsKnown(string name) =>
        name.Length is > 0 and <= Longest && !name.AsSpan().ContainsAnyExcept(Characters) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);
}
