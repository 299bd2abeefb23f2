using Marketing.AsyncActions;
using Marketing.Campaigns;
using Marketing.Storage;

namespace Marketing.Vouchers.Generation;

/// <summary>Makes codes of campaigns, many in one commit.</summary>
internal sealed class CodeGenerator(ITableStore<VoucherRow> vouchers, ICommitter committer, INumbers numbers, TimeProvider clock)
{
    /// <summary>How many codes go into one commit.</summary>
    public const int Part = 1_000;

    // A pattern has room for ten times its codes, so each try finds room for nine of ten.
    private const int MostTries = 100;

    /// <summary>Makes codes that nobody has, and the range by which they are found when they are given out.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="pattern">How they look.</param>
    /// <param name="caseSensitive">Whether <c>A</c> is not <c>a</c>.</param>
    /// <param name="count">How many, at most <see cref="Part"/>.</param>
    /// <param name="document">What is said of each beside the campaign's terms.</param>
    /// <param name="part">The part of a job; null where there is none.</param>
    /// <param name="leasedBy">The silo that gives them out at once; null for nobody.</param>
    /// <returns>The vouchers, and their range.</returns>
    /// <exception cref="ImportRefusedException">The pattern has hardly any codes left that nobody has.</exception>
    public async Task<(IReadOnlyList<VoucherRow> Vouchers, CodeRangeRow Range)> MakeAsync(
        int project, CampaignEntry campaign, CodePattern pattern, bool caseSensitive, int count, RawJson document, ImportRow? part, string? leasedBy = null)
    {
        var first = await numbers.NextRangeAsync(VoucherTable.Vouchers.Numbers, count);
        var range = CodeRangeRow.New(await numbers.NextAsync(CodeRangeTable.Ranges.Numbers), campaign.Number, first, first + count - 1, leasedBy, clock.GetStoredNow());
        var codes = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (var tries = 0; tries < MostTries; tries++)
        {
            await FillAsync(project, pattern, caseSensitive, count, codes);
            if (codes.Count < count)
            {
                continue;
            }

            var now = clock.GetStoredNow();
            var type = CampaignTypes.VoucherOf(campaign.Row.CampaignType).Type;
            var rows = codes.Select((code, at) => new VoucherRow(
                first + at, ObjectIds.New("v_"), 0, code.Value, code.Key, campaign.Number, null, type, IsActive: true, document, now, null)).ToList();
            var commit = new Commit { Project = project, Import = part };
            commit.Rows.AddRange(rows.Select(VoucherTable.Vouchers.Save));
            commit.Rows.Add(CodeRangeTable.Ranges.Save(range));
            commit.Tallies.Add(new Tally(CampaignFigures.Key(campaign.Number, CampaignFigures.Created), count));
            commit.Tallies.Add(new Tally(CampaignFigures.Key(campaign.Number, CampaignFigures.Generated), part is null ? 0 : count));
            switch ((await committer.CommitAsync(commit)).RefusedBy)
            {
                case null:
                    return ([.. rows.Select(static row => row with { Version = 1 })], range with { Version = 1 });
                case Guard.Unique taken:
                    codes.Remove(taken.Value);
                    break;
                default:
                    break;
            }
        }

        throw new ImportRefusedException($"The pattern has too little room: {codes.Count} of {count} codes that nobody has were found in {MostTries} tries");
    }

    private async Task FillAsync(int project, CodePattern pattern, bool caseSensitive, int count, Dictionary<string, string> codes)
    {
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var missing = count - codes.Count; missing > 0; missing--)
        {
            var code = pattern.Next();
            made[CodeKeys.Of(code, caseSensitive)] = code;
        }

        foreach (var taken in await vouchers.FindManyAsync(project, VoucherTable.CodeKey, [.. made.Keys]))
        {
            made.Remove(taken.CodeKey);
        }

        foreach (var (key, code) in made)
        {
            codes.TryAdd(key, code);
        }
    }
}
