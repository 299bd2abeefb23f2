namespace Marketing.Customers.Imports;

/// <summary>
/// Rows that mean the same customer take effect in their order, so each wave means a customer once. A row that names one by several names ties
/// those that have any; so does the customer that is there. Pure.
/// </summary>
internal static class CustomerWaves
{
    public static IEnumerable<IReadOnlyList<CustomerRowChange>> Of(IReadOnlyList<CustomerRowChange> changes, ICustomersFound found)
    {
        var turns = new Dictionary<string, Turn>(StringComparer.Ordinal);
        return changes.GroupBy(change => WaveOf(change, found, turns)).OrderBy(wave => wave.Key).Select(wave => wave.ToList());
    }

    private static int WaveOf(CustomerRowChange change, ICustomersFound found, Dictionary<string, Turn> turns)
    {
        var turn = new Turn();
        foreach (var name in Names(change, found))
        {
            if (turns.TryGetValue(name, out var known) && known != turn)
            {
                turn.Next = Math.Max(turn.Next, known.Next);
                foreach (var other in turns.Where(named => named.Value == known).Select(named => named.Key).ToList())
                {
                    turns[other] = turn;
                }
            }

            turns[name] = turn;
        }

        return turn.Next++;
    }

    private static IEnumerable<string> Names(CustomerRowChange change, ICustomersFound found)
    {
        if (change.EmailKey is { } email)
        {
            yield return $"e\n{email}";
        }

        if (change.Id is { } id)
        {
            yield return $"i\n{id}";
        }

        if (change.SourceId is { } source)
        {
            yield return $"s\n{source}";
        }

        if (CustomerMatch.Of(change, found).Row is { } known && known.Id != change.Id)
        {
            yield return $"i\n{known.Id}";
        }
    }

    private sealed class Turn
    {
        public int Next { get; set; }
    }
}
