using OpenTelemetry;
using Span = System.Diagnostics.Activity;

namespace Marketing.Observability;

/// <summary>
/// Takes out of finished spans what names a person or opens a door: paths carry unsubscribe tokens and source ids, which are addresses more
/// often than not, webhook addresses carry their authors' keys, keys of grains may be ids a shop made of anything, and messages of exceptions
/// quote what they stumbled over.
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

        KeepType(data, "orleans.rpc.target_id");
        KeepType(data, "orleans.rpc.source_id");
        if (data.StatusDescription is not null)
        {
            data.SetStatus(data.Status);
        }
    }

    // "customer/1/cust_…" becomes "customer".
    private static void KeepType(Span span, string tag)
    {
        if (span.GetTagItem(tag) is { } id)
        {
            span.SetTag(tag, id.ToString()!.Split('/')[0]);
        }
    }
}
