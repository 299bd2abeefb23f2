using Marketing.Activity;

namespace Marketing.Storage.Relational;

/// <summary>The entry after which a page of activity starts; the beginning when none was given.</summary>
internal readonly record struct ActivityCursor(ActivityPosition? Position, bool Ascending)
{
    /// <summary>
    /// Finds the entry a query continues after; null when nothing is after it: the customer has no such entry, or it was forgotten with all that is older. What is newer
    /// begins with the first that is left.
    /// </summary>
    public static async ValueTask<ActivityCursor?> ResolveAsync(ISqlSession session, long customer, ActivityQuery query)
    {
        if (query.StartingAfterId is null)
        {
            return new ActivityCursor(null, query.Ascending);
        }

        if (!ActivityIds.TryParse(query.StartingAfterId, out var isMessage, out var number))
        {
            return null;
        }

        var at = await session.NumberAsync(new SqlQuery(isMessage ? Sql.MessageTime : Sql.EntryTime).Bind(customer).Bind(number));
        if (at is { } time)
        {
            return new ActivityCursor(new ActivityPosition(time, isMessage, number), query.Ascending);
        }

        var isForgotten = isMessage || await session.NumberAsync(new SqlQuery(Sql.HasEntry).Bind(number)) is null;
        return query.Ascending && isForgotten ? new ActivityCursor(null, true) : null;
    }

    /// <summary>
    /// The position strictly after which entries of one kind are still to come. At the very instant of the cursor all or none of the
    /// other kind are, depending on which kind stands first there.
    /// </summary>
    public ActivityPosition? For(bool isMessage)
    {
        if (Position is not { } position || position.IsMessage == isMessage)
        {
            return Position;
        }

        var allStillToCome = isMessage == Ascending;
        var number = allStillToCome == Ascending ? long.MinValue : long.MaxValue;
        return new ActivityPosition(position.At, isMessage, number);
    }

    private static class Sql
    {
        public const string EntryTime = "SELECT created_at FROM activity WHERE customer = ?1 AND no = ?2";

        public const string HasEntry = "SELECT 1 FROM activity WHERE no = ?1";

        public const string MessageTime = "SELECT finished_at FROM messages WHERE customer = ?1 AND no = ?2";
    }
}
