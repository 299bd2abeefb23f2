namespace Marketing.Storage;

/// <summary>What is known of a request with an idempotency key that was made before.</summary>
/// <param name="IsOther">Another request used the key.</param>
/// <param name="Result">What was kept of what it did.</param>
internal sealed record KnownRequest(bool IsOther, byte[]? Result);

internal static class KnownRequests
{
    // Retention deletes by age.
    private static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Null for a request without a key, and for one that is new.</summary>
    public static async Task<KnownRequest?> FindAsync(this IOperationStore operations, int project, CommandContext context) =>
        context.IdempotencyKey is { } key && await operations.FindAsync(project, key) is { } done
            ? new KnownRequest(done.Fingerprint != (context.Fingerprint ?? ""), done.Result)
            : null;

    /// <summary>The first of the objects which a request made before that was deleted since. There is one.</summary>
    /// <param name="present">Those that are still there.</param>
    /// <param name="made">Ids of all of them.</param>
    public static string DeletedOf<TRow>(this IReadOnlyList<TRow> present, IEnumerable<string> made)
        where TRow : ITableRow => made.First(id => present.All(row => row.Id != id));

    /// <summary>What is kept of a request in the commit that does it; null where it has no key.</summary>
    public static OperationWrite? Remember(this CommandContext context, byte[]? result, DateTimeOffset now) =>
        context.IdempotencyKey is { } key ? new OperationWrite(key, context.Fingerprint ?? "", result, context.IsKeptForGood ? Never : now) : null;
}
