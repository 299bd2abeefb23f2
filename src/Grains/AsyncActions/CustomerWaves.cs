namespace Marketing.AsyncActions;

/// <summary>
/// Rows that name the same customer take effect in their order, so each wave names a customer once. A row that names one by both ids ties
/// those that have either. Pure.
/// </summary>
internal static class CustomerWaves
{
    public static IEnumerable<IReadOnlyList<CustomerRowChange>> Of(IReadOnlyList<CustomerRowChange> changes)
    {
        var turns = new Dictionary<string, Turn>(StringComparer.Ordinal);
        return changes.GroupBy(change => WaveOf(change, turns)).OrderBy(wave => wave.Key).Select(wave => wave.ToList());
    }

    private static int WaveOf(CustomerRowChange change, Dictionary<string, Turn> turns)
    {
        var turn = new Turn();
        foreach (var name in Names(change))
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

    private static IEnumerable<string> Names(CustomerRowChange change)
    {
        if (change.Id is { } id)
        {
            yield return $"i\n{id}";
        }

        if (change.SourceId is { } source)
        {
            yield return $"s\n{source}";
        }
    }

    private sealed class Turn
    {
        public int Next { get; set; }
    }
}
