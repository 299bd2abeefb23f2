namespace Marketing.Suppressions;

/// <summary>Which of many addresses must not be written to, asked before they would be.</summary>
internal interface ISuppressionLookup
{
    /// <summary>The reason by address, as it was asked for, for those that are suppressed in whatever spelling.</summary>
    Task<IReadOnlyDictionary<string, string>> FindAsync(int project, string channel, IReadOnlyCollection<string> addresses);
}
