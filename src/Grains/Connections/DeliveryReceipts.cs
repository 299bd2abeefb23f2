using Marketing.Storage;

namespace Marketing.Connections;

/// <summary>Finds what providers reported.</summary>
internal sealed class DeliveryReceipts(ITableStore<ReceiptRow> store)
{
    // Channels whose providers report afterwards; for others nothing is looked up.
    private static readonly string[] Reporting = ["email", "sms"];

    /// <summary>What was reported of messages, by their ids.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="messages">Ids, each with the type of its channel.</param>
    public async ValueTask<IReadOnlyDictionary<string, ReceiptRow>> FindAsync(int project, IEnumerable<(string Id, string Channel)> messages) =>
        messages.Where(static message => Reporting.Contains(message.Channel)).Select(static message => message.Id).ToArray() is { Length: > 0 } ids
            ? (await store.FindManyAsync(project, ids)).ToDictionary(static row => row.Id, StringComparer.Ordinal)
            : new Dictionary<string, ReceiptRow>();
}
