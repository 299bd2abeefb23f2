using Marketing.AsyncActions;

namespace Marketing.Customers.Imports;

/// <summary>Whom a row means: a customer that is there, one that is to be made, or nobody for sure. Pure.</summary>
/// <param name="Row">The customer; null where one is to be made.</param>
/// <param name="Problem">Why the row is refused, or null.</param>
internal readonly record struct CustomerMatch(CustomerRow? Row, ImportProblem? Problem)
{
    public static CustomerMatch Of(CustomerRowChange change, ICustomersFound found) =>
        change.EmailKey is { } key ? ByEmail(change, key, found)
        : change.Id is { } id ? new CustomerMatch(found.ById(id), null)
        : change.SourceId is { } source ? BySource(change, source, found)
        : default;

    /// <summary>The refusal of a row that would give somebody's source id to another customer.</summary>
    public static ImportProblem SourceTaken(CustomerRowChange change) => Refuse(change, "source_id", "Another customer has this source_id");

    // As everywhere: the customer who has the id that follows from a source id, and no source id, is meant by it.
    private static CustomerMatch BySource(CustomerRowChange change, string source, ICustomersFound found) =>
        found.BySource(source) is { } row ? new CustomerMatch(row, null)
        : found.ByDerivedId(source) is not { } derived ? default
        : CustomerJson.Read(derived.Document).SourceId is null ? new CustomerMatch(derived, null)
        : Refused(change, "source_id", "Another customer has the id that belongs to this source_id");

    // A row must not change anybody but the one with its address, nor be understood as somebody else because of an id it has besides.
    private static CustomerMatch ByEmail(CustomerRowChange change, string key, ICustomersFound found)
    {
        switch (found.ByEmail(key))
        {
            case []:
                return change.Id is { } taken && found.ById(taken) is not null ? Refused(change, "id", "No customer has this email, and the one with this id has another")
                    : change.SourceId is { } source && found.BySource(source) is not null ? Refused(change, "source_id", "No customer has this email, and the one with this source_id has another")
                    : change.Id is null && change.SourceId is { } given && found.ByDerivedId(given) is not null ? Refused(change, "source_id", "Another customer has the id that belongs to this source_id")
                    : default;
            case [var only]:
                var known = CustomerJson.Read(only.Document);
                return change.Id is { } id && id != known.Id ? Refused(change, "id", "The customer with this email has another id")
                    : change.SourceId is { } own && known.SourceId is not null && own != known.SourceId ? Refused(change, "source_id", "The customer with this email has another source_id")
                    : new CustomerMatch(only, null);
            default:
                return Refused(change, "email", "More than one customer has this email");
        }
    }

    private static CustomerMatch Refused(CustomerRowChange change, string field, string reason) => new(null, Refuse(change, field, reason));

    private static ImportProblem Refuse(CustomerRowChange change, string field, string reason) => new(change.Row, change.SourceId, reason, field);
}
