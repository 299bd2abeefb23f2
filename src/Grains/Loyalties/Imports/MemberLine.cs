using System.Globalization;
using Marketing.AsyncActions;
using Marketing.Vouchers;
using Marketing.Vouchers.Imports;

namespace Marketing.Loyalties;

/// <summary>What a row of a file says of a member: the card, who holds it, and points that end on one day. A card with several such days has several rows.</summary>
/// <param name="Card">The card, for one that is not there yet.</param>
internal sealed record MemberLine(VoucherCommand Card)
{
    public const string CustomerIdColumn = "Customer Id";
    public const string SourceIdColumn = "Customer Source Id";
    public const string PointsColumn = "Points";
    public const string EndsColumn = "Points Expiration Date";
    public const string TierColumn = "Tier";
    public const string TierEndsColumn = "Tier Expiration Date";

    private const string Forever = "NEVER";
    private const int LongestId = 300;

    private static readonly string[] Own = [CustomerIdColumn, SourceIdColumn, PointsColumn, EndsColumn, TierColumn, TierEndsColumn];

    /// <summary>The columns there are.</summary>
    public static readonly IReadOnlyList<string> Known = [.. VoucherCells.Known, .. Own];

    /// <summary>Id of the holder; null for none, or one who is meant by <see cref="CustomerSourceId"/>.</summary>
    public string? CustomerId { get; init; }

    /// <summary>The shop's id of the holder.</summary>
    public string? CustomerSourceId { get; init; }

    /// <summary>Points; 0 for none.</summary>
    public long Points { get; init; }

    /// <summary>When they end.</summary>
    public PointsExpiry Expiry { get; init; }

    /// <summary>Their last day, where the file says it.</summary>
    public DateOnly? Ends { get; init; }

    /// <summary>The name of the tier; null where the points decide.</summary>
    public string? Tier { get; init; }

    /// <summary>The last day of the tier.</summary>
    public DateOnly? TierEnds { get; init; }

    public bool HasCustomer => CustomerId is not null || CustomerSourceId is not null;

    /// <summary>What makes the row the same in another file: its points are those of a card and a day.</summary>
    public string? Key => Points > 0
        ? Expiry switch
        {
            PointsExpiry.Date => LoyaltyJson.Day(Ends!.Value),
            PointsExpiry.Never => Forever,
            _ => "PROGRAM",
        }
        : Tier is null ? null : $"tier {Tier} {LoyaltyJson.Day(TierEnds!.Value)}";

    /// <summary>Whom and what it is about; what is about nobody is about the same.</summary>
    public IEnumerable<string> Names => Card.Code is null && !HasCustomer ? [""] : new[] { ("card", Card.Code), ("id", CustomerId), ("source", CustomerSourceId) }.Where(static one => one.Item2 is not null).Select(static one => $"{one.Item1} {one.Item2}");

    /// <summary>Whether a column is one of them, in whatever spelling.</summary>
    public static bool IsKnown(string name) => VoucherCells.IsKnown(name) || IsOwn(name);

    /// <summary>Reads the row that a file is at, or says what is wrong with it.</summary>
    public static (MemberLine? Line, ImportProblem? Problem) Read(CsvFile file)
    {
        var (card, wrong) = VoucherCells.Read(file, IsOwn);
        if (card is null)
        {
            return (null, wrong);
        }

        var line = new MemberLine(card);
        for (var at = 0; at < file.Header.Names.Count; at++)
        {
            var (name, text) = (file.Header.Names[at], file.Fields[at].Trim());
            if (text.Length == 0 || !IsOwn(name))
            {
                continue;
            }

            var (read, problem) = line.With(Own.First(own => VoucherCells.Canonical(own) == VoucherCells.Canonical(name)), text);
            if (problem is not null)
            {
                return (null, new ImportProblem(file.Row, card.Code, problem, name));
            }

            line = read;
        }

        return line.WhyNot() is { } wrongly ? (null, new ImportProblem(file.Row, card.Code, wrongly.Reason, wrongly.Column)) : (line, null);
    }

    private (MemberLine Line, string? Problem) With(string column, string text) => column switch
    {
        CustomerIdColumn => text.Length <= LongestId ? (this with { CustomerId = text }, null) : (this, $"must have at most {LongestId} characters"),
        SourceIdColumn => text.Length <= LongestId ? (this with { CustomerSourceId = text }, null) : (this, $"must have at most {LongestId} characters"),
        PointsColumn => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var points) && points <= LoyaltyLimits.Points
            ? (this with { Points = points }, null)
            : (this, $"must be a whole number, 0 to {LoyaltyLimits.Points}"),
        EndsColumn when text.Equals(Forever, StringComparison.OrdinalIgnoreCase) => (this with { Expiry = PointsExpiry.Never }, null),
        EndsColumn => Day(text) is { } day ? (this with { Expiry = PointsExpiry.Date, Ends = day }, null) : (this, "must be a date as YYYY-MM-DD, or NEVER"),
        TierColumn => (this with { Tier = text }, null),
        _ => Day(text) is { } last ? (this with { TierEnds = last }, null) : (this, "must be a date as YYYY-MM-DD"),
    };

    private (string Column, string Reason)? WhyNot() =>
        CustomerId is not null && CustomerSourceId is not null ? (SourceIdColumn, "does not go with Customer Id")
        : Points > 0 && Card.Code is null && !HasCustomer ? (PointsColumn, "needs a card, or a customer who holds one")
        : Points == 0 && Expiry != PointsExpiry.Program ? (PointsColumn, "is required with a Points Expiration Date")
        : Tier is not null && TierEnds is null ? (TierEndsColumn, "is required with a Tier")
        : Tier is null && TierEnds is not null ? (TierColumn, "is required with a Tier Expiration Date")
        : Tier is not null && Card.Code is null && !HasCustomer ? (TierColumn, "needs a card, or a customer who holds one")
        : null;

    private static bool IsOwn(string name) => Own.Any(own => VoucherCells.Canonical(own) == VoucherCells.Canonical(name));

    private static DateOnly? Day(string text) =>
        WrittenDay.Read(text).Day is { Length: 10 } day && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : null;
}
