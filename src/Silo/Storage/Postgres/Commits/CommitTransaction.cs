using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>
/// Writes a group of commits as one transaction of at most three round trips: read the guards, write the winners, move the counters
/// by what was really changed and commit.
/// </summary>
internal static class CommitTransaction
{
    /// <summary>
    /// Sets the outcome of every commit; they hold when this returns, except for those that are held up. After a failure the connection is of no use.
    /// </summary>
    /// <param name="connection">The writer's own.</param>
    /// <param name="catalogues">Learns of newer catalogues.</param>
    /// <param name="tables">The tables that rows may belong to.</param>
    /// <param name="group">The commits.</param>
    /// <param name="tellsGone">Whether rows that somebody else holds are told apart from those that are gone.</param>
    /// <param name="overtaken">Whether somebody was faster with one of the rows the last time.</param>
    public static async Task WriteAsync(
        NpgsqlConnection connection, ICatalogueFence catalogues, TableSet tables, IReadOnlyList<PendingCommit> group, bool tellsGone, bool overtaken)
    {
        var trip = new RoundTrip(connection);
        var guards = new CommitGuards(group, tellsGone, overtaken);
        trip.Add("BEGIN");
        guards.AskIn(trip);
        if (trip.HasAnswers)
        {
            await trip.SendAsync();
        }

        List<Commit> winners = [];
        foreach (var pending in group)
        {
            pending.Outcome = guards.Decide(pending, catalogues);
            pending.IsHeldUp = pending.Outcome.RefusedBy is Guard.Version && guards.IsHeldUp(pending);
            if (pending.Outcome.IsDurable)
            {
                winners.Add(pending.Commit);
            }
        }

        var counters = new CounterDeltas();
        var moves = new MessageRows(guards.Messages, counters);
        winners.ForEach(moves.Move);
        winners.ForEach(counters.Tallies);

        // Before anything new goes into them.
        guards.Messages.AddLeft(trip);

        // Before all else that may wait for others: where they were asked for they are locked already.
        guards.Contacts.AddTo(trip);
        AddRows(trip, winners, tables, moves, counters, overtaken);
        guards.Addresses.AddTo(trip);
        guards.Balances.AddTo(trip);

        // Only statements whose effect is not known before answer: without one there is nothing to learn before the commit.
        if (trip.HasAnswers)
        {
            await trip.SendAsync();
        }

        CounterRows.AddTo(trip, counters);
        trip.Add("COMMIT");
        await trip.SendAsync();
    }

    // The same order of tables in every transaction, and the same order of rows in each: transactions never wait in a circle.
    private static void AddRows(RoundTrip trip, IReadOnlyList<Commit> winners, TableSet tables, MessageRows moves, CounterDeltas counters, bool overtaken)
    {
        CustomerRows.AddTo(trip, winners, counters);
        TableRows.AddTo(trip, winners, tables, counters);
        EntryRows.AddOperations(trip, winners);
        MembershipRows.AddTo(trip, winners, counters);
        EntryRows.AddActivity(trip, winners);
        MessageInserts.AddTo(trip, winners, counters, mayExist: overtaken);
        moves.AddTo(trip);
        EntryRows.AddSuppressions(trip, winners);
        EntryRows.AddImports(trip, winners);
    }
}
