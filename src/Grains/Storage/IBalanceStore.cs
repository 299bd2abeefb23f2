namespace Marketing.Storage;

/// <summary>Reads of accounts. Changes go through <see cref="ICommitter"/>.</summary>
internal interface IBalanceStore
{
    /// <summary>What each of some accounts holds; 0 where nobody has changed it.</summary>
    Task<IReadOnlyDictionary<string, long>> ReadAsync(int project, IReadOnlyCollection<string> accounts);

    /// <summary>The changes of an account, the newest first.</summary>
    /// <param name="project">The project.</param>
    /// <param name="account">Its key.</param>
    /// <param name="beyond">Only those beyond this position; null from the first one on.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="cancellation">Nobody wants it any more.</param>
    /// <param name="ascending">Whether the oldest come first.</param>
    Task<Page<LedgerRow>> LedgerAsync(int project, string account, long? beyond, int limit, CancellationToken cancellation, bool ascending = false);

    /// <summary>The changes that are listed under something, the newest first.</summary>
    /// <param name="project">The project.</param>
    /// <param name="listed">What they are listed under: <see cref="BalanceChange.Listed"/>.</param>
    /// <param name="after">Only those after this one, which is one of them; null from the first one on.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="cancellation">Nobody wants it any more.</param>
    /// <param name="ascending">Whether the oldest come first.</param>
    Task<Page<ListedEntry>> ListedAsync(int project, string listed, LedgerRow? after, int limit, CancellationToken cancellation, bool ascending = false);

    /// <summary>The change with a number; null where the project has none.</summary>
    Task<ListedEntry?> FindEntryAsync(int project, long entry);
}

/// <summary>A change and the account it is of.</summary>
internal sealed record ListedEntry(string Account, LedgerRow Row);

/// <summary>A change of an account as it is stored.</summary>
/// <param name="Position">Among the changes of the account, from 1 without a gap.</param>
/// <param name="Entry">Number over all accounts.</param>
/// <param name="Delta">What was added.</param>
/// <param name="Value">What the account held afterwards.</param>
/// <param name="Type">What the change was.</param>
/// <param name="At">When.</param>
/// <param name="Document">What it was for.</param>
internal sealed record LedgerRow(long Position, long Entry, long Delta, long Value, string Type, DateTimeOffset At, byte[] Document);
