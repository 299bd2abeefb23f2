using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Vouchers;

/// <summary>Lists of changes of balances, as they are asked for and answered.</summary>
internal static class TransactionAnswers
{
    public static readonly QueryParameter[] Parameters =
    [
        Query.Limit, Query.Order("-id", "id"), Query.StartingAfterId,
        Query.Filters("transactions", "id, voucher_id, campaign_id, type, source_id, reason, source or created_at"),
    ];

    public static LedgerQuery Read(QueryReader query) => new(query.Limit(), query.Order("-id", "id") == "id", query.Text("starting_after_id"), query.Filters());

    public static Results<Wire<CursorList<RawJson>>, ApiError> Answer(this Listed listed) =>
        listed.Page is { } page ? Wire.Ok(new CursorList<RawJson>(page.Items, page.HasMore) { MoreStartingAfter = listed.MoreAfter }) : listed.Refusal();
}
