using Marketing.Testing;

namespace Marketing.Bench.Deployments;

/// <summary>
/// A shop's system that takes webhooks, in a process of its own as everywhere: whoever sends to it from the same process, as the bare loop
/// otherwise would, is spared the way between two.
/// </summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    public const string Command = "receive-webhooks";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _process;

    private WebhookReceiver(ChildProcess process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public static async Task<WebhookReceiver> StartAsync()
    {
        var output = new ProcessOutput(100);
        var process = new ChildProcess(TiedCommand.Of(["dotnet", typeof(WebhookReceiver).Assembly.Location, Command]), output);
        Uri? url = null;
        await Wait.UntilAsync(() => Uri.TryCreate(output.Lines.Select(line => line.Text).FirstOrDefault(), UriKind.Absolute, out url), Patience, output.ToString);
        return new WebhookReceiver(process, url!);
    }

    /// <summary>What the process does: says where it is, and takes whatever comes until it is ended.</summary>
    public static async Task RunAsync()
    {
        await using var sink = await HttpSink.StartAsync(SinkRecording.Count);
        Console.WriteLine(sink.Url);
        await Task.Delay(Timeout.Infinite);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Signal("KILL");
        await _process.ExitedAsync(CancellationToken.None);
    }
}
