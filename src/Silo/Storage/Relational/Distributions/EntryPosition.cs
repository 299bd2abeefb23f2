using System.Globalization;

namespace Marketing.Storage.Relational;

/// <summary>Where an entry of a distribution's activity stands: in the order of commits, and by time. Its id says both.</summary>
/// <param name="Recorded">Its position in the order of commits.</param>
/// <param name="ByTime">Its position by time, which settles ties of the other.</param>
internal readonly record struct EntryPosition(long Recorded, ActivityPosition ByTime)
{
    // What was there before the order of commits was kept stands before everything else, by time; the schema scripts say so too.
    private const long Before = 1_000_000_000_000_000;

    /// <summary>The same entry, placed by time before everything that has a position in the order of commits.</summary>
    public EntryPosition Earlier => new(ByTime.At - Before, ByTime);

    public static int CompareRecorded(EntryPosition one, EntryPosition other) =>
        (one.Recorded, one.ByTime).CompareTo((other.Recorded, other.ByTime));

    public static EntryPosition? Parse(string id)
    {
        if (id is not ['m' or 'l', ..] || id.Length < 29
            || !long.TryParse(id.AsSpan(1, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at)
            || !long.TryParse(id.AsSpan(13, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var position = new EntryPosition(0, new ActivityPosition(at, id[0] == 'm', number));
        return id.Length == 29 ? position.Earlier
            : long.TryParse(id.AsSpan(29), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var recorded) && recorded >= 0
                ? position with { Recorded = recorded }
                : null;
    }

    /// <summary>The id, which is the same wherever the entry is read.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(ByTime.IsMessage ? 'm' : 'l')}{ByTime.At:x12}{ByTime.Number:x16}{(Recorded < 0 ? "" : Recorded.ToString("x", CultureInfo.InvariantCulture))}");
}
