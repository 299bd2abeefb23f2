using System.Collections.Concurrent;
using Marketing.AsyncActions;
using Marketing.MetadataSchemas;
using Marketing.Vouchers.Imports;

namespace Marketing.Loyalties;

/// <summary>
/// Cards, members and their points from a file, for a programme whose id begins the file on a line of its own. Rows of one card, or of one customer, take effect in their order, others at once.
/// </summary>
internal sealed class LoyaltyMembersCsvImport(MemberImports members, IAsyncActionStore actions, MetadataCheck metadata) : IImport
{
    private const int Part = 200;
    private const int AtOnce = 64;

    public string Type => LoyaltyJobs.ImportMembers;

    public string? Imported => "card";

    public bool IsFile => true;

    public bool CountsApart => true;

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var (campaign, content) = CampaignFile.Read(job.Payload);
        var file = new CsvFile(content, MemberLine.Known, MemberLine.IsKnown) { Cells = await metadata.CellsOfAsync(job.Project, "voucher") };
        var (lines, problems) = (new List<(long Row, MemberLine Line)>(), new List<ImportProblem>());
        for (var more = true; more;)
        {
            more = file.Read();
            if (more && file.Row > job.Cursor)
            {
                Take(file, lines, problems);
            }

            if (lines.Count + problems.Count >= Part || (!more && lines.Count + problems.Count > 0))
            {
                var counts = await ApplyAsync(job, campaign, lines, problems);
                yield return new ImportStep(file.Row, Math.Max(file.Total, file.Row), problems) { Counts = counts };
                (lines, problems) = ([], []);
            }
        }
    }

    private static void Take(CsvFile file, List<(long Row, MemberLine Line)> lines, List<ImportProblem> problems)
    {
        var (line, problem) = file.Problem is { } broken ? (null, new ImportProblem(file.Row, null, broken)) : MemberLine.Read(file);
        if (line is not null)
        {
            lines.Add((file.Row, line));
        }
        else
        {
            problems.Add(problem!);
        }
    }

    private async Task<RowCounts> ApplyAsync(ImportJob job, string campaign, List<(long Row, MemberLine Line)> lines, List<ImportProblem> problems)
    {
        var durable = await actions.DurableRowsAsync(job.Project, job.ActionId);
        var outcomes = new ConcurrentBag<MemberOutcome>(durable.Where(row => lines.Any(line => line.Row == row.Key)).Select(static row => row.Value ? MemberOutcome.Created : MemberOutcome.Updated));
        await Parallel.ForEachAsync(Groups(lines.Where(line => !durable.ContainsKey(line.Row))), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = job.Ended }, async (group, _) =>
        {
            foreach (var (row, line) in group)
            {
                job.Ended.ThrowIfCancellationRequested();
                outcomes.Add(await members.ApplyAsync(job, campaign, row, line));
            }
        });
        problems.AddRange(outcomes.Where(static one => one.Problem is not null).Select(static one => one.Problem!));
        problems.Sort(static (one, other) => one.Row.CompareTo(other.Row));
        return outcomes.Aggregate(default(RowCounts), static (counts, one) => counts + one.Counts);
    }

    // Whatever names the same card or the same customer belongs together.
    private static IEnumerable<IEnumerable<(long Row, MemberLine Line)>> Groups(IEnumerable<(long Row, MemberLine Line)> lines)
    {
        var groups = new Dictionary<string, List<(long Row, MemberLine Line)>>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            List<(long Row, MemberLine Line)> together = [line];
            var names = line.Line.Names.ToHashSet(StringComparer.Ordinal);
            foreach (var other in names.Select(groups.GetValueOrDefault).OfType<List<(long Row, MemberLine Line)>>().Distinct().ToList())
            {
                together.AddRange(other);
                names.UnionWith(other.SelectMany(static one => one.Line.Names));
            }

            foreach (var name in names)
            {
                groups[name] = together;
            }
        }

        return groups.Values.Distinct().Select(static group => group.OrderBy(static line => line.Row));
    }
}
