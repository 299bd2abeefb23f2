namespace Marketing.AsyncActions;

/// <summary>The work of one kind of background job. Goes through the payload in order, so that it can be taken up again at any row.</summary>
internal interface IImport
{
    /// <summary>The kind of job, as the feature names it.</summary>
    string Type { get; }

    /// <summary>What one row is, as the result's message counts them; null for updates, whose results have no message.</summary>
    string? Imported { get; }

    /// <summary>Whether the payload is a file that somebody made: its result names columns, and warns.</summary>
    bool IsFile => false;

    /// <summary>Whether the result counts apart what rows created, changed and left as it was.</summary>
    bool CountsApart => false;

    /// <summary>
    /// Works from row <see cref="ImportJob.Cursor"/> on, yielding after each durable part. A row of a part that is done again after a crash is not, where it was durable
    /// (<see cref="IAsyncActionStore.DurableRowsAsync"/>).
    /// Throws <see cref="ImportRefusedException"/> when the payload as a whole is no good.
    /// </summary>
    IAsyncEnumerable<ImportStep> RunAsync(ImportJob job);
}

/// <summary>What to import.</summary>
internal sealed record ImportJob(int Project, string ActionId, byte[] Payload, long Cursor, CommandContext Context)
{
    /// <summary>How a file is to be read.</summary>
    public ImportOptions Options { get; init; } = ImportOptions.Default;

    /// <summary>Who asks for what a row says.</summary>
    public CommandContext ContextOf(long row) => Context with { Row = new ImportRow(ActionId, row) };

    /// <summary>The run was given up: another one is at the same rows.</summary>
    public CancellationToken Ended { get; init; }
}

/// <summary>A part that is durable.</summary>
/// <param name="Cursor">Rows gone through so far.</param>
/// <param name="Total">Rows in all.</param>
/// <param name="Failed">Rows of this part that were refused.</param>
internal sealed record ImportStep(long Cursor, long Total, IReadOnlyList<ImportProblem> Failed)
{
    /// <summary>What its other rows did.</summary>
    public RowCounts Counts { get; init; }

    /// <summary>What is to be said of them.</summary>
    public IReadOnlyList<ImportProblem> Warnings { get; init; } = [];
}

/// <summary>What rows did that were not refused.</summary>
internal readonly record struct RowCounts(long Created, long Updated, long Unchanged)
{
    public static RowCounts operator +(RowCounts one, RowCounts other) =>
        new(one.Created + other.Created, one.Updated + other.Updated, one.Unchanged + other.Unchanged);

    /// <summary>One row more.</summary>
    public RowCounts Plus(bool creates) => creates ? this with { Created = Created + 1 } : this with { Updated = Updated + 1 };
}

/// <summary>What is wrong with a row, or to be said of it.</summary>
/// <param name="Row">From 1, not counting a header.</param>
/// <param name="SourceId">The source id of the row, if it had one.</param>
/// <param name="Reason">What.</param>
/// <param name="Column">The column it is about; of JSON the field. Null where it is about the whole row.</param>
internal sealed record ImportProblem(long Row, string? SourceId, string Reason, string? Column = null)
{
    /// <summary>A row with several fields that are wrong: all are named, and the first is the one it is about.</summary>
    public static ImportProblem Of(long row, string? sourceId, IReadOnlyList<FieldProblem> problems) =>
        new(row, sourceId, string.Join("; ", problems.Take(10).Select(problem => $"{problem.Field}: {problem.Message}")), problems[0].Field.Split('[')[0]);

    /// <summary>The same of a row of a file whose columns are keys of metadata: they are called as the file calls them.</summary>
    public static ImportProblem OfFile(long row, string? sourceId, IReadOnlyList<FieldProblem> problems) =>
        Of(row, sourceId, problems) is var problem && problem.Column!.StartsWith(Metadata, StringComparison.Ordinal) ? problem with { Column = problem.Column[Metadata.Length..] } : problem;

    private const string Metadata = "metadata.";
}

/// <summary>The payload as a whole is no good.</summary>
internal sealed class ImportRefusedException(string message) : Exception(message);
