namespace Marketing.Storage.Relational;

/// <summary>Where an entry stands among all of a customer's: by time, stored entries before messages, then by number.</summary>
internal readonly record struct ActivityPosition(long At, bool IsMessage, long Number) : IComparable<ActivityPosition>
{
    public int CompareTo(ActivityPosition other) =>
        (At, IsMessage, Number).CompareTo((other.At, other.IsMessage, other.Number));
}
