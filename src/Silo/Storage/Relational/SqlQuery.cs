namespace Marketing.Storage.Relational;

/// <summary>
/// A statement and its values. Parameters are <c>?</c> in the order of the values, or <c>?1</c> … where one is used twice; the engine's
/// session writes them its own way.
/// </summary>
internal sealed class SqlQuery(string text)
{
    private readonly List<object?> _values = [];

    public string Text => text;

    /// <summary>Numbers (64 bits), texts, bytes and nulls.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>Whether it is to be read over indexes in their order, whatever the planner expects to find or how dear it thinks that is.</summary>
    public bool ByIndex { get; private init; }

    /// <summary>The same, read over indexes in their order. Each part of it that has a limit says an order that one index has.</summary>
    public SqlQuery OverIndexes() => new SqlQuery(text) { ByIndex = true }.BindAll(_values);

    public SqlQuery Bind(long? value) => Add(value);

    public SqlQuery Bind(bool value) => Add(value ? 1L : 0L);

    public SqlQuery Bind(string? value) => Add(value);

    public SqlQuery Bind(byte[]? value) => Add(value);

    public SqlQuery BindAll(IEnumerable<object?> values)
    {
        _values.AddRange(values);
        return this;
    }

    private SqlQuery Add(object? value)
    {
        _values.Add(value);
        return this;
    }
}
