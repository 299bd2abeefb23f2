using System.Globalization;
using System.Text.Json;
using Marketing.Storage;

namespace Marketing.Referrals;

/// <summary>Something that is owed to a customer because of a referral: to a referrer that it is counted, to either side a reward. Written with what it is owed for, and gone with the commit that settles it.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Begins with the customer's number, by which recovery finds whom it is owed to.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Customer">Number of the customer.</param>
/// <param name="Campaign">Number of the referral programme.</param>
/// <param name="OwedSince">Since when; after an attempt that failed, not to be tried before.</param>
/// <param name="Document">A <see cref="DebtDocument"/>.</param>
/// <param name="CreatedAt">When the referral was made.</param>
[GenerateSerializer, Immutable, Alias("referral-debt-row")]
internal sealed record DebtRow(
    [property: Id(0)] long Number, [property: Id(1)] string Id, [property: Id(2)] long Version, [property: Id(3)] long Customer, [property: Id(4)] long Campaign, [property: Id(5)] DateTimeOffset OwedSince,
    [property: Id(6)] RawJson Document, [property: Id(7)] DateTimeOffset CreatedAt) : ITableRow
{
    /// <summary>The id of something that is owed to a customer.</summary>
    /// <param name="customer">The customer's number.</param>
    /// <param name="what">What tells it from all else that is.</param>
    public static string IdOf(long customer, string what) => string.Create(CultureInfo.InvariantCulture, $"{customer}/{what}");

    /// <summary>The number of the customer that an id begins with.</summary>
    public static long CustomerOf(string id) => long.Parse(id.AsSpan(0, id.IndexOf('/', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    public DebtDocument Read() => JsonSerializer.Deserialize<DebtDocument>(Document.Utf8.Span, WireJson.Options)!;

    /// <summary>The same when it could not be settled: longer from time to time, up to a day.</summary>
    /// <param name="now">When it was tried.</param>
    /// <param name="hasFailed">Whether it is known that nothing was given. Otherwise it is tried again under the same ids, for it may have been.</param>
    public DebtRow PutOff(DateTimeOffset now, bool hasFailed)
    {
        const int MostDoublings = 10;
        var document = Read();
        var wait = TimeSpan.FromMinutes(Math.Min(TimeSpan.MinutesPerDay, 1 << Math.Min(document.Waits, MostDoublings)));
        return this with { OwedSince = now + wait, Document = (document with { Attempts = document.Attempts + (hasFailed ? 1 : 0), Waits = document.Waits + 1 }).Write() };
    }
}

/// <summary>What is owed. Names are the stored format.</summary>
/// <param name="Code">Number of the referral code.</param>
/// <param name="Reward">What is to be given; null where a referral is to be counted.</param>
/// <param name="Tier">Of a referrer's reward, for what.</param>
/// <param name="Attempts">How often it is known that nothing was given: another attempt has another id.</param>
internal sealed record DebtDocument(long Code, ReferralReward? Reward, ReferralTierName? Tier, int Attempts)
{
    /// <summary>How often it was put off.</summary>
    public int Waits { get; init; }

    public RawJson Write() => new(JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options));
}

/// <summary>Where it is stored what is owed. It is erased with the customer.</summary>
internal static class DebtTable
{
    public static readonly Column Customer = Column<DebtRow>.Number("customer", row => row.Customer);

    private static readonly Column Campaign = Column<DebtRow>.Number("campaign", row => row.Campaign);
    private static readonly Column OwedSince = Column<DebtRow>.Instant("owed_since", row => row.OwedSince);
    private static readonly Column Document = Column<DebtRow>.Blob("document", row => row.Document.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<DebtRow>.Instant("created_at", row => row.CreatedAt);

    public static readonly Table<DebtRow> Debts = new("referral_debts", Read)
    {
        Columns = [Customer, Campaign, OwedSince, Document, CreatedAt],
        Owner = Customer,
        Groups = [Customer],
        Orders = [CreatedAt],
        Pending = OwedSince,
    };

    private static DebtRow Read(StoredRow row) =>
        new(row.Number, row.Id, row.Version, row.Count(Customer), row.Count(Campaign), row.Instant(OwedSince), new RawJson(row.Blob(Document)), row.Instant(CreatedAt));
}
