using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Loyalties;

/// <summary>
/// Looks through the members of programmes of which something is wanted ahead, once a day and when something else is wanted: of the others a look ahead is part of every change. What was told is remembered with the member, so
/// that a walk may end anywhere and be begun again.
/// </summary>
internal sealed partial class MembersAhead(ITableStore<MemberRow> members, MemberNights nights, IAheadListeners listeners, TimeProvider clock, ILogger<MembersAhead> logger)
{
    private const int Part = 500;
    private const int AtOnce = 32;

    /// <summary>Goes on with the walk of today; says how many customers were told something.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="walk">How far it is.</param>
    /// <param name="mayGoOn">Whether there is time.</param>
    public async Task<int> LookAsync(CatalogueSnapshot catalogue, AheadWalk walk, Func<bool> mayGoOn)
    {
        var now = clock.GetStoredNow();
        var today = MemberBooks.Today(catalogue, now);
        var wanted = Wanted(catalogue, now);
        walk.Begin(today, wanted);
        var told = 0;
        while (wanted.Count > 0 && !walk.IsOver && mayGoOn())
        {
            var rows = await members.WalkAsync(catalogue.Project, walk.Place, Part);
            foreach (var part in rows.Where(row => MayBeTold(catalogue, row, wanted, today, now)).Select(static row => row.Customer).Distinct().Chunk(AtOnce))
            {
                told += await TellAsync(catalogue.Project, part, walk);
            }

            walk.Reach(rows.Count < Part ? null : new TablePlace(rows[^1].DueOn.ToUnixTimeMilliseconds(), rows[^1].Number));
        }

        foreach (var customer in wanted.Count > 0 ? walk.Failed.ToArray() : [])
        {
            if (!mayGoOn())
            {
                break;
            }

            told += await TellAsync(catalogue.Project, [customer], walk);
        }

        return told;
    }

    // One who cannot be told holds up no other; who failed has another turn when the rest is done, each alone.
    private async Task<int> TellAsync(int project, long[] customers, AheadWalk walk)
    {
        try
        {
            var told = await nights.SettleAsync(project, customers);
            walk.Failed.ExceptWith(customers);
            return told;
        }
        catch (Exception failure) when (failure is not StorageUnavailableException)
        {
            walk.Failed.UnionWith(customers);
            LogFailing(failure, project, customers.Length);
            return 0;
        }
    }

    [LoggerMessage(LogLevel.Error, "{Customers} members of project {Project} cannot be told of what is ahead; they are tried again")]
    private partial void LogFailing(Exception exception, int project, int customers);

    // Who cannot be looked at here fails where a failure is noted.
    private static bool MayBeTold(CatalogueSnapshot catalogue, MemberRow row, Dictionary<long, IReadOnlyList<WantedAhead>> wanted, DateOnly today, DateTimeOffset now)
    {
        try
        {
            return IsToBeTold(catalogue, row, wanted, today, now);
        }
        catch (Exception failure) when (failure is not StorageUnavailableException)
        {
            return true;
        }
    }

    private static bool IsToBeTold(CatalogueSnapshot catalogue, MemberRow row, Dictionary<long, IReadOnlyList<WantedAhead>> wanted, DateOnly today, DateTimeOffset now)
    {
        if (!wanted.TryGetValue(row.Campaign, out var of) || LoyaltyProgram.Of(catalogue, row.Campaign) is not { } program)
        {
            return false;
        }

        var book = new MemberBook(row, program, [], today, now, isHolders: true);
        book.LookAhead(of);
        return book.Events.Count > 0;
    }

    private Dictionary<long, IReadOnlyList<WantedAhead>> Wanted(CatalogueSnapshot catalogue, DateTimeOffset now)
    {
        var wanted = new Dictionary<long, IReadOnlyList<WantedAhead>>();
        foreach (var campaign in catalogue.Section<CampaignSection>().All)
        {
            if (campaign.Row.CampaignType == CampaignTypes.Loyalty && listeners.Of(catalogue, campaign.Id, now) is { Count: > 0 } of)
            {
                wanted[campaign.Number] = of;
            }
        }

        return wanted;
    }
}

/// <summary>How far a walk over the members of a project is.</summary>
internal sealed class AheadWalk
{
    private DateOnly _day;
    private string _wanted = "";

    public TablePlace? Place { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>Customers who could not be told and were gone past; of today.</summary>
    public HashSet<long> Failed { get; } = [];

    /// <summary>Begins again where it is another day, or something else is wanted.</summary>
    public void Begin(DateOnly today, IReadOnlyDictionary<long, IReadOnlyList<WantedAhead>> wanted)
    {
        var named = string.Join('\n', wanted.OrderBy(static one => one.Key).Select(static one => $"{one.Key} {string.Join(' ', one.Value.Order(Order))}"));
        if (today != _day || named != _wanted)
        {
            (_day, _wanted, Place, IsOver) = (today, named, null, false);
            Failed.Clear();
        }
    }

    /// <summary>A part was gone through.</summary>
    /// <param name="place">Where to go on; null for the end.</param>
    public void Reach(TablePlace? place) => (Place, IsOver) = (place, place is null);

    private static readonly Comparer<WantedAhead> Order = Comparer<WantedAhead>.Create(static (one, other) => (string.CompareOrdinal(one.Type, other.Type), one.Within.CompareTo(other.Within)) switch
    {
        (0, var within) => within,
        (var type, _) => type,
    });
}
