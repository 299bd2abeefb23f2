using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>What a member had before the programme was here.</summary>
internal sealed partial class LoyaltyCardGrain
{
    public Task<LoyaltyResult> ImportAsync(PointsImport import, CommandContext context) => RunAsync(BySource("import", import.Key, import.Points, context), import.Key, book =>
    {
        var ends = import.Expiry switch
        {
            PointsExpiry.Date => import.Ends,
            PointsExpiry.Never => null,
            _ => book.Program.EndOf(null, book.Today),
        };
        if (import.Points > 0 && ends < book.Today)
        {
            return CardDecision.Refused(new LoyaltyResult.Invalid([new FieldProblem(MemberLine.EndsColumn, "cannot be in the past")]));
        }

        var (tier, problem) = StandingOf(import, book);
        if (problem is not null)
        {
            return CardDecision.Refused(new LoyaltyResult.Invalid([problem]));
        }

        if (book.State.Total + import.Points > LoyaltyLimits.Points)
        {
            return CardDecision.Refused(new LoyaltyResult.OutOfBounds(book.State.Balance));
        }

        book.Import(import.Points, ends, tier, new PointsCause(null, "Import", context.Channel, null));
        return CardDecision.Of(() => import.Mark);
    });

    private (TierStanding? Tier, FieldProblem? Problem) StandingOf(PointsImport import, MemberBook book)
    {
        if (import.Tier is not { } name)
        {
            return (null, null);
        }

        var tier = book.Program.Tiers.FirstOrDefault(one => one.Name == name);
        return tier is null ? (null, new FieldProblem(MemberLine.TierColumn, "is none of the programme's"))
            : book.Program.Tiering.Ends == TierEnd.BalanceDrop ? (null, new FieldProblem(MemberLine.TierColumn, "goes by the balance alone in this programme"))
            : import.TierEnds < book.Today ? (null, new FieldProblem(MemberLine.TierEndsColumn, "cannot be in the past"))
            : (new TierStanding(tier.Id, tier.Row.From, book.Today, import.TierEnds, clock.GetStoredNow(), null), null);
    }
}
