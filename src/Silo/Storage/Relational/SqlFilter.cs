using System.Text;
using System.Text.Json;
using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>
/// The conditions of a list, composed from fixed pieces of SQL; values only ever become parameters, bound in the order in which
/// the pieces were added.
/// </summary>
internal sealed class SqlFilter(SqlDialect dialect)
{
    private readonly StringBuilder _conditions = new();
    private readonly List<object> _values = [];

    public SqlFilter And(string condition)
    {
        _conditions.Append(_conditions.Length == 0 ? " WHERE " : " AND ").Append(condition);
        return this;
    }

    public SqlFilter And(string condition, long value)
    {
        _values.Add(value);
        return And(condition);
    }

    public SqlFilter And(string condition, string value)
    {
        _values.Add(value);
        return And(condition);
    }

    /// <summary>Continues a condition that was opened with a bracket.</summary>
    public SqlFilter Or(string condition, long value)
    {
        _values.Add(value);
        _conditions.Append(" OR ").Append(condition);
        return this;
    }

    /// <summary>Adds a condition with a text and a number, in this order.</summary>
    public SqlFilter And(string condition, string text, long number)
    {
        _values.Add(text);
        _values.Add(number);
        return And(condition);
    }

    /// <summary>Adds a condition with some numbers.</summary>
    public SqlFilter And(string condition, params ReadOnlySpan<long> values)
    {
        foreach (var value in values)
        {
            _values.Add(value);
        }

        return And(condition);
    }

    /// <summary>Only what stands after a position, in the given direction.</summary>
    public SqlFilter AndAfter(ActivityPosition? after, string time, string number, bool ascending)
    {
        if (after is not { } position)
        {
            return this;
        }

        // Said twice: the first limits the walk over the index, the second settles ties.
        var past = ascending ? ">" : "<";
        return And($"{time} {past}= ?", position.At).And($"({time} {past} ?", position.At).Or($"{number} {past} ?)", position.Number);
    }

    /// <summary>Adds the condition where there is a value for it.</summary>
    public SqlFilter AndIf(string condition, string? value) => value is null ? this : And(condition, value);

    /// <inheritdoc cref="AndIf(string, string?)"/>
    public SqlFilter AndIf(string condition, DateTimeOffset? value) => value is { } instant ? And(condition, instant.ToStored()) : this;

    /// <summary>One of some values, as one parameter: a JSON array, so that the text of the statement does not depend on their number.</summary>
    public SqlFilter AndOneOf(string column, IReadOnlyList<string> values) =>
        And($"{column} IN (SELECT n.value FROM {dialect.Elements("?")})", JsonSerializer.Serialize(values));

    /// <summary>An address, however its domain is spelt; nothing where there is none.</summary>
    public SqlFilter AndAddress(string column, string? address) =>
        address is null ? this : AndSpelling(column, EmailAddress.SpellingsOf(address));

    /// <summary>Limits a column that holds an instant.</summary>
    public SqlFilter AndWithin(string column, TimeRange? range) =>
        AndIf($"{column} < ?", range?.Before).AndIf($"{column} > ?", range?.After);

    // As many values as there can be, so that there are two texts of the condition and not three.
    private SqlFilter AndSpelling(string column, IReadOnlyList<string> spellings)
    {
        if (spellings is [var only])
        {
            return And($"{column} = ?", only);
        }

        _values.AddRange([spellings[0], spellings[1], spellings[^1]]);
        return And($"{column} IN (?, ?, ?)");
    }

    /// <summary><c>select + conditions + rest</c> with the values of the conditions; those of the rest are the caller's to bind.</summary>
    public SqlQuery Query(string select, string rest = "") => new SqlQuery(select + _conditions + rest).BindAll(_values);

    /// <summary>A text for LIKE with ESCAPE '\' that finds the value anywhere.</summary>
    public static string Containing(string value)
    {
        var escaped = new StringBuilder("%");
        foreach (var character in value)
        {
            if (character is '%' or '_' or '\\')
            {
                escaped.Append('\\');
            }

            escaped.Append(character);
        }

        return escaped.Append('%').ToString();
    }
}
