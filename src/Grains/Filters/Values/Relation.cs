namespace Marketing.Filters;

/// <summary>How an instant may lie to the present one, counted in days of exactly 24 hours.</summary>
internal enum Relation
{
    MoreThanAgo,
    AtLeastAgo,
    LessThanAgo,
    AtMostAgo,
    MoreThanAhead,
    LessThanAhead,
}
