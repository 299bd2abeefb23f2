using System.Text;
using Marketing.Testing;

namespace Marketing.Clusters;

/// <summary>A span as a process sent it to a collector: as much of the protocol as is asked for.</summary>
internal sealed record OtlpSpan(string Service, string Name, string Trace, string Id, string Parent, IReadOnlyDictionary<string, string> Tags)
{
    public static List<OtlpSpan> ReadAll(HttpSink collector) =>
    [
        .. from sent in collector.Requests
           where sent.Path.EndsWith("/v1/traces", StringComparison.Ordinal)
           from resource in Fields(sent.Body, 1)
           let service = TagsOf(Fields(resource, 1).Single(), 1)["service.name"]
           from scope in Fields(resource, 2)
           from span in Fields(scope, 2)
           select new OtlpSpan(service, Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4), TagsOf(span, 9)),
    ];

    private static string Text(ReadOnlyMemory<byte> message, int number) => string.Concat(Fields(message, number).Select(field => Encoding.UTF8.GetString(field.Span)));

    private static string Hex(ReadOnlyMemory<byte> message, int number) => string.Concat(Fields(message, number).Select(field => Convert.ToHexStringLower(field.Span)));

    private static Dictionary<string, string> TagsOf(ReadOnlyMemory<byte> message, int number) =>
        Fields(message, number).ToDictionary(tag => Text(tag, 1), tag => Text(Fields(tag, 2).Single(), 1));

    // Of protobuf's fields those that have a length.
    private static List<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int number)
    {
        List<ReadOnlyMemory<byte>> found = [];
        while (!message.IsEmpty)
        {
            var tag = Number(ref message);
            var length = (tag & 7) switch { 0 => 0, 1 => 8, 5 => 4, _ => (int)Number(ref message) };
            if ((tag & 7) == 0)
            {
                Number(ref message);
            }

            if ((tag & 7) == 2 && tag >> 3 == (ulong)number)
            {
                found.Add(message[..length]);
            }

            message = message[length..];
        }

        return found;
    }

    private static ulong Number(ref ReadOnlyMemory<byte> message)
    {
        var (number, shift, more) = (0UL, 0, true);
        while (more)
        {
            number |= (ulong)(message.Span[0] & 0x7f) << shift;
            (more, shift, message) = (message.Span[0] > 0x7f, shift + 7, message[1..]);
        }

        return number;
    }
}
