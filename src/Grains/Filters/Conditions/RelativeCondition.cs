using System.Diagnostics;

namespace Marketing.Filters;

/// <summary>
/// A distance from now. With t the instant of the value (of a day: its beginning) and d the days of exactly 24 hours:
/// <list type="table">
/// <item><term><c>$more_than_ago</c></term><description>now &gt; t + d</description></item>
/// <item><term><c>$less_than_ago</c></term><description>t ≤ now &lt; t + d, so never in the future</description></item>
/// <item><term><c>$more_than</c>, <c>$less_than</c> of a date field</term><description>the two above</description></item>
/// <item><term><c>$more_than_equal</c> of a date field</term><description>now ≥ t + d</description></item>
/// <item><term><c>$less_than_equal</c> of a date field</term><description>t ≤ now ≤ t + d</description></item>
/// <item><term><c>$more_than_future</c></term><description>now &lt; t - d</description></item>
/// <item><term><c>$less_than_future</c></term><description>t - d &lt; now &lt; t, so never in the past</description></item>
/// </list>
/// Each is one span of time in which it holds, and its two ends are the only instants at which the answer changes.
/// </summary>
internal sealed class RelativeCondition(Relation relation, int days, ZoneCalendar calendar) : ScalarCondition
{
    private readonly long _distance = days * TimeSpan.TicksPerDay;

    public override bool IsTimeDependent => true;

    protected override bool HoldsFor(FieldValue value, long now)
    {
        if (!value.TryGetDate(out var date))
        {
            return false;
        }

        var (from, to) = Span(date.Instant(calendar));
        return from <= now && now < to;
    }

    protected override long NextChangeFor(FieldValue value, long now)
    {
        if (!value.TryGetDate(out var date))
        {
            return Never;
        }

        var (from, to) = Span(date.Instant(calendar));
        return to <= from ? Never : now < from ? from : now < to ? to : Never;
    }

    /// <summary>From the first tick at which it holds to the first at which it does not any more.</summary>
    private (long From, long To) Span(long instant) => relation switch
    {
        Relation.MoreThanAgo => (instant + _distance + 1, Never),
        Relation.AtLeastAgo => (instant + _distance, Never),
        Relation.LessThanAgo => (instant, instant + _distance),
        Relation.AtMostAgo => (instant, instant + _distance + 1),
        Relation.MoreThanAhead => (long.MinValue, instant - _distance),
        Relation.LessThanAhead => (instant - _distance + 1, instant),
        _ => throw new UnreachableException(),
    };
}
