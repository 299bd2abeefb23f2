using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.Vouchers.Generation;

/// <summary>The job that deletes the codes of a campaign that is gone, and then the campaign.</summary>
internal sealed class CodesDeletion(
    ITableStore<CampaignRow> campaigns, ITableStore<VoucherRow> vouchers, ITableStore<CodeRangeRow> ranges, ITableStore<HolderRow> holders, RulesAtBirth rules, Catalogues catalogues,
    ILoyaltyCards cards, ICommitter committer) : IImport
{
    private const int Part = 1_000;

    public string Type => CampaignJobs.Delete;

    public string? Imported => null;

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var id = JsonSerializer.Deserialize<CodesJob>(job.Payload)!.Campaign;
        if (await campaigns.FindAsync(job.Project, id) is not { } campaign)
        {
            yield break;
        }

        if (campaign.Name is not null)
        {
            // The job is durable before the campaign is marked; if it never is, nothing is to be deleted.
            throw new InvalidOperationException("The campaign is not marked as deleted yet.");
        }

        for (var done = job.Cursor; ;)
        {
            job.Ended.ThrowIfCancellationRequested();
            var rows = await vouchers.FindManyAsync(job.Project, VoucherTable.Campaign, [campaign.Number], Part);
            var free = await ranges.FindManyAsync(job.Project, CodeRangeTable.Campaign, [campaign.Number], Part);
            if (rows.Count == 0 && free.Count == 0)
            {
                break;
            }

            await (campaign.CampaignType == CampaignTypes.Loyalty ? cards.RemoveAsync(job.Project, [.. rows.Select(static row => row.Number)]) : Task.CompletedTask);
            var given = await holders.FindManyAsync(job.Project, [.. rows.Select(static row => row.Number)]);
            var commit = new Commit { Project = job.Project };
            commit.Rows.AddRange(rows.Select(VoucherTable.Vouchers.Delete));
            commit.Rows.AddRange(free.Select(CodeRangeTable.Ranges.Delete));
            commit.Rows.AddRange(given.Select(HolderTable.Holders.Delete));
            var released = await rules.ReleaseAsync(job.Project, VoucherRuleTarget.Kind, [.. rows.Select(static row => row.Id)]);
            commit.Rows.AddRange(released);
            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                await (released.Count > 0 ? catalogues.ChangedAsync(job.Project) : Task.CompletedTask);
                done += rows.Count;
                yield return new ImportStep(done, done + 1, []);
            }
        }

        var last = new Commit { Project = job.Project };
        last.Rows.Add(CampaignTable.Campaigns.Delete(campaign));
        await committer.CommitAsync(last);
    }
}
