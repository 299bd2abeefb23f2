using Marketing.AsyncActions;
using Marketing.MetadataSchemas;

namespace Marketing.Vouchers.Imports;

/// <summary>
/// New vouchers from a file. Columns: Code, Voucher Type, Value in the unit of the type (percent, or minor units), Discount Type, Start Date, Expiration Date, Redemption Limit, Active, Additional Info, Category; every other column becomes
/// metadata. In a campaign the worth is the campaign's.
/// </summary>
internal class VouchersCsvImport(VoucherRows vouchers, MetadataCheck metadata) : CsvImport<VoucherCommand>
{
    public override string Type => VoucherJobs.ImportCsv;

    public override string Imported => "voucher";

    /// <summary>The campaign that rows are of; null for none.</summary>
    protected virtual string? CampaignOf(ImportJob job) => null;

    protected override CsvFile Open(byte[] file) => new(file, VoucherCells.Known, VoucherCells.IsKnown);

    protected override ValueTask<MetadataCells> CellsAsync(int project) => metadata.CellsOfAsync(project, "voucher");

    protected override (VoucherCommand? Row, ImportProblem? Problem) Read(CsvFile file) => VoucherCells.Read(file);

    protected override Task SaveAsync(ImportJob job, IReadOnlyList<(long Number, VoucherCommand Row)> rows, List<ImportProblem> failures) =>
        vouchers.CreateAsync(job, [.. rows.Select(row => (row.Number, row.Row with { Campaign = CampaignOf(job) }))], failures);
}

/// <summary>The same for vouchers of a campaign, whose id begins the file on a line of its own.</summary>
internal sealed class CampaignVouchersCsvImport(VoucherRows vouchers, MetadataCheck metadata) : VouchersCsvImport(vouchers, metadata)
{
    public override string Type => VoucherJobs.CampaignImportCsv;

    protected override string? CampaignOf(ImportJob job) => CampaignFile.Read(job.Payload).Campaign;

    protected override CsvFile Open(byte[] file) => base.Open(CampaignFile.Read(file).Rows);
}

/// <summary>A file of codes together with the campaign they are for: its id, a line break, and the file as it was uploaded.</summary>
internal static class CampaignFile
{
    public static (string Campaign, byte[] Rows) Read(byte[] payload)
    {
        var end = payload.AsSpan().IndexOf((byte)'\n');
        return (System.Text.Encoding.UTF8.GetString(payload, 0, end), payload[(end + 1)..]);
    }
}
