using System.Globalization;
using System.Text.Json;
using Marketing.Activity;
using Marketing.Segments;

namespace Marketing.Distributions;

/// <summary>
/// What changes in a project, poll by poll: distributions and segments as they are when they have become something else, and the activity of those distributions. An activity that is recorded late, behind what it
/// changed, is waited for; where reading is resumed some of it may come again, under the id it had.
/// </summary>
internal sealed class ProjectSource(IGrainFactory grains, int project)
{
    private const int MostResumed = 200;
    private const int BatchesAtOnce = 10;
    private const int SegmentsAtOnce = 100;

    // Polls for which the activity of a distribution is still looked for after a change of it.
    private const int Patience = 10;

    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _cursors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _warm = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _active = [];
    private Dictionary<string, SegmentPulse> _pulses = new(StringComparer.Ordinal);
    private List<(string Type, string Json)> _found = [];
    private DateTimeOffset _since;
    private string _from = "";

    /// <summary>Begins now, or where a stream broke off whose last id this is. Says whether what happened since has to be read anew, because it is too much or too long ago.</summary>
    public async Task<bool> StartAsync(string? lastId, CancellationToken cancellation)
    {
        var queries = grains.DistributionQueries(project);
        if (lastId is not null && Parse(lastId) is { } place)
        {
            var missed = await queries.ChangesAsync([], place.At - Overlap, cancellation);
            if (missed.Distributions.Count <= MostResumed)
            {
                (_since, _from) = (place.At - Overlap, place.Position);
                _pulses = await PulsesAsync(pulse => pulse.Synced && pulse.Baseline < _since, cancellation);
                return false;
            }
        }

        var now = await queries.ChangesAsync([], DateTimeOffset.MaxValue, cancellation);
        (_since, _from, _active) = (now.At - Overlap, now.Position, now.Active);
        foreach (var distribution in now.Distributions)
        {
            _known[distribution.Id] = Text(StreamedDistribution.From(distribution));
        }

        _pulses = await PulsesAsync(static _ => true, cancellation);
        return lastId is not null;
    }

    /// <summary>What is new. What was found before something failed is in the next answer.</summary>
    public async Task<ProjectNews> NextAsync(CancellationToken cancellation)
    {
        var events = _found;
        var changes = await grains.DistributionQueries(project).ChangesAsync(_active, _since, cancellation);
        foreach (var distribution in changes.Distributions)
        {
            if (Note(distribution.Id, Text(StreamedDistribution.From(distribution))) is { } json)
            {
                events.Add(("distribution", json));
                _warm[distribution.Id] = Patience;
            }
        }

        var there = changes.Distributions.Select(static distribution => distribution.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _active.Where(id => !there.Contains(id)))
        {
            events.Add(("distribution", Text(new StreamedDistribution { Id = gone, Status = "deleted" })));
            _known.Remove(gone);
            _warm.Remove(gone);
        }

        await SegmentsAsync(events, cancellation);
        var isWhole = true;
        foreach (var id in _warm.Keys.ToArray())
        {
            isWhole &= await ActivityAsync(id, events, cancellation);
            if (--_warm[id] <= 0)
            {
                _warm.Remove(id);
            }
        }

        (_active, _since) = (changes.Active, changes.At - Overlap);
        _found = [];
        return new ProjectNews(events, isWhole ? Format(changes.At, changes.Position) : null);
    }

    private async Task<bool> ActivityAsync(string id, List<(string, string)> events, CancellationToken cancellation)
    {
        for (var batch = 0; batch < BatchesAtOnce; batch++)
        {
            var query = new ActivityQuery { Limit = ActivitySource.BatchSize, Ascending = true, Recorded = true, StartingAfterId = _cursors.GetValueOrDefault(id, _from) };
            if (await grains.DistributionQueries(project).ActivityAsync(id, query, cancellation) is not { Items: [.., var last] items })
            {
                return true;
            }

            _cursors[id] = last.Id;
            _warm[id] = Patience;
            events.AddRange(items.Select(happened => ("activity", Text(StreamedActivity.From(id, happened)))));
            if (items.Count < ActivitySource.BatchSize)
            {
                return true;
            }
        }

        return false;
    }

    // One that is being synchronised is looked at every time; one that began and ended it meanwhile, once.
    private async Task SegmentsAsync(List<(string, string)> events, CancellationToken cancellation)
    {
        var segments = grains.SegmentQueries(project);
        var pulses = await PulsesAsync(static _ => true, cancellation);
        foreach (var part in pulses.Values.Where(pulse => !pulse.Synced || !_pulses.TryGetValue(pulse.Id, out var before) || before != pulse).Select(static pulse => pulse.Id).Chunk(SegmentsAtOnce))
        {
            foreach (var segment in (await segments.ListAsync(SegmentsAtOnce, 1, true, null, part, null, cancellation)).Items)
            {
                if (Note(segment.Id, Text(StreamedSegment.From(segment))) is { } json)
                {
                    events.Add(("segment", json));
                }
            }
        }

        foreach (var gone in _pulses.Keys.Where(id => !pulses.ContainsKey(id)))
        {
            events.Add(("segment", Text(new StreamedSegment(gone, null, null, null, null, "deleted"))));
            _known.Remove(gone);
        }

        _pulses = pulses;
    }

    private async Task<Dictionary<string, SegmentPulse>> PulsesAsync(Func<SegmentPulse, bool> known, CancellationToken cancellation) =>
        (await grains.SegmentQueries(project).PulsesAsync(cancellation)).Where(known).ToDictionary(static pulse => pulse.Id, StringComparer.Ordinal);

    // What is said of it, where that is something else than last time.
    private string? Note(string id, string json)
    {
        if (_known.TryGetValue(id, out var before) && before == json)
        {
            return null;
        }

        _known[id] = json;
        return json;
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, WireJson.Options);

    private static string Format(DateTimeOffset at, string position) => string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeMilliseconds():x}-{position}");

    private static (DateTimeOffset At, string Position)? Parse(string id) =>
        id.IndexOf('-', StringComparison.Ordinal) is > 0 and < 13 and var dash && long.TryParse(id.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at)
        && at is > 0 and < 253_402_300_000_000
            ? (DateTimeOffset.FromUnixTimeMilliseconds(at), id[(dash + 1)..])
            : null;
}

/// <summary>What is new in a project.</summary>
/// <param name="Events">Their types and what is said of them.</param>
/// <param name="Id">Where whoever has all of it goes on; null while there is more.</param>
internal sealed record ProjectNews(IReadOnlyList<(string Type, string Json)> Events, string? Id);
