using System.Globalization;

namespace Marketing.Storage;

/// <summary>What both engines say of the ledger of accounts.</summary>
internal static class Ledger
{
    public const string Table = "ledger";

    /// <summary>The change was made before.</summary>
    public static Guard.Unique AlreadyHas(BalanceChange change) => new(Table, "no", change.Entry.ToString(CultureInfo.InvariantCulture), change.Account);
}
