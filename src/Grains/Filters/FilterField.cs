namespace Marketing.Filters;

/// <summary>A place in the customer document that a filter reads.</summary>
/// <param name="Segments">Property names from the root down. Not the split path: an event or campaign name may contain dots.</param>
/// <param name="Kind">What may stand there.</param>
/// <param name="MissingIsZero">A counter that was never written counts as 0 instead of unknown.</param>
/// <param name="IsBirthday">The windows of days, weeks and months ask for the anniversary; see <see cref="AnniversaryCondition"/>.</param>
internal sealed record FilterField(IReadOnlyList<string> Segments, FieldKind Kind, bool MissingIsZero = false, bool IsBirthday = false)
{
    /// <summary>The normalised path. Unique per place, because below each root the dots are read in one way only.</summary>
    public string Path { get; } = string.Join('.', Segments);
}
