using MailKit.Net.Smtp;

namespace Marketing.Channels.Email.Smtp;

/// <summary>A client that can ask for encryption without carrying it out.</summary>
internal sealed class StartTlsClient : SmtpClient
{
    public async Task StartTlsAsync(CancellationToken cancellation)
    {
        var response = await SendCommandAsync("STARTTLS", cancellation);
        if (response.StatusCode != SmtpStatusCode.ServiceReady)
        {
            throw new SmtpCommandException(SmtpErrorCode.UnexpectedStatusCode, response.StatusCode, response.Response);
        }
    }
}
