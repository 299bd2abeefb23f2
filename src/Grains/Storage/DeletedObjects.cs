namespace Marketing.Storage;

/// <summary>
/// Remembers under which id something was deleted that an idempotency key had made, as long as keys are remembered: the same request does not make it again.
/// </summary>
internal static class DeletedObjects
{
    /// <summary>Called before the deletion, any number of times. What was made without a key is not remembered: nothing repeats it.</summary>
    public static Task NoteAsync(ICommitter committer, int project, string id, string? fingerprint, DateTimeOffset now) => fingerprint is null
        ? Task.CompletedTask
        : committer.CommitAsync(new Commit { Project = project, Operation = new OperationWrite(KeyOf(id), fingerprint, null, now) });

    /// <summary>The fingerprint of the request that made what is deleted; null when nothing is known of such a deletion.</summary>
    public static async Task<string?> FindAsync(IOperationStore operations, int project, string id, CommandContext context) =>
        context.IdempotencyKey is null ? null : (await operations.FindAsync(project, KeyOf(id)))?.Fingerprint;

    // No header has a line break, so no caller has such a key.
    private static string KeyOf(string id) => $"deleted\n{id}";
}
