using System.Collections.Concurrent;

namespace Marketing.Testing;

/// <summary>What a sink answers other than its friendly self. All of it may be changed while it runs.</summary>
public sealed class SmtpScript
{
    private readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly TaskCompletionSource _never = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _dropAfterData;
    private int _dropDuringData;
    private int _silent;

    /// <summary>Waits this long before each verdict on a message.</summary>
    public TimeSpan VerdictDelay { get; set; }

    /// <summary>What becomes of each message, where no address was scripted.</summary>
    public Func<SinkAttempt, SmtpAnswer>? Answers { get; set; }

    /// <summary>Greets with this line and closes.</summary>
    public string? Greeting { get; set; }

    /// <summary>Answers RCPT TO for an address, the given number of times.</summary>
    public SmtpScript OnRecipient(string address, string reply, int times = int.MaxValue) => Set($"rcpt {address}", reply, times);

    /// <summary>Answers the end of DATA of mail to an address, the given number of times.</summary>
    public SmtpScript OnMessage(string address, string reply, int times = int.MaxValue) => Set($"data {address}", reply, times);

    /// <summary>Answers MAIL FROM, the given number of times.</summary>
    public SmtpScript OnSender(string reply, int times = int.MaxValue) => Set("mail", reply, times);

    /// <summary>Keeps the mail but closes the connection instead of confirming it.</summary>
    public void DropAfterData(int times = 1) => Volatile.Write(ref _dropAfterData, times);

    /// <summary>Closes the connection once DATA was allowed, before the message is in.</summary>
    public void DropDuringData(int times = 1) => Volatile.Write(ref _dropDuringData, times);

    /// <summary>Takes the message and never answers.</summary>
    public void Silence(int times = int.MaxValue) => Volatile.Write(ref _silent, times);

    internal string? Recipient(string address) => Take($"rcpt {address}");

    internal string? Message(string address) => Take($"data {address}");

    internal string? Sender() => Take("mail");

    internal bool DropsAfterData() => TakeOne(ref _dropAfterData);

    internal bool DropsDuringData() => TakeOne(ref _dropDuringData);

    internal Task BeforeVerdictAsync(TimeSpan more, CancellationToken cancellation) =>
        TakeOne(ref _silent) ? _never.Task.WaitAsync(cancellation) : VerdictDelay + more > TimeSpan.Zero ? Task.Delay(VerdictDelay + more, cancellation) : Task.CompletedTask;

    private SmtpScript Set(string key, string reply, int times)
    {
        _lines[key] = new Line(reply, times);
        return this;
    }

    private string? Take(string key) =>
        !_lines.IsEmpty && _lines.TryGetValue(key, out var line) && Interlocked.Decrement(ref line.Left) >= 0 ? line.Reply : null;

    private static bool TakeOne(ref int left) => Volatile.Read(ref left) > 0 && Interlocked.Decrement(ref left) >= 0;

    private sealed class Line(string reply, int times)
    {
        public int Left = times;

        public string Reply => reply;
    }
}
