using System.Diagnostics;
using System.Net.Sockets;
using MailKit.Net.Smtp;

namespace Marketing.Channels.Email.Smtp;

/// <summary>
/// A connection to the mail server. Where the server announces PIPELINING, messages are written past the client, in groups as RFC 2920 allows: the end of one
/// message goes out together with the envelope of the next, so that a message costs one exchange instead of three. Other servers get them from the client.
/// </summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(2);

    // A message that is bound to a connection waits for the verdict on the one before it, while others could have carried it, and cannot be
    // called back any more. A server that takes longer gains nothing by being told of it in advance.
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(100);

    private readonly SmtpClient _client;
    private readonly Socket _socket;
    private readonly SmtpWire _wire;
    private readonly OneByOne? _oneByOne;
    private bool _needsReset;
    private bool _isQuick;

    // Also while an answer is awaited: whatever ends the wait otherwise leaves it in an unknown state.
    private bool _isOver;

    public SmtpConnection(SmtpClient client, Socket socket, SmtpStream stream)
    {
        _client = client;
        _socket = socket;
        _wire = new SmtpWire(stream);
        _oneByOne = client.Capabilities.HasFlag(SmtpCapabilities.Pipelining) ? null : new OneByOne(client, stream);
    }

    private enum Step
    {
        Reset,
        Sender,
        Recipient,
        Data,
    }

    /// <summary>Messages it was asked to carry.</summary>
    public int Messages { get; private set; }

    /// <summary>When it was last put back; a timestamp of the pool's clock.</summary>
    public long IdleSince { get; set; }

    /// <summary>The message whose envelope was said and not answered.</summary>
    public SmtpSubmission? Begun { get; private set; }

    /// <summary>Whether it can carry another message.</summary>
    public bool IsUsable => !_isOver && _client.IsConnected;

    /// <summary>Whether the envelope of the next message may go out before the verdict on this one is in.</summary>
    public bool TakesNext => _oneByOne is null && _isQuick;

    /// <inheritdoc cref="SmtpWire.AwaitsVerdict"/>
    public bool AwaitsVerdict => _oneByOne?.AwaitsVerdict ?? _wire.AwaitsVerdict;

    private Step FirstStep => _needsReset ? Step.Reset : Step.Sender;

    /// <summary>Whether the server takes the address. Only the domain of an address can be written in ASCII; the rest needs a server that says so.</summary>
    public bool Takes(SmtpSubmission submission) => submission.IsAscii || _client.Capabilities.HasFlag(SmtpCapabilities.UTF8);

    /// <summary>Says whom the next message is from and to; goes out with whatever else is to be sent.</summary>
    public void Begin(SmtpSubmission submission)
    {
        Messages++;
        Begun = submission;
        for (var step = FirstStep; step <= Step.Data && _oneByOne is null; step++)
        {
            Say(step, submission);
        }
    }

    /// <summary>
    /// Sends the message that was begun: the server's acceptance, or why it did not take it. <paramref name="behind"/> is asked, when the message is about to
    /// leave, for what is to go out with it.
    /// </summary>
    public async ValueTask<(SmtpRefusal? Refusal, string Accepted)> SendAsync(Action behind, CancellationToken cancellation)
    {
        var submission = Begun!;
        if (_oneByOne is not null)
        {
            Begun = null;
            _isOver = true;
            var sent = await _oneByOne.SendAsync(submission, cancellation);
            _isOver = sent.Refusal is { Reply.IsGoodbye: true };
            return sent;
        }

        if (await EnvelopeAsync(cancellation) is { } refusal)
        {
            return (refusal, "");
        }

        _wire.SayMessage(submission.Message.Span);
        behind();
        var verdict = await VerdictAsync(cancellation);
        return verdict.IsRefusal ? (new SmtpRefusal(verdict), "") : (null, verdict.Text);
    }

    // The server's answer to the envelope of a message that was begun: null is leave to send it.
    private async ValueTask<SmtpRefusal?> EnvelopeAsync(CancellationToken cancellation)
    {
        Begun = null;
        _isOver = true;
        await _wire.FlushAsync(cancellation);
        SmtpRefusal? refusal = null;
        for (var step = FirstStep; step <= Step.Data; step++)
        {
            try
            {
                var reply = await _wire.ReplyAsync(cancellation);
                if (reply.IsRefusal && (step != Step.Reset || reply.IsGoodbye))
                {
                    refusal ??= new SmtpRefusal(reply, AboutRecipient: step == Step.Recipient);
                    if (reply.IsGoodbye)
                    {
                        return refusal;
                    }
                }
                else if (step == Step.Data && reply.Status != 354)
                {
                    throw new SmtpProtocolException("The server neither allowed nor refused the message.");
                }
                else if (step == Step.Data && refusal is not null)
                {
                    await SayNothingAsync(cancellation);
                }
            }
            catch (Exception problem) when (refusal is not null && problem is not OperationCanceledException)
            {
                // What the server said stands even if the connection broke right after it.
                return refusal;
            }
        }

        _isOver = false;
        _needsReset = refusal is not null;
        return refusal;
    }

    private async ValueTask<SmtpReply> VerdictAsync(CancellationToken cancellation)
    {
        _isOver = true;
        var asked = Stopwatch.GetTimestamp();
        await _wire.FlushAsync(cancellation);
        var verdict = await _wire.VerdictAsync(cancellation);
        _isQuick = Stopwatch.GetElapsedTime(asked) < Quick;
        _isOver = verdict.IsGoodbye;
        return verdict;
    }

    /// <summary>Whether nothing came in while it was idle: an idle server speaks only to say goodbye, or closes without a word.</summary>
    public bool IsQuiet() => IsUsable && !_socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Asks the server whether it is still there.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await _client.NoOpAsync(cancellation);
            return true;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Drops it without a word; for connections in an unknown state.</summary>
    public void Abandon()
    {
        _isOver = true;
        _client.Dispose();
        _socket.Dispose();
    }

    /// <summary>Says goodbye, but does not wait for long.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(QuitTimeout);
            await _client.DisconnectAsync(quit: true, timeout.Token);
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException or TimeoutException or MailKit.CommandException or MailKit.ProtocolException)
        {
            // It was to be closed anyway.
        }
        finally
        {
            Abandon();
        }
    }

    private void Say(Step step, SmtpSubmission submission)
    {
        switch (step)
        {
            case Step.Reset:
                _wire.Say("RSET\r\n"u8);
                break;
            case Step.Sender:
                _wire.Say("MAIL FROM:<"u8);
                _wire.Say(submission.Sender);
                _wire.Say(submission.IsAscii ? ">\r\n"u8 : "> SMTPUTF8 BODY=8BITMIME\r\n"u8);
                break;
            case Step.Recipient:
                _wire.Say("RCPT TO:<"u8);
                _wire.Say(submission.Recipient);
                _wire.Say(">\r\n"u8);
                break;
            default:
                _wire.Say("DATA\r\n"u8);
                break;
        }
    }

    // The server allowed a message although it has nobody to give it to. It gets none.
    private async ValueTask SayNothingAsync(CancellationToken cancellation)
    {
        _wire.Say(".\r\n"u8);
        await _wire.FlushAsync(cancellation);
        await _wire.ReplyAsync(cancellation);
    }
}
