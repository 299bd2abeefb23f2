namespace Marketing.Storage.Relational;

/// <summary>How far the order of commits can be read: up to where nothing older can come any more.</summary>
/// <param name="Before">The first position at which something may still come.</param>
/// <param name="Unused">The first position that no transaction has yet.</param>
internal readonly record struct CommitOrder(long Before, long Unused)
{
    /// <summary>Asked for before anything is read in this order.</summary>
    public static async ValueTask<CommitOrder> ReadAsync(ISqlSession session, int distribution)
    {
        var (order, last) = await session.FirstAsync(
            new SqlQuery(session.Dialect.Settled).Bind(distribution), static row => (new CommitOrder(row.Number(0), row.Number(1)), row.NumberOrNull(2)));
        if (last >= order.Unused)
        {
            // Restored from the backup of another server, which had counted further.
            foreach (var place in session.Dialect.PlaceBefore)
            {
                await session.RunAsync(new SqlQuery(place).Bind(distribution));
            }
        }

        return order;
    }

    /// <summary>Where a reader goes on who stopped at the position.</summary>
    public EntryPosition? Resume(EntryPosition? position) => position is { } known && known.Recorded >= Unused ? known.Earlier : position;
}
