namespace Marketing.Filters;

/// <summary>Days from <paramref name="From"/> up to but without <paramref name="To"/>, counted like <see cref="DateOnly.DayNumber"/>.</summary>
internal readonly record struct DayRange(int From, int To)
{
    public bool IsEmpty => To <= From;

    public bool Contains(int day) => From <= day && day < To;

    /// <summary>The whole of this range, moved by days.</summary>
    public DayRange Shift(int days) => new(From + days, To + days);
}
