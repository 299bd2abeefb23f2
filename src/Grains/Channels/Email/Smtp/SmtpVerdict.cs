using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using Marketing.Channels.Webhooks;

namespace Marketing.Channels.Email.Smtp;

/// <summary>What a failure means for the message. Reasons never contain addresses, contents or credentials.</summary>
internal static class SmtpVerdict
{
    /// <summary>How much of an answer is kept.</summary>
    public const int LongestReason = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The server refused: by the first line of its answer.</summary>
    /// <param name="refusal">What the server said.</param>
    /// <param name="address">The recipient, which servers like to repeat.</param>
    public static DeliveryOutcome Refused(SmtpRefusal refusal, string address)
    {
        var (status, text) = refusal.Reply;
        var reason = Reason(status, text, address);
        if (status < 500)
        {
            return Temporary(reason, SlowDown.Is(status, text));
        }

        // The server does not want to talk to us, which says nothing about the message.
        if (status is 530 or 534 or 535 or 538)
        {
            return new DeliveryOutcome.TemporaryFailure($"{reason} (see {EmailOptions.Section}:User, Password and Security)");
        }

        return new DeliveryOutcome.PermanentFailure(reason, SuppressAddress: refusal.AboutRecipient && IsUnknownMailbox(text));
    }

    /// <summary>Connecting, securing or signing in failed, which says nothing about the message: it was not tried.</summary>
    /// <param name="problem">What kept us from it.</param>
    /// <param name="pause">When to try again, unless the server wants more patience.</param>
    public static DeliveryOutcome.TemporaryFailure NoConnection(Exception problem, TimeSpan pause) => new(
        problem switch
        {
            SmtpCommandException refused => $"The mail server turned us away: {Reason((int)refused.StatusCode, refused.Message, "")}",
            AuthenticationException => $"The mail server refused the credentials; see {EmailOptions.Section}:User and Password.",
            SslHandshakeException => $"TLS with the mail server failed; see {EmailOptions.Section}:Security and the server's certificate.",
            NotSupportedException => $"The mail server does not offer what is configured; see {EmailOptions.Section}:Security and User.",
            SocketException socket => $"The mail server cannot be reached ({socket.SocketErrorCode}).",
            BlockedAddressException => "The mail server's address is private or reserved.",
            TimeoutException => "The mail server did not answer in time.",
            _ => $"The connection to the mail server failed ({problem.GetType().Name}).",
        },
        problem is SmtpCommandException turnedAway && SlowDown.Is((int)turnedAway.StatusCode, turnedAway.Message) ? Patience : pause,
        BurnsAttempt: false);

    /// <summary>The connection broke while the message was on its way.</summary>
    public static DeliveryOutcome Broken(Exception problem, bool awaitsVerdict) => new DeliveryOutcome.TemporaryFailure(
        (awaitsVerdict, problem is TimeoutException) switch
        {
            (true, true) => "Uncertain: the mail server had the whole message but did not confirm it in time; it may have been delivered.",
            (true, false) => "Uncertain: the connection was lost after the whole message was sent and before the mail server confirmed it; it may have been delivered.",
            (false, true) => "The mail server did not answer in time.",
            (false, false) => "The connection to the mail server was lost before the message was complete.",
        });

    private static DeliveryOutcome.TemporaryFailure Temporary(string reason, bool isSlowDown) =>
        isSlowDown ? new(reason, Patience, BurnsAttempt: false) : new(reason);

    // 5.1.x are about the recipient's address, except those that are about the sender's.
    private static bool IsUnknownMailbox(string text) => EnhancedStatus.Of(text) is { Class: 5, Subject: 1, Detail: not (7 or 8) };

    private static string Reason(int status, string text, string address)
    {
        var line = text.AsSpan();
        var end = line.IndexOfAny('\r', '\n');
        var reason = Templates.Markup.OneLine((end < 0 ? line : line[..end]).ToString());
        if (address.Length > 0)
        {
            reason = reason.Replace(address, "…", StringComparison.OrdinalIgnoreCase);
        }

        return $"{status} {PlainText.Start(reason, LongestReason)}".TrimEnd();
    }
}
