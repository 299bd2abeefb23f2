using Marketing.Storage;

namespace Marketing.Connections;

/// <summary>Notes what was reported. Reports come in any order and more than once: what says less than what is known changes nothing.</summary>
internal sealed class ReceiptWriter(ITableStore<ReceiptRow> store, ICommitter committer, INumbers numbers, TimeProvider clock)
{
    private const int LongestReason = 300;

    /// <summary>Notes it, and suppresses an address in the same commit. False where as much was known already, and nothing is done.</summary>
    public async Task<bool> SaveAsync(int project, string id, string state, string? reason, SuppressionWrite? suppression = null)
    {
        var now = clock.GetStoredNow();
        while (true)
        {
            var present = await store.FindAsync(project, id);
            if (present is not null && ReceiptStates.Rank(present.State) >= ReceiptStates.Rank(state))
            {
                return false;
            }

            var said = reason is { Length: > 0 } ? PlainText.Start(PlainText.Storable(reason), LongestReason) : null;
            var row = present is null
                ? new ReceiptRow(await numbers.NextAsync(ReceiptTable.Receipts.Numbers), id, 0, state, said, now, now + ReceiptTable.Kept)
                : present with { State = state, Reason = said };
            var commit = new Commit { Project = project };
            commit.Rows.Add(ReceiptTable.Receipts.Save(row));
            if (suppression is { } write)
            {
                commit.Suppressions.Add(write);
            }

            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                return true;
            }
        }
    }
}

/// <summary>What becomes of a message after it was taken. Each says more than those before it.</summary>
internal static class ReceiptStates
{
    /// <summary>Of a text message: it may still be said that it arrived.</summary>
    public const string Undelivered = "undelivered";

    public const string Delivered = "delivered";

    /// <summary>Of a mail, like all that follow: it came back, and the next one may arrive.</summary>
    public const string SoftBounced = "soft_bounced";

    /// <summary>There is no such mailbox.</summary>
    public const string Bounced = "bounced";

    public const string Complained = "complained";

    private static readonly string[] Order = [Undelivered, Delivered, SoftBounced, Bounced, Complained];

    public static int Rank(string state) => Array.IndexOf(Order, state);
}
