using System.Text.Json;
using Marketing.AsyncActions;

namespace Marketing.Vouchers.Imports;

/// <summary>New vouchers from a JSON array, which was checked when it was uploaded.</summary>
internal class VouchersImport(VoucherRows vouchers) : IImport
{
    private const int Part = 500;

    public virtual string Type => VoucherJobs.Import;

    public virtual string? Imported => "voucher";

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var rows = JsonSerializer.Deserialize<List<VoucherCommand>>(job.Payload, WireJson.Options)!;
        for (var start = (int)job.Cursor; start < rows.Count; start += Part)
        {
            var end = Math.Min(rows.Count, start + Part);
            var failures = new List<ImportProblem>();
            await SaveAsync(job, [.. Enumerable.Range(start, end - start).Select(at => (at + 1L, rows[at]))], failures);
            yield return new ImportStep(end, rows.Count, failures);
        }
    }

    protected virtual Task SaveAsync(ImportJob job, IReadOnlyList<(long Number, VoucherCommand Row)> rows, List<ImportProblem> failures) => Vouchers.CreateAsync(job, rows, failures);

    protected VoucherRows Vouchers => vouchers;
}

/// <summary>The same for vouchers of a campaign.</summary>
internal sealed class CampaignVouchersImport(VoucherRows vouchers) : VouchersImport(vouchers)
{
    public override string Type => VoucherJobs.CampaignImport;
}

/// <summary>Metadata of vouchers that there are.</summary>
internal class VouchersUpdate(VoucherRows vouchers) : VouchersImport(vouchers)
{
    public override string Type => VoucherJobs.BulkUpdate;

    public override string? Imported => null;

    protected override Task SaveAsync(ImportJob job, IReadOnlyList<(long Number, VoucherCommand Row)> rows, List<ImportProblem> failures) => Vouchers.ChangeAsync(job, rows, failures);
}

/// <summary>The same metadata for many.</summary>
internal sealed class VouchersMetadataUpdate(VoucherRows vouchers) : IImport
{
    private const int Part = 500;

    public string Type => VoucherJobs.MetadataUpdate;

    public string? Imported => null;

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var payload = JsonSerializer.Deserialize<VouchersMetadata>(job.Payload, WireJson.Options)!;
        for (var start = (int)job.Cursor; start < payload.Codes.Count; start += Part)
        {
            var end = Math.Min(payload.Codes.Count, start + Part);
            var failures = new List<ImportProblem>();
            await vouchers.ChangeAsync(
                job, [.. Enumerable.Range(start, end - start).Select(at => (at + 1L, new VoucherCommand { Code = payload.Codes[at], Metadata = payload.Metadata }))], failures);
            yield return new ImportStep(end, payload.Codes.Count, failures);
        }
    }

    private sealed record VouchersMetadata(IReadOnlyList<string> Codes, RawJson Metadata);
}
