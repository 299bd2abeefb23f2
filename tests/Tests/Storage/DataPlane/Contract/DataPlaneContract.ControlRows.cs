using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Segments;
using Xunit;

namespace Marketing.Storage.DataPlane;

/// <summary>Rows that are all there is of a distribution or a segment.</summary>
public abstract partial class DataPlaneContract
{
    private const int AtOnce = 16;

    [Fact]
    public async Task Of_distributions_made_at_once_with_one_name_one_is_made()
    {
        var rows = Enumerable.Range(0, AtOnce).Select(_ => Any.Distribution(Any.Number(), "Summer")).ToArray();

        var saved = await AtOnceAsync(rows);

        Assert.Single(saved, DistributionSave.Saved);
        Assert.Equal(AtOnce - 1, saved.Count(save => save == DistributionSave.NameTaken));
        var found = await Task.WhenAll(rows.Select(row => Plane.Distributions.FindAsync(Plane.Project, row.Id)));
        Assert.Single(found, row => row is not null);
    }

    [Fact]
    public async Task Of_distributions_renamed_at_once_to_one_name_one_has_it()
    {
        var rows = Enumerable.Range(0, AtOnce).Select(_ => Any.Distribution(Any.Number())).ToArray();
        Assert.All(await AtOnceAsync(rows), save => Assert.Equal(DistributionSave.Saved, save));

        var saved = await AtOnceAsync([.. rows.Select(row => row with { Name = "Summer", Revision = 1 })]);

        Assert.Single(saved, DistributionSave.Saved);
        Assert.Equal(AtOnce - 1, saved.Count(save => save == DistributionSave.NameTaken));
        var found = await Task.WhenAll(rows.Select(row => Plane.Distributions.FindAsync(Plane.Project, row.Id)));
        Assert.Single(found, row => row!.Name == "Summer");
        Assert.All(found.Where(row => row!.Name != "Summer"), row => Assert.Equal((1, $"Name {row!.Number}"), (row.Revision, row.Name)));
    }

    [Fact]
    public async Task A_row_is_written_only_over_what_was_read()
    {
        var row = Any.Distribution(Any.Number());
        Assert.Equal(DistributionSave.Saved, await Plane.Distributions.SaveAsync(row, null));
        Assert.Equal(DistributionSave.Overtaken, await Plane.Distributions.SaveAsync(row with { Number = Any.Number(), Name = "Another" }, null));
        var read = (await Plane.Distributions.FindAsync(Plane.Project, row.Id))!;
        Assert.Equal(DistributionSave.Saved, await Plane.Distributions.SaveAsync(read with { Status = "live" }, null));
        Assert.Equal(DistributionSave.Overtaken, await Plane.Distributions.SaveAsync(read with { Status = "paused" }, new("distribution.paused", Any.Noon, null)));
        Assert.Equal(("live", 2), await Plane.Distributions.FindAsync(Plane.Project, row.Id) is { } found ? (found.Status, found.Revision) : default);
        Assert.Empty((await Plane.Distributions.ActivityAsync(row.Number, new Activity.ActivityQuery(), Token)).Items);

        var segment = Segment();
        Assert.True(await Plane.Segments.SaveAsync(segment));
        Assert.False(await Plane.Segments.SaveAsync(segment with { Number = Any.Number() }));
        Assert.True(await Plane.Segments.SaveAsync(segment with { Revision = 1, Cursor = 5, Fingerprint = "f" }));
        Assert.False(await Plane.Segments.SaveAsync(segment with { Revision = 1 }));
        Assert.Equal((5, "f", 2), await Plane.Segments.FindAsync(Plane.Project, segment.Id) is { } kept ? (kept.Cursor, kept.Fingerprint, kept.Revision) : default);
    }

    [Fact]
    public async Task What_is_being_deleted_is_found_by_recovery_and_by_no_list()
    {
        var row = Any.Distribution(Any.Number()) with { Status = "stopped", State = "{}"u8.ToArray() };
        await Plane.Distributions.SaveAsync(row, null);
        Assert.DoesNotContain(await Plane.Distributions.UnfinishedAsync(Any.Noon, 0, 1), found => found.Id == row.Id);
        await Plane.Distributions.SaveAsync(row with { Name = null, Status = DistributionRowMapping.Deleted, Unfinished = true, Revision = 1 }, null);
        Assert.Contains(await Plane.Distributions.UnfinishedAsync(Any.Noon, 0, 1), found => found.Id == row.Id);
        Assert.Empty((await Plane.Distributions.ListAsync(Plane.Project, new DistributionListQuery(), brief: false, Token)).Items);

        var segment = Segment();
        await Plane.Segments.SaveAsync(segment with { Synced = true });
        Assert.Single(await Plane.Segments.AllAsync(Plane.Project));
        await Plane.Segments.SaveAsync(segment with { Synced = true, Deleted = true, Revision = 1 });
        Assert.Empty(await Plane.Segments.AllAsync(Plane.Project));
        Assert.Empty((await Plane.Segments.ListAsync(Plane.Project, 10, 1, false, null, null, null, Token)).Items);
        Assert.Contains(await Plane.Segments.UnfinishedAsync(0, 1), found => found.Id == segment.Id);
    }

    [Fact]
    public async Task Recovery_finds_what_has_work_by_then_a_part_for_each_shard()
    {
        var rows = Enumerable.Range(0, 8).Select(hours => Any.Distribution(Any.Number()) with { Unfinished = true, WorkAt = Any.Noon.AddHours(hours) }).ToArray();
        await AtOnceAsync([.. rows, Any.Distribution(Any.Number())]);
        var unknown = Any.Distribution(Any.Number()) with { Unfinished = true };
        await Plane.Distributions.SaveAsync(unknown, null);
        var segments = Enumerable.Range(0, 8).Select(_ => Segment()).ToArray();
        foreach (var segment in segments)
        {
            await Plane.Segments.SaveAsync(segment);
        }

        for (var shard = 0; shard < 4; shard++)
        {
            Assert.Equal(
                rows[..6].Append(unknown).Where(row => row.Number % 4 == shard).OrderBy(row => row.Number).Select(row => (row.Project, row.Id)),
                await Plane.Distributions.UnfinishedAsync(Any.Noon.AddHours(5), shard, 4));
            Assert.Equal(
                segments.Where(row => row.Number % 4 == shard).OrderBy(row => row.Number).Select(row => (row.Project, row.Id)), await Plane.Segments.UnfinishedAsync(shard, 4));
        }

        Assert.Equal(Any.Noon.AddHours(3), (await Plane.Distributions.FindAsync(Plane.Project, rows[3].Id))!.WorkAt);
    }

    [Fact]
    public async Task The_zones_of_a_segment_are_kept_in_order()
    {
        var segment = Segment();
        await Plane.Segments.SaveAsync(segment);
        Assert.Null((await Plane.Segments.FindAsync(Plane.Project, segment.Id))!.Zones);

        ZoneEra[] zones = [new(default, "UTC"), new(Any.Noon.AddMilliseconds(1), "Europe/Warsaw")];
        await Plane.Segments.SaveAsync(segment with { Zones = zones, Revision = 1 });
        Assert.Equal(zones, (await Plane.Segments.FindAsync(Plane.Project, segment.Id))!.Zones);
        Assert.Equal(zones, Assert.Single(await Plane.Segments.AllAsync(Plane.Project), row => row.Id == segment.Id).Zones);
    }

    [Fact]
    public async Task A_damaged_segment_is_read_with_all_others_and_kept_as_it_is()
    {
        var segment = Segment() with { UnreadZones = "[{", Filter = [0xFF, 0xFE] };
        await Plane.Segments.SaveAsync(segment);
        await Plane.Segments.SaveAsync(Segment());
        var read = Assert.Single(await Plane.Segments.AllAsync(Plane.Project), row => row.Id == segment.Id);
        Assert.Equal((null, "[{"), (read.Zones, read.UnreadZones));

        await Plane.Segments.SaveAsync(SegmentRowMapping.Row(Plane.Project, segment.Id, SegmentRowMapping.State(read, new SegmentState()), read.Revision));
        var again = (await Plane.Segments.FindAsync(Plane.Project, segment.Id))!;
        Assert.Equal("[{", again.UnreadZones);
        Assert.Equal(segment.Filter, again.Filter);
        var listed = Assert.Single((await Plane.Segments.ListAsync(Plane.Project, 100, 1, true, null, [segment.Id], null, TestContext.Current.CancellationToken)).Items);
        Assert.Equal((SegmentStatuses.Unreadable, null), (listed.Status, listed.Filter));
    }

    [Fact]
    public async Task Who_is_due_for_a_review_is_found_project_by_project_and_page_by_page()
    {
        const int other = 987_654;
        var due = new List<CustomerWrite>();
        foreach (var minutes in (int[])[3, 1, 1, 2, 90])
        {
            var customer = Plane.Customer() with { ReviewAt = Any.Noon.AddMinutes(minutes) };
            await Plane.CommitAsync(commit => commit.Customer = customer);
            due.Add(customer);
        }

        var others = Plane.Customer() with { ReviewAt = Any.Noon.AddMinutes(2) };
        await Plane.Committer.CommitAsync(new Commit { Project = other, Customer = others });
        var now = Any.Noon.AddHours(1);

        Assert.Equal([Plane.Project, other], (await Plane.Customers.ProjectsDueForReviewAsync(now)).Order());
        Assert.Equal([Plane.Project], await Plane.Customers.ProjectsDueForReviewAsync(Any.Noon.AddMinutes(1)));
        Assert.Empty(await Plane.Customers.ProjectsDueForReviewAsync(Any.Noon));
        var first = await Plane.Customers.DueForReviewAsync(Plane.Project, now, null, 3);
        var second = await Plane.Customers.DueForReviewAsync(Plane.Project, now, first[^1], 3);
        Assert.Equal([due[1].Id, due[2].Id, due[3].Id], first.Select(found => found.Id));
        Assert.Equal([new DueReview(due[0].ReviewAt!.Value, due[0].Number, due[0].Id)], second);
    }

    private static SegmentRow Segment()
    {
        var number = Any.Number();
        return new SegmentRow { Number = number, Project = Plane.Project, Id = $"seg_{number}", Name = "A", Type = "static", CreatedAt = Any.Noon, Baseline = Any.Noon };
    }

    private Task<DistributionSave[]> AtOnceAsync(DistributionRow[] rows) =>
        Task.WhenAll(rows.Select(row => Task.Run(() => Plane.Distributions.SaveAsync(row, null))));
}
