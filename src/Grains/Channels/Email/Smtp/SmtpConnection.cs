using System.Diagnostics;
using System.Net.Sockets;
using MailKit.Net.Smtp;

namespace Marketing.Channels.Email.Smtp;

/// <summary>
/// A connection to the mail server. Messages are written past the client, in groups as RFC 2920 allows: the end of one message goes
/// out together with the envelope of the next, so that a message costs one exchange instead of three.
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
    private readonly bool _pipelines;
    private bool _needsReset;
    private bool _isQuick;

    // Also while an answer is awaited: whatever ends the wait otherwise leaves it in an unknown state.
    private bool _isOver;

    public SmtpConnection(SmtpClient client, Socket socket, Stream stream)
    {
        _client = client;
        _socket = socket;
        _wire = new SmtpWire(stream);
        _pipelines = client.Capabilities.HasFlag(SmtpCapabilities.Pipelining);
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
    public bool TakesNext => _pipelines && _isQuick;

    /// <inheritdoc cref="SmtpWire.AwaitsVerdict"/>
    public bool AwaitsVerdict => _wire.AwaitsVerdict;

    private Step FirstStep => _needsReset ? Step.Reset : Step.Sender;

    /// <summary>Whether the server takes the address. Only the domain of an address can be written in ASCII; the rest needs a server that says so.</summary>
    public bool Takes(SmtpSubmission submission) => submission.IsAscii || _client.Capabilities.HasFlag(SmtpCapabilities.UTF8);

    /// <summary>Says whom the next message is from and to; goes out with whatever else is to be sent.</summary>
    public void Begin(SmtpSubmission submission)
    {
        Messages++;
        Begun = submission;
        if (_pipelines)
        {
            for (var step = FirstStep; step <= Step.Data; step++)
            {
                Say(step, submission);
            }
        }
    }

    /// <summary>The server's answer to the envelope of a message that was begun: null is leave to send it.</summary>
    public async ValueTask<SmtpRefusal?> EnvelopeAsync(CancellationToken cancellation)
    {
        var submission = Begun!;
        Begun = null;
        _isOver = true;
        await _wire.FlushAsync(cancellation);
        SmtpRefusal? refusal = null;
        for (var step = FirstStep; step <= Step.Data; step++)
        {
            try
            {
                if (!_pipelines)
                {
                    Say(step, submission);
                    await _wire.FlushAsync(cancellation);
                }

                var reply = await _wire.ReplyAsync(cancellation);
                if (reply.IsRefusal && (step != Step.Reset || reply.IsGoodbye))
                {
                    refusal ??= new SmtpRefusal(reply, AboutRecipient: step == Step.Recipient);
                    if (reply.IsGoodbye)
                    {
                        return refusal;
                    }

                    if (!_pipelines)
                    {
                        break;
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

    /// <summary>The message itself; goes out with whatever else is to be sent.</summary>
    public void Say(ReadOnlyMemory<byte> message) => _wire.SayMessage(message.Span);

    /// <summary>The server's answer to a message.</summary>
    public async ValueTask<SmtpReply> VerdictAsync(CancellationToken cancellation)
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
