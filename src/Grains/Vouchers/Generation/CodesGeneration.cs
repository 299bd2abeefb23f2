using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Projects;
using Marketing.Storage;

namespace Marketing.Vouchers.Generation;

/// <summary>The job that makes the codes of a campaign. Its rows are parts of codes, so that one that was durable before is not made again.</summary>
internal sealed class CodesGeneration(
    CodeGenerator generator, Catalogues catalogues, IAsyncActionStore actions, ITableStore<CampaignRow> campaigns, ICommitter committer) : IImport
{
    // Several commits at once share a transaction.
    private const int AtOnce = 4;

    public string Type => CampaignJobs.Generate;

    public string? Imported => null;

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var wanted = JsonSerializer.Deserialize<CodesJob>(job.Payload)!;
        var parts = (wanted.Count + CodeGenerator.Part - 1) / CodeGenerator.Part;
        for (var done = job.Cursor; done < parts;)
        {
            job.Ended.ThrowIfCancellationRequested();
            var catalogue = await catalogues.FreshAsync(job.Project);
            if (catalogue.Section<CampaignSection>().Find(wanted.Campaign) is not { } campaign)
            {
                // Durable before the campaign is: it may be about to be. Tried a few times, then the job ends.
                throw new InvalidOperationException("There is no such campaign.");
            }

            var pattern = wanted.CodeConfig is { } config ? CodePattern.Of(config.ToElement()) : campaign.Pattern;
            var document = wanted.Fields ?? RawJson.EmptyObject;
            var caseSensitive = catalogue.Section<ProjectSection>().CaseSensitiveCodes;
            var durable = await actions.DurableRowsAsync(job.Project, job.ActionId);
            var last = Math.Min(parts, done + AtOnce);
            await OrShortAsync(job.Project, wanted.Campaign, Task.WhenAll(Enumerable.Range((int)done, (int)(last - done)).Where(part => !durable.ContainsKey(part + 1)).Select(part => generator.MakeAsync(
                job.Project, campaign, pattern, caseSensitive, (int)Math.Min(CodeGenerator.Part, wanted.Count - ((long)part * CodeGenerator.Part)), document,
                new ImportRow(job.ActionId, part + 1, Creates: true)))));
            done = last;
            yield return new ImportStep(done, parts, []);
        }
    }

    // A job that ends without its codes leaves word at the campaign, where a user looks.
    private async Task OrShortAsync(int project, string campaign, Task made)
    {
        try
        {
            await made;
        }
        catch (ImportRefusedException)
        {
            while (await campaigns.FindAsync(project, campaign) is { Name: not null, IsShort: false } row)
            {
                var commit = new Commit { Project = project };
                commit.Rows.Add(CampaignTable.Campaigns.Save(row with { IsShort = true }));
                await committer.CommitAsync(commit);
                await catalogues.ChangedAsync(project);
            }

            throw;
        }
    }
}
