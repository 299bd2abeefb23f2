namespace Marketing.Storage;

/// <summary>
/// A change of a figure that is shown and decides nothing: how many codes of a campaign were published, how much was taken off. It has no bounds and no ledger, so callers do not
/// wait for each other; what decides is a <see cref="BalanceChange"/>.
/// </summary>
/// <param name="Key">Of the figure, in the project.</param>
/// <param name="Delta">What is added.</param>
internal readonly record struct Tally(string Key, long Delta);
