namespace Marketing.Storage;

/// <summary>Gives messages back to the accounts they were taken from.</summary>
internal static class MessageAccounts
{
    private const string Returned = "messages.returned";

    private static readonly byte[] NoDocument = "{}"u8.ToArray();

    /// <summary>Adds it to a commit, which is never refused for it.</summary>
    public static async ValueTask ReturnAsync(INumbers numbers, IReadOnlyList<string> accounts, int count, DateTimeOffset now, Commit commit)
    {
        for (var at = 0; count > 0 && at < accounts.Count; at++)
        {
            commit.Balances.Add(new BalanceChange(accounts[at], -count, await numbers.NextAsync(NumberSequence.Ledger), Returned, now, NoDocument) { Least = long.MinValue });
        }
    }
}
