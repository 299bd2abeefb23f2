using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Channels.Email.Feedback;
using Marketing.Channels.Webhooks;
using Marketing.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Connections;

[GrainType("bounce-mailbox")]
internal sealed partial class BounceMailboxGrain(
    Catalogues catalogues, ReturnedMails returned, IOptions<WebhookOptions> http, TimeProvider clock, ILogger<BounceMailboxGrain> logger) : Grain, IBounceMailboxGrain
{
    private const int Most = 500;
    private const uint Largest = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private DateTimeOffset _notBefore;
    private TimeSpan _pause;

    public async Task LookAsync()
    {
        var (project, id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        if (clock.GetUtcNow() < _notBefore || (await catalogues.GetAsync(project)).Section<ConnectionSection>().Find(id) is not { Problem: null } connection
            || connection.Values.Text(MailReturns.Host) is null)
        {
            return;
        }

        try
        {
            // Off the grain's scheduler: a server may take as long as it likes.
            var (read, told) = await Task.Run(() => ReadAsync(project, connection));
            _pause = TimeSpan.Zero;
            if (read > 0)
            {
                LogRead(id, read, told);
            }
        }
        catch (StorageUnavailableException)
        {
            // What was not noted is unread still.
            throw;
        }
        catch (Exception failure)
        {
            _pause = _pause == TimeSpan.Zero ? FirstPause : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
            _notBefore = clock.GetUtcNow() + _pause;
            LogFailed(id, failure.GetType().Name, _pause);
        }
    }

    private async Task<(int Read, int Told)> ReadAsync(int project, ChannelConnection connection)
    {
        // On the real clock even where a test moves another: a network does not get faster by that.
        using var patience = new CancellationTokenSource(Patience);
        using var client = await OpenAsync(connection.Values, patience.Token);
        var folder = await FolderAsync(client, connection.Values, patience.Token);
        await folder.OpenAsync(FolderAccess.ReadWrite, patience.Token);
        var unread = (await folder.SearchAsync(SearchQuery.NotSeen, patience.Token)).Take(Most).ToList();
        var (read, told) = (0, 0);
        foreach (var summary in await folder.FetchAsync(unread, MessageSummaryItems.UniqueId | MessageSummaryItems.Size, patience.Token))
        {
            patience.CancelAfter(Patience);
            if (summary.Size is null or <= Largest)
            {
                using var mail = await folder.GetStreamAsync(summary.UniqueId, "", patience.Token);
                told += await TakeAsync(project, connection.Id, mail, patience.Token) ? 1 : 0;
            }

            // Only now: what a crash comes before is read again, and does nothing the second time.
            await folder.AddFlagsAsync(summary.UniqueId, MessageFlags.Seen, silent: true, patience.Token);
            read++;
        }

        await client.DisconnectAsync(quit: true, patience.Token);
        return (read, told);
    }

    // Anybody may write there: a mail that cannot be read must not hold back those behind it. What says nothing about the mail is tried again.
    private async Task<bool> TakeAsync(int project, string connection, Stream mail, CancellationToken cancellation)
    {
        try
        {
            return await returned.TakeAsync(project, mail, cancellation);
        }
        catch (Exception failure) when (failure is not (StorageUnavailableException or OperationCanceledException or TimeoutException or OrleansException or IOException))
        {
            LogUnreadable(connection, failure.GetType().Name);
            return false;
        }
    }

    private async Task<ImapClient> OpenAsync(ConnectionValues values, CancellationToken cancellation)
    {
        var (host, port) = (values.Line(MailReturns.Host), (int)(values.Number(MailReturns.Port) ?? 993));
        var client = new ImapClient { Timeout = (int)Patience.TotalMilliseconds };
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // The very addresses that were checked: a name that answers differently the second time gains nothing.
            await socket.ConnectAsync(await new GuardedConnector(http.Value.AllowPrivateNetworks).AddressesAsync(host, cancellation), port, cancellation);
            await client.ConnectAsync(
                socket, host, port,
                values.Text(MailReturns.Security) switch
                {
                    "none" => SecureSocketOptions.None,
                    "starttls" => SecureSocketOptions.StartTls,
                    _ => SecureSocketOptions.SslOnConnect,
                },
                cancellation);
            await client.AuthenticateAsync(values.Line(MailReturns.User), values.Line(MailReturns.Password), cancellation);
            return client;
        }
        catch
        {
            client.Dispose();
            socket.Dispose();
            throw;
        }
    }

    private static async Task<IMailFolder> FolderAsync(ImapClient client, ConnectionValues values, CancellationToken cancellation) =>
        values.Text(MailReturns.Folder) is { } name && !name.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? await client.GetFolderAsync(name, cancellation) : client.Inbox!;

    [LoggerMessage(LogLevel.Information, "The mailbox of connection {Connection} had {Read} unread mails, {Told} of which told something new")]
    private partial void LogRead(string connection, int read, int told);

    [LoggerMessage(LogLevel.Warning, "A mail in the mailbox of connection {Connection} could not be read ({Reason}) and is passed over")]
    private partial void LogUnreadable(string connection, string reason);

    [LoggerMessage(LogLevel.Warning, "The mailbox of connection {Connection} could not be read ({Reason}); next look in {Pause}")]
    private partial void LogFailed(string connection, string reason, TimeSpan pause);
}
