using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Loyalties;

/// <summary>Answers of grains as callers get them.</summary>
internal static class LoyaltyAnswers
{
    public static Results<Wire<RawJson>, ApiError> Answer(this LoyaltyResult result) => result is LoyaltyResult.Saved saved ? Wire.Ok(saved.Document) : Refusal(result);

    public static Results<Wire<IReadOnlyList<RawJson>>, ApiError> AnswerAll(this LoyaltyResult result) => result is LoyaltyResult.AllSaved saved ? Wire.Ok(saved.Documents) : Refusal(result);

    public static ApiError Refusal(LoyaltyResult result) => result switch
    {
        LoyaltyResult.NotFound missing => ApiError.NotFound(missing.Type, missing.Id),
        LoyaltyResult.NotHeld card => new ApiError(400, "not_published", "Not published", $"Nobody holds the card {card.Id}: it has to be published to a customer before points are put on it"),
        LoyaltyResult.OutOfBounds held => new ApiError(400, "invalid_amount", "Invalid Amount", $"There are {held.Balance} points: there must be at least as many as are taken, and at most {LoyaltyLimits.Points}"),
        LoyaltyResult.NotPending state => new ApiError(400, "invalid_pending_points_state", "Invalid pending points state", state.Status),
        LoyaltyResult.NotEarning { Why: NotEarningBecause.Program } closed => new ApiError(400, "campaign_not_active", $"Loyalty campaign '{closed.Of}' is not active", "Given campaign is not active"),
        LoyaltyResult.NotEarning { Why: NotEarningBecause.NoMember } stranger =>
            new ApiError(400, "campaign_not_allow_auto_join", $"Loyalty campaign '{stranger.Of}' does not allow auto-join for non-members", "Given campaign does not allow auto-join"),
        LoyaltyResult.NotEarning card => new ApiError(400, "loyalty_card_not_active", $"Customer's loyalty card '{card.Of}' is not active", "Given customer's loyalty card is not active"),
        LoyaltyResult.DuplicateSourceId duplicate => ApiError.DuplicateSourceId("Transaction", duplicate.SourceId),
        LoyaltyResult.Invalid { Problems: [{ Field: "expiration_date" } past] } => new ApiError(400, "invalid_expiration_date", "Invalid Expiration Date", $"Expiration date {past.Message}"),
        LoyaltyResult.Invalid invalid => ApiError.InvalidFields(invalid.Problems),
        LoyaltyResult.InvalidMetadata invalid => ApiError.InvalidMetadata(invalid.Problems),
        LoyaltyResult.KeyReused => ApiError.KeyReused(),
        LoyaltyResult.Deleted deleted => ApiError.DeletedMeanwhile(deleted.Type, deleted.Id),
        _ => throw new UnreachableException(),
    };
}
