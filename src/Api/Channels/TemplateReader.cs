using Marketing.Http;

namespace Marketing.Channels;

/// <summary>Reads the content of a message out of a body.</summary>
internal static class TemplateReader
{
    private const int MaxHeaders = 50;
    private const int MaxHeaderValue = 2_000;
    private const int MaxFields = 100;

    public static ChannelTemplate Read(Payload template) => new()
    {
        Subject = template.Text("subject", TextLimits.Description),
        Html = template.Text("html", TextLimits.Template),
        Text = template.Text("text", TextLimits.Template),
        FromName = template.Line("from_name", TextLimits.Name),
        ReplyTo = template.Line("reply_to", TextLimits.Email),
        EventName = template.Line("event_name", TextLimits.Name),
        TargetUrl = template.Line("target_url", TextLimits.Url),
        Headers = template.Object("headers") is { } headers ? ReadHeaders(headers) : null,
        Fields = template.Texts("fields", MaxFields, TextLimits.Name),
        Payload = template.Any("payload")?.Raw(TextLimits.RawBytes),
        RawPayload = template.Flag("raw_payload") ?? false,
        MaxSegments = (int?)template.Integer("max_segments", 0, 1_000),
        Blocks = template.Object("blocks") is { } blocks ? MailReader.Read(blocks) : null,
        Saved = template.Object("saved") is { } saved ? new SavedContent { Id = saved.Identifier("id") ?? throw saved.Missing("id"), Version = (int?)saved.Integer("version", 1, int.MaxValue) } : null,
    };

    private static Dictionary<string, string> ReadHeaders(Payload headers)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var header in headers.Element.EnumerateObject())
        {
            if (header.Name.Length is 0 or > 100 || read.Count == MaxHeaders)
            {
                throw headers.Refuse("", $"must have at most {MaxHeaders} names of 1 to 100 characters");
            }

            read[header.Name] = headers.Line(header.Name, MaxHeaderValue) ?? "";
        }

        return read;
    }
}
