using System.Text;

namespace Marketing.Testing;

/// <summary>A request that arrived at a sink, complete with its body.</summary>
public sealed record SinkRequest(
    string Method, string Path, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    public const string IdHeader = "webhook-id";

    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>What the ledger counts by; empty when the sender gave none.</summary>
    public string WebhookId => Headers.GetValueOrDefault(IdHeader, "");
}
