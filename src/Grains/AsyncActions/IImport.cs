namespace Marketing.AsyncActions;

/// <summary>The work of one kind of background job. Goes through the payload in order, so that it can be taken up again at any row.</summary>
internal interface IImport
{
    /// <summary>One of <see cref="AsyncActionTypes"/>.</summary>
    string Type { get; }

    /// <summary>What one row is, as the result's message counts them; null for updates, whose results have no message.</summary>
    string? Imported { get; }

    /// <summary>
    /// Works from row <see cref="ImportJob.Cursor"/> on, yielding after each durable part. A part done again after a crash has the same effect.
    /// Throws <see cref="ImportRefusedException"/> when the payload as a whole is no good.
    /// </summary>
    IAsyncEnumerable<ImportStep> RunAsync(ImportJob job);
}

/// <summary>What to import.</summary>
internal sealed record ImportJob(int Project, string ActionId, byte[] Payload, long Cursor, CommandContext Context);

/// <summary>A part that is durable.</summary>
/// <param name="Cursor">Rows gone through so far.</param>
/// <param name="Total">Rows in all.</param>
/// <param name="Failed">Rows of this part that were refused.</param>
internal sealed record ImportStep(long Cursor, long Total, IReadOnlyList<ImportFailure> Failed);

/// <summary>A refused row.</summary>
/// <param name="Row">From 1, not counting a header.</param>
/// <param name="SourceId">The source id of the row, if it had one.</param>
/// <param name="Reason">Why.</param>
internal sealed record ImportFailure(long Row, string? SourceId, string Reason);

/// <summary>The payload as a whole is no good.</summary>
internal sealed class ImportRefusedException(string message) : Exception(message);
