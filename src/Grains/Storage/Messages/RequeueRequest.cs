using System.Text.Json;

namespace Marketing.Storage;

/// <summary>A request to queue failed messages again, and how far it got: its repetition finds nothing that failed, but what the first attempt did.</summary>
/// <param name="Project">Whose.</param>
/// <param name="Key">The same when the request is made again.</param>
/// <param name="Before">How many it queued so far.</param>
/// <param name="Finished">Whether there was nothing left to queue.</param>
internal sealed record RequeueRequest(int Project, string Key, int Before, bool Finished)
{
    /// <summary>Messages a transaction queues at most; fewer were the last.</summary>
    public const int AtOnce = 5_000;

    public static RequeueRequest Of(int project, string distribution, CommandContext context) => new(
        project, ObjectIds.FromSource("retry_", project, $"{distribution}\n{context.IdempotencyKey ?? context.RequestId}\n{context.Fingerprint}"), 0, false);

    /// <summary>The same request after another part.</summary>
    public RequeueRequest After(int queued) => this with { Before = Before + queued, Finished = queued < AtOnce };

    /// <summary>The same request as its earlier attempt left it.</summary>
    public RequeueRequest Continue(OperationWrite begun)
    {
        var done = JsonSerializer.Deserialize<Progress>(begun.Result!)!;
        return this with { Before = done.Queued, Finished = done.Finished };
    }

    /// <summary>What is kept of it.</summary>
    public byte[] Note() => JsonSerializer.SerializeToUtf8Bytes(new Progress(Before, Finished));

    private sealed record Progress(int Queued, bool Finished);
}
