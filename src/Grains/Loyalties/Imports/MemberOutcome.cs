using Marketing.AsyncActions;

namespace Marketing.Loyalties;

/// <summary>What became of a row.</summary>
/// <param name="Counts">What it did; nothing where it was refused.</param>
/// <param name="Problem">Why it was refused.</param>
internal sealed record MemberOutcome(RowCounts Counts, ImportProblem? Problem)
{
    /// <summary>A card was made.</summary>
    public static readonly MemberOutcome Created = new(new RowCounts(1, 0, 0), null);

    /// <summary>A card that was there got points, a tier or a holder.</summary>
    public static readonly MemberOutcome Updated = new(new RowCounts(0, 1, 0), null);

    /// <summary>It says what is known.</summary>
    public static readonly MemberOutcome Unchanged = new(new RowCounts(0, 0, 1), null);

    public static MemberOutcome Refused(long row, MemberLine line, string column, string reason) => new(default, new ImportProblem(row, line.Card.Code, reason, column));
}
