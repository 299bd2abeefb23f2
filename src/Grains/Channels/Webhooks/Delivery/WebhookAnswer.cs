using System.Net;
using System.Net.Sockets;

namespace Marketing.Channels.Webhooks;

/// <summary>What an attempt came to, for the message and for the receiver's breaker. Reasons never quote the body or the address.</summary>
internal readonly record struct WebhookAnswer(DeliveryOutcome Outcome, ReceiverHealth Health)
{
    private static readonly DeliveryOutcome[] Accepted = [.. Enumerable.Range(200, 100).Select(status => new DeliveryOutcome.Sent($"HTTP {status}"))];

    public static WebhookAnswer From(HttpResponseMessage response, TimeProvider clock)
    {
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            _ when status is >= 200 and < 300 => new(Accepted[status - 200], ReceiverHealth.Answering),

            // Not followed: the new place was never validated, and a POST may turn into a GET. It may be a mistake that is put
            // right within the day, so it takes the normal schedule, like any other answer that is not 2xx.
            _ when status is >= 300 and < 400 => Temporary($"HTTP {status}: redirects are not followed", ReceiverHealth.Answering),
            HttpStatusCode.Gone => new(new DeliveryOutcome.PermanentFailure("HTTP 410: the receiver no longer wants webhooks"), ReceiverHealth.Answering),
            HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                Temporary($"HTTP {status}", ReceiverHealth.Failing, RetryAfter.Of(response.Headers, clock.GetUtcNow())),
            _ => Temporary($"HTTP {status}", ReceiverHealth.Answering),
        };
    }

    public static WebhookAnswer From(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case BlockedAddressException:
                    return new(new DeliveryOutcome.PermanentFailure("the target address is private or reserved"), ReceiverHealth.Unknown);
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return Temporary("the host name is not known", ReceiverHealth.Failing);
                case SocketException socket:
                    return Temporary($"connection failed: {socket.SocketErrorCode}", ReceiverHealth.Failing);
                default:
                    break;
            }
        }

        return error is HttpRequestException { HttpRequestError: var kind and not HttpRequestError.Unknown }
            ? Temporary($"no answer: {kind}", ReceiverHealth.Failing)
            : Temporary("no answer: the connection broke", ReceiverHealth.Failing);
    }

    public static WebhookAnswer TimedOut(TimeSpan timeout) => Temporary($"no answer within {timeout.TotalSeconds:0.###} s", ReceiverHealth.Failing);

    private static WebhookAnswer Temporary(string reason, ReceiverHealth health, TimeSpan? wait = null) =>
        new(new DeliveryOutcome.TemporaryFailure(reason, wait), health);
}
