using OpenTelemetry;
using Span = System.Diagnostics.Activity;

namespace Marketing.Observability;

/// <summary>
/// Takes out of finished spans what names a person or opens a door: paths carry unsubscribe tokens and source ids, which are addresses more
/// often than not, webhook addresses carry their authors' keys, and messages of exceptions quote what they stumbled over.
/// </summary>
internal sealed class SpanRedaction : BaseProcessor<Span>
{
    public override void OnEnd(Span data)
    {
        data.SetTag("url.path", data.GetTagItem("http.route"));
        data.SetTag("url.query", null);
        data.SetTag("user_agent.original", null);
        data.SetTag("exception.message", null);
        if (data.GetTagItem("url.full") is string address)
        {
            data.SetTag("url.full", Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : null);
        }

        if (data.StatusDescription is not null)
        {
            data.SetStatus(data.Status);
        }
    }
}
