using Marketing.Customers;
using Marketing.Filters;

namespace Marketing.Segments;

/// <summary>
/// Counts whom a filter would have while somebody writes it: customer by customer, as a synchronisation does, for as long as people wait for an answer. What was looked at by then is told.
/// </summary>
internal sealed class SegmentPreviews(ICustomerScans scans, ProjectFilterSettings settings, TimeProvider clock) : IDisposable
{
    private const int Chunk = 5_000;
    private const int MostShown = 10;
    private const int AtOnce = 2;

    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(800);

    // Shorter than the patience of callers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turns = new(AtOnce);

    public async Task<SegmentPreviewResult> OfAsync(int project, RawJson json, CancellationToken cancellation)
    {
        var parsed = SegmentFilters.Parse(json.Utf8, FilterSettings.In((await settings.ZonesAsync(project)).Current));
        if (parsed is FilterParseResult.Malformed malformed)
        {
            return new SegmentPreviewResult.Invalid(SegmentRules.ProblemsOf(malformed));
        }

        if (!await _turns.WaitAsync(Patience, cancellation))
        {
            return new SegmentPreviewResult.Busy();
        }

        try
        {
            return await CountAsync(project, new FilterSet([((FilterParseResult.Ok)parsed).Filter]), cancellation);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<SegmentPreviewResult> CountAsync(int project, FilterSet filter, CancellationToken cancellation)
    {
        var begun = clock.GetTimestamp();
        var (last, total) = await scans.ExtentAsync(project);
        var (count, seen, sample) = (0L, 0L, new List<Customer>());
        var next = scans.ScanAsync(project, 0, Chunk);
        while (await next is { Count: > 0 } rows && rows[0].Number <= last)
        {
            cancellation.ThrowIfCancellationRequested();
            if (clock.GetElapsedTime(begun) > Time)
            {
                return new SegmentPreviewResult.Counted(count, seen, Math.Max(total, seen + 1), Exact: false, sample);
            }

            // One part is read while the one before is judged.
            next = scans.ScanAsync(project, rows[^1].Number, Chunk);
            count += await Task.Run(() => Judge(filter, rows, sample), cancellation);
            seen += rows.Count;
        }

        return new SegmentPreviewResult.Counted(count, seen, seen, Exact: true, sample);
    }

    private long Judge(FilterSet filter, IReadOnlyList<CustomerRow> rows, List<Customer> sample)
    {
        var (count, values, now) = (0L, filter.NewValues(), clock.GetUtcNow());
        foreach (var row in rows)
        {
            filter.Read(row.Document, values);
            if (filter.Matches(0, values, now))
            {
                count++;
                if (sample.Count < MostShown)
                {
                    sample.Add(CustomerJson.Read(row.Document));
                }
            }
        }

        return count;
    }
}
