namespace Marketing.Storage;

/// <summary>
/// A change of an account: points, credits, uses, a budget. One that nobody has changed holds 0. Guard: afterwards it holds at least
/// <see cref="Least"/> and at most <see cref="Most"/>. Changes of one account are decided one after the other, on whatever silo they are made, so
/// a much wanted one is waited for and not fought over. Each leaves a row in the account's ledger.
/// </summary>
/// <param name="Account">Key in the project.</param>
/// <param name="Delta">What is added.</param>
/// <param name="Entry">Number of the ledger's row. Given again it is refused by <see cref="Guard.Unique"/>: the change was made.</param>
/// <param name="Type">What the change was.</param>
/// <param name="At">When.</param>
/// <param name="Document">What it was for.</param>
internal sealed record BalanceChange(string Account, long Delta, long Entry, string Type, DateTimeOffset At, byte[] Document)
{
    public long Least { get; init; }

    public long Most { get; init; } = long.MaxValue;

    /// <summary>What the changes of many accounts are listed under, such as the campaign of cards; null for those that nobody lists so.</summary>
    public string? Listed { get; init; }

    /// <summary>What the account holds afterwards; null when it must not.</summary>
    public long? AppliedTo(long value)
    {
        var after = (Int128)value + Delta;
        return after >= Least && after <= Most ? (long)after : null;
    }
}
