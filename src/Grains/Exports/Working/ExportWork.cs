using Marketing.Storage;

namespace Marketing.Exports.Working;

/// <summary>
/// Makes the file step by step; each step is one transaction or can be done again. First the objects are walked. In the order of the walk their lines are the file; in another
/// one each page becomes a sorted run, and runs are merged, some at a time, until one is left. So nothing is ever in memory but a page of objects or a part of each run.
/// </summary>
internal sealed class ExportWork(
    int project, ExportPlan plan, ITableStore<ExportPartRow> parts, ICommitter committer, INumbers numbers, Func<CancellationToken> showProgress)
{
    private const int PageSize = 500;
    private const int MergedAtOnce = 16;

    /// <summary>One step. The export after it, or null when somebody else works on it, or it is gone.</summary>
    public Task<ExportRow?> StepAsync(ExportRow export) => export.State.IsWalked ? MergeAsync(export) : WalkAsync(export);

    private async Task<ExportRow?> WalkAsync(ExportRow export)
    {
        var state = export.State;
        var page = await plan.Source.WalkAsync(project, state.After, PageSize);
        var lines = plan.Lines(page.Items, state.Rows, export.CreatedAt).ToList();
        var isOver = page.Next is null;
        var written = new List<byte[]>();
        var next = state with { After = page.Next, IsWalked = isOver, Rows = state.Rows + lines.Count };
        if (!plan.IsSorted)
        {
            written = Pack(lines, header: state.Parts == 0 && (lines.Count > 0 || isOver));
            next = next with { Parts = state.Parts + written.Count, Bytes = state.Bytes + written.Sum(part => (long)part.Length) };
            return await SaveAsync(export, next, isOver, ExportState.Result, state.Parts, written);
        }

        if (lines.Count > 0)
        {
            lines.Sort((one, other) => SortedLine.Compare(one, other, plan.IsDescending));
            written = PackSorted(lines);
            next = next with { Runs = [.. state.Runs, new ExportRun(state.NextRun, written.Count)], NextRun = state.NextRun + 1 };
        }

        return await SaveAsync(export, next, isOver: false, state.NextRun, 0, written);
    }

    private async Task<ExportRow?> MergeAsync(ExportRow export)
    {
        var state = export.State;
        var merged = state.Runs.Take(MergedAtOnce).ToList();
        var isLast = merged.Count == state.Runs.Count;
        var run = isLast ? ExportState.Result : state.NextRun;
        var (count, bytes) = (0, 0L);
        var part = new PartWriter();
        if (isLast)
        {
            part.Add(plan.Header);
        }

        await foreach (var line in MergedAsync(export, merged))
        {
            await WriteAsync(isLast ? part.Add(line.Line) : part.Add(line));
        }

        await WriteAsync(part.Rest());
        var next = isLast
            ? state with { Runs = [], Parts = count, Bytes = bytes }
            : state with { Runs = [.. state.Runs.Skip(MergedAtOnce), new ExportRun(run, count)], NextRun = run + 1 };
        var saved = await SaveAsync(export, next, isLast, run, count, []);
        if (saved is not null)
        {
            await ForgetAsync([.. merged.SelectMany(one => Enumerable.Range(0, one.Parts), (one, at) => ExportPartRow.IdOf(export, one.Number, at))]);
        }

        return saved;

        // The same runs make the same parts: those of an attempt that was cut short are there, and stay.
        async Task WriteAsync(byte[]? full)
        {
            if (full is null)
            {
                return;
            }

            showProgress().ThrowIfCancellationRequested();
            if (await parts.FindAsync(project, ExportPartRow.IdOf(export, run, count)) is null)
            {
                var commit = new Commit { Project = project };
                commit.Rows.Add(ExportPartTable.Parts.Save(await PartAsync(export, run, count, full)));
                await committer.CommitAsync(commit);
            }

            (count, bytes) = (count + 1, bytes + full.Length);
        }
    }

    private async IAsyncEnumerable<SortedLine> MergedAsync(ExportRow export, IReadOnlyList<ExportRun> runs)
    {
        var heads = new PriorityQueue<IAsyncEnumerator<SortedLine>, SortedLine>(Comparer<SortedLine>.Create((one, other) => SortedLine.Compare(one, other, plan.IsDescending)));
        foreach (var run in runs)
        {
            var lines = LinesAsync(export, run).GetAsyncEnumerator();
            if (await lines.MoveNextAsync())
            {
                heads.Enqueue(lines, lines.Current);
            }
        }

        while (heads.TryDequeue(out var lines, out var line))
        {
            yield return line;
            if (await lines.MoveNextAsync())
            {
                heads.Enqueue(lines, lines.Current);
            }
        }
    }

    private async IAsyncEnumerable<SortedLine> LinesAsync(ExportRow export, ExportRun run)
    {
        for (var part = 0; part < run.Parts; part++)
        {
            // Gone when the export was deleted meanwhile; the commit of this step will not find it either.
            foreach (var line in await parts.FindAsync(project, ExportPartRow.IdOf(export, run.Number, part)) is { } found ? SortedLine.Read(found.Data) : [])
            {
                yield return line;
            }
        }
    }

    private async Task<ExportRow?> SaveAsync(ExportRow export, ExportState state, bool isOver, int run, int firstPart, List<byte[]> written)
    {
        showProgress().ThrowIfCancellationRequested();
        var row = export with { Status = isOver ? "DONE" : "IN_PROGRESS", State = state, PendingSince = isOver ? null : export.PendingSince };
        var commit = new Commit { Project = project };
        commit.Rows.Add(ExportTable.Exports.Save(row));
        for (var at = 0; at < written.Count; at++)
        {
            commit.Rows.Add(ExportPartTable.Parts.Save(await PartAsync(export, run, firstPart + at, written[at])));
        }

        return (await committer.CommitAsync(commit)).IsDurable ? row with { Version = row.Version + 1 } : null;
    }

    private async Task<ExportPartRow> PartAsync(ExportRow export, int run, int part, byte[] data) => new(
        await numbers.NextAsync(ExportPartTable.Parts.Numbers), ExportPartRow.IdOf(export, run, part), 0, export.Number, data, export.ExpiresAt);

    // What is left of them in case this does not get to its end expires with the export.
    private async Task ForgetAsync(IReadOnlyList<string> ids)
    {
        foreach (var some in ids.Chunk(MergedAtOnce))
        {
            showProgress().ThrowIfCancellationRequested();
            var commit = new Commit { Project = project };
            commit.Rows.AddRange((await parts.FindManyAsync(project, some)).Select(ExportPartTable.Parts.Delete));
            await committer.CommitAsync(commit);
        }
    }

    private List<byte[]> Pack(List<SortedLine> lines, bool header)
    {
        var writer = new PartWriter();
        byte[]?[] packed = [.. (header ? [plan.Header] : Enumerable.Empty<string>()).Concat(lines.Select(line => line.Line)).Select(writer.Add), writer.Rest()];
        return [.. packed.OfType<byte[]>()];
    }

    private static List<byte[]> PackSorted(List<SortedLine> lines)
    {
        var writer = new PartWriter();
        byte[]?[] packed = [.. lines.Select(writer.Add), writer.Rest()];
        return [.. packed.OfType<byte[]>()];
    }
}
