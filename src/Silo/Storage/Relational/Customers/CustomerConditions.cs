using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>
/// The filters of a list of customers as conditions. What an index does not know is asked of the rows: of members <c>s</c> those of the customers <c>c</c>, and of
/// customers, where the index has conditions of its own that leave some out, those of the same customers <c>r</c>.
/// </summary>
internal sealed class CustomerConditions(SqlDialect dialect, int project, CustomerListQuery query, int? segment, bool isByUpdate, string past)
{
    private const CustomerFilters InRows = CustomerFilters.Email | CustomerFilters.Name | CustomerFilters.City;

    public CustomerFilters Given { get; } = (query.Email is null ? 0 : CustomerFilters.Email)
        | (query.Name is null ? 0 : CustomerFilters.Name)
        | (query.City is null ? 0 : CustomerFilters.City)
        | (segment is null ? 0 : CustomerFilters.Segment)
        | (query.CreatedAt is null && (query.StartingAfter is null || isByUpdate) ? 0 : CustomerFilters.Created)
        | (query.UpdatedAt is null && (query.StartingAfter is null || !isByUpdate) ? 0 : CustomerFilters.Updated);

    /// <summary>What is read and which of it is meant.</summary>
    /// <param name="path">Over which index.</param>
    /// <param name="filters">By which of the filters.</param>
    /// <param name="alsoRows">Whether something of the customers is asked for besides.</param>
    public (string From, SqlFilter Where) Over(CustomerPath path, CustomerFilters filters, bool alsoRows)
    {
        var asked = filters & ~path.Holds;
        var joins = path.IsOfMembers ? asked != 0 || alsoRows : !dialect.ReadsIndexesAlone && (asked & path.Knows) != 0 && (asked & InRows) != 0;
        var rows = path.IsOfMembers ? "c" : "r";
        var from = (path.IsOfMembers ? "memberships s " : "customers c ") + dialect.Over(path.Index) + (joins ? $" CROSS JOIN customers {rows}" : "");
        var where = new SqlFilter(dialect);
        where.And(path.IsOfMembers ? "s.segment = ?" : "c.project = ?", path.IsOfMembers ? segment!.Value : project);
        Add(where, filters & ~(path.IsOfMembers ? CustomerFilters.Segment : 0), path.IsOfMembers ? "s." : "c.", joins ? rows + "." : "c.", "c.no");

        // Members first: what is in order of their numbers would else be as good in that of the customers', among whom they may be far.
        return (from, joins ? where.And($"{rows}.no = {(path.IsOfMembers ? "s.customer + 0" : "c.no")}") : where);
    }

    /// <summary>Conditions of the customers <c>c</c> that an index has shown as <c>f</c>, with the instant of their creation.</summary>
    public SqlFilter OfSeen(CustomerFilters filters)
    {
        var where = new SqlFilter(dialect);
        where.And("c.no = f.no");
        Add(where, filters, "f.", "c.", "f.no");
        return where;
    }

    private void Add(SqlFilter where, CustomerFilters filters, string created, string rows, string number)
    {
        if (filters.HasFlag(CustomerFilters.Email))
        {
            // Said for the index. Rows that were last written before addresses had one spelling have the domain as it was given.
            where.And($"{rows}email IS NOT NULL").AndAddress($"lower({rows}email)", query.Email);
        }

        AndIs(where, rows + "name", filters.HasFlag(CustomerFilters.Name) ? query.Name : null);
        AndIs(where, rows + "city", filters.HasFlag(CustomerFilters.City) ? query.City : null);
        if (filters.HasFlag(CustomerFilters.Created))
        {
            where.AndWithin(created + "created_at", query.CreatedAt).AndIf($"{created}created_at {past} ?", isByUpdate ? null : query.StartingAfter);
        }

        if (filters.HasFlag(CustomerFilters.Updated))
        {
            where.AndWithin("c.updated_at", query.UpdatedAt).AndIf($"c.updated_at {past} ?", isByUpdate ? query.StartingAfter : null);
        }

        if (filters.HasFlag(CustomerFilters.Segment))
        {
            // Not over the index of customers: that would turn the look-up into a walk over the members.
            where.And($"EXISTS (SELECT 1 FROM memberships s WHERE s.segment = ? AND s.customer = {dialect.NotOverIndexOf(number)})", segment!.Value);
        }
    }

    // Said for the index that has it whole, or for the one that has the beginnings of what is longer.
    private void AndIs(SqlFilter where, string column, string? value)
    {
        if (value is not null && dialect.LongestIndexed is { } longest)
        {
            var isLong = value.EnumerateRunes().Count() > longest;
            where.And($"length({column}) {(isLong ? ">" : "<=")} {longest}").AndIf($"left({column}, {longest}) = left(?, {longest})", isLong ? value : null);
        }

        where.AndIf($"{column} = ?", value);
    }
}
