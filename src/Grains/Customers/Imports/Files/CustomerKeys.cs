namespace Marketing.Customers.Imports;

/// <summary>What the rows of a file name their customers by, to tell those that name one twice.</summary>
/// <param name="byEmail">Whether it is the address.</param>
internal sealed class CustomerKeys(bool byEmail)
{
    private readonly Dictionary<string, long> _ids = [];
    private readonly Dictionary<string, long> _sources = [];
    private readonly Dictionary<string, long> _emails = [];

    /// <summary>Remembers a row; says which one before it named the same customer, and by what.</summary>
    public (long Row, string Field)? Note(string?[] fields, long row)
    {
        if (byEmail)
        {
            return fields[(int)CustomerColumn.Email] is { } email ? Note(_emails, EmailAddress.KeyOf(email), row, "email") : null;
        }

        return fields[(int)CustomerColumn.Id] is { } id ? Note(_ids, id, row, "id")
            : fields[(int)CustomerColumn.SourceId] is { } source ? Note(_sources, source, row, "source_id")
            : null;
    }

    private static (long Row, string Field)? Note(Dictionary<string, long> known, string key, long row, string field)
    {
        if (known.TryAdd(key, row))
        {
            return null;
        }

        var earlier = known[key];
        known[key] = row;
        return (earlier, field);
    }
}
