using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Channels.Sms;
using Marketing.Customers;
using Marketing.Suppressions;
using Orleans.Concurrency;

namespace Marketing.Connections;

[GrainType("receipts"), StatelessWorker, Reentrant]
internal sealed class ReceiptsGrain(Catalogues catalogues, ProviderRegistry providers, ReceiptAddresses addresses, ReceiptWriter receipts, MailReports mail, ReturnedMails returned, TimeProvider clock) : Grain, IReceiptsGrain
{
    private const string TextMessages = "sms";
    private const string Mail = "email";

    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<bool> ReceiveAsync(ProviderReport report)
    {
        var call = new HookCall(addresses.Called(report.PathAndQuery), report.Headers, report.Body);
        return await OfConnectionAsync(report.Connection, connection => TakeAsync(connection, call));
    }

    public Task<bool> ReturnAsync(ProviderReport report) => OfConnectionAsync(report.Connection, async connection =>
    {
        if (connection.Type != Mail || !ReturnedMails.IsFrom(connection.Values, new HookCall(report.PathAndQuery, report.Headers, report.Body)))
        {
            return false;
        }

        await returned.TakeAsync(Project, new MemoryStream(report.Body.ToArray()));
        return true;
    });

    private async Task<bool> OfConnectionAsync(string id, Func<ChannelConnection, Task<bool>> take)
    {
        var known = await catalogues.GetAsync(Project);
        if (Find(known) is { } connection && await take(connection))
        {
            return true;
        }

        // The connection, or its secret, may be newer than this silo has heard of.
        return await catalogues.FreshAsync(Project) is var newest && newest.Version != known.Version && Find(newest) is { } changed && await take(changed);

        ChannelConnection? Find(CatalogueSnapshot catalogue) => catalogue.Section<ConnectionSection>().Find(id) is { Problem: null } usable ? usable : null;
    }

    private async Task<bool> TakeAsync(ChannelConnection connection, HookCall call) => connection switch
    {
        { Type: Mail } => await mail.TakeAsync(Project, connection, call),
        _ when providers.Find(connection.Type, connection.Provider) is ISmsProvider provider => await TakeAsync(connection, provider.Read(connection, call, clock.GetUtcNow())),
        _ => false,
    };

    private async Task<bool> TakeAsync(ChannelConnection connection, SmsReport read)
    {
        switch (read)
        {
            case SmsReport.Forged:
                return false;
            case SmsReport.Receipt receipt when receipt.MessageId.Length is > 0 and <= 64:
                await receipts.SaveAsync(Project, receipt.MessageId, receipt.IsDelivered ? ReceiptStates.Delivered : ReceiptStates.Undelivered, receipt.IsDelivered ? null : receipt.Reason);
                return true;
            case SmsReport.Reply reply when SmsOutcomes.IsStop(reply.Text, connection.Values.Text("stop_words")) && PhoneNumber.TryNormalize(reply.From, null, out var number):
                await GrainFactory.Suppressions(Project).AddAsync(TextMessages, number, SuppressionReasons.Unsubscribed);
                return true;
            default:
                return true;
        }
    }
}
