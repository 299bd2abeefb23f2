using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Segments;
using Marketing.Storage;
using Xunit;

namespace Marketing.Behaviour;

internal sealed partial class Shop
{
    /// <summary>Writes the row of a segment behind the back of whoever would refuse it, as an upgrade or a defect leaves it; returns the one that was there.</summary>
    public async Task<SegmentRow> WriteRowAsync(string segment, Func<SegmentRow, SegmentRow> change)
    {
        var store = engine.Service<ISegmentStore>();
        var row = (await store.FindAsync(Number, segment))!;
        Assert.True(await store.SaveAsync(change(row)));
        return row;
    }

    /// <summary>The same of a distribution.</summary>
    public async Task<DistributionRow> WriteRowAsync(string distribution, Func<DistributionRow, DistributionRow> change)
    {
        var store = engine.Service<IDistributionStore>();
        var row = (await store.FindAsync(Number, distribution))!;
        Assert.Equal(DistributionSave.Saved, await store.SaveAsync(change(row), null));
        return row;
    }

    /// <summary>The same of all customers; returns the documents that were there, by number.</summary>
    public async Task<IReadOnlyDictionary<long, byte[]>> WriteProfilesAsync(Func<CustomerRow, byte[]> document)
    {
        var rows = await engine.Service<ICustomerScans>().ScanAsync(Number, 0, 10_000);
        foreach (var row in rows)
        {
            var commit = new Commit { Project = Number };
            commit.Customer = new CustomerWrite(
                row.Number, row.Id, $"source-{row.Id}", row.Version, row.Id, $"{row.Id}@example.com", null, row.EvaluatedAt, null, row.EvaluatedAt, row.ReviewAt, document(row));
            Assert.Equal(CommitOutcome.Durable, await engine.Service<ICommitter>().CommitAsync(commit));
        }

        return rows.ToDictionary(row => row.Number, row => row.Document);
    }

    public Task<SegmentResult> ChangeSegmentAsync(string segment, string? filter = null, string? name = null) =>
        Segment(segment).ChangeAsync(new SegmentChange { Name = name, Filter = filter is null ? null : RawJson.Parse(filter) });

    public async Task<Segment> ListedSegmentAsync(string segment) =>
        Assert.Single((await Grains.SegmentQueries(Number).ListAsync(100, 1, true, null, null)).Items, listed => listed.Id == segment);
}
