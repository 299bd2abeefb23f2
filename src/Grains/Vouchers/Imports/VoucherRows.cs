using Marketing.AsyncActions;

namespace Marketing.Vouchers.Imports;

/// <summary>Saves what rows of a job say of vouchers: different ones at once, one and the same in the order of the rows. A row that was durable before is not done again.</summary>
internal sealed class VoucherRows(IGrainFactory grains, IAsyncActionStore actions)
{
    private const int AtOnce = 64;

    /// <summary>Creates vouchers; adds those that are refused.</summary>
    public Task CreateAsync(ImportJob job, IReadOnlyList<(long Number, VoucherCommand Row)> rows, List<ImportProblem> failures) => EachAsync(
        job, rows, static row => row.Code ?? "", failures,
        (number, row) => grains.Voucher(job.Project, ObjectIds.FromSource("v_", job.Project, $"{job.ActionId}\n{number}")).CreateAsync(row, job.ContextOf(number)));

    /// <summary>Changes vouchers by their codes; adds those that are refused.</summary>
    public Task ChangeAsync(ImportJob job, IReadOnlyList<(long Number, VoucherCommand Row)> rows, List<ImportProblem> failures) => EachAsync(
        job, rows, static row => row.Code!, failures,
        async (number, row) => await grains.VoucherQueries(job.Project).FindIdAsync(row.Code!) is { } id
            ? await grains.Voucher(job.Project, id).ChangeAsync(row, job.ContextOf(number))
            : new VoucherResult.NotFound("voucher", row.Code!));

    private async Task EachAsync(
        ImportJob job, IReadOnlyList<(long Number, VoucherCommand Row)> rows, Func<VoucherCommand, string> code, List<ImportProblem> failures,
        Func<long, VoucherCommand, Task<VoucherResult>> save)
    {
        var durable = await actions.DurableRowsAsync(job.Project, job.ActionId);
        var refused = new List<ImportProblem>();
        await Parallel.ForEachAsync(
            rows.Where(row => !durable.ContainsKey(row.Number)).GroupBy(row => code(row.Row), StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = job.Ended },
            async (group, _) =>
            {
                foreach (var (number, row) in group)
                {
                    job.Ended.ThrowIfCancellationRequested();
                    if (WhyNot(await save(number, row), number, row.Code) is { } problem)
                    {
                        lock (refused)
                        {
                            refused.Add(problem);
                        }
                    }
                }
            });
        failures.AddRange(refused);
        failures.Sort(static (one, other) => one.Row.CompareTo(other.Row));
    }

    private static ImportProblem? WhyNot(VoucherResult result, long row, string? code) =>
        result is VoucherResult.InvalidMetadata invalid ? ImportProblem.OfFile(row, code, invalid.Problems)
        : WhyNot(result) is { } reason ? new ImportProblem(row, code, reason)
        : null;

    private static string? WhyNot(VoucherResult result) => result switch
    {
        VoucherResult.Saved => null,
        VoucherResult.NotFound missing => $"there is no such {missing.Type}",
        VoucherResult.Duplicate => "another voucher has this code",
        VoucherResult.Invalid invalid => $"{invalid.Field} {invalid.Rule}".Trim(),
        var other => other.GetType().Name,
    };
}
