namespace Marketing.Suppressions;

/// <summary>Which of many addresses must not be written to, asked before they would be.</summary>
internal interface ISuppressionLookup
{
    /// <summary>
    /// The reason by address, as it was asked for, for those that are suppressed in whatever spelling, for the channel or for all. Where there are several the strongest:
    /// what is only about the topic is <see cref="SuppressionReasons.OptedOut"/> and the weakest.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="channel">The channel type.</param>
    /// <param name="addresses">Whom it is asked about.</param>
    /// <param name="topic">The id of the topic of what is to be sent; null where it has none.</param>
    Task<IReadOnlyDictionary<string, string>> FindAsync(int project, string channel, IReadOnlyCollection<string> addresses, string? topic);
}
