using System.Collections.Frozen;
using Marketing.Catalogue;

namespace Marketing.Distributions;

/// <summary>
/// The distributions of a project that listen or send. Immutable. Looking up who listens costs the same whether ten are live or ten thousand.
/// </summary>
internal sealed class DistributionSection
{
    private static readonly DistributionEntry[] Nobody = [];

    private readonly FrozenDictionary<string, DistributionEntry[]> _listeners;
    private readonly FrozenDictionary<string, DistributionEntry[]> _ahead;

    /// <param name="read">Each with the document it was read from.</param>
    public DistributionSection(IReadOnlyCollection<(byte[] Document, DistributionEntry Entry)> read)
    {
        Read = read.ToFrozenDictionary(static one => one.Entry.Number);
        _listeners = read
            .Select(static one => one.Entry)
            .Where(static entry => entry.IsLive)
            .GroupBy(static entry => Key(entry.ListensTo!, entry.Selector), StringComparer.Ordinal)
            .ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);
        _ahead = read
            .Select(static one => one.Entry)
            .Where(static entry => entry is { IsLive: true, Ahead: not null, Selector: not null })
            .GroupBy(static entry => entry.Selector!, StringComparer.Ordinal)
            .ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>What was understood of which document, so that a row that did not change is not read twice.</summary>
    public FrozenDictionary<int, (byte[] Document, DistributionEntry Entry)> Read { get; }

    public IEnumerable<DistributionEntry> All => Read.Values.Select(static one => one.Entry);

    /// <summary>A distribution that is live, paused or sending, by row number.</summary>
    public DistributionEntry? Find(int number) => Read.TryGetValue(number, out var one) ? one.Entry : null;

    /// <summary>The live distributions that listen to events of this type and selector (segment id, event name).</summary>
    public DistributionEntry[] Listeners(string type, string? selector) => _listeners.GetValueOrDefault(Key(type, selector), Nobody);

    /// <summary>The live distributions that want to know something of the members of a programme before it happens.</summary>
    public DistributionEntry[] Ahead(string campaign) => _ahead.Count == 0 ? Nobody : _ahead.GetValueOrDefault(campaign, Nobody);

    private static string Key(string type, string? selector) => selector is null ? type : $"{type}\n{selector}";
}

internal static class DistributionsOfCatalogue
{
    extension(CatalogueSnapshot catalogue)
    {
        /// <summary>The distributions that listen or send.</summary>
        public DistributionSection Distributions => catalogue.Section<DistributionSection>();
    }
}
