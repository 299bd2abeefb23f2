using Marketing.Customers;
using Marketing.Loyalties;
using Marketing.Orders;
using Marketing.Rewards;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>
/// Something was redeemed, refused or taken back: everything that is to become true with it. The deciding was done before; what it was decided by and has moved on since is
/// found by the guards, and the answer is then <see cref="CustomerAnswer.Superseded"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("redemption-recorded")]
internal sealed record RedemptionRecorded : CustomerFact
{
    /// <summary>The id under which a repetition of the request finds it.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Rows to be written.</summary>
    [Id(1)] public required IReadOnlyList<RedemptionRow> Rows { get; init; }

    /// <summary>The order with it; null where none is changed.</summary>
    [Id(2)] public OrderChange? Order { get; init; }

    /// <summary>Vouchers that are redeemed for the first time, with the terms that hold for them from then on.</summary>
    [Id(3)] public IReadOnlyList<VoucherRow> First { get; init; } = [];

    /// <summary>Each account once.</summary>
    [Id(4)] public IReadOnlyList<CountedAccount> Accounts { get; init; } = [];

    /// <summary>Figures.</summary>
    [Id(5)] public IReadOnlyList<CountedFigure> Figures { get; init; } = [];

    /// <summary>What is raised, in order.</summary>
    [Id(6)] public IReadOnlyList<RedemptionEvent> Events { get; init; } = [];

    /// <summary>What is added to the customer's figures.</summary>
    [Id(7)] public RedemptionFigures Summary { get; init; }

    /// <summary>Profile fields that came with it.</summary>
    [Id(8)] public CustomerPatch Customer { get; init; } = CustomerPatch.Nothing;

    /// <summary>Reservations that end with it, or are made.</summary>
    [Id(9)] public IReadOnlyList<SessionRow> Sessions { get; init; } = [];

    /// <summary>Whether it is about a customer who is known and is not made by it.</summary>
    [Id(10)] public bool MustExist { get; init; }

    /// <summary>Members whose points change with it.</summary>
    [Id(11)] public IReadOnlyList<MemberChange> Members { get; init; } = [];

    /// <summary>What is given for points, or taken back.</summary>
    [Id(12)] public IReadOnlyList<RewardGift> Gifts { get; init; } = [];
}

/// <summary>A change of an account with its bounds.</summary>
[GenerateSerializer, Immutable, Alias("redemption-recorded.account")]
internal sealed record CountedAccount(
    [property: Id(0)] string Account, [property: Id(1)] long Delta, [property: Id(2)] long Least, [property: Id(3)] long Most, [property: Id(4)] string Type, [property: Id(5)] RawJson Document,
    [property: Id(6)] long Entry)
{
    /// <summary>What the change is listed under; see <see cref="Storage.BalanceChange.Listed"/>.</summary>
    [Id(7)] public string? Listed { get; init; }
}

/// <summary>A change of a figure.</summary>
[GenerateSerializer, Immutable, Alias("redemption-recorded.figure")]
internal readonly record struct CountedFigure([property: Id(0)] string Key, [property: Id(1)] long Delta);

/// <summary>Something that happened to the customer.</summary>
/// <param name="Type">Type of the event.</param>
/// <param name="Campaign">Id of the campaign it is of.</param>
/// <param name="Data">Its objects.</param>
[GenerateSerializer, Immutable, Alias("redemption-recorded.event")]
internal sealed record RedemptionEvent([property: Id(0)] string Type, [property: Id(1)] string? Campaign, [property: Id(2)] RawJson Data);

/// <summary>What is added to a customer's figures.</summary>
[GenerateSerializer, Immutable, Alias("redemption-recorded.summary")]
internal readonly record struct RedemptionFigures(
    [property: Id(0)] int Succeeded, [property: Id(1)] int Failed, [property: Id(2)] int RolledBack, [property: Id(3)] int RollbackFailed, [property: Id(4)] long Credits);
