using Marketing.Customers;
using Marketing.Filters;
using Marketing.Storage;

namespace Marketing.Segments;

/// <summary>
/// Checks every existing customer against a segment that is new or is read in another time zone, in chunks by customer number: while one is written,
/// the next is judged and the one after that read. Who is found to be due for a review, as after a change of the time zone, is reviewed, so that
/// memberships are right when it has ended. Running a part again changes nothing.
/// </summary>
internal sealed class SegmentSynchronizer(ISegmentStore segments, ICustomerScans scans, IGrainFactory grains, TimeProvider clock)
{
    private const int Chunk = 5_000;
    private const int ReviewsAtOnce = 256;
    private const int ReportEvery = 50_000;

    /// <summary>Yields the customer number reached and the progress in percent, every so often and at the end.</summary>
    public async IAsyncEnumerable<(long Cursor, int Progress)> RunAsync(int project, SegmentEntry segment, long after)
    {
        var filter = new FilterSet([segment.Filter!]);
        var (last, count) = await scans.ExtentAsync(project);
        var (seen, reported) = (0L, 0L);
        var cursor = after;
        var written = Task.CompletedTask;
        var next = scans.ScanAsync(project, after, Chunk);
        try
        {
            while (await next is { Count: > 0 } rows && rows[0].Number <= last)
            {
                next = scans.ScanAsync(project, rows[^1].Number, Chunk);
                var findings = await Task.Run(() => Judge(segment, filter, rows));
                await written;
                written = ApplyAsync(project, segment, filter, findings);
                if (seen - reported >= ReportEvery)
                {
                    reported = seen;
                    yield return (cursor, (int)Math.Min(99, seen * 100 / Math.Max(1, count)));
                }

                (seen, cursor) = (seen + rows.Count, rows[^1].Number);
            }
        }
        finally
        {
            await written;
        }
    }

    private async Task ApplyAsync(int project, SegmentEntry segment, FilterSet filter, Findings found)
    {
        while (found.All.Count > 0)
        {
            // A customer that changed since it was read is read again; its own commit already knows the segment.
            var changed = await segments.ApplySyncAsync(segment.Number, found.All);
            await ReviewAsync(project, found, changed);
            var again = new List<CustomerRow>(changed.Count);
            foreach (var number in changed)
            {
                again.AddRange((await scans.ScanAsync(project, number - 1, 1)).Where(row => row.Number == number));
            }

            found = Judge(segment, filter, again);
        }
    }

    private async Task ReviewAsync(int project, Findings found, IReadOnlyList<long> changed)
    {
        foreach (var part in found.Due.Where(due => !changed.Contains(due.Number)).Chunk(ReviewsAtOnce))
        {
            await Task.WhenAll(part.Select(due => grains.Customer(project, due.Id).RecordAsync(new TimePassed(clock.GetStoredNow()), new CommandContext { RequestId = RequestIds.New() })));
        }
    }

    private Findings Judge(SegmentEntry segment, FilterSet filter, IReadOnlyList<CustomerRow> rows)
    {
        var findings = new Findings([], []);
        var now = clock.GetUtcNow();
        var values = filter.NewValues();
        foreach (var row in rows)
        {
            filter.Read(row.Document, values);
            var lookedAt = segment.LookedAt(row.EvaluatedAt);
            var member = filter.Matches(0, values, lookedAt);
            var reviewAt = filter.NextChange(0, values, lookedAt);
            if (member || reviewAt is not null)
            {
                findings.All.Add(new SyncFinding(row.Number, row.Version, member, reviewAt, row.CreatedAt, row.SourceId));
            }

            if (reviewAt <= now)
            {
                findings.Due.Add((row.Number, row.Id));
            }
        }

        return findings;
    }

    private readonly record struct Findings(List<SyncFinding> All, List<(long Number, string Id)> Due);
}
