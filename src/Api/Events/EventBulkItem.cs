namespace Marketing.Events;

/// <summary>The outcome of one event of a bulk request.</summary>
/// <param name="Status">200, or the status a request of its own would have had.</param>
/// <param name="Event">The receipt, when it was recorded.</param>
/// <param name="Error">The error body, when it was refused.</param>
internal sealed record EventBulkItem(int Status, EventResponse? Event, Http.ErrorBody? Error);
