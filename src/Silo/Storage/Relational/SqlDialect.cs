namespace Marketing.Storage.Relational;

/// <summary>The little in which the engines' SQL differs where statements are shared.</summary>
internal abstract class SqlDialect
{
    /// <summary>LIKE that does not tell capital letters of ASCII from small ones.</summary>
    public abstract string Like { get; }

    /// <summary>What a count of rows is found by; writers that have their own name the first of them.</summary>
    public abstract string RowCountKey { get; }

    /// <summary>How many characters of a text its index holds; longer ones have an index of their beginnings. Null where one index holds all.</summary>
    public abstract int? LongestIndexed { get; }

    /// <summary>A line break between two texts.</summary>
    public abstract string LineBreak { get; }

    /// <summary>The values of a JSON array that is given as one parameter: a table <c>n</c> with the column <c>value</c>, a text.</summary>
    public abstract string Elements(string parameter);

    /// <summary>
    /// For each value <c>n.value</c> of a JSON array the rows of a table that meet a condition on it, to stand after FROM. The table is looked into once for each value, by the index of the condition: a plan that was
    /// made when there were few rows would walk over all of a project.
    /// </summary>
    /// <param name="parameter">The array.</param>
    /// <param name="table">The table.</param>
    /// <param name="alias">How the condition and the rest of the statement name it.</param>
    /// <param name="condition">What one index finds.</param>
    public abstract string ForEach(string parameter, string table, string alias, string condition);

    /// <summary>Put after a table: read it over this index. Empty where the planner chooses well.</summary>
    public abstract string Over(string index);

    /// <summary>A column that is not to be read over its own index: the rows are few and found otherwise.</summary>
    public abstract string NotOverIndexOf(string column);

    /// <summary>Put after a SELECT: the ids of the rows it reads stay as they are until the transaction ends.</summary>
    public abstract string HoldingIds { get; }

    /// <summary>Whether an index that has all columns asked for is enough to answer. Otherwise rows may have to be looked at for who may see them.</summary>
    public abstract bool ReadsIndexesAlone { get; }

    /// <summary>Whether rows that lack the column of an index stand in it in order of number.</summary>
    public abstract bool KeepsMissingInOrder { get; }

    /// <summary>Where one text stands in another, from 1; 0 where it does not. Capital letters are told from small ones.</summary>
    public abstract string Position { get; }

    /// <summary>Whether an address is not of the plain kind that is one for certain, as the index <c>customers_odd_address</c> says it.</summary>
    /// <param name="address">In the spelling addresses are compared in.</param>
    public abstract string IsOdd(string address);

    /// <summary>The number of a customer <c>c</c> as that index has it.</summary>
    public abstract string NumberOfOdd { get; }

    /// <summary>Put after a column in ORDER BY: missing values first going up, last going down.</summary>
    public abstract string MissingFirst(bool descending);

    /// <summary>The state of the message <c>m</c>.</summary>
    public abstract string MessageStatus { get; }

    /// <summary>Whether the message <c>m</c> is being handed over.</summary>
    /// <param name="distribution">The distribution it belongs to.</param>
    public abstract string IsSending(int distribution);

    /// <summary>Whether the message <c>m</c> waits, said for what finds those that do.</summary>
    /// <param name="distribution">The distribution it belongs to.</param>
    public abstract string IsWaiting(int distribution);

    /// <summary>Messages that were finished and not sent, where these are found apart from the others; null where all are found alike.</summary>
    public abstract FinishedMessages? Unsent { get; }

    /// <summary>Whether the message <c>m</c> is in the state of one parameter, which is neither queued nor sent, as stored.</summary>
    public abstract string IsException { get; }

    /// <summary>Messages in the order in which they were finished.</summary>
    public abstract FinishedMessages Finished { get; }

    /// <summary>Messages in the order in which it was committed that they are finished.</summary>
    public abstract FinishedMessages Recorded { get; }

    /// <summary>
    /// The first position in the order of commits at which something may still come, the first that no transaction has yet, and the last one of
    /// the distribution <c>?1</c>. What reads up to the first afterwards misses nothing.
    /// </summary>
    public abstract string Settled { get; }

    /// <summary>What puts entries of the distribution <c>?1</c> that have positions no transaction can have had yet before everything else, by time.</summary>
    public abstract IReadOnlyList<string> PlaceBefore { get; }

    /// <summary>Whether the newest messages are found by <see cref="MessageArrivals"/>, and not over an index of theirs.</summary>
    public abstract bool HasArrivals { get; }

    /// <summary>The time in microseconds since 1970 by the clock that all processes share; null where there is one process, whose own it is.</summary>
    public abstract string? Microseconds { get; }

    /// <summary>A sum as a 64-bit number.</summary>
    public abstract string Sum(string column);
}
