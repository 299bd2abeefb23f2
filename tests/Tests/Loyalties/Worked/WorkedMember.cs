using System.Globalization;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Filters;
using Marketing.Projects;
using Xunit;

namespace Marketing.Loyalties;

/// <summary>One card whose days are told in short.</summary>
internal sealed class WorkedMember
{
    private const long Campaign = 7;
    private const string TierIds = "silver gold";

    private readonly CatalogueSnapshot _catalogue;
    private readonly LoyaltyProgram _program;
    private readonly TimeZoneInfo _zone;
    private readonly Dictionary<string, PendingRow> _pending = [];
    private MemberRow _row;
    private long _ledger;

    public WorkedMember(string zone, string points, string? tiers)
    {
        _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var made = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var campaign = new CampaignRow(
            Campaign, "camp_1", 1, "Friends", CampaignTypes.Loyalty, CampaignTypes.AutoUpdate, true, 1, 0, false, RawJson.Parse($$"""{"loyalty_tiers_expiration":{{TierRulesOf(tiers)}}}"""),
            RawJson.Parse($$$"""{"type":"LOYALTY_CARD","loyalty_card":{"points":0,"expiration_rules":{{{PointRulesOf(points)}}}}}"""), RawJson.EmptyObject, made, null);
        TierRow[] rows = tiers is null ? [] : [.. TierIds.Split(' ').Select((id, at) => new TierRow(at + 1, id, 1, Campaign, id, at == 0 ? 100 : 1_000, RawJson.EmptyObject, RawJson.EmptyObject, made, null))];
        _catalogue = new CatalogueSnapshot(
            1, 1, [new LoyaltySection([.. rows.Select(static row => new LoyaltyTierEntry(row))], []), new CampaignSection([new CampaignEntry(campaign, [])]), new ProjectSection(FilterSettings.In(zone), CaseSensitiveCodes: true)]);

        // A rule that is misspelt would be none, and the case about nothing.
        Assert.Null(new LoyaltyOfCampaign(null!, null!, null!, [], null!, TimeProvider.System).ProblemOf(campaign, _catalogue));
        _program = LoyaltyProgram.Of(_catalogue, Campaign)!;
        _row = new MemberRow(1, "v_1", 1, Campaign, 1, MemberRow.Never, new MemberState().Write(), made, null);
    }

    /// <summary>What the card has: points by their last day, what waits, the tier with its days.</summary>
    public string Shown
    {
        get
        {
            var state = MemberState.Read(_row.Document);
            var parts = state.Buckets.Select(static bucket => bucket.Ends is { } day ? $"{bucket.Points} to {day:yyyy-MM-dd}" : $"{bucket.Points} for ever").ToList();
            if (state.Pending > 0)
            {
                parts.Add($"{state.Pending} wait");
            }

            if (state.Tier is { } tier)
            {
                parts.Add($"{tier.Tier} {tier.Starts:yyyy-MM-dd} {(tier.Ends is { } last ? $"to {last:yyyy-MM-dd}" : "on")}");
            }

            return parts.Count == 0 ? "nothing" : string.Join(", ", parts);
        }
    }

    /// <summary>Goes on to a moment and does something there; without it is looked at, as the night does.</summary>
    public void Do(string when, string? what)
    {
        var now = InstantOf(when);
        var book = new MemberBook(_row, _program, _pending.Values.Where(static one => one.IsWaiting), MemberBooks.Today(_catalogue, now), now, isHolders: true);
        switch (what?.Split(' '))
        {
            case null:
                break;
            case [['+', .. var points], "for", "ever"]:
                book.Add(PointsTypes.Addition, Number(points), null, PointsCause.Time);
                break;
            case [['+', .. var points]]:
                book.Add(PointsTypes.Addition, Number(points), _program.EndOf(null, book.Today), PointsCause.Time);
                break;
            case [['<', .. var points]]:
                book.Add(PointsTypes.TransferIn, Number(points), _program.EndOf(null, book.Today), PointsCause.Time, counts: false);
                break;
            case [['-', .. var points]]:
                Assert.NotNull(book.Take(PointsTypes.Removal, Number(points), PointsCause.Time));
                break;
            case ["waits", var points, "for", var days]:
                var number = _pending.Count + 1;
                var document = PendingJson.Stored(new PendingDocument(null, null, RawJson.EmptyObject));
                book.Wait(
                    new PendingRow(number, $"lopp_{number}", 0, Campaign, 1, 1, Number(points), PendingRow.Waiting, MemberRow.Stored(book.Today.AddDays((int)Number(days))), document, now, null),
                    new MemberEvent(TriggerCatalogue.PendingAdded));
                break;
            default:
                throw new FormatException(what);
        }

        foreach (var pending in book.Touched)
        {
            _pending[pending.Id] = pending with { Version = pending.Version + 1 };
        }

        _row = book.After() with { Version = _row.Version + 1 };
        _ledger += book.Entries.Sum(static entry => entry.Points);
        Assert.Equal(_ledger, MemberState.Read(_row.Document).Balance);
    }

    private static string PointRulesOf(string points) => points.Split(' ') switch
    {
        ["for", "ever"] => "null",
        [var months, "months"] => $$"""{"period_type":"MONTH","period_value":{{months}}}""",
        [var months, "months", var rounding] => $$"""{"period_type":"MONTH","period_value":{{months}},"rounding_type":"{{rounding}}"}""",
        [var months, "months", var rounding, var month] => $$"""{"period_type":"MONTH","period_value":{{months}},"rounding_type":"{{rounding}}","rounding_value":{{month}}}""",
        ["day", var day] => $$"""{"period_type":"FIXED_DAY_OF_YEAR","fixed_month":{{day.Split('-')[0]}},"fixed_day":{{day.Split('-')[1]}}}""",
        _ => throw new FormatException(points),
    };

    private static string TierRulesOf(string? tiers)
    {
        if (tiers is null)
        {
            return "null";
        }

        var (rest, rounding) = tiers.Split(" round ") is [var first, var moved] ? (first, moved) : (tiers, null);
        var rounded = rounding?.Split(' ') switch
        {
            null => "",
            [var period, var strategy] => $$""","rounding":{"type":"{{period}}","strategy":"{{strategy}}"}""",
            [var period, var month, var strategy] => $$""","rounding":{"type":"{{period}}","unit":"MONTH","value":{{month}},"strategy":"{{strategy}}"}""",
            _ => throw new FormatException(tiers),
        };
        return rest.Split(' ') switch
        {
            ["balance"] => """{"qualification_type":"BALANCE","start_date":{"type":"IMMEDIATE"},"expiration_date":{"type":"BALANCE_DROP"}}""",
            ["balance", var extend] => $$$"""{"qualification_type":"BALANCE","start_date":{"type":"IMMEDIATE"},"expiration_date":{"type":"CUSTOM","extend":"{{{extend}}}"{{{rounded}}}}}""",
            [var period, "now" or "next", "period" or "next-period", .. var more] words =>
                $$$"""{"qualification_type":"POINTS_IN_PERIOD","qualification_period":"{{{period}}}","start_date":{"type":"{{{(words[1] == "now" ? "IMMEDIATE" : "NEXT_PERIOD")}}}"},"expiration_date":{"type":"{{{(words[2] == "period" ? "END_OF_PERIOD" : "END_OF_NEXT_PERIOD")}}}","extend":"{{{(more is ["extend", var longer] ? longer : "")}}}"{{{rounded}}}}}""",
            _ => throw new FormatException(tiers),
        };
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private DateTimeOffset InstantOf(string when)
    {
        if (when.EndsWith('Z'))
        {
            return DateTimeOffset.Parse(when, CultureInfo.InvariantCulture);
        }

        var noon = DateTime.ParseExact(when, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddHours(12);
        return new DateTimeOffset(noon, _zone.GetUtcOffset(noon));
    }
}
