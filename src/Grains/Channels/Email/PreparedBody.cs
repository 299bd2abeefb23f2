using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>A body that is already written out.</summary>
internal sealed class PreparedBody : MimePart
{
    public ReadOnlyMemory<byte> Bytes { get; set; }

    public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default) =>
        stream.Write(Bytes.Span);

    public override async Task WriteToAsync(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default) =>
        await stream.WriteAsync(Bytes, cancellationToken);
}
