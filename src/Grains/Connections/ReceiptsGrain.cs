using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Channels.Sms;
using Marketing.Customers;
using Marketing.Storage;
using Marketing.Suppressions;
using Orleans.Concurrency;

namespace Marketing.Connections;

[GrainType("receipts"), StatelessWorker, Reentrant]
internal sealed class ReceiptsGrain(
    ITableStore<ReceiptRow> store, ICommitter committer, Catalogues catalogues, ProviderRegistry providers, ReceiptAddresses addresses, INumbers numbers, TimeProvider clock) : Grain, IReceiptsGrain
{
    private const string Channel = "sms";
    private const int LongestReason = 300;

    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<bool> ReceiveAsync(ProviderReport report)
    {
        var call = new HookCall(addresses.Called(report.PathAndQuery), report.Headers, report.Body);
        var known = await catalogues.GetAsync(Project);
        var (read, stopWords) = Read(known, report.Connection, call);
        if (read is SmsReport.Forged && await catalogues.FreshAsync(Project) is var newest && newest.Version != known.Version)
        {
            // The connection, or its secret, may be newer than this silo has heard of.
            (read, stopWords) = Read(newest, report.Connection, call);
        }

        switch (read)
        {
            case SmsReport.Forged:
                return false;
            case SmsReport.Receipt receipt when receipt.MessageId.Length is > 0 and <= 64:
                await SaveAsync(receipt);
                return true;
            case SmsReport.Reply reply when SmsOutcomes.IsStop(reply.Text, stopWords) && PhoneNumber.TryNormalize(reply.From, null, out var number):
                await GrainFactory.Suppressions(Project).AddAsync(Channel, number, "unsubscribed");
                return true;
            default:
                return true;
        }
    }

    private (SmsReport Report, string? StopWords) Read(CatalogueSnapshot catalogue, string id, HookCall call) =>
        catalogue.Section<ConnectionSection>().Find(id) is { Problem: null } connection && providers.Find(connection.Type, connection.Provider) is ISmsProvider provider
            ? (provider.Read(connection, call, clock.GetUtcNow()), connection.Values.Text("stop_words"))
            : (new SmsReport.Forged(), null);

    // They come in any order and more than once: what has arrived stays arrived.
    private async Task SaveAsync(SmsReport.Receipt receipt)
    {
        var now = clock.GetStoredNow();
        while (true)
        {
            var present = await store.FindAsync(Project, receipt.MessageId);
            var state = receipt.IsDelivered ? "delivered" : "undelivered";
            if (present is not null && (present.State == state || present.State == "delivered"))
            {
                return;
            }

            var reason = receipt.Reason is { Length: > 0 } said ? PlainText.Start(PlainText.Storable(said), LongestReason) : null;
            var row = present is null
                ? new ReceiptRow(await numbers.NextAsync(ReceiptTable.Receipts.Numbers), receipt.MessageId, 0, state, reason, now, now + ReceiptTable.Kept)
                : present with { State = state, Reason = receipt.IsDelivered ? null : reason };
            var commit = new Commit { Project = Project };
            commit.Rows.Add(ReceiptTable.Receipts.Save(row));
            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                return;
            }
        }
    }
}
