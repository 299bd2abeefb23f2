using System.Globalization;
using Marketing.Vouchers.Credits;
using Xunit;

namespace Marketing.Filters;

/// <summary>Pages of which not every row is shown, over so many rows as the database has.</summary>
public sealed class FilteredPagesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(99, 3)]
    [InlineData(100, 3)]
    [InlineData(101, 1)]
    [InlineData(600, 7)]
    [InlineData(1_999, 2)]
    [InlineData(FilteredPages.Most, 5)]
    public async Task All_pages_together_show_each_that_passes_once_and_count_them_in_the_end(int rows, int every)
    {
        string[] passing = [.. Enumerable.Range(0, rows).Where(row => row % every == 0).Select(Name)];
        var seen = new List<string>();
        for (var number = 1; ; number++)
        {
            var page = (await PageAsync(rows, row => row % every == 0, number))!;
            seen.AddRange(page.Items);
            Assert.Equal(page.HasMore, page.TotalIsMinimum);
            Assert.Equal(page.HasMore ? seen.Count + 1 : passing.Length, page.Total);
            if (!page.HasMore)
            {
                break;
            }
        }

        Assert.Equal(passing, seen);
    }

    [Theory]
    [InlineData(FilteredPages.Most + 1, 1_000, 1, false)]
    [InlineData(FilteredPages.Most, 1_000, 1, true)]
    [InlineData(1_000_000, 80, 1, true)]
    [InlineData(1_000_000, 81, 1, true)]
    [InlineData(1_000_000, 85, 1, false)]
    [InlineData(1_000_000, 80, 2, false)]
    [InlineData(1_000_000, 1, 80, true)]
    [InlineData(1_000_000, 1, 81, false)]
    public async Task A_page_that_the_first_rows_do_not_fill_is_none_however_many_rows_there_are(int rows, int every, int number, bool isThere)
    {
        var looked = 0;
        Assert.Equal(isThere, await PageAsync(rows, row => row % every == 0, number, () => looked++) is not null);
        Assert.InRange(looked, 0, FilteredPages.Most + 1);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(28, 1, 1)]
    [InlineData(29, 1, 2)]
    [InlineData(1_000, 7, 6)]
    [InlineData(5_000, 2_500, 3)]
    [InlineData(4_000, 10_000, 2)]
    public async Task Changes_are_read_on_to_the_end_in_pages_that_end_early_where_few_are_met(int rows, int every, int pages)
    {
        var seen = new List<int>();
        var read = 0;
        for (string? after = null; ; read++)
        {
            var looked = 0;
            var listed = await LedgerPages.ReadAsync(
                25, entry => Number(entry) % every == 0, after, (last, limit) => Task.FromResult(Rows(rows, last, limit, () => looked++)),
                static some => Task.FromResult<IReadOnlyList<RawJson?>>([.. some.Select(static row => row.EndsWith('3') ? null : RawJson.Parse(row))]), static row => row);
            Assert.InRange(looked, 0, FilteredPages.Most);
            Assert.InRange(listed.Page!.Items.Count, 0, 25);
            Assert.Equal(listed.Page.HasMore, listed.MoreAfter is not null);
            seen.AddRange(listed.Page.Items.Select(Number));
            after = listed.MoreAfter;
            if (after is null)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, rows).Where(row => row % every == 0 && row % 10 != 3), seen);
        Assert.Equal(pages, read + 1);
    }

    private static Task<Page<string>?> PageAsync(int rows, Predicate<int> passes, int number, Action? looked = null) => FilteredPages.FilteredAsync<string>(
        (last, limit) => Task.FromResult(Rows(rows, last, limit, looked).Items), 25, number,
        some => Task.FromResult(some.Where(row => passes(int.Parse(row, CultureInfo.InvariantCulture)))));

    private static Page<string> Rows(int rows, string? last, int limit, Action? looked)
    {
        var from = last is null ? 0 : int.Parse(last, CultureInfo.InvariantCulture) + 1;
        string[] read = [.. Enumerable.Range(from, Math.Max(0, Math.Min(limit, rows - from))).Select(Name)];
        foreach (var _ in read)
        {
            looked?.Invoke();
        }

        return new Page<string>(read, -1, from + read.Length < rows);
    }

    private static int Number(RawJson entry) => entry.ToElement().GetInt32();

    private static string Name(int row) => row.ToString(CultureInfo.InvariantCulture);
}
