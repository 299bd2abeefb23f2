namespace Marketing.Storage;

/// <summary>Reads of figures. Changes go through <see cref="ICommitter"/>.</summary>
internal interface ITallyStore
{
    /// <summary>Each of some figures; 0 where nobody has changed it.</summary>
    Task<IReadOnlyDictionary<string, long>> ReadAsync(int project, IReadOnlyCollection<string> keys);
}
