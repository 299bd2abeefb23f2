using Marketing.Storage;

namespace Marketing.Tracking;

/// <summary>Finds what readers did with messages.</summary>
internal sealed class MessageVisits(ITableStore<VisitRow> store, ITallyStore tallies)
{
    private const string Tracked = "email";

    /// <summary>What was done with messages, by their ids.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="messages">Ids, each with the type of its channel.</param>
    public async ValueTask<IReadOnlyDictionary<string, VisitRow>> FindAsync(int project, IEnumerable<(string Id, string Channel)> messages) =>
        messages.Where(static message => message.Channel == Tracked).Select(static message => message.Id).ToArray() is { Length: > 0 } ids
            ? (await store.FindManyAsync(project, ids)).ToDictionary(static row => row.Id, StringComparer.Ordinal)
            : new Dictionary<string, VisitRow>();

    /// <summary>How many messages of a distribution people opened, people followed links of, and programs looked into.</summary>
    public async ValueTask<(long Opened, long Clicked, long Machine)> CountAsync(int project, long distribution)
    {
        var (opened, clicked, machine) = (TrackingFigures.Opened(distribution), TrackingFigures.Clicked(distribution), TrackingFigures.Machine(distribution));
        var figures = await tallies.ReadAsync(project, [opened, clicked, machine]);
        return (figures[opened], figures[clicked], figures[machine]);
    }
}
